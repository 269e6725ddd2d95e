/* SPDX-License-Identifier: MIT */
/* scored: the rows of a system as scores are summed of them. */
#ifndef EVAL_SCORED_H
#define EVAL_SCORED_H

#include "eval/evaluation.h"
#include "metrics/score.h"

/* One per row of the evaluation; owned by the caller. */
struct score_row *scored_rows(const struct evaluation *e, size_t system);

/* Adds n rows, of positions at[0 … n-1] (NULL: the first n), each as often as its group counts in
 * times (NULL: once). Rows of which the system said nothing are left out. */
void scored_add(struct score *score, const struct evaluation *e, const struct score_row *row,
                const uint32_t *at, size_t n, const uint32_t *times);

#endif
