/* SPDX-License-Identifier: MIT */
/*
 * homogeneity: a test by exchange. What a unit has in a group, its weight and its error, is one
 * piece; where the error is the same everywhere, it does not matter which pieces are in which
 * group. A unit's pieces are of one mind, so that taking them apart makes the test err on the side
 * of no difference. Tests that rest on the groups' own variances reject far too often where groups
 * have few units, and those that pool them hardly ever where threads are large (doc/DESIGN.md).
 */
#include "prevalence/estimate.h"

#include "base/mem.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>

enum { EXCHANGES = 1999 };

struct piece {
    uint32_t unit, group;
    double weight, error; /* Σ w·v, and Σ w·v·e less what is everywhere */
};

struct pieces {
    struct piece *piece;
    size_t n;
    uint32_t *group; /* [piece], to be shuffled */
    uint32_t n_groups;
    double *weight, *error; /* [group] */
};

static int by_unit_and_group(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

/* Rows of one unit and group become one piece; of the order of rows nothing is left but rounding.
 */
static void gather(struct pieces *p)
{
    size_t n = 0;

    qsort(p->piece, p->n, sizeof *p->piece, by_unit_and_group);
    for (size_t i = 0; i < p->n; i++) {
        if (n > 0 && by_unit_and_group(&p->piece[n - 1], &p->piece[i]) == 0) {
            p->piece[n - 1].weight += p->piece[i].weight;
            p->piece[n - 1].error += p->piece[i].error;
        } else {
            p->piece[n++] = p->piece[i];
        }
    }
    p->n = n;
}

static void center(struct pieces *p)
{
    double weight = 0, error = 0;

    for (size_t i = 0; i < p->n; i++) {
        weight += p->piece[i].weight;
        error += p->piece[i].error;
    }
    for (size_t i = 0; i < p->n; i++)
        p->piece[i].error -= p->piece[i].weight * (error / weight);
}

/* Groups with two pieces or more are numbered, pieces of the others leave. */
static void number_groups(struct pieces *p, uint32_t n_groups)
{
    uint32_t *n = mem_zalloc(n_groups, sizeof *n);
    size_t kept = 0;

    for (size_t i = 0; i < p->n; i++)
        n[p->piece[i].group]++;
    for (uint32_t k = 0; k < n_groups; k++)
        n[k] = n[k] >= 2 ? p->n_groups++ : UINT32_MAX;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t k = n[p->piece[i].group];
        if (k == UINT32_MAX)
            continue;
        p->group[kept] = k;
        p->piece[kept++] = p->piece[i];
    }
    p->n = kept;
    free(n);
}

/* Σ (error of a group)² / its weight. */
static double spread(struct pieces *p)
{
    double sum = 0;

    for (uint32_t k = 0; k < p->n_groups; k++)
        p->weight[k] = p->error[k] = 0;
    for (size_t i = 0; i < p->n; i++) {
        p->weight[p->group[i]] += p->piece[i].weight;
        p->error[p->group[i]] += p->piece[i].error;
    }
    for (uint32_t k = 0; k < p->n_groups; k++)
        sum += p->error[k] * p->error[k] / p->weight[k];
    return sum;
}

static double exchange(struct pieces *p)
{
    struct rng r = {2002};
    double seen = spread(p);
    uint32_t as_much = 1;

    if (!(seen > 0))
        return NAN;
    for (int e = 0; e < EXCHANGES; e++) {
        for (size_t i = p->n - 1; i > 0; i--) {
            size_t j = (size_t)rng_below(&r, i + 1);
            uint32_t k = p->group[i];
            p->group[i] = p->group[j];
            p->group[j] = k;
        }
        as_much += spread(p) >= seen * (1 - 1e-12);
    }
    return as_much / (EXCHANGES + 1.0);
}

double estimate_homogeneity(const struct estimate_design *d, const struct estimate_rows *rows,
                            const uint32_t *group, uint32_t n_groups, double value)
{
    struct pieces p = {.piece = mem_array(d->n, sizeof *p.piece),
                       .group = mem_array(d->n, sizeof *p.group)};
    double found = NAN;

    for (size_t i = 0; i < d->n; i++) {
        double w = d->weight[i] * rows->v[i];
        double e = rows->y[i] - rows->fy[i] - value * (rows->z[i] - rows->fz[i]);
        if (w > 0)
            p.piece[p.n++] = (struct piece){d->unit[i], group[i], w, w * e};
    }
    gather(&p);
    number_groups(&p, n_groups);
    if (p.n_groups >= 2) {
        center(&p);
        p.weight = mem_array(p.n_groups, sizeof *p.weight);
        p.error = mem_array(p.n_groups, sizeof *p.error);
        found = exchange(&p);
    }
    free(p.piece);
    free(p.group);
    free(p.weight);
    free(p.error);
    return found;
}
