/* SPDX-License-Identifier: MIT */
/*
 * neardup: which comments of a corpus are near-duplicates of one another.
 *
 * Two comments are where their sets of shingles (features/shingle) have a Jaccard
 * similarity |x ∩ y| / |x ∪ y| of 7/10 or more. One word changed costs three shingles on
 * either side, so of n tokens (n - 5) / (n + 1) stays: one changed in 19 still is a copy, and
 * one added at an end in 8. At equal lengths two copies share 82 in 100 of either's shingles,
 * which no common phrase makes up. Of 100,000 French tweets this finds 626 in components of 9 at
 * most; at 8/10 it is 508, and at 6/10 1006 with 31 in the largest: what is added there is
 * templates, an announcement again and again with another title, not copies.
 *
 * All such pairs are found, none by chance (no MinHash): a set-similarity join with prefix
 * and length filters (Bayardo, Ma and Srikant, Scaling up all pairs similarity search, WWW
 * 2007) and the positional filter (Xiao, Wang, Lin and Yu, Efficient similarity joins for near
 * duplicate detection, WWW 2008). What comes out are the connected components of those pairs:
 * in a chain of small changes the ends may have little in common.
 *
 * The same whatever the order in which comments were read. Memory is linear in the shingles;
 * time nearly so, also where very many comments are copies of one.
 */
#ifndef FEATURES_NEARDUP_H
#define FEATURES_NEARDUP_H

#include "features/shingle.h"

enum { NEARDUP_NUM = 7, NEARDUP_DEN = 10 }; /* the least similarity */

/* Per comment the first of its component: itself where it is no copy, or is the first.
 * Owned by the caller. */
uint32_t *neardup_find(const struct corpus *c);

/* The same for any sets. */
uint32_t *neardup_of_sets(const struct shingles *s);

#endif
