/* SPDX-License-Identifier: MIT */
/*
 * design: the rows of one label pair as explicit sparse vectors, for a solver that keeps no
 * matrix of the kernel. For rows i = (comment, target) and coefficients coef[i]
 *
 *     Σ coef[i]·K(i, (x,t)) = Σ_columns x_c · Σ_t' times(t,t')·u(c,t')
 *                             + Σ_t' plus(t,t')·Σ_{i of t'} coef[i]
 *     u(c,t') = Σ_{i of t'} coef[i]·x_i(c)
 *
 * with K of settings.h and t, t' tasks of trainset.h, plus(t,t') not 0 only where they are of one
 * target: of t itself and of its mate, that target's other domain. u is kept in slots: a column
 * has one for each task in whose rows it occurs, side by side, so that there are never more slots
 * than entries of the rows. A machine that is blind to targets is the same with one target.
 *
 * A column is a group of n-grams that have proportional values in all training comments of
 * the pair (those of one comment alone; those that always come together as often), with the
 * root of their squares: the same products with fewer terms. An n-gram's own u is that of
 * its column times `ratio`.
 */
#ifndef MODEL_DESIGN_H
#define MODEL_DESIGN_H

#include "model/trainset.h"

struct design {
    size_t n; /* rows */
    uint32_t n_columns, n_slots, n_tasks;
    size_t *start;        /* n + 1 positions in the next three */
    uint32_t *column;     /* per entry, rising within a row */
    uint32_t *slot;       /* per entry: that of its column for the row's task */
    float *value;         /* per entry */
    uint32_t *slot_start; /* per column, and the end; NULL: slots are columns (one task) */
    uint16_t *slot_task;  /* rising within a column */
    uint32_t *task;       /* per row */
    double *times;        /* n_tasks² */
    uint32_t *mate;       /* per task; DESIGN_NONE: it has none */
    double prior, across; /* plus of a task and itself, of a task and its mate */
    uint32_t *column_of;  /* per n-gram; DESIGN_NONE: in no training comment */
    float *ratio;         /* per n-gram */
};

enum { DESIGN_NONE = UINT32_MAX };

/* row: n rows of t; x: the comments' vectors. Nothing is borrowed beyond the call. About 12
 * bytes an entry, 16 with more than one task. */
void design_open(struct design *d, const struct trainset *t, const struct kernel *k,
                 const struct matrix *x, const uint32_t *row, size_t n);
void design_release(struct design *d);

/* u, and after the slots one sum of coefficients per task; zeroed, free(). */
double *design_sums_new(const struct design *d);

/* Adds delta to the coefficient of row i. */
void design_add(const struct design *d, double *u, size_t i, double delta);

/* Σ coef·K of row i, and K(i, i). */
double design_product(const struct design *d, const double *u, size_t i);
double design_square(const struct design *d, size_t i);

/* Σ coef·K of any comment in any task; x as given to design_open(). */
double design_outside(const struct design *d, const double *u, const struct matrix *x,
                      uint32_t comment, uint32_t task);

#endif
