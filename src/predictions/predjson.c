/* SPDX-License-Identifier: MIT */
/*
 * predjson: one walk checks a record and lists its members; a flat one is then a table of one
 * row. Names that the user gave may be paths (a.b), so these are looked up by json_find().
 */
#include "predictions/predjson.h"

#include <stdlib.h>

#include "base/mem.h"

enum { ID, TARGET, LABEL, P, STATUS };

_Static_assert(STATUS + 1 == PREDJSON_TEXTS, "one text for each");

static const struct span nothing = {NULL, 0};
static const char *const name_of[] = {"id", "target", "label", "p", "status"};

/* ---- members ---- */

static void keep_member(struct predjson *j, const struct json_walk *walk,
                        const struct json_member *m)
{
    struct span key = m->key;

    if (key.p == walk->key.p) /* decoded there: gone at the next step */
        key = arena_copy(&j->keys, key);
    MEM_GROW(j->key, j->key_cap, j->n + 1);
    MEM_GROW(j->value, j->value_cap, j->n + 1);
    j->key[j->n] = key;
    j->value[j->n++] = m->value;
}

static int list_members(struct predjson *j, struct span record)
{
    struct json_error why;
    struct json_walk walk = {0};
    struct json_member m;
    int status = json_walk_begin(&walk, record, &why);

    arena_release(&j->keys);
    j->n = 0;
    if (status == 0 && walk.array) {
        json_walk_release(&walk);
        return predgive_bad(j->give, 0, "expected a JSON object", nothing);
    }
    while (status == 0 && (status = json_walk_next(&walk, &m, &why)) > 0) {
        keep_member(j, &walk, &m);
        status = 0;
    }
    if (status < 0)
        predgive_bad(j->give, why.at, why.message, nothing);
    json_walk_release(&walk);
    return status;
}

/* The member of this name behind the prefix; NULL where there is none. */
static const struct json_value *prefixed(const struct predjson *j, struct span name)
{
    struct span prefix = j->wanted->prefix;

    for (size_t i = j->n; i > 0; i--) {
        struct span key = j->key[i - 1];
        if (key.len == prefix.len + name.len &&
            (prefix.len == 0 || memcmp(key.p, prefix.p, prefix.len) == 0) &&
            memcmp(key.p + prefix.len, name.p, name.len) == 0)
            return &j->value[i - 1];
    }
    return NULL;
}

/* The text of a string, the digits of a number, and nothing for null. */
static int scalar(struct predjson *j, const struct json_value *v, int k, struct span *out)
{
    struct buf *b = &j->text[k];

    buf_reset(b);
    *out = nothing;
    if (v->type == JSON_NULL)
        return 0;
    if (v->type == JSON_STRING)
        json_string_decode(v->raw, b);
    else if (v->type == JSON_NUMBER)
        buf_add_span(b, v->raw);
    else
        return predgive_bad(j->give, 0, "expected text, a number or null in", span_of(name_of[k]));
    buf_str(b); /* so that p is not NULL where the text is empty */
    *out = buf_span(b);
    return 0;
}

static int member(struct predjson *j, struct span object, struct span wanted, int k,
                  struct span *out)
{
    struct json_value v;

    *out = nothing;
    if (!json_find(object, wanted, &v) && !json_find(object, span_of(name_of[k]), &v))
        return 0;
    return scalar(j, &v, k, out);
}

/* What the record says about all of its rows. */
static int read_common(struct predjson *j, struct span record, struct predtext *t)
{
    const struct json_value *status = prefixed(j, SPAN("stance_status"));

    if (member(j, record, j->wanted->id, ID, &t->id) < 0 ||
        member(j, record, j->wanted->target, TARGET, &t->target) < 0)
        return -1;
    return status != NULL ? scalar(j, status, STATUS, &t->status)
                          : member(j, record, SPAN("status"), STATUS, &t->status);
}

/* {LABEL: p} in the member "probs" of an object, where there is one. */
static int read_probs(struct predjson *j, struct span object)
{
    struct json_error why;
    struct json_walk walk = {0};
    struct json_value probs;
    struct json_member m;
    struct span p;
    int status;

    if (!json_find(object, SPAN("probs"), &probs) || probs.type == JSON_NULL)
        return 0;
    status = probs.type != JSON_OBJECT || json_walk_begin(&walk, probs.raw, &why) < 0
                 ? predgive_bad(j->give, 0, "expected an object of labels in 'probs'", nothing)
                 : 0;
    while (status == 0 && (status = json_walk_next(&walk, &m, &why)) > 0)
        if ((status = scalar(j, &m.value, P, &p)) == 0)
            status = predgive_prob(j->give, m.key, p);
    json_walk_release(&walk);
    return status;
}

