/* SPDX-License-Identifier: MIT */
/* views: the parts of the rows that figures are made of. */
#ifndef EVAL_VIEWS_H
#define EVAL_VIEWS_H

#include "eval/evaluation.h"

struct view {
    struct span field, value; /* of a slice; p NULL: not cut */
    uint32_t target;          /* EVALUATION_NONE: all */
    uint32_t *row;            /* n_rows of them, rising */
    size_t n_rows;
    uint32_t n_groups;
    struct cell *cell; /* summary.h */
};

/* All rows; each target where there are several; each value of each slicing, followed by its
 * targets where there are several. Views without rows are left out. Owned by the caller. */
struct view *views_make(const struct evaluation *e, size_t *n);

#endif
