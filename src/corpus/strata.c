/* SPDX-License-Identifier: MIT */
/*
 * strata: see strata.h. Codes and then (whole, stratum) keys are listed with repeats, sorted
 * and counted, so that memory is by labels given, never by targets times labels.
 */
#include "corpus/strata.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NO_STRATUM = UINT32_MAX };

void strata_release(struct strata *s)
{
    if (s == NULL)
        return;
    free(s->code);
    free(s->total);
    free(s->part);
    *s = (struct strata){0};
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort(uint64_t *number, size_t n)
{
    if (n != 0) /* qsort takes no null pointer */
        qsort(number, n, sizeof *number, by_number);
}

static bool used(const uint8_t *use, size_t comment)
{
    return use == NULL || use[comment];
}

/* The codes of a label's two strata; 0 is the code of all comments. */
static uint64_t of_label(const struct mark *m)
{
    return (uint64_t)m->label + 1;
}

static uint64_t of_target(const struct mark *m)
{
    return ((uint64_t)m->target + 1) << 32 | m->label;
}

/* Labels per target; owned by the caller. */
static uint32_t *count_targets(const struct corpus *c, const uint8_t *use)
{
    uint32_t *n = mem_zalloc(c->n_targets, sizeof *n);

    for (size_t i = 0; i < c->n_marks; i++)
        n[c->mark[i].target] += used(use, c->mark[i].comment);
    return n;
}

static void find_strata(struct strata *s, const struct corpus *c, const uint8_t *use)
{
    uint32_t *of = count_targets(c, use);
    uint64_t *code = mem_array(c->n_marks, 2 * sizeof *code);
    size_t n = 0, end;

    for (size_t i = 0; i < c->n_marks; i++) {
        if (!used(use, c->mark[i].comment))
            continue;
        code[n++] = of_label(&c->mark[i]);
        if (of[c->mark[i].target] >= STRATA_TARGET)
            code[n++] = of_target(&c->mark[i]);
    }
    free(of);
    sort(code, n);
    s->code = mem_zalloc(n + 1, sizeof *s->code);
    s->total = mem_zalloc(n + 1, sizeof *s->total);
    s->n = 1;
    for (size_t i = 0; i < c->n_comments; i++)
        s->total[0] += used(use, i);
    for (size_t i = 0; i < n; i = end) {
        for (end = i; end < n && code[end] == code[i];)
            end++;
        if (end - i < 2)
            continue;
        s->code[s->n] = code[i];
        s->total[s->n++] = (uint32_t)(end - i);
    }
    free(code);
}

static uint32_t number_of(const struct strata *s, uint64_t code)
{
    const uint64_t *at = bsearch(&code, s->code, s->n, sizeof code, by_number);

    return at != NULL ? (uint32_t)(at - s->code) : NO_STRATUM;
}

static void add_key(uint64_t *key, size_t *n, uint32_t whole, uint32_t stratum)
{
    if (stratum != NO_STRATUM)
        key[(*n)++] = (uint64_t)whole << 32 | stratum;
}

/* One key per comment and two per label, in order; returns how many. */
static size_t list_keys(const struct strata *s, const struct corpus *c, const uint8_t *use,
                        const uint32_t *whole_of, uint64_t *key)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_comments; i++)
        if (used(use, i))
            add_key(key, &n, whole_of[i], 0);
    for (size_t i = 0; i < c->n_marks; i++) {
        const struct mark *m = &c->mark[i];
        if (!used(use, m->comment))
            continue;
        add_key(key, &n, whole_of[m->comment], number_of(s, of_label(m)));
        add_key(key, &n, whole_of[m->comment], number_of(s, of_target(m)));
    }
    sort(key, n);
    return n;
}

void strata_make(struct strata *s, const struct corpus *c, const uint8_t *use,
                 struct deal_whole *whole, const uint32_t *whole_of)
{
    uint64_t *key = mem_array(c->n_comments + 2 * c->n_marks, sizeof *key);
    size_t n_keys, n = 0, end;

    *s = (struct strata){0};
    find_strata(s, c, use);
    n_keys = list_keys(s, c, use, whole_of, key);
    s->part = mem_array(n_keys, sizeof *s->part);
    for (size_t i = 0; i < n_keys; i = end) {
        struct deal_whole *w = &whole[key[i] >> 32];
        uint32_t stratum = key[i] & UINT32_MAX;
        for (end = i; end < n_keys && key[end] == key[i];)
            end++;
        if (stratum == 0)
            w->size = (uint32_t)(end - i);
        if (w->n_parts++ == 0)
            w->part = n;
        s->part[n++] = (struct deal_part){stratum, (uint32_t)(end - i)};
    }
    free(key);
}
