/* SPDX-License-Identifier: MIT */
/*
 * quick: comments classified as fast as a dump is read.
 *
 * Three things make it so. Features are found piece by piece (features/pieces.h), and a piece that
 * was seen before is one look-up. Weights are whole numbers (model/fixed.h), so that a piece's are
 * summed once and for all; only a feature that comes several times in a comment is corrected, by
 * its term frequency. The label pairs are coupled in closed form.
 *
 * scorer.h is the definition: labels are the same, probabilities within 1e-6 (tests/unit/
 * test_quick.c, tests/fuzz/fuzz_quick.c). What a comment gets depends on nothing but the comment:
 * before the tables are built the same whole numbers are summed from the scorer's own features, and
 * what the numbers cannot hold (a comment of more than QUICK_MOST_TEXT bytes, a feature that comes
 * more than TALLY_MOST_TF times, dozens of targets) the scorer does itself.
 */
#ifndef MODEL_QUICK_H
#define MODEL_QUICK_H

#include "model/scorer.h"

enum {
    QUICK_MOST_TEXT = 30000, /* bytes, which become at most as many characters and tokens, each of
                                these in at most QUICK_MOST_SKIP pairs with a gap: fewer n-grams of
                                a kind than a counter of 16 bits holds */
    QUICK_MOST_SKIP = 2, /* tokens between the two of a pair; with more, the scorer does it all */
    QUICK_WARM = 1 << 16 /* bytes of comments that a thread reads before it asks for the tables */
};

/* What threads that classify for the same targets share: the tables, built when the first of them
 * has read QUICK_WARM bytes. The model is borrowed; arguments as of scorer_new(). */
struct quick_tables;
struct quick_tables *quick_tables_new(const struct model *m, const uint32_t *target,
                                      const struct span *statement, uint32_t n);
void quick_tables_free(struct quick_tables *t); /* after every quick of it; may be NULL */

/* One per thread. */
struct quick;
struct quick *quick_new(struct quick_tables *t);
void quick_free(struct quick *q); /* may be NULL */

/* Builds the tables now, or never. */
void quick_warm(struct quick *q, bool now);

/* Reads one comment; the calls below are then about it. */
void quick_read(struct quick *q, struct span text);

/* As scorer_decide() and scorer_rule() of the i-th target asked for, not blind. */
void quick_decide(struct quick *q, uint32_t i, struct decision *out);
const double *quick_rule(const struct quick *q, uint32_t i);

#endif
