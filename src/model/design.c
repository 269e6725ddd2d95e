/* SPDX-License-Identifier: MIT */
/*
 * design: n-grams are grouped by a hash of their values in all training comments, summed
 * over the comments, in the order of their ids; the first of a group leads it. All of a
 * group are in the same comments, so that the leader's entry comes first in each row and
 * columns, numbered by leader, rise within a row. Early ids are frequent n-grams: the
 * slots that are touched most lie together. Two 64-bit hashes of unlike columns agree once
 * in 10^6 vocabularies of millions, and would then cost accuracy, not safety: whoever does
 * not lead writes only where its leader has written.
 */
#include "model/design.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

struct groups {
    const struct trainset *t;
    const struct matrix *x;
    const uint32_t *row;
    size_t n;
    uint8_t *use;     /* per comment */
    uint64_t *print;  /* per n-gram: what is hashed of its column, 0 in no comment */
    uint32_t *leader; /* per n-gram */
};

static uint64_t bits(double value)
{
    uint64_t b;

    memcpy(&b, &value, sizeof b);
    return b;
}

/* Those of one comment alone are all proportional: their values are left out. */
static void print_columns(struct groups *g)
{
    const struct matrix *x = g->x;
    uint64_t *alone = mem_zalloc(x->n_ids, sizeof *alone);

    for (size_t k = 0; k < x->n_rows; k++) {
        uint64_t name = hash_mix(k + 1);
        for (size_t e = x->start[k]; g->use[k] && e < x->start[k + 1]; e++) {
            uint32_t id = x->id[e];
            alone[id] = g->print[id] == 0 ? name : 0;
            g->print[id] += hash_mix(name ^ bits(x->value[e])) | 1;
        }
    }
    for (uint32_t id = 0; id < x->n_ids; id++)
        if (alone[id] != 0)
            g->print[id] = alone[id];
    free(alone);
}

static size_t table_size(const struct groups *g)
{
    size_t n = 0, size = 16;

    for (uint32_t id = 0; id < g->x->n_ids; id++)
        n += g->print[id] != 0;
    while (size < 2 * n)
        size *= 2;
    return size;
}

/* Returns how many groups there are. */
static uint32_t find_leaders(struct groups *g, uint32_t *column_of)
{
    size_t size = table_size(g);
    uint32_t *table = mem_array(size, sizeof *table), n = 0;

    memset(table, 0xff, size * sizeof *table);
    for (uint32_t id = 0; id < g->x->n_ids; id++) {
        size_t at = hash_mix(g->print[id]) & (size - 1);
        column_of[id] = g->leader[id] = DESIGN_NONE;
        if (g->print[id] == 0)
            continue;
        while (table[at] != DESIGN_NONE && g->print[table[at]] != g->print[id])
            at = (at + 1) & (size - 1);
        if (table[at] == DESIGN_NONE) {
            table[at] = id;
            column_of[id] = n++;
        }
        g->leader[id] = table[at];
        column_of[id] = column_of[table[at]];
    }
    free(table);
    return n;
}

static void group(struct design *d, struct groups *g)
{
    const struct matrix *x = g->x;

    g->use = mem_zalloc(x->n_rows, 1);
    g->print = mem_zalloc(x->n_ids, sizeof *g->print);
    g->leader = mem_array(x->n_ids, sizeof *g->leader);
    for (size_t i = 0; i < g->n; i++)
        g->use[g->t->row[g->row[i]].comment] = 1;
    print_columns(g);
    d->column_of = mem_array(x->n_ids, sizeof *d->column_of);
    d->n_columns = find_leaders(g, d->column_of);
    free(g->print);
    free(g->use);
}

/* ---- the rows ---- */

static size_t count_entries(const struct groups *g)
{
    size_t n = 0;

    for (size_t i = 0; i < g->n; i++) {
        uint32_t k = g->t->row[g->row[i]].comment;
        for (size_t e = g->x->start[k]; e < g->x->start[k + 1]; e++)
            n += g->leader[g->x->id[e]] == g->x->id[e];
    }
    return n;
}

