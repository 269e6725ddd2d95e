/* SPDX-License-Identifier: MIT */
/*
 * linear: of the dump as a sample. With d = (T - λF)/V added to λ·f every record has a guess of its
 * y; the error of a thread with sums V_g, Y_g, Z_g is then
 *
 *     u_g = λY_g + d_y·V_g - R·(λZ_g + d_z·V_g) = λ·(Y_g - R·Z_g - q·V_g),   q = (F_y - R·F_z)/V,
 *
 * so that six sums of products over threads are enough for any λ and R. One mean error is taken for
 * all strata here.
 */
#include "prevalence/linear.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static void cell_means(struct linear *l)
{
    for (size_t k = 0; k < l->cells.n_rows; k++) {
        uint32_t i = l->cells.order[k], c = l->cells.of[i];
        double part = l->d->weight[i] * l->rows->v[i] / l->cells.cell[c].labelled;
        l->label[c].y += part * l->rows->y[i];
        l->label[c].z += part * l->rows->z[i];
        l->guess[c].y += part * l->rows->fy[i];
        l->guess[c].z += part * l->rows->fz[i];
    }
}

/* k without its denominator. */
static double cell_factor(const struct linear *l, const struct cell *cell)
{
    double m = cell->n_units, open = cell->fraction < 1 ? 1 - cell->fraction : 0;

    if (open == 0 || l->d->form == ESTIMATE_ASYMPTOTIC)
        return sqrt(open);
    return sqrt(l->d->form == ESTIMATE_TEXTBOOK ? open * m / (m - 1) : open * (m - 1) / m);
}

/* Rows [begin, end) of the order are one unit: the part it has of each cell it is in. */
static void scale_unit(struct linear *l, size_t begin, size_t end, double *held)
{
    const struct cells *c = &l->cells;

    for (size_t k = begin; k < end; k++) {
        uint32_t i = c->order[k];
        held[c->of[i]] += l->d->weight[i] * l->rows->v[i] / c->cell[c->of[i]].labelled;
    }
    for (size_t k = begin; k < end; k++) {
        uint32_t i = c->order[k];
        double factor = cell_factor(l, &c->cell[c->of[i]]), left = 1 - held[c->of[i]];
        if (factor > 0 && l->d->form == ESTIMATE_BEST)
            factor = left > 0 ? factor / left : 0;
        l->scale[i] = factor * l->share[i];
    }
    for (size_t k = begin; k < end; k++)
        held[c->of[c->order[k]]] = 0;
}

static void scale_rows(struct linear *l)
{
    double *held = mem_zalloc(l->cells.n, sizeof *held);
    size_t at = 0, begin, end;

    for (size_t k = 0; k < l->cells.n_rows; k++) {
        uint32_t i = l->cells.order[k];
        const struct cell *cell = &l->cells.cell[l->cells.of[i]];
        l->share[i] = l->part * cell->v / cell->labelled * l->d->weight[i] * l->rows->v[i];
    }
    while (cells_unit(&l->cells, l->d, &at, &begin, &end))
        scale_unit(l, begin, end, held);
    free(held);
}

static double whole(const struct linear *l)
{
    double v = 0;
    for (uint32_t c = 0; c < l->cells.n; c++)
        v += l->cells.cell[c].v;
    return v;
}

void linear_of(struct linear *l, double v, struct yz f)
{
    l->part = v / whole(l);
    l->v = v;
    l->f = f;
    scale_rows(l);
}

void linear_init(struct linear *l, const struct estimate_design *d,
                 const struct estimate_rows *rows, const struct estimate_totals *totals)
{
    struct yz f = {0, 0};

    *l = (struct linear){.d = d, .rows = rows, .totals = totals};
    cells_init(&l->cells, d, rows->v, totals);
    l->label = mem_zalloc(l->cells.n, sizeof *l->label);
    l->guess = mem_zalloc(l->cells.n, sizeof *l->guess);
    l->share = mem_zalloc(d->n, sizeof *l->share);
    l->scale = mem_zalloc(d->n, sizeof *l->scale);
    l->a = mem_zalloc(d->n, sizeof *l->a);
    l->b = mem_zalloc(d->n, sizeof *l->b);
    cell_means(l);
    for (uint32_t c = 0; c < l->cells.n; c++) {
        f.y += l->cells.cell[c].fy;
        f.z += l->cells.cell[c].fz;
    }
    linear_of(l, whole(l), f);
}

void linear_release(struct linear *l)
{
    cells_release(&l->cells);
    free(l->label);
    free(l->guess);
    free(l->share);
    free(l->scale);
    free(l->a);
    free(l->b);
    *l = (struct linear){0};
}

struct yz linear_total(const struct linear *l, double lambda)
{
    struct yz t = {lambda * l->f.y, lambda * l->f.z};

    for (uint32_t c = 0; c < l->cells.n; c++) {
        double v = l->part * l->cells.cell[c].v;
        t.y += v * (l->label[c].y - lambda * l->guess[c].y);
        t.z += v * (l->label[c].z - lambda * l->guess[c].z);
    }
    return t;
}

double linear_ratio(const struct linear *l, double lambda)
{
    struct yz t = linear_total(l, lambda);
    return t.z > 0 && l->cells.n_rows > 0 ? t.y / t.z : NAN;
}

void linear_at(struct linear *l, double r)
{
    const struct estimate_rows *x = l->rows;

    for (size_t k = 0; k < l->cells.n_rows; k++) {
        uint32_t i = l->cells.order[k], c = l->cells.of[i];
        const struct yz *y = &l->label[c], *f = &l->guess[c];
        l->a[i] = l->scale[i] * (x->y[i] - y->y - r * (x->z[i] - y->z));
        l->b[i] = l->scale[i] * (x->fy[i] - f->y - r * (x->fz[i] - f->z));
    }
}

struct moments linear_moments(const struct linear *l, double lambda)
{
    struct moments m = {0, 0, 0, 0};
    size_t at = 0, begin, end;

    while (cells_unit(&l->cells, l->d, &at, &begin, &end)) {
        double a = 0, b = 0, both;
        for (size_t k = begin; k < end; k++) {
            a += l->a[l->cells.order[k]];
            b += l->b[l->cells.order[k]];
        }
        both = a - lambda * b;
        m.aa += a * a;
        m.ab += a * b;
        m.bb += b * b;
        m.fourth += both * both * both * both;
    }
    return m;
}

double linear_dump(const struct linear *l, double r)
{
    const struct estimate_totals *t = l->totals;
    double q = (l->f.y - r * l->f.z) / l->v, g = t->n_clusters, sum;

    if (!l->d->beyond_dump || !(g > 1))
        return 0;
    sum = t->yy + r * r * t->zz + q * q * t->vv - 2 * r * t->yz - 2 * q * t->vy + 2 * r * q * t->vz;
    sum = sum > 0 ? sum : 0;
    return l->d->form == ESTIMATE_ASYMPTOTIC ? sum : sum * g / (g - 1);
}
