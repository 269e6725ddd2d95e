/* SPDX-License-Identifier: MIT */
/*
 * difference: what two estimates have in common is in the parts that rows have in each, summed over
 * the same units.
 */
#include "prevalence/estimate.h"

#include "base/mem.h"
#include "metrics/student.h"
#include "prevalence/uncertain.h"

#include <math.h>
#include <stdlib.h>

struct common {
    double aa, bb, ab, dd, fourth; /* of sums over units; d = b - a */
};

/* Where a and b have all their errors in common, as pooled ones may, d is rounding alone: its
 * squares are below this part of theirs. */
static const double ROUNDING = 1e-24;

static struct common in_common(const struct estimate_design *d, const struct estimate *a,
                               const struct estimate *b)
{
    double *sum = mem_zalloc((size_t)d->n_units * 2, sizeof *sum);
    struct common c = {0, 0, 0, 0, 0};

    for (size_t i = 0; i < d->n; i++) {
        sum[2 * (size_t)d->unit[i]] += a->part[i];
        sum[2 * (size_t)d->unit[i] + 1] += b->part[i];
    }
    for (size_t u = 0; u < d->n_units; u++) {
        double x = sum[2 * u], y = sum[2 * u + 1], z = (y - x) * (y - x);
        c.aa += x * x;
        c.bb += y * y;
        c.ab += x * y;
        c.dd += z;
        c.fourth += z * z;
    }
    free(sum);
    if (c.dd < ROUNDING * (c.aa + c.bb))
        c.dd = c.fourth = 0;
    return c;
}

/* Welch and Satterthwaite's where the two are independent, and never more. */
static double df_of(const struct common *c, const struct estimate *a, const struct estimate *b)
{
    double below = c->aa * c->aa / a->df + c->bb * c->bb / b->df;
    double welch = below > 0 ? (c->aa + c->bb) * (c->aa + c->bb) / below : fmin(a->df, b->df);
    double units = uncertain_df(c->dd, c->fourth), least = fmin(a->df, b->df);

    return fmax(least, fmin(welch, units));
}

/* How far the difference may be on one side: a and b each by what its interval leaves there. */
static double reach(double a, double b, double correlation)
{
    double square = a * a + b * b - 2 * correlation * a * b;
    return square > 0 ? sqrt(square) : 0;
}

struct estimate_difference estimate_difference(const struct estimate_design *d,
                                               const struct estimate *a, const struct estimate *b)
{
    struct estimate_difference x = {
        .value = b->value - a->value, .se = NAN, .low = NAN, .high = NAN, .df = 0, .p = NAN};
    struct common c;
    double r, down, up, facing;

    if (isnan(a->low) || isnan(b->low) || !(a->df > 0) || !(b->df > 0))
        return x;
    c = in_common(d, a, b);
    r = a->variance > 0 && b->variance > 0 ? c.ab / sqrt(a->variance * b->variance) : 0;
    x.se = sqrt(c.dd + a->extra + b->extra);
    x.df = df_of(&c, a, b);
    down = reach(a->high - a->value, b->value - b->low, r);
    up = reach(a->value - a->low, b->high - b->value, r);
    x.low = fmax(-1, x.value - down);
    x.high = fmin(1, x.value + up);
    facing = x.value > 0 ? down : up;
    if (facing > 0)
        x.p = 2 * student_cdf(-fabs(x.value) / facing * student_quantile((1 + d->level) / 2, x.df),
                              x.df);
    else
        x.p = x.value == 0 ? 1 : 0;
    return x;
}
