/* SPDX-License-Identifier: MIT */
/*
 * cooccur: how often words stand near each other in texts.
 *
 * Two tokens of one text at distance d <= window count as window + 1 - d, each for the other:
 * integers, in units of 1/window. Distance is in tokens as written: words that are not in the
 * vocabulary keep their places.
 *
 * Memory is bounded by max_pairs: 24 bytes for each pair of words that met, and 16 MB.
 * Where more pairs meet, the words with the highest ids, the rarest, are dropped until the
 * pairs of the others fit. Those left have exact counts, and neither the counts nor which
 * words are left depends on the order of texts.
 */
#ifndef FEATURES_COOCCUR_H
#define FEATURES_COOCCUR_H

#include "base/intern.h"
#include "text/tokenize.h"

enum { COOCCUR_MAX_WINDOW = 255 };
enum { COOCCUR_MAX_WORDS = 1 << 28 };

struct pair {
    uint64_t key; /* cooccur_first() <= cooccur_second() */
    uint64_t n;   /* > 0, in units of 1/window */
};

struct cooccur {
    struct intern_view words; /* borrowed */
    uint32_t n_words;         /* ids from here on are dropped; at most words.n */
    uint32_t window;
    size_t max_pairs;
    unsigned id_bits;  /* a key is first << id_bits | second */
    struct pair *pair; /* by rising key, after cooccur_settle() all there are */
    size_t n_pairs;
    uint64_t *event, *scratch; /* key << 8 | weight: what is not among the pairs yet */
    size_t n_events, events_cap;
    struct tokens tokens;
    uint32_t *id; /* of the tokens */
    size_t id_cap;
};

/* words is borrowed until release. At most COOCCUR_MAX_WORDS words; window from 1 to
 * COOCCUR_MAX_WINDOW; max_pairs at least 1. */
void cooccur_init(struct cooccur *c, const struct intern *words, uint32_t window, size_t max_pairs);
void cooccur_release(struct cooccur *c);

/* Any bytes. */
void cooccur_add(struct cooccur *c, struct span text);

/* Brings the pairs up to date. More texts may follow. */
void cooccur_settle(struct cooccur *c);

static inline uint32_t cooccur_first(const struct cooccur *c, uint64_t key)
{
    return (uint32_t)(key >> c->id_bits);
}

static inline uint32_t cooccur_second(const struct cooccur *c, uint64_t key)
{
    return (uint32_t)(key & ((UINT64_C(1) << c->id_bits) - 1));
}

#endif