/* ---- nested ---- */

static int read_said(struct predjson *j, struct predtext *t, const struct json_value *v)
{
    t->label = t->p = nothing; /* a bare label has no p */
    if (v->type != JSON_OBJECT)
        return scalar(j, v, LABEL, &t->label);
    return read_probs(j, v->raw) < 0 || member(j, v->raw, j->wanted->label, LABEL, &t->label) < 0 ||
                   member(j, v->raw, SPAN("p"), P, &t->p) < 0
               ? -1
               : 0;
}

static int read_nested(struct predjson *j, struct predtext *t, struct span predicted)
{
    struct json_error why;
    struct json_walk walk = {0};
    struct json_member m;
    int status = json_walk_begin(&walk, predicted, &why);

    while (status == 0 && (status = json_walk_next(&walk, &m, &why)) > 0) {
        t->target = m.key.p != NULL ? m.key : SPAN("");
        if ((status = read_said(j, t, &m.value)) == 0)
            status = predgive_row(j->give, t);
    }
    json_walk_release(&walk);
    return status;
}

/* Nothing was predicted: so it is said of each target. */
static int give_none(struct predjson *j, struct predtext *t)
{
    int status = 0;

    for (size_t i = 0; i < j->wanted->n_about && status == 0; i++) {
        t->target = j->wanted->about[i];
        status = predgive_row(j->give, t);
    }
    return status;
}

/* ---- flat ---- */

static int column(struct predjson *j, size_t place, int k, struct span *out)
{
    *out = nothing;
    return place != PREDCOLS_NONE ? scalar(j, &j->value[place], k, out) : 0;
}

static int read_wide(struct predjson *j, struct predtext *t)
{
    const struct predcols *c = &j->columns;
    const struct span own = t->target;
    struct span p;
    size_t k = 0;

    for (size_t i = 0; i < c->n_said; i++) {
        for (; k < c->n_probs && c->prob[k].said == i; k++)
            if (column(j, c->prob[k].column, P, &p) < 0 ||
                predgive_prob(j->give, c->prob[k].label, p) < 0)
                return -1;
        t->target = c->said[i].target.p != NULL ? c->said[i].target : own;
        if (column(j, c->said[i].p, P, &t->p) < 0 ||
            column(j, c->said[i].label, LABEL, &t->label) < 0 || predgive_row(j->give, t) < 0)
            return -1;
    }
    return 0;
}

static int read_long(struct predjson *j, struct predtext *t, struct span record)
{
    if (read_probs(j, record) < 0 || member(j, record, j->wanted->label, LABEL, &t->label) < 0 ||
        member(j, record, SPAN("p"), P, &t->p) < 0)
        return -1;
    return predgive_row(j->give, t);
}

int predjson_read(struct predjson *j, struct span record)
{
    struct predtext t = {.target = nothing};
    const struct json_value *predicted;
    struct json_value label;

    if (list_members(j, record) < 0 || read_common(j, record, &t) < 0)
        return -1;
    predicted = prefixed(j, SPAN("predicted"));
    if (predicted != NULL && predicted->type == JSON_OBJECT)
        return read_nested(j, &t, predicted->raw);
    if (predicted != NULL && predicted->type == JSON_NULL && t.status.p != NULL)
        return give_none(j, &t);
    predcols_find(&j->columns, j->key, j->n, j->wanted);
    if (predgive_check_prefix(j->give, &j->columns) < 0)
        return -1;
    if (j->columns.wide && (prefixed(j, SPAN("stance_status")) != NULL ||
                            !json_find(record, j->wanted->label, &label)))
        return read_wide(j, &t);
    return read_long(j, &t, record); /* the label's name may be a path */
}

void predjson_release(struct predjson *j)
{
    free(j->key);
    free(j->value);
    arena_release(&j->keys);
    predcols_release(&j->columns);
    for (int k = 0; k < PREDJSON_TEXTS; k++)
        buf_release(&j->text[k]);
    *j = (struct predjson){0};
}
