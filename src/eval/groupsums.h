/* SPDX-License-Identifier: MIT */
/*
 * groupsums: what the rows of each group add to a score. A bootstrap resample takes a group
 * so many times or not at all, so it need not look at rows: it adds these sums, times that
 * number. Bins of probabilities are not among them: the ECE has no interval (summary.h).
 */
#ifndef EVAL_GROUPSUMS_H
#define EVAL_GROUPSUMS_H

#include "metrics/score.h"

struct groupsums {
    struct group_part *part; /* one per group that occurs */
    struct group_cell *cell; /* of the confusion, those that are not 0, group by group */
    size_t n_parts, n_cells;
};

/* row: of one system; order: n rows, those of one group together; group: per row. A row whose
 * label is GROUPSUMS_NO_LABEL adds nothing. */
#define GROUPSUMS_NO_LABEL UINT32_MAX
void groupsums_make(struct groupsums *g, const struct score_row *row, const uint32_t *order,
                    size_t n, const uint32_t *group, uint32_t n_labels);
void groupsums_release(struct groupsums *g);

/* Adds each group times[group] times; the score's labels are the n_labels of groupsums_make(). */
void groupsums_add(const struct groupsums *g, const uint32_t *times, struct score *score);

#endif
