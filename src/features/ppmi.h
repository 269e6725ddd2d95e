/* SPDX-License-Identifier: MIT */
/*
 * ppmi: positive pointwise mutual information of words and the words near them,
 *
 *     v_ij = ln( n_ij / (n_i · s_j) ),   s_j = n_j^a / Σ n_k^a,   kept where v_ij > 0,
 *
 * n_ij the symmetric counts of cooccur (a word near itself counts from either side, twice),
 * n_i their row sums, a the smoothing of contexts, which keeps rare ones from standing out
 * (0.75; 1 is none). Source: Levy, Goldberg and Dagan, Improving distributional similarity
 * with lessons learned from word embeddings, TACL 3, 2015 ("context distribution smoothing").
 */
#ifndef FEATURES_PPMI_H
#define FEATURES_PPMI_H

#include "features/cooccur.h"
#include "features/weighting.h"

/* c is settled. *out: a row and a column for each of c->n_words words, to be released with
 * matrix_release(); at most 24 bytes for each pair of c. Not symmetric unless smoothing is 1. */
void ppmi_matrix(const struct cooccur *c, double smoothing, struct matrix *out);

#endif
