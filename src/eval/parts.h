/* SPDX-License-Identifier: MIT */
/*
 * parts: which groups are left in a part of a training side. Groups are taken in one seeded
 * order for all folds, so that a larger part of one side holds the smaller ones.
 */
#ifndef EVAL_PARTS_H
#define EVAL_PARTS_H

#include "eval/evaluation.h"

struct parts {
    const struct evaluation *e; /* borrowed */
    uint32_t *rank;             /* per group, its place in the order */
    uint32_t *comment;          /* per comment of the evaluation, its position in the corpus */
};

/* gold: what the evaluation was opened with. The order depends on the seed and on the id of
 * each group's first comment, not on what else is there. */
void parts_make(struct parts *p, const struct evaluation *e, const struct corpus *gold,
                uint64_t seed);
void parts_release(struct parts *p);

/* Takes comments out of a mask (per comment of the corpus) until `share` of the groups in it are
 * left: at least one. */
void parts_thin(const struct parts *p, double share, uint8_t *train);

#endif
