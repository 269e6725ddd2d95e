/* SPDX-License-Identifier: MIT */
/* sample: see sample.h. */
#include "sample/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/design.h"
#include "base/err.h"
#include "base/mem.h"
#include "corpus/period.h"
#include "sample/context.h"
#include "sample/draw.h"
#include "sample/rows.h"
#include "sample/threads.h"
#include "sample/uncertain.h"

enum { MOST_STRATA = 10000 };
static const uint64_t MOST_KEPT = 4000000; /* strata times comments kept of each */

struct drawing {
    struct audit *a;
    const struct sample_spec *spec;
    struct record_spec record;
    struct span extra[RECORD_MAX_EXTRA];
    struct draw draw;
    struct uncertain uncertain;
};

struct head {
    uint64_t rank, key;
    double margin;
    size_t stratum_len;
    bool packed;
};

uint64_t sample_drawn(const struct audit *a)
{
    uint64_t n = 0;

    for (size_t i = 0; i < a->n_rows; i++)
        n += a->row[i].training ? 0 : a->row[i].repeats;
    return n;
}

bool sample_rereads(const struct sample_spec *spec)
{
    struct stat st;

    for (size_t i = 0; i < spec->n_paths; i++)
        if (strcmp(spec->path[i], "-") == 0 ||
            (stat(spec->path[i], &st) == 0 && !S_ISREG(st.st_mode)))
            return false;
    return true;
}

static size_t n_estimating(const struct audit *a)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n_rows; i++)
        n += !a->row[i].training;
    return n;
}

/* ---- the pass ---- */

static void add_stratum(const struct drawing *d, const struct sweep_record *r, struct buf *out)
{
    struct span predicted[AUDIT_MAX_BY] = {{0}};

    for (size_t i = 0; i < d->a->n_by; i++)
        if (d->spec->stratum_target[i] != SIZE_MAX)
            predicted[i] = span_of(r->prediction[d->spec->stratum_target[i]].label);
    design_stratum(d->a->by, d->a->n_by, r->schema, r->parsed, predicted, out);
}

/* No draw_add() goes on while records are digested, so bounds may be asked for: they only make
 * digests shorter. */
static void digest(void *arg, const struct sweep_record *r, struct buf *out)
{
    const struct drawing *d = arg;
    struct head head = {.margin = 2};
    size_t at = out->len;

    if (r->status != STANCE_STATUS_OK)
        return;
    head.key = design_key(r->parsed, r->number);
    head.rank = draw_rank(d->a->seed, head.key);
    if (d->uncertain.most != 0 && r->n != 0)
        head.margin = uncertain_margin(r->prediction, r->n, d->spec->n_labels, d->spec->doubted);
    buf_add(out, &head, sizeof head);
    add_stratum(d, r, out);
    head.stratum_len = out->len - at - sizeof head;
    head.packed = head.rank <=
                  draw_bound(&d->draw, (struct span){out->p + at + sizeof head, head.stratum_len});
    if (head.packed || uncertain_wants(&d->uncertain, head.margin))
        record_pack(&d->record, r, out);
    memcpy(out->p + at, &head, sizeof head);
}

static int take(void *arg, struct span rest, struct stance_err *err)
{
    struct drawing *d = arg;
    struct head head;
    struct span stratum, bytes;

    memcpy(&head, rest.p, sizeof head);
    stratum = (struct span){rest.p + sizeof head, head.stratum_len};
    bytes = (struct span){stratum.p + stratum.len, rest.len - sizeof head - stratum.len};
    draw_add(&d->draw, stratum, head.rank, head.key, head.packed ? bytes.p : NULL, bytes.len);
    if (bytes.len != 0)
        uncertain_add(&d->uncertain, head.margin, head.key, bytes);
    if (d->draw.names.n > MOST_STRATA || d->draw.names.n * (uint64_t)d->draw.most > MOST_KEPT)
        return err_set(err, STANCE_DATA,
                       "too many strata: %u and more, for %zu comments; name a field with fewer "
                       "values (--by month instead of day)",
                       d->draw.names.n, d->draw.most);
    return 0;
}

static int sweep_dump(struct drawing *d, struct audit_dump *dump, struct stance_err *err)
{
    const struct sample_spec *s = d->spec;
    struct sweep sweep = {.input = s->input,
                          .talk = s->talk,
                          .n_jobs = s->n_jobs,
                          .judge = s->judge,
                          .n_targets = s->n_targets,
                          .own_target = s->input->fields.target != NULL,
                          .arg = d,
                          .digest = digest,
                          .take = take};

    for (size_t i = 0; i < s->n_paths; i++)
        if (sweep_run(&sweep, s->path[i], err) < 0)
            return -1;
    *dump = (struct audit_dump){sweep.records, d->draw.population, d->draw.sum};
    if (d->draw.population == 0)
        return err_set(err, STANCE_DATA, "the dump has no comment with a text, of %llu records",
                       (unsigned long long)sweep.records);
    return 0;
}

/* ---- strata ---- */

