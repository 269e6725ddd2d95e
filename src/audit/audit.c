/* SPDX-License-Identifier: MIT */
/* audit: finding and adding; how it is written is in auditwrite.c, how it is read in auditread.c.
 */
#include "audit/audit.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void audit_release(struct audit *a)
{
    if (a == NULL)
        return;
    free(a->path);
    free(a->row);
    arena_release(&a->arena);
    *a = (struct audit){0};
}

uint64_t audit_key(struct span id, struct span text)
{
    uint64_t h = hash_more(HASH_START, id.p, id.len);

    h = hash_more(h, "\0", 1); /* where the id ends */
    return hash_mix(hash_more(h, text.p, text.len));
}

uint32_t audit_find_target(const struct audit *a, struct span id)
{
    for (size_t t = 0; t < a->n_targets; t++)
        if (span_eq(a->target[t].id, id))
            return (uint32_t)t;
    return AUDIT_NONE;
}

uint32_t audit_find_label(const struct audit_target *t, struct span label)
{
    for (size_t l = 0; l < t->n_labels; l++)
        if (span_eq(t->label[l].label, label))
            return (uint32_t)l;
    return AUDIT_NONE;
}

uint32_t audit_find_code(const struct audit_target *t, struct span code)
{
    for (size_t c = 0; c < t->n_codes; c++)
        if (span_eq(t->code[c].code, code))
            return (uint32_t)c;
    return AUDIT_NONE;
}

uint32_t audit_find_annotator(const struct audit *a, struct span name)
{
    for (size_t i = 0; i < a->n_annotators; i++)
        if (span_eq(a->annotator[i], name))
            return (uint32_t)i;
    return AUDIT_NONE;
}

uint32_t audit_find_row(const struct audit *a, struct span id)
{
    for (size_t i = 0; i < a->n_rows; i++)
        if (span_eq(a->row[i].comment.id, id))
            return (uint32_t)i;
    return AUDIT_NONE;
}

uint32_t audit_add_annotator(struct audit *a, struct span name)
{
    uint32_t at = audit_find_annotator(a, name);
    struct span *all;

    if (at != AUDIT_NONE)
        return at;
    all = arena_alloc(&a->arena, (a->n_annotators + 1) * sizeof *all);
    for (size_t i = 0; i < a->n_annotators; i++)
        all[i] = a->annotator[i];
    all[a->n_annotators] = arena_copy(&a->arena, name);
    a->annotator = all;
    return (uint32_t)a->n_annotators++;
}

static uint32_t *nothing_said(struct audit *a)
{
    uint32_t *v = arena_alloc(&a->arena, a->n_targets * sizeof *v + 1);

    for (size_t t = 0; t < a->n_targets; t++)
        v[t] = AUDIT_NONE;
    return v;
}

struct audit_say audit_say_empty(struct audit *a, uint32_t annotator, bool decides)
{
    return (struct audit_say){.annotator = annotator,
                              .label = nothing_said(a),
                              .code = nothing_said(a),
                              .decides = decides};
}

bool audit_says_something(const struct audit *a, const struct audit_say *say)
{
    for (size_t t = 0; t < a->n_targets; t++)
        if (say->label[t] != AUDIT_NONE)
            return true;
    return say->note.len != 0 || say->skipped;
}

/* Order: by annotator, the deciding ones last. */
static bool comes_before(const struct audit_say *s, uint32_t annotator, bool decides)
{
    return s->decides != decides ? !s->decides : s->annotator < annotator;
}

struct audit_say *audit_say_of(struct audit *a, struct audit_row *row, uint32_t annotator,
                               bool decides)
{
    struct audit_say *all;
    size_t at = 0;

    while (at < row->n_says && comes_before(&row->say[at], annotator, decides))
        at++;
    if (at < row->n_says && row->say[at].annotator == annotator && row->say[at].decides == decides)
        return &row->say[at];
    all = arena_alloc(&a->arena, (row->n_says + 1) * sizeof *all);
    for (size_t i = 0; i < row->n_says; i++)
        all[i + (i >= at)] = row->say[i];
    all[at] = audit_say_empty(a, annotator, decides);
    row->say = all;
    row->n_says++;
    return &row->say[at];
}

struct audit_row *audit_add_row(struct audit *a)
{
    MEM_GROW(a->row, a->row_cap, a->n_rows + 1);
    a->row[a->n_rows] = (struct audit_row){
        .stratum = AUDIT_NONE, .sample_prob = NAN, .repeats = 1, .like = AUDIT_NONE};
    return &a->row[a->n_rows++];
}

uint32_t audit_gold(const struct audit *a, const struct audit_row *row, uint32_t target,
                    bool *differ)
{
    uint32_t gold = AUDIT_NONE;

    if (differ != NULL)
        *differ = false;
    if (row->like != AUDIT_NONE)
        row = &a->row[row->like];
    for (size_t i = 0; i < row->n_says; i++) {
        const struct audit_say *s = &row->say[i];
        if (s->label[target] == AUDIT_NONE)
            continue;
        if (s->decides) { /* they come last */
            if (differ != NULL)
                *differ = false;
            return s->label[target];
        }
        if (gold != AUDIT_NONE && gold != s->label[target] && differ != NULL)
            *differ = true;
        if (gold != AUDIT_NONE && gold != s->label[target])
            gold = AUDIT_NONE - 1;
        else if (gold != AUDIT_NONE - 1)
            gold = s->label[target];
    }
    return gold == AUDIT_NONE - 1 ? AUDIT_NONE : gold;
}