/* square: per column, 0 outside of a row being laid out. */
static size_t lay_out_row(struct design *d, const struct groups *g, uint32_t comment, size_t to,
                          double *square)
{
    const struct matrix *x = g->x;
    size_t from = x->start[comment], end = x->start[comment + 1];

    for (size_t e = from; e < end; e++)
        square[d->column_of[x->id[e]]] += x->value[e] * x->value[e];
    for (size_t e = from; e < end; e++) {
        uint32_t id = x->id[e], c = d->column_of[id];
        d->ratio[id] = square[c] > 0 ? (float)(x->value[e] / sqrt(square[c])) : 0;
        if (g->leader[id] != id)
            continue;
        d->column[to] = c;
        d->value[to++] = (float)sqrt(square[c]);
    }
    for (size_t e = from; e < end; e++)
        square[d->column_of[x->id[e]]] = 0;
    return to;
}

static void lay_out(struct design *d, const struct groups *g)
{
    size_t n_entries = count_entries(g), to = 0;
    double *square = mem_zalloc(d->n_columns, sizeof *square);

    d->start = mem_array(g->n + 1, sizeof *d->start);
    d->column = mem_large(n_entries, sizeof *d->column);
    d->value = mem_large(n_entries, sizeof *d->value);
    d->ratio = mem_zalloc(g->x->n_ids, sizeof *d->ratio);
    for (size_t i = 0; i < g->n; i++) {
        d->start[i] = to;
        to = lay_out_row(d, g, g->t->row[g->row[i]].comment, to, square);
    }
    d->start[g->n] = to;
    free(square);
}

/* ---- the slots ---- */

/* Rows by rising task. */
static uint32_t *rows_by_task(const struct design *d)
{
    size_t *at = mem_zalloc((size_t)d->n_tasks + 1, sizeof *at);
    uint32_t *order = mem_array(d->n, sizeof *order);

    for (size_t i = 0; i < d->n; i++)
        at[d->task[i] + 1]++;
    for (uint32_t t = 0; t < d->n_tasks; t++)
        at[t + 1] += at[t];
    for (size_t i = 0; i < d->n; i++)
        order[at[d->task[i]]++] = (uint32_t)i;
    free(at);
    return order;
}

/* Counts each column's slots in next[column], or gives them out from there; last: per column,
 * the task seen last, and DESIGN_NONE before. */
static void walk(struct design *d, const uint32_t *order, uint32_t *last, uint32_t *next, bool give)
{
    for (size_t k = 0; k < d->n; k++) {
        uint32_t i = order[k], task = d->task[i];
        for (size_t e = d->start[i]; e < d->start[i + 1]; e++) {
            uint32_t c = d->column[e];
            if (last[c] != task) {
                last[c] = task;
                if (give)
                    d->slot_task[next[c]] = (uint16_t)task;
                next[c]++;
            }
            if (give)
                d->slot[e] = next[c] - 1;
        }
    }
}

static void give_slots(struct design *d)
{
    uint32_t *order = rows_by_task(d), *last = mem_array(d->n_columns, sizeof *last);
    uint32_t *next = mem_zalloc(d->n_columns, sizeof *next);

    d->slot = mem_large(d->start[d->n], sizeof *d->slot);
    d->slot_start = mem_zalloc((size_t)d->n_columns + 1, sizeof *d->slot_start);
    memset(last, 0xff, d->n_columns * sizeof *last);
    walk(d, order, last, next, false);
    for (uint32_t c = 0; c < d->n_columns; c++) {
        d->slot_start[c + 1] = d->slot_start[c] + next[c];
        next[c] = d->slot_start[c];
    }
    d->n_slots = d->slot_start[d->n_columns];
    d->slot_task = mem_array(d->n_slots, sizeof *d->slot_task);
    memset(last, 0xff, d->n_columns * sizeof *last);
    walk(d, order, last, next, true);
    free(order);
    free(last);
    free(next);
}

/* Tasks are listed by target: a mate is next to its task. */
static void find_mates(struct design *d, const struct trainset *t, const struct kernel *k)
{
    d->mate = mem_array(d->n_tasks, sizeof *d->mate);
    memset(d->mate, 0xff, d->n_tasks * sizeof *d->mate);
    for (uint32_t a = 1; a < d->n_tasks; a++) {
        if (!k->blind && t->task[a].target != t->task[a - 1].target)
            continue;
        d->mate[a] = a - 1;
        d->mate[a - 1] = a;
        d->across = trainset_factors(t, k, a, a - 1).plus;
    }
}

