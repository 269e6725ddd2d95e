/* SPDX-License-Identifier: MIT */
/*
 * censuspass: a record's digest is a fixed head, its strings, its probabilities and predicted
 * labels; take_digest() reads them back, in the order of the dump.
 */
#include <stdlib.h>

#include "audit/design.h"
#include "base/err.h"
#include "prevalence/censusparts.h"

struct head {
    uint64_t key, author, thread;
    bool has_author;
    size_t stratum_len, group_len[CENSUS_MAX_LEVELS];
};

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

static int count_author(struct census *c, const struct head *head)
{
    if (head->has_author)
        ++*keymap_add(&c->index->author, head->author, 0);
    return 0;
}

/* Strings before them may have moved the numbers off a place that is theirs. */
static int take_digest(void *arg, struct span rest, struct stance_err *err)
{
    const struct taking *t = arg;
    struct census *c = t->c;
    const struct census_spec *s = &c->spec;
    size_t n = s->n_targets * s->n_labels;
    struct census_comment x = {0};
    struct head head;
    double *p;
    uint32_t *predicted;

    memcpy(&head, next_bytes(&rest, sizeof head).p, sizeof head);
    if (t->counting)
        return count_author(c, &head);
    if (stratum_position(c, next_bytes(&rest, head.stratum_len), &x.stratum, err) < 0)
        return -1;
    for (size_t k = 1; k < s->n_levels; k++)
        x.group[k] = intern_string(&c->group[k], next_bytes(&rest, head.group_len[k]));
    p = mem_array(n, sizeof *p);
    predicted = mem_array(s->n_targets, sizeof *predicted);
    memcpy(p, next_bytes(&rest, n * sizeof *p).p, n * sizeof *p);
    memcpy(predicted, rest.p, s->n_targets * sizeof *predicted);
    x.key = head.key;
    x.author = head.author;
    x.thread = head.thread;
    x.has_author = head.has_author;
    x.v = weight_of(c, &head);
    x.p = p;
    x.predicted = predicted;
    census_add(c, &x);
    free(p);
    free(predicted);
    return 0;
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
