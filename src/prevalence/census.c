/* SPDX-License-Identifier: MIT */
/*
 * census: see census.h. A record's digest is a fixed head, its strings, its probabilities and
 * predicted labels; take_digest() reads them back and adds them up, in the order of the dump.
 */
#include "prevalence/census.h"

#include <stdlib.h>

#include "audit/design.h"
#include "base/err.h"
#include "base/keymap.h"

struct census_index {
    struct keymap cell;   /* of level, group and stratum: position in census.cell */
    struct keymap row;    /* of key: position in audit.row */
    struct keymap author; /* of author: comments */
    struct keymap thread; /* of thread: its sums */
    double *thread_sum;
    size_t thread_cap;
};

struct head {
    uint64_t key, author, thread;
    bool has_author;
    size_t stratum_len, group_len[CENSUS_MAX_LEVELS];
};

/* ---- cells ---- */

static uint64_t cell_key(uint32_t level, uint32_t group, uint32_t stratum)
{
    return hash_mix(hash_mix((uint64_t)group << 32 | stratum) + level);
}

struct census_cell *census_cell(struct census *c, uint32_t level, uint32_t group, uint32_t stratum)
{
    size_t n = c->spec.n_targets * c->spec.n_labels;
    uint32_t *at = keymap_add(&c->index->cell, cell_key(level, group, stratum), UINT32_MAX);
    struct census_cell *cell;

    if (*at != UINT32_MAX)
        return &c->cell[*at];
    *at = (uint32_t)c->n_cells;
    MEM_GROW(c->cell, c->cell_cap, c->n_cells + 1);
    cell = &c->cell[c->n_cells++];
    *cell = (struct census_cell){.level = level, .group = group, .stratum = stratum};
    cell->p = mem_zalloc(n, sizeof *cell->p);
    cell->p_on = c->spec.topic != SIZE_MAX ? mem_zalloc(n, sizeof *cell->p_on) : NULL;
    cell->counted = mem_zalloc(n, sizeof *cell->counted);
    return cell;
}

static void add_to_cell(const struct census *c, struct census_cell *cell, double v, const double *p,
                        const uint32_t *predicted)
{
    const struct census_spec *s = &c->spec;
    double on = s->topic != SIZE_MAX ? p[s->topic * s->n_labels + s->on] : 0;

    cell->n++;
    cell->v += v;
    cell->on += v * on;
    for (size_t i = 0; i < s->n_targets * s->n_labels; i++)
        cell->p[i] += v * p[i];
    for (size_t i = 0; cell->p_on != NULL && i < s->n_targets * s->n_labels; i++)
        cell->p_on[i] += v * p[i] * on;
    for (size_t t = 0; t < s->n_targets; t++)
        cell->counted[t * s->n_labels + predicted[t]]++;
}

/* ---- what one record comes to ---- */

struct taking {
    struct census *c;
    bool counting; /* the first of two passes: authors alone */
};

static size_t label_position(const struct census_spec *s, const char *label)
{
    for (size_t l = 0; l < s->n_labels; l++)
        if (span_eq(s->label[l], span_of(label)))
            return l;
    return 0; /* a prediction's label is one of the model's */
}

static void add_predictions(const struct census_spec *s, const struct sweep_record *r,
                            struct buf *out)
{
    for (size_t t = 0; t < s->n_targets; t++)
        buf_add(out, r->prediction[t].probs, s->n_labels * sizeof(double));
    for (size_t t = 0; t < s->n_targets; t++) {
        uint32_t l = (uint32_t)label_position(s, r->prediction[t].label);
        buf_add(out, &l, sizeof l);
    }
}

static void add_stratum(const struct census_spec *s, const struct sweep_record *r, struct buf *out)
{
    struct span predicted[AUDIT_MAX_BY] = {{0}};

    if (s->audit == NULL)
        return;
    for (size_t i = 0; i < s->audit->n_by; i++)
        if (s->stratum_target[i] != SIZE_MAX)
            predicted[i] = span_of(r->prediction[s->stratum_target[i]].label);
    design_stratum(s->audit->by, s->audit->n_by, r->schema, r->parsed, predicted, out);
}

static uint64_t field_hash(const struct parsed *p, enum role role)
{
    return p->role[role].has ? hash_span(p->role[role].text) : 0;
}

