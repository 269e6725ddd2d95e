/* SPDX-License-Identifier: MIT */
/*
 * draw: the comments of the smallest ranks, by stratum, in one pass.
 *
 * A comment's rank is a hash of the seed and its key, so the k of the smallest ranks are a simple
 * random sample without replacement of their stratum (bottom-k: Cohen and Kaplan 2007), the same
 * whatever the order of the dump, and the k smallest are among the k+1 smallest: a sample can be
 * enlarged. Records with one key (the same id and text) are one comment that repeats.
 */
#ifndef SAMPLE_DRAW_H
#define SAMPLE_DRAW_H

#include "base/intern.h"
#include "base/keymap.h"

/* A comment drawn so far; bytes is what its record came to (record.h). */
struct drawn {
    uint64_t rank, key;
    uint32_t repeats;
    char *bytes; /* owned */
    size_t len;
};

struct draw_stratum {
    struct drawn *heap; /* the largest rank first */
    size_t n, cap;
    uint64_t population;
};

struct draw {
    size_t most; /* comments kept of each stratum */
    struct intern names;
    struct draw_stratum *stratum;
    size_t stratum_cap;
    struct keymap place; /* of a key in a heap: which stratum; 0 only for a moment */
    uint64_t population, sum;
};

void draw_init(struct draw *d, size_t most);
void draw_release(struct draw *d);

/* The rank of a key under a seed. */
uint64_t draw_rank(uint64_t seed, uint64_t key);

/* The largest rank that can still be drawn in this stratum: UINT64_MAX where it has room. */
uint64_t draw_bound(const struct draw *d, struct span stratum);

/* Counts a record of the population, and keeps it where its rank is small enough (bytes NULL: its
 * rank is known not to be). The stratum's number. */
uint32_t draw_add(struct draw *d, struct span stratum, uint64_t rank, uint64_t key,
                  const char *bytes, size_t len);

/* Sorts each stratum by rank, smallest first: no more is added. */
void draw_end(struct draw *d);

/* A stratum's part of a sample. */
struct draw_share {
    uint64_t population;
    uint64_t low, high; /* how many it must and can have */
    uint64_t take;      /* the result */
};

/* Deals n out to strata: by their parts of the population, or `equal`, the same to each, those that
 * this would give less than `low` or more than `high` getting that, and the others in proportion
 * (largest remainders: Hamilton's method). Exactly n in all, where bounds allow it. The sum of the
 * `low`: where n is less, that is what is taken. */
uint64_t draw_allocate(struct draw_share *share, size_t n_strata, uint64_t n, bool equal);

#endif
