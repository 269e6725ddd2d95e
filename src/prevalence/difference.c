/* SPDX-License-Identifier: MIT */
/*
 * difference: what two estimates, or many groups' errors, have in common is in the parts that rows
 * have in each, summed over the same units.
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

/* --- One error in all groups --- */

struct groups {
    uint32_t n;
    double *weight, *mean; /* [group] Σ w·v, and of the errors */
    uint32_t *n_units;
    double *sum;   /* [unit][group] of weight·(error - mean) */
    double *error; /* [row] */
};

static void count_group_units(struct groups *g, const struct estimate_design *d, const double *v,
                              const uint32_t *group)
{
    bool *in = mem_zalloc((size_t)d->n_units * g->n, sizeof *in);

    for (size_t i = 0; i < d->n; i++) {
        bool *at = &in[(size_t)d->unit[i] * g->n + (v[i] > 0 ? group[i] : 0)];
        if (v[i] > 0 && !*at) {
            *at = true;
            g->n_units[group[i]]++;
        }
    }
    free(in);
}

static void group_means(struct groups *g, const struct estimate_design *d,
                        const struct estimate_rows *x, const uint32_t *group, double r)
{
    for (size_t i = 0; i < d->n; i++) {
        g->error[i] = x->y[i] - x->fy[i] - r * (x->z[i] - x->fz[i]);
        if (x->v[i] > 0) {
            g->weight[group[i]] += d->weight[i] * x->v[i];
            g->mean[group[i]] += d->weight[i] * x->v[i] * g->error[i];
        }
    }
    for (uint32_t k = 0; k < g->n; k++)
        g->mean[k] = g->weight[k] > 0 ? g->mean[k] / g->weight[k] : 0;
}

/* V[k][l], the covariance of the means of groups k and l. */
static double *covariance(struct groups *g, const struct estimate_design *d,
                          const struct estimate_rows *x, const uint32_t *group)
{
    double *v = mem_zalloc((size_t)g->n * g->n, sizeof *v);

    for (size_t i = 0; i < d->n; i++)
        if (x->v[i] > 0 && g->n_units[group[i]] >= 2) {
            uint32_t k = group[i];
            double m = g->n_units[k];
            g->sum[(size_t)d->unit[i] * g->n + k] += sqrt(m / (m - 1)) * d->weight[i] * x->v[i] *
                                                     (g->error[i] - g->mean[k]) / g->weight[k];
        }
    for (size_t u = 0; u < d->n_units; u++) {
        const double *s = &g->sum[u * g->n];
        for (uint32_t k = 0; k < g->n; k++)
            for (uint32_t l = 0; s[k] != 0 && l < g->n; l++)
                v[(size_t)k * g->n + l] += s[k] * s[l];
    }
    return v;
}

/* Q = Σ a_k·(mean_k - mean)² is of the form d'Ad with A = diag(a) - aa'/Σa: its expectation is the
 * trace of AV, half its variance that of (AV)². */
static double rao_scott(const struct groups *g, const double *v, double df)
{
    double whole = 0, mean = 0, q = 0, trace = 0, trace2 = 0, df1;
    double *av = mem_array((size_t)g->n * g->n, sizeof *av);

    for (uint32_t k = 0; k < g->n; k++) {
        whole += g->weight[k];
        mean += g->weight[k] * g->mean[k];
    }
    mean /= whole;
    for (uint32_t l = 0; l < g->n; l++) {
        double sum = 0;
        for (uint32_t k = 0; k < g->n; k++)
            sum += g->weight[k] * v[(size_t)k * g->n + l];
        for (uint32_t k = 0; k < g->n; k++)
            av[(size_t)k * g->n + l] = g->weight[k] * (v[(size_t)k * g->n + l] - sum / whole);
    }
    for (uint32_t k = 0; k < g->n; k++) {
        q += g->weight[k] * (g->mean[k] - mean) * (g->mean[k] - mean);
        trace += av[(size_t)k * g->n + k];
        for (uint32_t l = 0; l < g->n; l++)
            trace2 += av[(size_t)k * g->n + l] * av[(size_t)l * g->n + k];
    }
    free(av);
    if (!(trace > 0) || !(trace2 > 0))
        return NAN;
    df1 = trace * trace / trace2;
    return fisher_tail(q / trace, df1, df1 * df);
}

double estimate_homogeneity(const struct estimate_design *d, const struct estimate_rows *rows,
                            const uint32_t *group, uint32_t n_groups, double value)
{
    struct groups g = {.n = n_groups};
    uint32_t n = 0;
    double p = NAN, units = 0, *v;

    g.weight = mem_zalloc(g.n, sizeof *g.weight);
    g.mean = mem_zalloc(g.n, sizeof *g.mean);
    g.n_units = mem_zalloc(g.n, sizeof *g.n_units);
    g.sum = mem_zalloc((size_t)d->n_units * g.n, sizeof *g.sum);
    g.error = mem_array(d->n, sizeof *g.error);
    count_group_units(&g, d, rows->v, group);
    group_means(&g, d, rows, group, value);
    v = covariance(&g, d, rows, group);
    for (uint32_t k = 0; k < g.n; k++) {
        n += g.n_units[k] >= 2;
        units += g.n_units[k];
        g.weight[k] = g.n_units[k] >= 2 ? g.weight[k] : 0;
    }
    if (n >= 2 && units - n >= 1)
        p = rao_scott(&g, v, units - n);
    free(v);
    free(g.weight);
    free(g.mean);
    free(g.n_units);
    free(g.sum);
    free(g.error);
    return p;
}