static int by_name(const void *a, const void *b)
{
    return span_cmp(((const struct audit_stratum *)a)->name,
                    ((const struct audit_stratum *)b)->name);
}

/* In the order of their names, so that neighbours are alike. */
static void make_strata(struct drawing *d)
{
    struct audit *a = d->a;
    struct intern_view view = intern_frozen(&d->draw.names);

    if (a->n_strata != 0)
        return; /* an audit that is extended has them: the dump is the same */
    a->n_strata = view.n;
    a->stratum = arena_alloc(&a->arena, view.n * sizeof *a->stratum);
    for (uint32_t h = 0; h < view.n; h++)
        a->stratum[h] = (struct audit_stratum){arena_copy(&a->arena, intern_text(&view, h)),
                                               d->draw.stratum[h].population, 0};
    qsort(a->stratum, a->n_strata, sizeof *a->stratum, by_name);
}

static const struct draw_stratum *drawn_of(const struct drawing *d, size_t stratum)
{
    struct intern_view view = intern_frozen(&d->draw.names);
    struct span name = d->a->stratum[stratum].name;

    return &d->draw.stratum[intern_find(&view, name, hash_span(name))];
}

/* ---- rows ---- */

struct picked {
    double place; /* of the row within its stratum, 0 to 1 */
    size_t stratum, i;
};

static int by_place(const void *a, const void *b)
{
    const struct picked *x = a, *y = b;

    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->stratum > y->stratum) - (x->stratum < y->stratum);
}

/* Rows that are there stay; of the others as many as there are different comments. */
static void set_bounds(const struct drawing *d, struct draw_share *share)
{
    const struct audit *a = d->a;

    for (size_t i = 0; i < a->n_rows; i++)
        if (!a->row[i].training)
            share[a->row[i].stratum].low++;
    for (size_t h = 0; h < a->n_strata; h++) {
        struct draw_share *s = &share[h];
        s->population = drawn_of(d, h)->population;
        s->high = drawn_of(d, h)->n > s->low ? drawn_of(d, h)->n : s->low;
        if (d->spec->n != 0 && s->low < d->spec->least)
            s->low = d->spec->least < s->high ? d->spec->least : s->high;
    }
}

static int allocate(const struct drawing *d, uint64_t n, struct draw_share *share,
                    struct stance_err *err)
{
    size_t n_strata = d->a->n_strata;
    uint64_t least;

    set_bounds(d, share);
    least = draw_allocate(share, n_strata, n, d->spec->equal);
    if (least <= n)
        return 0;
    return err_set(err, STANCE_USAGE,
                   "%llu comments are too few for %zu strata, of which each is to have %llu at "
                   "least: draw %llu or more, make fewer strata, or lower --min-per-stratum",
                   (unsigned long long)n, n_strata, (unsigned long long)d->spec->least,
                   (unsigned long long)least);
}

/* A prefix of the new rows has of each stratum its part, in random order. */
static struct picked *pick(const struct drawing *d, const struct draw_share *share, size_t *n)
{
    struct picked *p;
    size_t most = 0;

    for (size_t h = 0; h < d->a->n_strata; h++)
        most += share[h].take;
    p = mem_array(most, sizeof *p);
    *n = 0;
    for (size_t h = 0; h < d->a->n_strata; h++) {
        const struct draw_stratum *s = drawn_of(d, h);
        for (size_t i = 0; i < s->n && i < share[h].take; i++)
            p[(*n)++] = (struct picked){((double)i + .5) / (double)share[h].take, h, i};
    }
    if (*n != 0)
        qsort(p, *n, sizeof *p, by_place);
    return p;
}

/* A comment chosen for learning that is now drawn at random is in the sample: without it there
 * would be a hole where the model is unsure. What a model learnt of it is told by its fingerprint.
 */
static void set_drawing(struct audit_row *row, uint32_t batch, size_t stratum, uint32_t repeats)
{
    row->training = false;
    row->batch = batch;
    row->stratum = (uint32_t)stratum;
    row->repeats = repeats;
}

static void tell_twice(const struct stance_talk *talk, uint64_t n)
{
    struct buf line = {0};

    if (n == 0 || talk == NULL || talk->note == NULL)
        return;
    buf_addf(&line,
             "comments with one id and text that are drawn in two strata, and kept in one: %llu; "
             "make records of a comment one, or do not draw by what differs between them",
             (unsigned long long)n);
    talk->note(talk->arg, buf_str(&line));
    buf_release(&line);
}

/* Each key once: records with one id and text in two strata are of the first. */
static void add_rows(struct drawing *d, const struct picked *p, size_t n, uint32_t batch)
{
    struct audit *a = d->a;
    struct keymap there = {0};
    uint64_t n_twice = 0;

    for (size_t i = 0; i < a->n_rows; i++)
        keymap_add(&there, a->row[i].key, (uint32_t)i);
    for (size_t i = 0; i < n; i++) {
        const struct drawn *x = &drawn_of(d, p[i].stratum)->heap[p[i].i];
        uint32_t at = *keymap_add(&there, x->key, (uint32_t)a->n_rows);
        if (at == a->n_rows)
            rows_add(a, &d->record, (struct span){x->bytes, x->len}, x->key, batch)->training =
                true;
        if (a->row[at].training)
            set_drawing(&a->row[at], batch, p[i].stratum, x->repeats);
        else
            n_twice += a->row[at].stratum != p[i].stratum;
    }
    keymap_release(&there);
    tell_twice(d->spec->talk, n_twice);
}

