/* SPDX-License-Identifier: MIT */
/*
 * strata: what every fold should get its share of. Stratum 0 is all comments used; then come
 * the labels and the (target, label) pairs that two labels or more of used comments have.
 * One label alone, wherever it goes, is in one fold.
 */
#ifndef CORPUS_STRATA_H
#define CORPUS_STRATA_H

#include "corpus/corpus.h"
#include "corpus/deal.h"

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
