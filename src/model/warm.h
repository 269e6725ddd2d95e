/* SPDX-License-Identifier: MIT */
/*
 * warm: the features of a comment, found and counted at speed. From pieces (features/pieces.h) come
 * the character n-grams, with the sums of their rows, and the words; from the words their n-grams
 * (features/wordgrams.h). A counter per feature tells which come again: only for those is a row
 * looked at on its own, to take the place of its occurrences under their term frequency.
 * One per thread.
 */
#ifndef MODEL_WARM_H
#define MODEL_WARM_H

#include "features/ngramindex.h"
#include "model/tally.h"

struct warm;

/* Arguments as of pieces_new(); the index and the rows are borrowed. */
struct warm *warm_new(const struct ngram_index *index, const int32_t *row, uint32_t width,
                      size_t bytes);
void warm_free(struct warm *w); /* may be NULL */

/* Tallies a comment, t being empty. false: a feature comes more than TALLY_MOST_TF times, and the
 * tally is good for nothing. */
bool warm_tally(struct warm *w, struct span text, struct tally *t);

/* The features of a comment, one per occurrence, in no particular order: *n of them, good until the
 * next call. The caller may change them. */
uint32_t *warm_features(struct warm *w, struct span text, size_t *n);

#endif
