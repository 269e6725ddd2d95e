/* SPDX-License-Identifier: MIT */
/*
 * quantcells: a hash table of cells, keyed by the posteriors in 128ths. Cells stand in the order in
 * which they were first met, so that a dump read in the same order gives the same bytes.
 */
#include "prevalence/quantify.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 128 };

void quantify_cells_init(struct quantify_cells *c, size_t n_labels)
{
    *c = (struct quantify_cells){.n_labels = n_labels};
}

void quantify_cells_release(struct quantify_cells *c)
{
    free(c->mean);
    free(c->count);
    free(c->slot);
    free(c->key);
    *c = (struct quantify_cells){0};
}

/* A hash of the cell's place. Two places of one hash would be one cell, its mean still right. */
static uint64_t key_of(const double *p, size_t n)
{
    uint64_t h = 0x9E3779B97F4A7C15u;

    for (size_t i = 0; i < n; i++) {
        uint64_t step = p[i] >= 1 ? STEPS - 1 : p[i] > 0 ? (uint64_t)(p[i] * STEPS) : 0;
        h = (h ^ step) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 29;
    }
    return h;
}

/* The slot of a key, or the free one that it would have. */
static size_t find(const struct quantify_cells *c, uint64_t key)
{
    size_t s = (size_t)key & (c->n_slots - 1);

    while (c->slot[s] != 0 && c->key[c->slot[s] - 1] != key)
        s = (s + 1) & (c->n_slots - 1);
    return s;
}

static void more_slots(struct quantify_cells *c)
{
    c->n_slots = c->n_slots ? 2 * c->n_slots : 256;
    free(c->slot);
    c->slot = mem_zalloc(c->n_slots, sizeof *c->slot);
    for (size_t i = 0; i < c->n; i++)
        c->slot[find(c, c->key[i])] = (uint32_t)i + 1;
}

static size_t new_cell(struct quantify_cells *c, uint64_t key)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 64;
        c->mean = mem_resize(c->mean, c->cap * c->n_labels, sizeof *c->mean);
        c->count = mem_resize(c->count, c->cap, sizeof *c->count);
        c->key = mem_resize(c->key, c->cap, sizeof *c->key);
    }
    memset(c->mean + c->n * c->n_labels, 0, c->n_labels * sizeof *c->mean);
    c->count[c->n] = 0;
    c->key[c->n] = key;
    return c->n++;
}

void quantify_cells_add(struct quantify_cells *c, const double *posterior, double count)
{
    uint64_t key = key_of(posterior, c->n_labels);
    size_t s, i;

    if (!(count > 0))
        return;
    if (2 * (c->n + 1) > c->n_slots)
        more_slots(c);
    s = find(c, key);
    if (c->slot[s] == 0)
        c->slot[s] = (uint32_t)new_cell(c, key) + 1;
    i = c->slot[s] - 1;
    c->count[i] += count;
    for (size_t k = 0; k < c->n_labels; k++)
        c->mean[i * c->n_labels + k] +=
            count / c->count[i] * (posterior[k] - c->mean[i * c->n_labels + k]);
}

void quantify_cells_unite(struct quantify_cells *c, const struct quantify_cells *other)
{
    for (size_t i = 0; i < other->n; i++)
        quantify_cells_add(c, other->mean + i * c->n_labels, other->count[i]);
}
