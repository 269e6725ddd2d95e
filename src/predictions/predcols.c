/* SPDX-License-Identifier: MIT */
/* predcols: see predcols.h. Names are taken apart from the left: prefix, target, "_", rest. */
#include "predictions/predcols.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

struct names {
    const struct span *column;
    size_t n;
    const struct predcols_wanted *wanted;
};

static const struct span status_name = {"stance_status", 13}, own_name = {"stance", 6};

static bool strip(struct span *s, struct span head)
{
    if (s->len < head.len || (head.len != 0 && memcmp(s->p, head.p, head.len) != 0))
        return false;
    *s = (struct span){s->p + head.len, s->len - head.len};
    return true;
}

size_t predcols_place(const struct span *column, size_t n, struct span name)
{
    for (size_t i = n; i > 0; i--)
        if (span_eq(column[i - 1], name))
            return i - 1;
    return PREDCOLS_NONE;
}

static size_t find_either(const struct names *k, struct span wanted, struct span usual)
{
    size_t i = predcols_place(k->column, k->n, wanted);

    return i != PREDCOLS_NONE ? i : predcols_place(k->column, k->n, usual);
}

static size_t find_prefixed(const struct names *k, struct span name)
{
    for (size_t i = k->n; i > 0; i--) {
        struct span s = k->column[i - 1];
        if (strip(&s, k->wanted->prefix) && span_eq(s, name))
            return i - 1;
    }
    return PREDCOLS_NONE;
}

/* Whether predictions stand behind this prefix. */
static bool is_prefix(const struct names *k, struct span prefix)
{
    for (size_t i = 0; i < k->n; i++) {
        struct span s = k->column[i];
        if (!strip(&s, prefix))
            continue;
        if (span_eq(s, own_name) || span_eq(s, SPAN("predicted")) ||
            predcols_place(k->wanted->about, k->wanted->n_about, s) != PREDCOLS_NONE)
            return true;
    }
    return false;
}

static struct span find_other_prefix(const struct names *k)
{
    for (size_t i = 0; i < k->n; i++) {
        struct span s = k->column[i], prefix;
        prefix = (struct span){s.p, s.len - status_name.len};
        if (s.len >= status_name.len &&
            memcmp(s.p + prefix.len, status_name.p, status_name.len) == 0 && is_prefix(k, prefix))
            return prefix;
    }
    return (struct span){NULL, 0};
}

static void add_said(struct predcols *c, struct span target, size_t label)
{
    MEM_GROW(c->said, c->said_cap, c->n_said + 1);
    c->said[c->n_said++] = (struct predcols_said){target, label, PREDCOLS_NONE};
}

static void add_prob(struct predcols *c, size_t said, size_t column, struct span label)
{
    MEM_GROW(c->prob, c->prob_cap, c->n_probs + 1);
    c->prob[c->n_probs++] = (struct predcols_prob){said, column, label};
}

/* The label whose column's name begins this one's, the longest such, with what follows it in
 * *rest; PREDCOLS_NONE where there is none. */
static size_t find_owner(const struct predcols *c, const struct names *k, size_t column,
                         struct span *rest)
{
    size_t owner = PREDCOLS_NONE;

    for (size_t i = 0; i < c->n_said; i++) {
        struct span s = k->column[column];
        if (c->said[i].label > column || !strip(&s, k->column[c->said[i].label]))
            continue;
        if ((s.len == 0 || s.p[0] == '_') && (owner == PREDCOLS_NONE || s.len < rest->len)) {
            owner = i;
            *rest = s;
        }
    }
    return owner;
}

static int by_said(const void *a, const void *b)
{
    const struct predcols_prob *x = a, *y = b;

    if (x->said != y->said)
        return x->said < y->said ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

static void find_wide_numbers(struct predcols *c, const struct names *k)
{
    for (size_t i = 0; i < k->n; i++) {
        struct span rest;
        size_t owner = find_owner(c, k, i, &rest);

        if (i == c->status) /* "stance_status" is no probability of the label "status" */
            continue;
        if (owner == PREDCOLS_NONE || !strip(&rest, SPAN("_")) || rest.len == 0)
            continue;
        if (span_eq(rest, SPAN("p")))
            c->said[owner].p = i;
        else
            add_prob(c, owner, i, rest);
    }
    if (c->n_probs != 0)
        qsort(c->prob, c->n_probs, sizeof *c->prob, by_said);
}

static void find_long_numbers(struct predcols *c, const struct names *k)
{
    c->said[0].p = predcols_place(k->column, k->n, SPAN("p"));
    for (size_t i = 0; i < k->n; i++) {
        struct span rest = k->column[i];
        if (strip(&rest, SPAN("p_")) && rest.len != 0)
            add_prob(c, 0, i, rest);
    }
}

/* Labels by the names of targets, or else of records' own. */
static void find_wide(struct predcols *c, const struct names *k, bool marked)
{
    size_t own = marked ? find_prefixed(k, own_name) : PREDCOLS_NONE;

    for (size_t t = 0; t < k->wanted->n_about; t++) {
        size_t label = find_prefixed(k, k->wanted->about[t]);
        if (label != PREDCOLS_NONE)
            add_said(c, k->wanted->about[t], label);
    }
    if (c->n_said == 0 && own != PREDCOLS_NONE)
        add_said(c, (struct span){NULL, 0}, own);
    c->wide = c->n_said != 0;
}

void predcols_find(struct predcols *c, const struct span *column, size_t n,
                   const struct predcols_wanted *wanted)
{
    const struct names k = {column, n, wanted};
    size_t label = find_either(&k, wanted->label, SPAN("label"));
    size_t marker = find_prefixed(&k, status_name);

    c->wide = false;
    c->n_said = c->n_probs = 0;
    c->id = find_either(&k, wanted->id, SPAN("id"));
    c->target = find_either(&k, wanted->target, SPAN("target"));
    c->status = marker != PREDCOLS_NONE ? marker : predcols_place(column, n, SPAN("status"));
    c->other_prefix = marker == PREDCOLS_NONE ? find_other_prefix(&k) : (struct span){NULL, 0};
    if (label == PREDCOLS_NONE || marker != PREDCOLS_NONE)
        find_wide(c, &k, marker != PREDCOLS_NONE);
    if (c->wide) {
        find_wide_numbers(c, &k);
    } else if (label != PREDCOLS_NONE) {
        add_said(c, (struct span){NULL, 0}, label);
        find_long_numbers(c, &k);
    }
}

void predcols_release(struct predcols *c)
{
    free(c->said);
    free(c->prob);
    *c = (struct predcols){0};
}
