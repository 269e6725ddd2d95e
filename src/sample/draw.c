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
    double wanted;
    size_t stratum;
};

static int by_wanted(const void *a, const void *b)
{
    const struct part *x = a, *y = b;

    if (x->wanted != y->wanted)
        return x->wanted > y->wanted ? -1 : 1;
    return (x->stratum > y->stratum) - (x->stratum < y->stratum);
}

static uint64_t least_of(const uint64_t *population, const uint64_t *floor, size_t h,
                         uint64_t least)
{
    uint64_t low = floor != NULL && floor[h] > least ? floor[h] : least;

    return low < population[h] ? low : population[h];
}

/* One more to each, those furthest below their part first, until n are given. */
static void hand_out(const uint64_t *population, const double *ideal, size_t n_strata, uint64_t n,
                     uint64_t *take)
{
    struct part *part = mem_array(n_strata, sizeof *part);
    uint64_t given = 0;
    bool any = true;

    for (size_t h = 0; h < n_strata; h++)
        given += take[h];
    while (given < n && any) {
        any = false;
        for (size_t h = 0; h < n_strata; h++)
            part[h] = (struct part){ideal[h] - (double)take[h], h};
        qsort(part, n_strata, sizeof *part, by_wanted);
        for (size_t i = 0; i < n_strata && given < n; i++) {
            size_t h = part[i].stratum;
            if (take[h] == population[h])
                continue;
            take[h]++;
            given++;
            any = true;
        }
    }
    free(part);
}

void draw_allocate(const uint64_t *population, const uint64_t *floor, size_t n_strata, uint64_t n,
                   uint64_t least, bool equal, uint64_t *take)
{
    double *ideal = mem_array(n_strata, sizeof *ideal), all = 0;

    for (size_t h = 0; h < n_strata; h++)
        all += (double)population[h];
    for (size_t h = 0; h < n_strata; h++) {
        ideal[h] = equal ? (double)n / (double)n_strata : (double)n * (double)population[h] / all;
        take[h] = (uint64_t)ideal[h] < population[h] ? (uint64_t)ideal[h] : population[h];
        if (take[h] < least_of(population, floor, h, least))
            take[h] = least_of(population, floor, h, least);
    }
    hand_out(population, ideal, n_strata, n, take);
    free(ideal);
}