static void set_probabilities(struct audit *a)
{
    for (size_t h = 0; h < a->n_strata; h++)
        a->stratum[h].drawn = 0;
    for (size_t i = 0; i < a->n_rows; i++)
        if (!a->row[i].training)
            a->stratum[a->row[i].stratum].drawn += a->row[i].repeats;
    for (size_t i = 0; i < a->n_rows; i++) {
        const struct audit_stratum *s = &a->stratum[a->row[i].training ? 0 : a->row[i].stratum];
        if (!a->row[i].training)
            a->row[i].sample_prob = (double)s->drawn / (double)s->population;
    }
}

/* ---- the whole ---- */

static bool is_kept_anyway(struct span field)
{
    struct span target;

    for (int r = 0; r < N_ROLES; r++)
        if (span_eq(field, span_of(role_name((enum role)r))))
            return true;
    return period_named(field) >= 0 || design_is_predicted(field, &target);
}

static void keep_fields(struct drawing *d)
{
    const char *own = d->spec->input->fields.target;

    for (size_t i = 0; i < d->a->n_by; i++)
        if (!is_kept_anyway(d->a->by[i]))
            d->extra[d->record.n_extra++] = d->a->by[i];
    if (own != NULL)
        d->extra[d->record.n_extra++] = span_of(own);
    d->record.extra = d->extra;
}

static int same_dump(const struct audit *a, const struct audit_dump *dump, struct stance_err *err)
{
    if (a->n_rows == 0 || (dump->population == a->dump.population && dump->sum == a->dump.sum))
        return 0;
    return err_at(err, STANCE_DATA, a->path, 1, 0,
                  "the audit was drawn from another dump: %llu comments with a text there, %llu "
                  "here%s",
                  (unsigned long long)a->dump.population, (unsigned long long)dump->population,
                  dump->population == a->dump.population ? ", and not the same" : "");
}

static int draw_comments(struct drawing *d, struct stance_err *err)
{
    struct audit *a = d->a;
    uint64_t n = n_estimating(a) + d->spec->n;
    struct draw_share *share;
    uint32_t batch = rows_next_batch(a);
    struct picked *picked;
    struct audit_dump dump;
    size_t n_picked;
    int status;

    draw_init(&d->draw, (size_t)n);
    if (sweep_dump(d, &dump, err) < 0 || same_dump(a, &dump, err) < 0)
        return -1;
    draw_end(&d->draw);
    a->dump = dump;
    make_strata(d);
    share = mem_zalloc(a->n_strata, sizeof *share);
    status = allocate(d, n, share, err);
    if (status == 0) {
        picked = pick(d, share, &n_picked);
        add_rows(d, picked, n_picked, batch);
        set_probabilities(a);
        uncertain_choose(&d->uncertain, &d->record, a, batch);
        free(picked);
    }
    free(share);
    return status;
}

static void name_audit(struct audit *a)
{
    uint64_t h = hash_mix(a->seed ^ hash_mix(a->dump.sum + a->dump.population));

    for (size_t i = 0; i < a->n_by; i++)
        h = hash_mix(h ^ hash_span(a->by[i]));
    a->id = hash_mix(h + (uint64_t)a->unit);
}

static int check_passes(const struct audit *a, const struct sample_spec *s, struct stance_err *err)
{
    if (a->unit != AUDIT_THREADS)
        return 0;
    if (s->n_uncertain != 0 || a->n_by != 0)
        return err_set(err, STANCE_USAGE,
                       "whole threads are drawn without strata, and comments to learn from by "
                       "themselves: no --by and no --uncertain with --threads");
    if (!sample_rereads(s))
        return err_set(err, STANCE_USAGE,
                       "whole threads are drawn in two passes, and standard input or a pipe can be "
                       "read once: give a file");
    return 0;
}

int sample_draw(struct audit *a, const struct sample_spec *spec, struct stance_err *err)
{
    struct drawing d = {.a = a, .spec = spec};
    bool fresh = a->n_rows == 0;
    int status = check_passes(a, spec, err);

    keep_fields(&d);
    uncertain_init(&d.uncertain, (size_t)spec->n_uncertain);
    if (status == 0)
        status = a->unit == AUDIT_THREADS ? threads_draw(a, spec, err) : draw_comments(&d, err);
    draw_release(&d.draw);
    uncertain_release(&d.uncertain);
    if (status < 0)
        return -1;
    if (fresh)
        name_audit(a);
    context_copies(a);
    return context_find(a, spec, err);
}
