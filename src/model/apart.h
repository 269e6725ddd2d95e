/* SPDX-License-Identifier: MIT */
/*
 * apart: what folds over added comments may train on. Only added comments are dealt to folds,
 * the corpus proper is on every training side: but for those of its comments that would tell
 * what is held out, near-duplicates of a held-out comment and members of its group.
 */
#ifndef MODEL_APART_H
#define MODEL_APART_H

#include "model/trainset.h"

/* Takes out of `train` (per comment) the main comments that are near-duplicates of a comment
 * held out (per comment), or have the same value of `field` as one; marks them in `left`, too,
 * where that is not NULL. Nothing where there is one domain. */
void apart_leave(const struct trainset *t, struct span field, const uint8_t *held_out,
                 uint8_t *train, uint8_t *left);

/* Before what is said of folds that cannot be. */
#define APART_OF "of the added comments: "

/* What is told of them: how many, and what the field is called. */
#define APART_LEFT                                                                                 \
    "%zu comments of the corpus are near-duplicates of an added one or in its group by %.*s: "     \
    "not trained on where that one is held out"

#endif
