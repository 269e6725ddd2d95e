/* SPDX-License-Identifier: MIT */
/*
 * calibrate: margins to probabilities.
 *
 * One sigmoid per label pair, P(a | a or b) = 1 / (1 + exp(A·f + B)), fitted on held-out
 * margins (Platt 1999, in the Newton form of Lin, Lin and Weng, A note on Platt's
 * probabilistic outputs for support vector machines, Machine Learning 68, 2007); then the
 * pairs are coupled into one distribution (Wu, Lin and Weng, Probability estimates for
 * multi-class classification by pairwise coupling, JMLR 5, 2004, second method).
 */
#ifndef MODEL_CALIBRATE_H
#define MODEL_CALIBRATE_H

#include <stddef.h>
#include <stdint.h>

struct sigmoid {
    double a, b;
};

/* margin[i] with sign[i] +1 or -1, n rows; n 0 gives a = -1, b = 0. a is never positive: where
 * there is nothing to learn, held-out margins point the wrong way (a fold with more of one label
 * leaves fewer of it to train on), and a sigmoid that turned them round would have the model
 * answer the opposite of what it was taught. The best with a = 0 is given then. */
struct sigmoid sigmoid_fit(const double *margin, const int8_t *sign, size_t n);

double sigmoid_at(const struct sigmoid *s, double margin);

enum { CALIBRATE_MAX_LABELS = 64 };

/* r[i·n + j] = P(i | i or j), r_ij + r_ji = 1, for i ≠ j; writes p[0 … n-1], which sums to
 * 1. n is at most CALIBRATE_MAX_LABELS. */
void couple_pairs(const double *r, size_t n, double *p);

/* The same, solved at once where n is 3: p is proportional to adj(Q)·1, Q being the matrix of the
 * paper's equation 21, and no term of its cofactors is negative, so that nothing cancels. Within
 * 1e-9 of couple_pairs(), which goes on until nothing moves by more than 1e-12. */
void couple_at_once(const double *r, size_t n, double *p);

#endif
