/* SPDX-License-Identifier: MIT */
/*
 * descent: one binary C-SVC for one pair of labels, solved by dual coordinate descent
 * (Hsieh, Chang, Lin, Keerthi, Sundararajan, A dual coordinate descent method for
 * large-scale linear SVM, ICML 2008, with its shrinking) on a design. It solves the problem
 * that pairsvm.h solves, bias included, with memory for the vectors alone:
 *
 *     min ½ αᵀQα - Σα,   0 ≤ α ≤ C·weight,   Σ yα = 0,   Q(i,j) = y(i)·y(j)·K(i,j)
 *
 * Coordinate descent knows no equality constraint. The bias b is its multiplier, found by
 * the method of multipliers (Hestenes 1969; Powell 1969): descent on the problem with
 * b·Σyα + ½·pull·(Σyα)² added, and after each sweep b grows by pull·Σyα.
 */
#ifndef MODEL_DESCENT_H
#define MODEL_DESCENT_H

#include <stdint.h>

#include "model/design.h"

/* Finds f = Σ coef[i]·K(i, ·) - rho, positive for sign +1; both signs occur. c_pos and c_neg
 * bound the coefficients of either sign. coef has room for d->n. Solved when no row violates
 * its condition by more than 0.001, libsvm's measure, or after DESCENT_SWEEPS; returns the
 * number of sweeps. Draws its orders from a fixed seed; safe from several threads. */
enum { DESCENT_SWEEPS = 2000 };
unsigned descent_run(const struct design *d, const int8_t *sign, double c_pos, double c_neg,
                     double *coef, double *rho);

#endif
