/* SPDX-License-Identifier: MIT */
/*
 * linear: a share's estimate as a function of λ. Inside this room alone.
 *
 * For a given R the error of a row is a - λ·b, a of the labels and b of the model's guesses. Their
 * sums over units are all that the variance needs, and λ is the slope of those of a on those of b.
 */
#ifndef PREVALENCE_LINEAR_H
#define PREVALENCE_LINEAR_H

#include "prevalence/cells.h"

struct yz {
    double y, z;
};

struct linear {
    const struct estimate_design *d;
    const struct estimate_rows *rows;
    const struct estimate_totals *totals;
    struct cells cells;
    struct yz *label, *guess; /* [cell] means of y, z and of fy, fz over the labelled rows */
    double part;              /* Σ v of the group that is told, in that of the cells */
    struct yz f;              /* Σ v·fy, Σ v·fz of the group that is told */
    double v;                 /* its Σ v */
    double *share;            /* [row] part·c·w·v: what it stands for */
    double *scale;            /* [row] k·share */
    double *a, *b;            /* [row] after linear_at() */
};

void linear_init(struct linear *l, const struct estimate_design *d,
                 const struct estimate_rows *rows, const struct estimate_totals *totals);
void linear_release(struct linear *l);

/* The group told is another than that of the rows. */
void linear_of(struct linear *l, double v, struct yz f);

struct yz linear_total(const struct linear *l, double lambda); /* T_y, T_z */
double linear_ratio(const struct linear *l, double lambda);    /* NAN where T_z is not above 0 */

/* Fills a and b. */
void linear_at(struct linear *l, double r);

/* Sums over units of the products of their a and b, and of (a - λ·b)^4. */
struct moments {
    double aa, ab, bb, fourth;
};

struct moments linear_moments(const struct linear *l, double lambda);

/* What the dump's threads add to the variance as a sample of more of their kind, over λ². */
double linear_dump(const struct linear *l, double r);

#endif
