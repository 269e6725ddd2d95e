/* SPDX-License-Identifier: MIT */
/*
 * queue: a row's place is its rank within its batch and stratum, halves counted, over the rows
 * there: rows of all strata then alternate in proportion. Fractions are compared as products.
 */
#include "label/queue.h"

#include <stdlib.h>

#include "base/mem.h"

struct place {
    uint32_t row, batch;
    uint64_t rank, of; /* 2·rank + 1 of `of` rows */
};

static int by_place(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    uint64_t left = a->rank * b->of, right = b->rank * a->of;

    if (a->batch != b->batch)
        return a->batch < b->batch ? -1 : 1;
    if (left != right)
        return left < right ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool same_part(const struct audit_row *x, const struct audit_row *y)
{
    return x->batch == y->batch && x->stratum == y->stratum && x->training == y->training;
}

/* Ranks by one walk per part: parts are few. */
static void rank_places(const struct audit *a, struct place *place, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t of = 0;
        if (place[i].of != 0)
            continue;
        for (size_t k = i; k < n; k++)
            of += same_part(&a->row[place[k].row], &a->row[place[i].row]);
        for (size_t k = i, rank = 0; k < n; k++)
            if (same_part(&a->row[place[k].row], &a->row[place[i].row])) {
                place[k].rank = 2 * rank++ + 1;
                place[k].of = of;
            }
    }
}

uint32_t *queue_all(const struct audit *a, size_t *n)
{
    uint32_t *queue = mem_array(a->n_rows + 1, sizeof *queue);
    struct place *place = mem_zalloc(a->n_rows + 1, sizeof *place);

    *n = 0;
    for (uint32_t i = 0; i < a->n_rows; i++)
        if (a->row[i].like == AUDIT_NONE)
            place[(*n)++] = (struct place){.row = i, .batch = a->row[i].batch};
    if (a->unit == AUDIT_COMMENTS) {
        rank_places(a, place, *n);
        qsort(place, *n, sizeof *place, by_place);
    }
    for (size_t i = 0; i < *n; i++)
        queue[i] = place[i].row;
    free(place);
    return queue;
}

static uint64_t lot(const struct audit *a, uint32_t row)
{
    return hash_mix(a->id ^ hash_mix(a->row[row].key));
}

static int by_number(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

void queue_sample(const struct audit *a, uint32_t *queue, size_t *n, uint64_t wanted)
{
    uint64_t *lots, limit;
    size_t kept = 0;

    if (wanted >= *n)
        return;
    lots = mem_array(*n, sizeof *lots);
    for (size_t i = 0; i < *n; i++)
        lots[i] = lot(a, queue[i]);
    qsort(lots, *n, sizeof *lots, by_number);
    limit = lots[wanted];
    for (size_t i = 0; i < *n; i++)
        if (lot(a, queue[i]) < limit)
            queue[kept++] = queue[i];
    *n = kept;
    free(lots);
}

bool queue_differ(const struct audit_row *row, uint32_t target)
{
    uint32_t first = AUDIT_NONE;

    for (size_t i = 0; i < row->n_says; i++) {
        uint32_t label = row->say[i].label[target];
        if (row->say[i].decides || label == AUDIT_NONE)
            continue;
        if (first != AUDIT_NONE && label != first)
            return true;
        first = label;
    }
    return false;
}

void queue_disputed(const struct audit *a, uint32_t *queue, size_t *n)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        bool differ = false;
        for (uint32_t t = 0; t < a->n_targets; t++)
            differ |= queue_differ(&a->row[queue[i]], t);
        if (differ)
            queue[kept++] = queue[i];
    }
    *n = kept;
}
