/* SPDX-License-Identifier: MIT */
/*
 * cells: the strata of a sample as far as one group has rows in them, in its units. A stratum
 * with fewer than two units tells no variance: it is taken together with the next, the last with
 * the one before. A stratum that is labelled whole has none, and stays.
 */
#ifndef PREVALENCE_CELLS_H
#define PREVALENCE_CELLS_H

#include "prevalence/estimate.h"

struct cell {
    double v, fy, fz; /* over the dump */
    double labelled;  /* Σ w·v over its rows */
    double fraction;  /* f */
    uint32_t n_units;
};

struct cells {
    struct cell *cell;
    uint32_t n;
    uint32_t *of;        /* [row] its cell; rows with v 0: UINT32_MAX */
    uint32_t *order;     /* rows with v > 0, by unit */
    size_t n_rows;       /* of these */
    uint32_t n_units;    /* that they are in */
    uint32_t n_linked;   /* cells after those that share a unit are counted as one */
    uint32_t n_together; /* strata taken with a neighbour */
};

void cells_init(struct cells *c, const struct estimate_design *d, const double *v,
                const struct estimate_totals *totals);
void cells_release(struct cells *c);

/* Sums a value per row over the units of c, in turn: for (i = 0; cells_unit(…, &i, …);). */
bool cells_unit(const struct cells *c, const struct estimate_design *d, size_t *at, size_t *begin,
                size_t *end);

#endif
