/* SPDX-License-Identifier: MIT */
/*
 * discriminant: linear discriminant analysis with equal priors (Fisher 1936; Hastie,
 * Tibshirani and Friedman, The Elements of Statistical Learning, 2009, section 4.3), for the
 * baseline that sees only the looks of a text. Solved in one pass over the rows and one small
 * system, so it works on any number of them; it has nothing to tune.
 *     score(x, l) = x'·W·μ_l - μ_l'·W·μ_l / 2,   W = (S + λ·diag(S))⁻¹
 * with μ_l the means of label l and S their common covariance, λ = 0.001.
 */
#ifndef EVAL_DISCRIMINANT_H
#define EVAL_DISCRIMINANT_H

#include <stddef.h>
#include <stdint.h>

struct discriminant {
    size_t n_dims;
    uint32_t n_labels;
    uint64_t *n;    /* rows of each label; a label without any is never given */
    double *weight; /* [label][dimension] */
    double *offset; /* [label] */
};

/* x: n rows of n_dims numbers each at x[row[i]·n_dims]; label[i] below n_labels. */
void discriminant_fit(struct discriminant *d, const double *x, size_t n_dims, const uint32_t *row,
                      const uint32_t *label, size_t n, uint32_t n_labels);
void discriminant_release(struct discriminant *d);

/* The label of the highest score among those that it has seen and for which may[label] is not 0
 * (NULL: all), of equals the first; UINT32_MAX where there is none. */
uint32_t discriminant_label(const struct discriminant *d, const double *x, const uint64_t *may);

#endif