static void digest(void *arg, const struct sweep_record *r, struct buf *out)
{
    const struct taking *t = arg;
    const struct census_spec *s = &t->c->spec;
    struct head head = {0};
    size_t at = out->len, from;

    if (r->status != STANCE_STATUS_OK)
        return;
    head.key = design_key(r->parsed, r->number);
    head.author = field_hash(r->parsed, ROLE_AUTHOR);
    head.thread = field_hash(r->parsed, ROLE_THREAD);
    head.has_author = r->parsed->role[ROLE_AUTHOR].has;
    buf_add(out, &head, sizeof head);
    if (t->counting)
        return;
    from = out->len;
    add_stratum(s, r, out);
    head.stratum_len = out->len - from;
    for (size_t k = 1; k < s->n_levels; k++) {
        from = out->len;
        design_value(s->level[k], r->schema, r->parsed, out);
        head.group_len[k] = out->len - from;
    }
    add_predictions(s, r, out);
    memcpy(out->p + at, &head, sizeof head);
}

static struct span next_bytes(struct span *rest, size_t len)
{
    struct span s = {rest->p, len};

    rest->p += len;
    rest->len -= len;
    return s;
}

/* ---- adding it up ---- */

static void keep_posteriors(struct census *c, const double *p)
{
    for (size_t t = 0; c->posterior != NULL && t < c->spec.n_targets; t++)
        quantify_cells_add(&c->posterior[t], p + t * c->spec.n_labels, 1);
}

/* Per thread V, then of each target and label Σ v·p, then Σ v·p_on and Σ v·p·p_on. */
static size_t thread_width(const struct census_spec *s)
{
    size_t n = s->n_targets * s->n_labels;

    return 1 + n + (s->topic != SIZE_MAX ? 1 + n : 0);
}

static void add_to_thread(struct census *c, const struct head *head, double v, const double *p)
{
    const struct census_spec *s = &c->spec;
    struct census_index *x = c->index;
    size_t n = s->n_targets * s->n_labels, width = thread_width(s);
    uint64_t thread = head->thread != 0 ? head->thread : hash_mix(head->key);
    uint32_t *at;
    double *sum, on;

    if (!s->by_thread)
        return;
    at = keymap_add(&x->thread, thread, UINT32_MAX);
    if (*at == UINT32_MAX) {
        *at = (uint32_t)(x->thread.n - 1);
        MEM_GROW(x->thread_sum, x->thread_cap, x->thread.n * width);
        memset(x->thread_sum + *at * width, 0, width * sizeof *sum);
    }
    sum = x->thread_sum + *at * width;
    on = s->topic != SIZE_MAX ? p[s->topic * s->n_labels + s->on] : 0;
    sum[0] += v;
    for (size_t i = 0; i < n; i++)
        sum[1 + i] += v * p[i];
    for (size_t i = 0; s->topic != SIZE_MAX && i < n; i++)
        sum[2 + n + i] += v * p[i] * on;
    if (s->topic != SIZE_MAX)
        sum[1 + n] += v * on;
}

static void add_moments(struct census_moments *m, int among, double v, double y, double z)
{
    m->vy[among] += v * y;
    m->vz[among] += v * z;
    m->yy[among] += y * y;
    m->yz[among] += y * z;
    m->zz[among] += z * z;
}

static int compare_cells(const struct census_cell *a, const struct census_cell *b)
{
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->stratum > b->stratum) - (a->stratum < b->stratum);
}

static int by_place(const void *a, const void *b)
{
    return compare_cells(a, b);
}

