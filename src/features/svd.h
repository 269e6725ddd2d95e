/* SPDX-License-Identifier: MIT */
/*
 * svd: the leading singular values of a sparse matrix and their left vectors, A ≈ U S Vᵀ.
 *
 * Randomized subspace iteration: Halko, Martinsson and Tropp, Finding structure with
 * randomness, SIAM Review 53(2), 2011, algorithms 4.4 and 5.1, with 10 columns more than asked
 * for and orthonormalization at each half step; the small problem by rotations on one side
 * (Hestenes, Inversion of matrices by biorthogonalization, JSIAM 6(1), 1958).
 *
 * A matrix whose rank is at most n_dims + 10 comes out to rounding. Otherwise vectors are as
 * good as the values fall: after i iterations an error falls by (σ_{n_dims+11} / σ_j)^(2i+1).
 */
#ifndef FEATURES_SVD_H
#define FEATURES_SVD_H

#include "features/weighting.h"

struct svd_settings {
    uint32_t n_dims;       /* at most min(n_rows, n_ids) of the matrix; at least 1 */
    uint32_t n_iterations; /* 4 are usual */
    uint64_t seed;         /* of the random start */
};

/* The same for any number of threads. */
struct svd {
    size_t n_rows;
    uint32_t n_dims;
    double *u; /* n_rows × n_dims, by rows. Columns are orthonormal, the entry of greatest
                  magnitude (the first of equal ones) positive; zero where s is 0 */
    double *s; /* falling; 0 where below 1e-13 · s[0] */
};

/* Memory: a transposed copy of a (12 bytes an entry), and 24 · (n_dims + 10) bytes for each row
 * of the longer side. */
void svd_truncated(struct svd *out, const struct matrix *a, const struct svd_settings *set,
                   unsigned n_jobs);
void svd_release(struct svd *s);

#endif
