/* SPDX-License-Identifier: MIT */
/*
 * wordgrams: the word n-grams of a comment, found in an ngram_index by the numbers of its words.
 * All pairs that may be there are gathered before any is looked up, so that the memory that they
 * lie in is fetched for all at once. One per thread.
 */
#ifndef FEATURES_WORDGRAMS_H
#define FEATURES_WORDGRAMS_H

#include "features/ngramindex.h"

struct wordgrams;

/* row, width: of each n-gram a row that is asked for as soon as the n-gram is found, or NULL and 0.
 * All is borrowed. */
struct wordgrams *wordgrams_new(const struct ngram_index *index, const int32_t *row,
                                uint32_t width);
void wordgrams_free(struct wordgrams *g); /* may be NULL */

/* Reads the words of a comment in three steps, between which the memory that each has asked for can
 * arrive. The lists below are whole after the third. */
void wordgrams_ask(struct wordgrams *g, const uint32_t *word, size_t n);
void wordgrams_find(struct wordgrams *g);
void wordgrams_find_longer(struct wordgrams *g);

/* The n-grams of a space, of all but characters, one per occurrence in no particular order; good
 * until the next comment is read. */
const uint32_t *wordgrams_of(const struct wordgrams *g, enum ngram_space space, size_t *n);

#endif
