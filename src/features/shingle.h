/* SPDX-License-Identifier: MIT */
/*
 * shingle: texts as sets of hashed runs of three tokens (Broder, On the resemblance and
 * containment of documents, SEQUENCES 1997), for finding copies.
 *
 * Tokens are words, numbers and hashtags, without accents; numbers are all alike, and
 * mentions, URLs, emoji, smileys and punctuation are passed over: they are what changes
 * first when a text is passed on. A text of fewer than SHINGLE_MIN_TOKENS such tokens, or
 * fewer distinct shingles than as many make, has an empty set: "+1", "mdr" and "ha ha ha ha
 * ha ha" are commonplaces, not copies. Shingles are 64-bit hashes; that two of a corpus
 * collide is less likely than one in 10^5 for ten million of them, and would matter little.
 */
#ifndef FEATURES_SHINGLE_H
#define FEATURES_SHINGLE_H

#include <stdint.h>

#include "corpus/corpus.h"

enum { SHINGLE_TOKENS = 3, SHINGLE_MIN_TOKENS = 6 };

struct shingles {
    size_t n_sets;
    size_t *start;     /* n_sets + 1 positions in shingle */
    uint64_t *shingle; /* within a set by rising number, each once */
    size_t start_cap, shingle_cap;
};

void shingles_release(struct shingles *s);

/* One set per comment, in order. {0} before. Linear in the text but for sorting each set. */
void shingles_of(struct shingles *s, const struct corpus *c);

#endif
