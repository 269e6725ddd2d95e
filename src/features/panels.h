/* SPDX-License-Identifier: MIT */
/*
 * panels: tall dense matrices, n_rows × some hundred columns, for products with sparse ones.
 *
 * Columns lie in panels of eight, so that a row of a panel is one line of cache, and all of a
 * panel with some ten thousand rows stays in the second cache. The columns that fill up the
 * last panel are zeros and stay zeros.
 *
 * Every sum is taken by one thread in one order: results do not depend on n_jobs.
 */
#ifndef FEATURES_PANELS_H
#define FEATURES_PANELS_H

#include "features/weighting.h"

enum { PANEL = 8 };

struct panels {
    size_t n_rows, n_columns;
    size_t n_panels; /* n_columns / PANEL, rounded up */
    double *x;       /* panels_row() says where */
};

/* All zeros. 8 bytes an entry. */
void panels_init(struct panels *m, size_t n_rows, size_t n_columns);
void panels_release(struct panels *m);

/* PANEL neighbouring columns of a row. */
static inline double *panels_row(const struct panels *m, size_t panel, size_t row)
{
    return m->x + (panel * m->n_rows + row) * PANEL;
}

static inline double *panels_entry(const struct panels *m, size_t row, size_t column)
{
    return panels_row(m, column / PANEL, row) + column % PANEL;
}

/* y = A x; x has a row for each column of A, y (not x) one for each row. */
void panels_times(const struct matrix *a, const struct panels *x, struct panels *y,
                  unsigned n_jobs);

/* out[i·w + j] = column i of x times column j of y, w = n_panels · PANEL: w × w of them. x and
 * y are of one shape. */
void panels_inner(const struct panels *x, const struct panels *y, double *out, unsigned n_jobs);

/* y = x m, m of w × w as above; y is of the shape of x, and not x. */
void panels_mix(const struct panels *x, const double *m, struct panels *y, unsigned n_jobs);

/* Makes columns orthogonal and of length 1, from left to right, what they span unchanged. One
 * that depends on those before it (what is left of it is below 1e-13 of its length) becomes
 * zero. One pass leaves columns independent, and orthogonal only as far as they were far from
 * dependent; two make them orthogonal to rounding (Giraud, Langou, Rozložník and van den Eshof,
 * Rounding error analysis of the classical Gram-Schmidt orthogonalization process, Numerische
 * Mathematik 101, 2005). */
void panels_orthonormalize(struct panels *q, unsigned n_passes, unsigned n_jobs);

#endif
