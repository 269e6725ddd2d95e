/* SPDX-License-Identifier: MIT */
/*
 * pieces: what the pretokens of a comment hold, remembered from comment to comment.
 *
 * Nine of ten pretokens of real comments were seen before. What one holds (the numbers of its
 * words, its character n-grams, and the sum of their rows) is kept by its bytes, in memory of a
 * fixed size, and when that is full all are forgotten. Whether something was remembered or worked
 * out anew can be seen from nothing but the time it took. One per thread.
 *
 * Memory is what time goes into: what is kept does not fit the caches, so all that a comment will
 * need is asked for before any of it is used.
 */
#ifndef FEATURES_PIECES_H
#define FEATURES_PIECES_H

#include "features/ngramindex.h"
#include "text/pretoken.h"

struct pieces;

enum { PIECES_LEAST = 1 << 20, PIECES_MOST = 48 << 20 };

/* row: width whole numbers for each feature, width a multiple of 8; NULL and 0: none are summed.
 * bytes: what is remembered at most, PIECES_LEAST to PIECES_MOST. The index and the rows are
 * borrowed. */
struct pieces *pieces_new(const struct ngram_index *index, const int32_t *row, uint32_t width,
                          size_t bytes);
void pieces_free(struct pieces *p); /* may be NULL */

/* What a comment holds, in the order of its text. */
struct pieces_found {
    uint32_t *word; /* numbers of ngram_index_word() */
    size_t n_words, word_cap;
    struct ngram_sink chars; /* its ids: character n-grams, one per occurrence */
};

/* Reads a comment of less than 2^32 bytes; the result is good until the next call. Adds the rows of
 * the character n-grams to sum, which is NULL where there are no rows. */
const struct pieces_found *pieces_read(struct pieces *p, struct span text, int64_t *sum);

#endif
