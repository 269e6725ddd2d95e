/* SPDX-License-Identifier: MIT */
/*
 * estimate: chooses λ, decides between the two intervals, and says what is doubtful. The
 * arithmetic is in linear.c and uncertain.c.
 */
#include "prevalence/estimate.h"

#include "base/mem.h"
#include "prevalence/uncertain.h"

#include <math.h>
#include <stdlib.h>

/* Predictions that vary by less, in squares against labels, are all the same. */
static const double ROUNDING = 1e-24;

/* The λ between 0 and 1 with the least variance. R moves with it, so both are found in turn. */
static double tuned(struct linear *l)
{
    double lambda = 0;

    for (int step = 0; step < 3; step++) {
        double r = linear_ratio(l, lambda), below, best;
        struct moments m;
        if (isnan(r))
            return 0;
        linear_at(l, r);
        m = linear_moments(l, 0);
        below = m.bb + linear_dump(l, r);
        best = below > ROUNDING * m.aa ? m.ab / below : 0;
        lambda = best > 0 ? best < 1 ? best : 1 : 0;
    }
    return lambda;
}

static void count_rows(struct estimate *e, const struct linear *l)
{
    size_t at = 0, begin, end;

    e->n_labelled = l->cells.n_rows;
    e->n_units = l->cells.n_units;
    e->n_together = l->cells.n_together;
    while (cells_unit(&l->cells, l->d, &at, &begin, &end)) {
        bool yes = false, no = false;
        for (size_t k = begin; k < end; k++) {
            uint32_t i = l->cells.order[k];
            e->n_yes += l->rows->y[i] > 0;
            yes |= l->rows->y[i] > 0;
            no |= l->rows->z[i] > 0 && !(l->rows->y[i] > 0);
        }
        e->n_units_yes += yes;
        e->n_units_no += no;
    }
}

static void tell(struct estimate *e, const struct figure *f)
{
    e->value = f->value;
    e->lambda = f->lambda;
    e->variance = f->variance;
    e->extra = f->extra;
    e->se = sqrt(f->variance);
    e->df = f->df;
    e->low = f->ends.low;
    e->high = f->ends.high;
}

static void keep_parts(struct estimate *e, struct linear *l)
{
    double z;

    if (isnan(e->value))
        return;
    z = linear_total(l, e->lambda).z;
    e->part = mem_zalloc(l->d->n, sizeof *e->part);
    linear_at(l, e->value);
    for (size_t i = 0; i < l->d->n; i++)
        e->part[i] = (l->a[i] - e->lambda * l->b[i]) / z;
}

enum { FEW_UNITS = 30, FEW_COMMENTS = 15, FEW_YES = 10 };

/* Where the simulation found the interval to cover less than it says. */
static const char *doubt(const struct estimate *e, const struct linear *l)
{
    bool clusters = e->n_labelled > e->n_units;
    uint64_t fewer = e->n_units_yes < e->n_units_no ? e->n_units_yes : e->n_units_no;

    if (isnan(e->value) || e->variance == 0)
        return e->value == 0 || e->value == 1 ? clusters ? "all labelled alike" : NULL : NULL;
    if (e->n_units < 2)
        return "one unit labelled";
    if (e->n_units < FEW_COMMENTS || (clusters && e->n_units < FEW_UNITS))
        return "few units labelled";
    if (clusters && fewer < FEW_YES)
        return "rare, in few units";
    if (l->cells.n > 1 && e->n_units < 3 * (uint64_t)l->cells.n)
        return "few units in each stratum";
    return NULL;
}

static const struct estimate UNKNOWN = {.value = NAN,
                                        .se = NAN,
                                        .low = NAN,
                                        .high = NAN,
                                        .alone = NAN,
                                        .alone_se = NAN,
                                        .alone_low = NAN,
                                        .alone_high = NAN,
                                        .variance = NAN};

static void begin(struct estimate *e, struct linear *l)
{
    *e = UNKNOWN;
    count_rows(e, l);
}

static void finish(struct estimate *e, struct linear *l, const struct figure *f)
{
    tell(e, f);
    e->doubt = doubt(e, l);
    keep_parts(e, l);
    linear_release(l);
}

/* Of very many groups most have no row. */
static bool any_row(const struct estimate_design *d, const double *v)
{
    for (size_t i = 0; i < d->n; i++)
        if (v[i] > 0)
            return true;
    return false;
}

static bool narrower(const struct figure *a, const struct figure *b)
{
    return a->ends.high - a->ends.low < b->ends.high - b->ends.low;
}

void estimate_share(struct estimate *e, const struct estimate_design *d,
                    const struct estimate_rows *rows, const struct estimate_totals *totals)
{
    bool tune = isnan(d->lambda);
    struct figure alone, best;
    struct linear l;
    double lambda;

    if (!any_row(d, rows->v)) {
        *e = UNKNOWN;
        return;
    }
    linear_init(&l, d, rows, totals);
    begin(e, &l);
    lambda = tune ? tuned(&l) : d->lambda;
    best = alone = uncertain_at(&l, 0, NAN, false);
    if (lambda != 0) {
        best = uncertain_at(&l, lambda, alone.value, false);
        if (tune && !narrower(&best, &alone))
            best = alone;
    }
    e->alone = alone.value;
    e->alone_se = sqrt(alone.variance);
    e->alone_low = alone.ends.low;
    e->alone_high = alone.ends.high;
    finish(e, &l, &best);
}

void estimate_pooled(struct estimate *e, const struct estimate_design *d,
                     const struct estimate_rows *rows, const struct estimate_totals *totals,
                     double v, double fy, double fz)
{
    struct figure f;
    struct linear l;

    linear_init(&l, d, rows, totals);
    begin(e, &l);
    linear_of(&l, v, (struct yz){fy, fz});
    f = uncertain_at(&l, 1, linear_ratio(&l, 0), true);
    finish(e, &l, &f);
    e->value = f.value < 0 ? 0 : f.value > 1 ? 1 : f.value; /* its parts are those of the other */
}

void estimate_release(struct estimate *e)
{
    free(e->part);
    *e = (struct estimate){0};
}
