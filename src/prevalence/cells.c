/* SPDX-License-Identifier: MIT */
/*
 * cells: strata in their order are put into cells one after another, a cell being closed as
 * soon as it has two units or is labelled whole. Strata that the group has nothing of are passed
 * over. Rows are kept by unit, so that whoever sums over units reads them in one go.
 */
#include "prevalence/cells.h"

#include "base/mem.h"

#include <stdlib.h>

static const uint32_t NOWHERE = UINT32_MAX;

/* Rows of the group by key[row] below n_keys, in order of rows within a key; start: [n_keys + 1],
 * zeroed. */
static size_t sort_rows(const struct cells *c, uint32_t *order, uint32_t *start, size_t n,
                        const uint32_t *key, size_t n_keys)
{
    for (size_t i = 0; i < n; i++)
        if (c->of[i] != NOWHERE)
            start[key[i] + 1]++;
    for (size_t k = 0; k < n_keys; k++)
        start[k + 1] += start[k];
    for (size_t i = 0; i < n; i++)
        if (c->of[i] != NOWHERE)
            order[start[key[i]]++] = (uint32_t)i;
    for (size_t k = n_keys; k > 0; k--)
        start[k] = start[k - 1];
    start[0] = 0;
    return start[n_keys];
}

struct filling {
    struct cells *c;
    const struct estimate_design *d;
    const double *v;
    const uint32_t *order, *start; /* rows by stratum */
    uint32_t *seen;                /* [unit] number of the cell that counted it, from 1 */
};

/* f of a cell and a stratum together: units labelled by all units. */
static double fraction_with(const struct cell *cell, double f, uint32_t n_units)
{
    double all;

    if (cell->n_units + n_units == 0 || cell->n_units == 0)
        return f;
    if (!(f > 0) || !(cell->fraction > 0))
        return 0;
    all = cell->n_units / cell->fraction + n_units / f;
    return (cell->n_units + n_units) / all;
}

static void add_rows(struct filling *f, struct cell *cell, uint32_t number, uint32_t h)
{
    double fraction = f->d->fraction && !f->d->beyond_dump ? f->d->fraction[h] : 0;
    uint32_t n_units = 0;

    for (uint32_t k = f->start[h]; k < f->start[h + 1]; k++) {
        uint32_t row = f->order[k], unit = f->d->unit[row];
        f->c->of[row] = number;
        cell->labelled += f->d->weight[row] * f->v[row];
        n_units += f->seen[unit] != number + 1;
        f->seen[unit] = number + 1;
    }
    cell->fraction = fraction_with(cell, fraction, n_units);
    cell->n_units += n_units;
}

static bool closed(const struct cell *cell)
{
    return cell->n_units >= 2 || (cell->n_units > 0 && cell->fraction >= 1);
}

/* The last cell has too few units: it joins the one before. */
static void join_last(struct cells *c, const struct estimate_design *d)
{
    struct cell *last = &c->cell[c->n - 1], *before = last - 1;

    before->fraction = fraction_with(before, last->fraction, last->n_units);
    before->v += last->v;
    before->fy += last->fy;
    before->fz += last->fz;
    before->labelled += last->labelled;
    before->n_units += last->n_units; /* at most one too many */
    for (size_t i = 0; i < d->n; i++)
        if (c->of[i] == c->n - 1)
            c->of[i] = c->n - 2;
    c->n--;
    c->n_together++;
}

static void fill(struct filling *f, const struct estimate_totals *totals)
{
    struct cells *c = f->c;
    bool open = false;

    for (uint32_t h = 0; h < f->d->n_strata; h++) {
        struct cell *cell;
        if (!(totals->v[h] > 0))
            continue;
        if (open)
            c->n_together++;
        else
            c->n++;
        cell = &c->cell[c->n - 1];
        cell->v += totals->v[h];
        cell->fy += totals->fy[h];
        cell->fz += totals->fz[h];
        add_rows(f, cell, c->n - 1, h);
        open = !closed(cell);
    }
    if (open && c->n > 1)
        join_last(c, f->d);
}

static uint32_t root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

bool cells_unit(const struct cells *c, const struct estimate_design *d, size_t *at, size_t *begin,
                size_t *end)
{
    if (*at >= c->n_rows)
        return false;
    *begin = *at;
    while (*at < c->n_rows && d->unit[c->order[*at]] == d->unit[c->order[*begin]])
        ++*at;
    *end = *at;
    return true;
}

/* Units, and cells less those linked by a unit. */
static void count_units(struct cells *c, const struct estimate_design *d)
{
    uint32_t *parent = mem_array(c->n, sizeof *parent);
    size_t at = 0, begin, end;

    for (uint32_t k = 0; k < c->n; k++)
        parent[k] = k;
    c->n_linked = c->n;
    while (cells_unit(c, d, &at, &begin, &end)) {
        c->n_units++;
        for (size_t i = begin + 1; i < end; i++) {
            uint32_t a = root(parent, c->of[c->order[begin]]);
            uint32_t b = root(parent, c->of[c->order[i]]);
            c->n_linked -= a != b;
            parent[a] = b;
        }
    }
    free(parent);
}

void cells_init(struct cells *c, const struct estimate_design *d, const double *v,
                const struct estimate_totals *totals)
{
    uint32_t *start = mem_zalloc(d->n_strata + 1, sizeof *start);
    uint32_t *order = mem_array(d->n, sizeof *order);
    struct filling f = {.c = c, .d = d, .v = v, .order = order, .start = start};

    *c = (struct cells){.cell = mem_zalloc(d->n_strata, sizeof *c->cell),
                        .of = mem_array(d->n, sizeof *c->of),
                        .order = mem_array(d->n, sizeof *c->order)};
    for (size_t i = 0; i < d->n; i++)
        c->of[i] = v[i] > 0 && totals->v[d->stratum[i]] > 0 ? 0 : NOWHERE;
    f.seen = mem_zalloc(d->n_units, sizeof *f.seen);
    sort_rows(c, order, start, d->n, d->stratum, d->n_strata);
    fill(&f, totals);
    free(f.seen);
    free(order);
    free(start);
    start = mem_zalloc((size_t)d->n_units + 1, sizeof *start);
    c->n_rows = sort_rows(c, c->order, start, d->n, d->unit, d->n_units);
    free(start);
    count_units(c, d);
}

void cells_release(struct cells *c)
{
    free(c->cell);
    free(c->of);
    free(c->order);
    *c = (struct cells){0};
}
