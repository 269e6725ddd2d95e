/* SPDX-License-Identifier: MIT */
/*
 * strata: what every fold should get its share of. Stratum 0 is all comments used; then come
 * the labels and the (target, label) pairs that two labels or more of used comments have.
 * One label alone, wherever it goes, is in one fold.
 *
 * Only targets with STRATA_TARGET labels or more have pairs. To deal out a handful of labels
 * evenly is to look at those held out: the training side then has just the shares that the test
 * side has, and whoever answers with a target's most frequent label is right too often.
 */
#ifndef CORPUS_STRATA_H
#define CORPUS_STRATA_H

#include "corpus/corpus.h"
#include "corpus/deal.h"

enum { STRATA_TARGET = 100 };

struct strata {
    uint32_t n;
    uint64_t *code;  /* n, rising: which stratum it is */
    uint32_t *total; /* n: comments or labels */
    struct deal_part *part;
};

void strata_release(struct strata *s);

/* Finds the strata and fills in size, part and n_parts of each whole (0 so far); whole_of says
 * per comment, where used, which it is in. use NULL: all. */
void strata_make(struct strata *s, const struct corpus *c, const uint8_t *use,
                 struct deal_whole *whole, const uint32_t *whole_of);

#endif
