/* SPDX-License-Identifier: MIT */
/*
 * wordspace: comments as points among word vectors, for training.
 *
 * The n-grams of the space NGRAM_VECTORS are single words. What they bring to the product of two
 * comments is not that they are the same but how near their vectors are:
 *     k(x,x') = Σ_w Σ_w' x_w · x'_w' · cos(w, w') / m
 * with x the tf-idf of the words, scaled as a space of n-grams is, and m the mean of k(x,x) over
 * the comments trained on, so that these products weigh as much as those of another space of
 * the same share. A comment is the point Σ x_w · E_w (E_w the vector of w), whose coordinates
 * stand behind the n-grams in its row. Because x is scaled by its own words and not by the length
 * of that point, a machine's weight for the point's coordinates is a weight for each word, and the
 * model scores them like any n-gram: nothing of the vectors is left in it but those weights.
 */
#ifndef FEATURES_WORDSPACE_H
#define FEATURES_WORDSPACE_H

#include "features/weighting.h"
#include "features/wordvec.h"

/* Gives all words of vec names in v, in NGRAM_VECTORS. */
void wordspace_names(const struct wordvec *vec, struct intern *v);

/* Sets idf of the words that have a vector, 0 for the others; ln(1 + n) + 1 where no comment
 * fitted on has the word. Returns which word of vec each id is, UINT32_MAX for none (free()). */
uint32_t *wordspace_fit(struct weighting *w, const struct wordvec *vec, const struct intern_view *v,
                        size_t n_fitted);

/* As weighting_apply(), words replaced by coordinates, with ids from w->n_ids on. word: as above.
 * use: the comments of m (NULL: all); *scale becomes 1/√m. */
void wordspace_apply(const struct weighting *w, const struct wordvec *vec, const uint32_t *word,
                     const struct counts *c, const uint8_t *use, double *scale, struct matrix *out);

#endif
