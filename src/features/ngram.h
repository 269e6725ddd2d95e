/* SPDX-License-Identifier: MIT */
/*
 * ngram: tokens to n-grams. An n-gram is bytes whose first says its space:
 *   'w' + the normalized texts of 1 to 3 neighbouring tokens, joined by one space;
 *   's' + two tokens with one or two others between, joined by a tab: a skip-gram (Guthrie et
 *         al., A closer look at skip-gram modelling, LREC 2006), which finds "ne … pas" and
 *         "contre … mesure" whatever stands between;
 *   'o' + the normalized texts of 1 or 2 neighbouring tokens among the first four, joined by one
 *         space: how a comment opens, "oui", "pas d' accord", is often all that it says of a
 * stance; 'v' + one token, as a point among word vectors (features/wordspace.h); 'c' + 3 to 6
 * neighbouring characters of the running text (accent-free, as written otherwise: marks, handles
 * and digits too), with no space inside, only at an end. The bytes are what a model file holds: the
 * spelling of n-grams is frozen by its format.
 */
#ifndef FEATURES_NGRAM_H
#define FEATURES_NGRAM_H

#include <stdint.h>

#include "base/buf.h"
#include "text/tokenize.h"

enum { NGRAM_WORD = 'w', NGRAM_SKIP = 's', NGRAM_CHAR = 'c', NGRAM_OPEN = 'o', NGRAM_VECTOR = 'v' };
enum { NGRAM_MAX_CHARS = 16 }; /* char_max is at most this */

/* The spaces of n-grams: each is a vector of its own, scaled by itself. */
enum ngram_space {
    NGRAM_WORDS,
    NGRAM_SKIPS,
    NGRAM_CHARS,
    NGRAM_OPENINGS,
    NGRAM_VECTORS,
    NGRAM_SPACES
};

struct ngram_settings {
    uint32_t word_max;           /* word 1-grams to word_max-grams; 0: none */
    uint32_t char_min, char_max; /* characters; char_max 0: none */
    uint32_t skip_max;           /* tokens between the two of a skip-gram, 1 to skip_max; 0: none */
    uint32_t opening;            /* tokens that a comment opens with; 0: that space is left out */
    uint32_t vectors;            /* 1: each token as a word that may have a vector; 0: not */
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

/* Appends those of a running text's characters alone. */
void ngrams_of_chars(struct ngram_sink *s, struct span running, const struct ngram_settings *set);

/* The space an n-gram belongs to. */
static inline enum ngram_space ngram_space(struct span ngram)
{
    switch (ngram.p[0]) {
    case NGRAM_CHAR:
        return NGRAM_CHARS;
    case NGRAM_SKIP:
        return NGRAM_SKIPS;
    case NGRAM_OPEN:
        return NGRAM_OPENINGS;
    case NGRAM_VECTOR:
        return NGRAM_VECTORS;
    default:
        return NGRAM_WORDS;
    }
}

#endif
