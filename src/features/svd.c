/* SPDX-License-Identifier: MIT */
/*
 * svd: Q and Z are orthonormal bases that A and its transpose are applied to in turn. The last
 * Z spans about the leading right vectors, so that A ≈ A Z Zᵀ, and the left vectors and values
 * of the tall A Z are those wanted. With A Z = Q R they are Q times those of R, which is small.
 */
#include "features/svd.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "features/panels.h"

enum { OVERSAMPLING = 10 };
enum { MAX_SWEEPS = 60 }; /* ten are usual */

static const double NEGLIGIBLE = 1e-13;

struct work {
    const struct matrix *a;
    struct matrix t;       /* a, transposed */
    struct panels q, y, z; /* q and y with rows of a, z with columns */
    size_t width;          /* columns, with those that fill up a panel */
    double *r, *length;    /* width × width, and width: see diagonalize() */
};

void svd_release(struct svd *s)
{
    if (s == NULL)
        return;
    free(s->u);
    free(s->s);
    *s = (struct svd){0};
}

/* Row by row, so that rows of t have rising ids too. */
static void transpose(struct matrix *t, const struct matrix *a)
{
    size_t n = a->start[a->n_rows], *at;

    *t = (struct matrix){.n_rows = a->n_ids, .n_ids = (uint32_t)a->n_rows};
    t->start = mem_zalloc((size_t)a->n_ids + 2, sizeof *t->start);
    t->id = mem_large(n, sizeof *t->id);
    t->value = mem_large(n, sizeof *t->value);
    for (size_t e = 0; e < n; e++)
        t->start[a->id[e] + 2]++;
    for (uint32_t id = 0; id < a->n_ids; id++)
        t->start[id + 2] += t->start[id + 1];
    at = t->start + 1; /* moves up to the next row's start as it is filled */
    for (size_t row = 0; row < a->n_rows; row++)
        for (size_t e = a->start[row]; e < a->start[row + 1]; e++) {
            size_t to = at[a->id[e]]++;
            t->id[to] = (uint32_t)row;
            t->value[to] = a->value[e];
        }
}

/* A stream for each column: a column is the same however many there are. */
static void random_start(struct panels *z, uint64_t seed)
{
    for (size_t column = 0; column < z->n_columns; column++) {
        struct rng rng = rng_stream(seed, column);
        for (size_t row = 0; row < z->n_rows; row++)
            *panels_entry(z, row, column) = rng_normal(&rng);
    }
}

static void work_init(struct work *w, const struct matrix *a, const struct svd_settings *set)
{
    size_t least = a->n_rows < a->n_ids ? a->n_rows : a->n_ids;
    size_t n = (size_t)set->n_dims + OVERSAMPLING;

    n = n < least ? n : least;
    *w = (struct work){.a = a};
    transpose(&w->t, a);
    panels_init(&w->q, a->n_rows, n);
    panels_init(&w->y, a->n_rows, n);
    panels_init(&w->z, a->n_ids, n);
    random_start(&w->z, set->seed);
    w->width = w->q.n_panels * PANEL;
    w->r = mem_array(w->width * w->width, sizeof *w->r);
    w->length = mem_array(w->width, sizeof *w->length);
}

static void work_release(struct work *w)
{
    matrix_release(&w->t);
    panels_release(&w->q);
    panels_release(&w->y);
    panels_release(&w->z);
    free(w->r);
    free(w->length);
}

/* Leaves A Z = Q R in y, an orthonormal q, and R. One pass does on the way: a basis needs to
 * be independent there, no more. */
static void iterate(struct work *w, uint32_t n_iterations, unsigned n_jobs)
{
    for (uint32_t i = 0; i < n_iterations; i++) {
        panels_times(w->a, &w->z, &w->q, n_jobs);
        panels_orthonormalize(&w->q, 1, n_jobs);
        panels_times(&w->t, &w->q, &w->z, n_jobs);
        panels_orthonormalize(&w->z, i + 1 < n_iterations ? 1 : 2, n_jobs);
    }
    panels_times(w->a, &w->z, &w->y, n_jobs);
    memcpy(w->q.x, w->y.x, w->q.n_rows * w->width * sizeof *w->q.x);
    panels_orthonormalize(&w->q, 2, n_jobs);
    panels_inner(&w->y, &w->q, w->r, n_jobs); /* transposed: rows are R's columns */
}

