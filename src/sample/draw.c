/* SPDX-License-Identifier: MIT */
/* draw: a heap per stratum; whether a key is in one of them is asked of one table. */
#include "sample/draw.h"

#include <stdlib.h>

#include "base/mem.h"

void draw_init(struct draw *d, size_t most)
{
    *d = (struct draw){.most = most};
}

void draw_release(struct draw *d)
{
    for (uint32_t h = 0; h < d->names.n; h++) {
        for (size_t i = 0; i < d->stratum[h].n; i++)
            free(d->stratum[h].heap[i].bytes);
        free(d->stratum[h].heap);
    }
    free(d->stratum);
    intern_release(&d->names);
    keymap_release(&d->place);
    *d = (struct draw){0};
}

uint64_t draw_rank(uint64_t seed, uint64_t key)
{
    return hash_mix(key ^ hash_mix(seed + 0x9E3779B97F4A7C15u));
}

uint64_t draw_bound(const struct draw *d, struct span stratum)
{
    struct intern_view view = intern_frozen(&d->names);
    uint32_t h = view.n != 0 ? intern_find(&view, stratum, hash_span(stratum)) : INTERN_NONE;

    return h == INTERN_NONE || d->stratum[h].n < d->most ? UINT64_MAX : d->stratum[h].heap[0].rank;
}

static void swap(struct drawn *a, struct drawn *b)
{
    struct drawn t = *a;

    *a = *b;
    *b = t;
}

static void sift_down(struct draw_stratum *s, size_t i)
{
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= s->n)
            return;
        if (child + 1 < s->n && s->heap[child + 1].rank > s->heap[child].rank)
            child++;
        if (s->heap[i].rank >= s->heap[child].rank)
            return;
        swap(&s->heap[i], &s->heap[child]);
        i = child;
    }
}

static void sift_up(struct draw_stratum *s, size_t i)
{
    while (i > 0 && s->heap[(i - 1) / 2].rank < s->heap[i].rank) {
        swap(&s->heap[(i - 1) / 2], &s->heap[i]);
        i = (i - 1) / 2;
    }
}

static void repeat(struct draw_stratum *s, uint64_t key)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->heap[i].key == key)
            s->heap[i].repeats++;
}

static uint32_t stratum_of(struct draw *d, struct span name)
{
    uint32_t h = intern_string(&d->names, name);

    if (h == d->names.n - 1 && h >= d->stratum_cap) {
        size_t before = d->stratum_cap;
        MEM_GROW(d->stratum, d->stratum_cap, (size_t)h + 1);
        memset(d->stratum + before, 0, (d->stratum_cap - before) * sizeof *d->stratum);
    }
    return h;
}

/* The largest makes room: what is put in its place is smaller. */
static void keep(struct draw *d, struct draw_stratum *s, const struct drawn *new)
{
    if (s->n < d->most) {
        MEM_GROW(s->heap, s->cap, s->n + 1);
        s->heap[s->n++] = *new;
        sift_up(s, s->n - 1);
        return;
    }
    free(s->heap[0].bytes);
    s->heap[0] = *new;
    sift_down(s, 0);
}

uint32_t draw_add(struct draw *d, struct span stratum, uint64_t rank, uint64_t key,
                  const char *bytes, size_t len)
{
    uint32_t h = stratum_of(d, stratum);
    struct draw_stratum *s = &d->stratum[h];
    size_t before;

    s->population++;
    d->population++;
    d->sum += key;
    if (d->most == 0 || (s->n == d->most && rank > s->heap[0].rank) || bytes == NULL)
        return h;
    before = d->place.n;
    keymap_add(&d->place, key ^ h, h);
    if (d->place.n == before) { /* was in this heap before: it is still, or its rank is too large */
        repeat(s, key);
        return h;
    }
    keep(d, s, &(struct drawn){rank, key, 1, mem_copy(bytes, len), len});
    return h;
}

static int by_rank(const void *a, const void *b)
{
    const struct drawn *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

void draw_end(struct draw *d)
{
    for (uint32_t h = 0; h < d->names.n; h++)
        if (d->stratum[h].n != 0)
            qsort(d->stratum[h].heap, d->stratum[h].n, sizeof(struct drawn), by_rank);
}

/* ---- allocation ---- */

struct part {
    double wanted; /* what it lacks of its part */
    size_t stratum;
};

/* Those that lack the most first. */
static int by_wanted(const void *a, const void *b)
{
    const struct part *x = a, *y = b;

    if (x->wanted != y->wanted)
        return x->wanted > y->wanted ? -1 : 1;
    return (x->stratum > y->stratum) - (x->stratum < y->stratum);
}

static double weight(const struct draw_share *s, bool equal)
{
    return equal ? 1 : (double)s->population;
}

static double part_at(const struct draw_share *s, bool equal, double scale)
{
    double x = scale * weight(s, equal);

    return x < (double)s->low ? (double)s->low : x > (double)s->high ? (double)s->high : x;
}

/* The largest scale at which parts between their bounds are no more than n in all. */
static double scale_of(const struct draw_share *s, size_t n_strata, uint64_t n, bool equal)
{
    double low = 0, high = (double)n + 1; /* weights are 1 or more */

    for (int step = 0; step < 100; step++) {
        double scale = low + (high - low) / 2, all = 0;
        for (size_t h = 0; h < n_strata; h++)
            all += part_at(&s[h], equal, scale);
        *(all <= (double)n ? &low : &high) = scale;
    }
    return low;
}

/* One more to each that lacks the most, until n are given or none has any more. */
static void hand_out(struct draw_share *s, const double *ideal, size_t n_strata, uint64_t n,
                     uint64_t given)
{
    struct part *part = mem_array(n_strata, sizeof *part);
    bool any = true;

    for (size_t h = 0; h < n_strata; h++)
        part[h] = (struct part){ideal[h] - (double)s[h].take, h};
    qsort(part, n_strata, sizeof *part, by_wanted);
    while (given < n && any) {
        any = false;
        for (size_t i = 0; i < n_strata && given < n; i++) {
            struct draw_share *to = &s[part[i].stratum];
            if (to->take == to->high)
                continue;
            to->take++;
            given++;
            any = true;
        }
    }
    free(part);
}

uint64_t draw_allocate(struct draw_share *s, size_t n_strata, uint64_t n, bool equal)
{
    double *ideal = mem_array(n_strata, sizeof *ideal), scale = scale_of(s, n_strata, n, equal);
    uint64_t given = 0, least = 0;

    for (size_t h = 0; h < n_strata; h++) {
        ideal[h] = part_at(&s[h], equal, scale);
        s[h].take = (uint64_t)ideal[h];
        given += s[h].take;
        least += s[h].low;
    }
    if (n_strata != 0)
        hand_out(s, ideal, n_strata, n, given);
    free(ideal);
    return least;
}
