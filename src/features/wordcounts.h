/* SPDX-License-Identifier: MIT */
/*
 * wordcounts: how often each word occurs in texts without labels. A word is the text of a
 * token of any kind (text/tokenize.h): MENTION, URL and marks are words too.
 *
 * Memory is bounded by max_distinct: some 60 bytes a word of French comments, 600 at most.
 * Where texts have more different words, the rarest are forgotten until half are left, as
 * the program word2vec does (its ReduceVocab), and counts fall short by `lost` at most.
 * While lost is 0 the counts are exact and do not depend on the order of texts.
 */
#ifndef FEATURES_WORDCOUNTS_H
#define FEATURES_WORDCOUNTS_H

#include "base/intern.h"
#include "text/tokenize.h"

struct wordcounts {
    uint32_t max_distinct; /* at least 2 */
    struct intern words;
    uint64_t *n; /* per word */
    size_t n_cap;
    uint64_t n_texts, n_tokens;
    uint64_t lost; /* no count is too small by more */
    struct tokens tokens;
};

void wordcounts_init(struct wordcounts *c, uint32_t max_distinct);
void wordcounts_release(struct wordcounts *c);

/* Any bytes. */
void wordcounts_add(struct wordcounts *c, struct span text);

/* The at most max_words most frequent of the words that occur min_count times or more, into
 * *out (which is {0}; the caller's to release): ids by falling count, equal ones by bytes. */
void wordcounts_top(const struct wordcounts *c, uint32_t max_words, uint64_t min_count,
                    struct intern *out);

#endif