/* ---- the small problem ---- */

static double dot(const double *x, const double *y, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* Turns x and y in their plane until they are orthogonal; false where they were. */
static bool rotate(double *x, double *y, size_t n)
{
    double xx = dot(x, x, n), yy = dot(y, y, n), xy = dot(x, y, n), zeta, t, c;

    if (!(fabs(xy) > 1e-15 * sqrt(xx) * sqrt(yy)))
        return false;
    zeta = (yy - xx) / (2 * xy);
    t = (zeta < 0 ? -1 : 1) / (fabs(zeta) + sqrt(1 + zeta * zeta));
    c = 1 / sqrt(1 + t * t);
    for (size_t i = 0; i < n; i++) {
        double a = x[i], b = y[i];
        x[i] = c * (a - t * b);
        y[i] = c * (b + t * a);
    }
    return true;
}

/* Rotates R's columns until all are orthogonal: R J = Ũ S, their lengths are the singular
 * values and their directions the left vectors. */
static void diagonalize(struct work *w)
{
    size_t n = w->width;
    bool turned = true;

    for (int sweep = 0; turned && sweep < MAX_SWEEPS; sweep++) {
        turned = false;
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                turned |= rotate(w->r + i * n, w->r + j * n, n);
    }
    for (size_t i = 0; i < n; i++)
        w->length[i] = sqrt(dot(w->r + i * n, w->r + i * n, n));
}

struct ranked {
    double length;
    size_t at;
};

static int by_length(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->length != y->length)
        return x->length > y->length ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* m: a column for each singular value that is wanted, the greatest first: Ũ. */
static double *small_vectors(const struct work *w, struct svd *out)
{
    size_t n = w->width;
    struct ranked *rank = mem_array(n, sizeof *rank);
    double *m = mem_zalloc(n * n, sizeof *m);

    for (size_t i = 0; i < n; i++)
        rank[i] = (struct ranked){w->length[i], i};
    qsort(rank, n, sizeof *rank, by_length);
    for (size_t j = 0; j < out->n_dims; j++) {
        if (!(rank[j].length > NEGLIGIBLE * rank[0].length))
            break;
        out->s[j] = rank[j].length;
        for (size_t i = 0; i < n; i++)
            m[i * n + j] = w->r[rank[j].at * n + i] / rank[j].length;
    }
    free(rank);
    return m;
}

/* ---- the result ---- */

static double sign_of(const struct panels *y, size_t column)
{
    double greatest = 0;

    for (size_t row = 0; row < y->n_rows; row++) {
        double v = *panels_entry(y, row, column);
        if (fabs(v) > fabs(greatest))
            greatest = v;
    }
    return greatest < 0 ? -1 : 1;
}

static void write_vectors(struct svd *out, const struct panels *y)
{
    for (uint32_t j = 0; j < out->n_dims; j++) {
        double sign = sign_of(y, j);
        for (size_t row = 0; row < out->n_rows; row++)
            out->u[row * out->n_dims + j] = sign * *panels_entry(y, row, j);
    }
}

void svd_truncated(struct svd *out, const struct matrix *a, const struct svd_settings *set,
                   unsigned n_jobs)
{
    struct work w;
    double *m;

    *out = (struct svd){.n_rows = a->n_rows, .n_dims = set->n_dims};
    out->s = mem_zalloc(set->n_dims, sizeof *out->s);
    work_init(&w, a, set);
    iterate(&w, set->n_iterations, n_jobs);
    diagonalize(&w);
    m = small_vectors(&w, out);
    panels_mix(&w.q, m, &w.y, n_jobs);
    out->u = mem_array(a->n_rows, set->n_dims * sizeof *out->u);
    write_vectors(out, &w.y);
    free(m);
    work_release(&w);
}
