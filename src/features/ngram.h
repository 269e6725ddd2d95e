/* SPDX-License-Identifier: MIT */
/*
 * ngram: tokens to n-grams. An n-gram is bytes whose first says its space:
 *   'w' + the normalized texts of 1 to 3 neighbouring tokens, joined by one space;
 *   'c' + 2 to 5 neighbouring characters of the running text (accent-free, as written
 *         otherwise: marks, handles and digits too), with no space inside, only at an end.
 * The bytes are what a model file holds: the spelling of n-grams is frozen by its format.
 */
#ifndef FEATURES_NGRAM_H
#define FEATURES_NGRAM_H

#include <stdint.h>

#include "base/buf.h"
#include "text/tokenize.h"

enum { NGRAM_WORD = 'w', NGRAM_CHAR = 'c' };
enum { NGRAM_MAX_CHARS = 16 }; /* char_max is at most this */
enum { NGRAM_SPACES = 2 };     /* how many spaces there are; ngram_space() is below this */

struct ngram_settings {
    uint32_t word_max;           /* word 1-grams to word_max-grams; 0: none */
    uint32_t char_min, char_max; /* characters; char_max 0: none */
};

/* Where n-grams go: lookup turns one into a feature id or INTERN_NONE; known ids pile up in
 * `id`, in text order, once per occurrence. */
struct ngram_sink {
    uint32_t (*lookup)(void *arg, struct span ngram, uint64_t hash);
    void *arg;
    uint32_t *id;
    size_t n, cap;
    struct buf scratch;
};

void ngram_sink_release(struct ngram_sink *s);

/* Empties s->id and fills it from the tokens. Allocates nothing once warm. */
void ngrams_of(struct ngram_sink *s, const struct tokens *t, const struct ngram_settings *set);

/* 0 for words, 1 for characters: the index of the space an n-gram belongs to. */
static inline unsigned ngram_space(struct span ngram)
{
    return ngram.p[0] == NGRAM_CHAR;
}

#endif