static void take_factors(struct design *d, const struct trainset *t, const struct kernel *k)
{
    d->prior = trainset_factors(t, k, 0, 0).plus;
    d->times = mem_array((size_t)d->n_tasks * d->n_tasks, sizeof *d->times);
    for (uint32_t a = 0; a < d->n_tasks; a++)
        for (uint32_t b = 0; b < d->n_tasks; b++)
            d->times[(size_t)a * d->n_tasks + b] = trainset_factors(t, k, a, b).times;
    find_mates(d, t, k);
}

void design_open(struct design *d, const struct trainset *t, const struct kernel *k,
                 const struct matrix *x, const uint32_t *row, size_t n)
{
    struct groups g = {.t = t, .x = x, .row = row, .n = n};

    *d = (struct design){.n = n, .n_tasks = trainset_n_tasks(t, k->blind)};
    d->task = mem_zalloc(n, sizeof *d->task);
    for (size_t i = 0; i < n; i++)
        d->task[i] = trainset_task(t, k->blind, row[i]);
    take_factors(d, t, k);
    group(d, &g);
    lay_out(d, &g);
    free(g.leader);
    d->n_slots = d->n_columns;
    if (d->n_tasks > 1)
        give_slots(d);
    else
        d->slot = d->column;
}

void design_release(struct design *d)
{
    if (d == NULL)
        return;
    if (d->slot != d->column)
        free(d->slot);
    free(d->start);
    free(d->column);
    free(d->value);
    free(d->slot_start);
    free(d->slot_task);
    free(d->task);
    free(d->times);
    free(d->mate);
    free(d->column_of);
    free(d->ratio);
    *d = (struct design){0};
}

/* ---- products ---- */

double *design_sums_new(const struct design *d)
{
    return mem_zalloc((size_t)d->n_slots + d->n_tasks, sizeof(double));
}

void design_add(const struct design *d, double *u, size_t i, double delta)
{
    for (size_t e = d->start[i]; e < d->start[i + 1]; e++)
        u[d->slot[e]] += delta * (double)d->value[e];
    u[d->n_slots + d->task[i]] += delta;
}

/* Σ plus · the sums of coefficients. */
static inline double prior_sum(const struct design *d, const double *u, uint32_t task)
{
    double sum = d->prior * u[d->n_slots + task];

    if (d->mate[task] != DESIGN_NONE)
        sum += d->across * u[d->n_slots + d->mate[task]];
    return sum;
}

/* Σ times·u over a column's slots. */
static inline double column_sum(const struct design *d, const double *u, const double *times,
                                uint32_t column)
{
    double sum = 0;

    for (uint32_t s = d->slot_start[column]; s < d->slot_start[column + 1]; s++)
        sum += times[d->slot_task[s]] * u[s];
    return sum;
}

double design_product(const struct design *d, const double *u, size_t i)
{
    const double *times = d->times + (size_t)d->task[i] * d->n_tasks;
    double sum = 0;

    if (d->slot_start == NULL) {
        for (size_t e = d->start[i]; e < d->start[i + 1]; e++)
            sum += (double)d->value[e] * u[d->slot[e]];
        sum *= times[0];
    } else {
        for (size_t e = d->start[i]; e < d->start[i + 1]; e++)
            sum += (double)d->value[e] * column_sum(d, u, times, d->column[e]);
    }
    return sum + prior_sum(d, u, d->task[i]);
}

double design_square(const struct design *d, size_t i)
{
    double sum = 0;

    for (size_t e = d->start[i]; e < d->start[i + 1]; e++)
        sum += (double)d->value[e] * (double)d->value[e];
    return sum * d->times[(size_t)d->task[i] * (d->n_tasks + 1)] + d->prior;
}

double design_outside(const struct design *d, const double *u, const struct matrix *x,
                      uint32_t comment, uint32_t task)
{
    const double *times = d->times + (size_t)task * d->n_tasks;
    double sum = prior_sum(d, u, task);

    for (size_t e = x->start[comment]; e < x->start[comment + 1]; e++) {
        uint32_t c = d->column_of[x->id[e]];
        if (c != DESIGN_NONE)
            sum += x->value[e] * (double)d->ratio[x->id[e]] *
                   (d->slot_start == NULL ? times[0] * u[c] : column_sum(d, u, times, c));
    }
    return sum;
}
