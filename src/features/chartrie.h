/* SPDX-License-Identifier: MIT */
/*
 * chartrie: the character n-grams of a vocabulary as a trie over the CHARTRIE_SYMBOLS characters
 * that are most frequent in them. A node is 16 bytes, its children lie side by side and are found
 * by counting bits, so that the whole is small and most steps stay in the caches. Nothing changes
 * after building.
 */
#ifndef FEATURES_CHARTRIE_H
#define FEATURES_CHARTRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
    CHARTRIE_SYMBOLS = 63,
    CHARTRIE_MOST = 10 /* characters of an n-gram */
};

struct chartrie;

/* An n-gram of the vocabulary: 2 to CHARTRIE_MOST characters of valid UTF-8 (others are left out),
 * and its number. No text comes twice. */
struct chartrie_gram {
    struct span text;
    uint32_t number;
};

/* gram: n of them; read during the call only. */
struct chartrie *chartrie_new(const struct chartrie_gram *gram, size_t n);
void chartrie_free(struct chartrie *t); /* may be NULL */

/* Writes the numbers of the n-grams of a running text (valid UTF-8, a blank at both ends, never two
 * in a row) to `number`, one per occurrence; there is room for running.len · CHARTRIE_MOST. An
 * n-gram has no blank inside. *n: how many. false: the text has a character that some n-gram has,
 * but that is no symbol. */
bool chartrie_find(const struct chartrie *t, struct span running, uint32_t *number, size_t *n);

#endif
