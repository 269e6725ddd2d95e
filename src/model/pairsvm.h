/* SPDX-License-Identifier: MIT */
/*
 * pairsvm: one binary C-SVC for one pair of labels, solved by libsvm on a precomputed
 * kernel. The only room that knows libsvm, whose own file format, cross-validation,
 * probabilities and multi-class voting are not used (see doc/DESIGN.md for why).
 *
 * The matrix is laid out for libsvm once and serves every value of C; training from
 * several threads on one problem is safe, as libsvm only reads it.
 */
#ifndef MODEL_PAIRSVM_H
#define MODEL_PAIRSVM_H

#include <stance.h>

struct pairsvm_problem;

struct pairsvm_problem *pairsvm_problem_new(void);
void pairsvm_problem_free(struct pairsvm_problem *p);

/* Makes it another problem, in the memory it has or more. n rows; sign[i] is +1 or -1 and both
 * occur; kernel_row(i, value, arg) writes row i of a symmetric matrix, n values, and is called from
 * n_jobs threads. About 16·n² bytes. */
void pairsvm_problem_set(struct pairsvm_problem *p, size_t n, const int8_t *sign,
                         void (*kernel_row)(size_t i, double *value, void *arg), void *arg,
                         unsigned n_jobs);

/* Finds f(x) = Σ_i coef[i]·K(i, x) - rho, positive for sign +1. C is multiplied by
 * weight_pos or weight_neg per class. coef has room for n. */
int pairsvm_train(const struct pairsvm_problem *p, double c, double weight_pos, double weight_neg,
                  double *coef, double *rho, struct stance_err *err);

/* libsvm's own decision value of a row whose kernel values with the n training rows are
 * given, from a model it has just trained: the reference that tests compare with. */
int pairsvm_reference(const struct pairsvm_problem *p, double c, double weight_pos,
                      double weight_neg, size_t n_rows, const double *kernel_rows, double *value,
                      struct stance_err *err);

/* libsvm's version, 324 for 3.24. */
int pairsvm_library_version(void);

#endif
