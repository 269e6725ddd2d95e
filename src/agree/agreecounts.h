/* SPDX-License-Identifier: MIT */
/*
 * agreecounts: all that the figures of one section need, as counts: two annotators, a group,
 * how many labels the unit got, and the two labels given.
 */
#ifndef AGREE_AGREECOUNTS_H
#define AGREE_AGREECOUNTS_H

#include "agree/agree.h"
#include "agree/agreegroups.h"

struct agree_cell {
    uint32_t first, second; /* annotators, first < second */
    uint32_t group, size;   /* of the section's groups; place among the sizes */
    uint32_t a, b;          /* labels of the first and of the second */
    uint32_t pair;          /* of the section's pairs */
    uint64_t n;
};

struct agree_counts {
    struct agree_cell *cell; /* by pair, each cell once */
    size_t n_cells, cap;
    uint32_t *size, n_sizes; /* how many labels units have, from 2 up */
    uint32_t n_labels, n_groups;
    size_t n_pairs;
};

/* Counts the units of one target (UINT32_MAX: of all) and fills what of the section is counts:
 * how many, who gave what, and the tables of pairs. Groups without a unit that two labelled
 * are left out. */
void agree_count(struct agree_counts *c, struct agree_section *s, const struct annotations *a,
                 const struct agree_groups *groups, uint32_t target);
void agree_counts_release(struct agree_counts *c);

#endif
