/* SPDX-License-Identifier: MIT */
/*
 * homogeneity: the mean errors of groups and their covariance, unit by unit; groups that have no
 * two units in the sample are not there, however many the dump has. Q = Σ a_k·(mean_k - mean)², a_k
 * a group's weight, is d'Ad with A = diag(a) - aa'/Σa: where the groups have one mean, its
 * expectation is the trace of AV and its variance twice that of (AV)².
 */
#include "prevalence/estimate.h"

#include "base/mem.h"
#include "metrics/student.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_GROUPS = 2000 }; /* a matrix of so many columns is 32 MB */

static const uint32_t OUT = UINT32_MAX;

struct groups {
    uint32_t n;
    uint32_t *of;          /* [row] its group, OUT: none */
    uint32_t *order;       /* rows in order of their units */
    double *error;         /* [row] */
    double *weight, *mean; /* [group] Σ w·v, and of the errors */
    double *n_units;
    double *cov; /* [group][group] of the means */
};

static void sort_by_unit(uint32_t *order, const struct estimate_design *d)
{
    uint32_t *start = mem_zalloc((size_t)d->n_units + 1, sizeof *start);

    for (size_t i = 0; i < d->n; i++)
        start[d->unit[i] + 1]++;
    for (uint32_t u = 0; u < d->n_units; u++)
        start[u + 1] += start[u];
    for (size_t i = 0; i < d->n; i++)
        order[start[d->unit[i]]++] = (uint32_t)i;
    free(start);
}

/* Numbers the groups that have two units or more, and leaves the others out. */
static void find_groups(struct groups *g, const struct estimate_design *d, const double *v,
                        const uint32_t *group, uint32_t n_groups)
{
    uint32_t *n = mem_zalloc(n_groups, sizeof *n), *last = mem_array(n_groups, sizeof *last);

    for (uint32_t k = 0; k < n_groups; k++)
        last[k] = OUT;
    for (size_t o = 0; o < d->n; o++) {
        uint32_t i = g->order[o];
        if (v[i] > 0 && last[group[i]] != d->unit[i]) {
            last[group[i]] = d->unit[i];
            n[group[i]]++;
        }
    }
    for (uint32_t k = 0; k < n_groups; k++)
        last[k] = n[k] >= 2 ? g->n++ : OUT;
    g->n_units = mem_zalloc(g->n, sizeof *g->n_units);
    for (uint32_t k = 0; k < n_groups; k++)
        if (last[k] != OUT)
            g->n_units[last[k]] = n[k];
    for (size_t i = 0; i < d->n; i++)
        g->of[i] = v[i] > 0 ? last[group[i]] : OUT;
    free(n);
    free(last);
}

static void find_means(struct groups *g, const struct estimate_design *d,
                       const struct estimate_rows *x, double r)
{
    for (size_t i = 0; i < d->n; i++) {
        g->error[i] = x->y[i] - x->fy[i] - r * (x->z[i] - x->fz[i]);
        if (g->of[i] != OUT) {
            g->weight[g->of[i]] += d->weight[i] * x->v[i];
            g->mean[g->of[i]] += d->weight[i] * x->v[i] * g->error[i];
        }
    }
    for (uint32_t k = 0; k < g->n; k++)
        g->mean[k] /= g->weight[k];
}

struct touched {
    uint32_t n, *group; /* that a unit has rows in */
    double *sum;        /* [group] */
    bool *in;           /* [group] */
};

/* Rows [begin, end) of the order are one unit. */
static void add_unit(struct groups *g, const struct estimate_design *d, const double *v,
                     size_t begin, size_t end, struct touched *t)
{
    t->n = 0;
    for (size_t o = begin; o < end; o++) {
        uint32_t i = g->order[o], k = g->of[i];
        if (k == OUT)
            continue;
        if (!t->in[k])
            t->group[t->n++] = k;
        t->in[k] = true;
        t->sum[k] += sqrt(g->n_units[k] / (g->n_units[k] - 1)) * d->weight[i] * v[i] *
                     (g->error[i] - g->mean[k]) / g->weight[k];
    }
    for (uint32_t a = 0; a < t->n; a++)
        for (uint32_t b = 0; b < t->n; b++)
            g->cov[(size_t)t->group[a] * g->n + t->group[b]] +=
                t->sum[t->group[a]] * t->sum[t->group[b]];
    for (uint32_t a = 0; a < t->n; a++) {
        t->sum[t->group[a]] = 0;
        t->in[t->group[a]] = false;
    }
}

static void find_covariance(struct groups *g, const struct estimate_design *d, const double *v)
{
    struct touched t = {0, mem_array(g->n, sizeof *t.group), mem_zalloc(g->n, sizeof *t.sum),
                        mem_zalloc(g->n, sizeof *t.in)};

    for (size_t begin = 0, end; begin < d->n; begin = end) {
        for (end = begin; end < d->n; end++)
            if (d->unit[g->order[end]] != d->unit[g->order[begin]])
                break;
        add_unit(g, d, v, begin, end, &t);
    }
    free(t.group);
    free(t.sum);
    free(t.in);
}

/* AV, whose column l is a_k·(V_kl - Σ a·V_l / Σ a). */
static double *weighted(const struct groups *g, double whole)
{
    double *av = mem_array((size_t)g->n * g->n, sizeof *av);

    for (uint32_t l = 0; l < g->n; l++) {
        double sum = 0;
        for (uint32_t k = 0; k < g->n; k++)
            sum += g->weight[k] * g->cov[(size_t)k * g->n + l];
        for (uint32_t k = 0; k < g->n; k++)
            av[(size_t)k * g->n + l] = g->weight[k] * (g->cov[(size_t)k * g->n + l] - sum / whole);
    }
    return av;
}

static double rao_scott(const struct groups *g)
{
    double whole = 0, mean = 0, q = 0, trace = 0, trace2 = 0, df = 0, df1, *av;

    for (uint32_t k = 0; k < g->n; k++) {
        whole += g->weight[k];
        mean += g->weight[k] * g->mean[k];
        df += g->n_units[k] - 1;
    }
    mean /= whole;
    av = weighted(g, whole);
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
    struct groups g = {.of = mem_array(d->n, sizeof *g.of),
                       .order = mem_array(d->n, sizeof *g.order),
                       .error = mem_array(d->n, sizeof *g.error)};
    double p = NAN;

    sort_by_unit(g.order, d);
    find_groups(&g, d, rows->v, group, n_groups);
    if (g.n >= 2 && g.n <= MOST_GROUPS) {
        g.weight = mem_zalloc(g.n, sizeof *g.weight);
        g.mean = mem_zalloc(g.n, sizeof *g.mean);
        g.cov = mem_zalloc((size_t)g.n * g.n, sizeof *g.cov);
        find_means(&g, d, rows, value);
        find_covariance(&g, d, rows->v);
        p = rao_scott(&g);
    }
    free(g.of);
    free(g.order);
    free(g.error);
    free(g.weight);
    free(g.mean);
    free(g.n_units);
    free(g.cov);
    return p;
}
