/* SPDX-License-Identifier: MIT */
/* censusparts: what the files of census share among themselves. */
#ifndef PREVALENCE_CENSUSPARTS_H
#define PREVALENCE_CENSUSPARTS_H

#include "base/keymap.h"
#include "prevalence/census.h"

struct census_index {
    struct keymap cell;   /* of level, group and stratum: position in census.cell */
    struct keymap row;    /* of key: position in audit.row */
    struct keymap author; /* of author: comments */
    struct keymap thread; /* of thread: its sums */
    double *thread_sum;
    size_t thread_cap;
};

/* One comment of the population. */
struct census_comment {
    uint64_t key, author, thread;
    bool has_author;
    uint32_t stratum, group[CENSUS_MAX_LEVELS];
    double v;
    const double *p;           /* [target][label] */
    const uint32_t *predicted; /* [target] */
};

/* census.c */
void census_add(struct census *c, const struct census_comment *x);

/* censusthreads.c: what a comment adds to its thread, and in the end the moments of all. */
void census_add_thread(struct census *c, const struct census_comment *x);
void census_sum_threads(struct census *c);

#endif