const struct census_cell *census_cells(const struct census *c, uint32_t level, uint32_t group,
                                       size_t *n)
{
    struct census_cell wanted = {.level = level, .group = group};
    size_t low = 0, high = c->n_cells, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_cells(&c->cell[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < c->n_cells && c->cell[end].level == level && c->cell[end].group == group;)
        end++;
    *n = end - low;
    return c->cell + low;
}

/* The denominators in the order of enum stance_among. */
static void sum_threads(struct census *c)
{
    const struct census_spec *s = &c->spec;
    size_t n = s->n_targets * s->n_labels, width = thread_width(s);

    if (!s->by_thread)
        return;
    c->moments_n = c->index->thread.n;
    c->moments = mem_zalloc(n, sizeof *c->moments);
    for (size_t k = 0; k < c->index->thread.n; k++) {
        const double *sum = c->index->thread_sum + k * width;
        for (size_t i = 0; i < n; i++) {
            struct census_moments *m = &c->moments[i];
            double sides = s->none != SIZE_MAX
                               ? sum[0] - sum[1 + i / s->n_labels * s->n_labels + s->none]
                               : sum[0];
            m->vv += sum[0] * sum[0];
            add_moments(m, STANCE_AMONG_ALL, sum[0], sum[1 + i], sum[0]);
            add_moments(m, STANCE_AMONG_TAKING_SIDES, sum[0], sum[1 + i], sides);
            if (s->topic != SIZE_MAX)
                add_moments(m, STANCE_AMONG_ON_TOPIC, sum[0], sum[2 + n + i], sum[1 + n]);
        }
    }
}

struct census_row *census_find_row(struct census *c, uint64_t key)
{
    uint32_t *at = c->spec.audit != NULL ? keymap_find(&c->index->row, key) : NULL;

    return at != NULL ? &c->row[*at] : NULL;
}

void census_row_room(struct census *c, struct census_row *row)
{
    size_t n = c->spec.n_targets * c->spec.n_labels;

    row->p = arena_alloc(&c->arena, n * sizeof *row->p);
    row->predicted = arena_alloc(&c->arena, c->spec.n_targets * sizeof *row->predicted);
    for (size_t i = 0; i < n; i++)
        row->p[i] = 0;
    for (size_t t = 0; t < c->spec.n_targets; t++)
        row->predicted[t] = 0;
}

static void find_row(struct census *c, const struct head *head, const uint32_t *group, double v,
                     const double *p, const uint32_t *predicted)
{
    const struct census_spec *s = &c->spec;
    struct census_row *row = census_find_row(c, head->key);

    if (row == NULL || row->n_found++ > 0)
        return;
    row->author = head->author;
    row->v = v;
    memcpy(row->group, group, sizeof row->group);
    census_row_room(c, row);
    memcpy(row->p, p, s->n_targets * s->n_labels * sizeof *row->p);
    memcpy(row->predicted, predicted, s->n_targets * sizeof *row->predicted);
}

static double weight_of(struct census *c, const struct head *head)
{
    uint32_t *n;

    if (!c->spec.per_author)
        return 1;
    n = head->has_author ? keymap_find(&c->index->author, head->author) : NULL;
    if (n == NULL)
        c->n_no_author++;
    return n != NULL ? 1.0 / *n : 0;
}

static int stratum_position(struct census *c, struct span name, uint32_t *at,
                            struct stance_err *err)
{
    *at = c->spec.audit != NULL ? intern_string(&c->stratum, name) : 0;
    if (c->spec.audit == NULL || *at < c->spec.audit->n_strata)
        return 0;
    return err_at(err, STANCE_DATA, c->spec.audit->path, 1, 0,
                  "the audit has no stratum '%.*s', which the dump has: it was drawn from another "
                  "dump, or its fields were read otherwise",
                  (int)name.len, name.p);
}

static int take_digest(void *arg, struct span rest, struct stance_err *err)
{
    const struct taking *t = arg;
    struct census *c = t->c;
    const struct census_spec *s = &c->spec;
    uint32_t group[CENSUS_MAX_LEVELS] = {0}, stratum;
    struct head head;
    double *p, v;
    uint32_t *predicted;

    memcpy(&head, next_bytes(&rest, sizeof head).p, sizeof head);
    if (t->counting) {
        if (head.has_author)
            ++*keymap_add(&c->index->author, head.author, 0);
        return 0;
    }
    if (stratum_position(c, next_bytes(&rest, head.stratum_len), &stratum, err) < 0)
        return -1;
    for (size_t k = 1; k < s->n_levels; k++)
        group[k] = intern_string(&c->group[k], next_bytes(&rest, head.group_len[k]));
    /* strings before them may have moved them off a double's place */
    p = mem_copy(rest.p, rest.len);
    predicted = (uint32_t *)(p + s->n_targets * s->n_labels);
    v = weight_of(c, &head);
    c->population++;
    c->sum += head.key;
    for (size_t k = 0; k < s->n_levels; k++)
        add_to_cell(c, census_cell(c, (uint32_t)k, group[k], stratum), v, p, predicted);
    find_row(c, &head, group, v, p, predicted);
    keep_posteriors(c, p);
    add_to_thread(c, &head, v, p);
    free(p);
    return 0;
}

/* ---- the whole ---- */

void census_init(struct census *c, const struct census_spec *spec)
{
    size_t n_rows = spec->audit != NULL ? spec->audit->n_rows : 0;

    *c = (struct census){.spec = *spec};
    c->index = mem_zalloc(1, sizeof *c->index);
    c->row = mem_zalloc(n_rows, sizeof *c->row);
    intern_string(&c->group[0], span_of("all"));
    for (size_t i = 0; spec->audit != NULL && i < spec->audit->n_strata; i++)
        intern_string(&c->stratum, spec->audit->stratum[i].name);
    for (size_t i = 0; i < n_rows; i++)
        *keymap_add(&c->index->row, spec->audit->row[i].key, (uint32_t)i) = (uint32_t)i;
    if (spec->keep_posteriors)
        c->posterior = mem_zalloc(spec->n_targets, sizeof *c->posterior);
    for (size_t t = 0; c->posterior != NULL && t < spec->n_targets; t++)
        quantify_cells_init(&c->posterior[t], spec->n_labels);
}

static int pass(struct census *c, bool counting, const char *const *path, size_t n_paths,
                const struct stance_input *input, struct dump_judge *judge, unsigned n_jobs,
                const struct stance_talk *talk, struct stance_err *err)
{
    struct taking taking = {c, counting};
    struct sweep sweep = {.input = input,
                          .talk = talk,
                          .n_jobs = n_jobs,
                          .judge = counting ? NULL : judge,
                          .n_targets = c->spec.n_targets,
                          .own_target = input->fields.target != NULL,
                          .arg = &taking,
                          .digest = digest,
                          .take = take_digest};

    for (size_t i = 0; i < n_paths; i++)
        if (sweep_run(&sweep, path[i], err) < 0)
            return -1;
    c->records = sweep.records;
    memcpy(c->status, sweep.status, sizeof c->status);
    return 0;
}

int census_take(struct census *c, const struct census_spec *spec, const char *const *path,
                size_t n_paths, const struct stance_input *input, struct dump_judge *judge,
                unsigned n_jobs, const struct stance_talk *talk, struct stance_err *err)
{
    census_init(c, spec);
    if (spec->per_author && pass(c, true, path, n_paths, input, judge, n_jobs, NULL, err) < 0)
        return -1;
    c->n_authors = c->index->author.n;
    if (pass(c, false, path, n_paths, input, judge, n_jobs, talk, err) < 0)
        return -1;
    census_end(c);
    return 0;
}

void census_release(struct census *c)
{
    if (c->index != NULL) {
        keymap_release(&c->index->cell);
        keymap_release(&c->index->row);
        keymap_release(&c->index->author);
        keymap_release(&c->index->thread);
        free(c->index->thread_sum);
    }
    free(c->index);
    for (size_t k = 0; k < CENSUS_MAX_LEVELS; k++)
        intern_release(&c->group[k]);
    intern_release(&c->stratum);
    for (size_t i = 0; i < c->n_cells; i++) {
        free(c->cell[i].p);
        free(c->cell[i].p_on);
        free(c->cell[i].counted);
    }
    free(c->cell);
    free(c->row);
    for (size_t t = 0; c->posterior != NULL && t < c->spec.n_targets; t++)
        quantify_cells_release(&c->posterior[t]);
    free(c->posterior);
    free(c->moments);
    arena_release(&c->arena);
    *c = (struct census){0};
}

void census_end(struct census *c)
{
    if (c->n_cells != 0)
        qsort(c->cell, c->n_cells, sizeof *c->cell, by_place);
    sum_threads(c);
}

static int other_dump(const struct audit *a, struct stance_err *err, const char *what,
                      unsigned long long here, unsigned long long there)
{
    return err_at(err, STANCE_DATA, a->path, 1, 0,
                  "the audit was drawn from another dump than this one: %s %llu here, %llu in the "
                  "one it was drawn from",
                  what, here, there);
}

static uint64_t in_stratum(const struct census *c, uint32_t stratum)
{
    uint64_t n = 0;

    for (size_t i = 0; i < c->n_cells; i++)
        if (c->cell[i].level == 0 && c->cell[i].stratum == stratum)
            n += c->cell[i].n;
    return n;
}

int census_check(const struct census *c, struct stance_err *err)
{
    const struct audit *a = c->spec.audit;

    if (c->population != a->dump.population)
        return other_dump(a, err, "comments with a text are", c->population, a->dump.population);
    for (uint32_t h = 0; h < a->n_strata; h++)
        if (in_stratum(c, h) != a->stratum[h].population)
            return err_at(err, STANCE_DATA, a->path, 1, 0,
                          "the audit was drawn from another dump than this one, or its fields were "
                          "read otherwise: stratum '%s' has %llu comments here, %llu there",
                          a->stratum[h].name.p, (unsigned long long)in_stratum(c, h),
                          (unsigned long long)a->stratum[h].population);
    for (size_t i = 0; i < a->n_rows; i++)
        if (c->row[i].n_found != a->row[i].repeats)
            return err_at(err, STANCE_DATA, a->path, a->row[i].line, 0,
                          "comment '%s' is %llu times in this dump, expected %u: the audit was "
                          "drawn from another dump",
                          a->row[i].comment.id.p, (unsigned long long)c->row[i].n_found,
                          a->row[i].repeats);
    if (c->sum != a->dump.sum)
        return err_at(err, STANCE_DATA, a->path, 1, 0,
                      "the audit was drawn from another dump than this one: as many comments, not "
                      "the same");
    return 0;
}
