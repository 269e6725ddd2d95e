/* SPDX-License-Identifier: MIT */
/* evals: questions that several tests ask of an evaluation. */
#ifndef TESTS_EVALS_H
#define TESTS_EVALS_H

#include "helpers.h"

#include "eval/summary.h"

/* The position of a system by its name, EVALUATION_NO_SYSTEM where there is none. Points of
 * the learning curve are passed over. */
size_t find_system(const struct evaluation *e, const char *name);

/* What a system said of the rows of one target (EVALUATION_NONE: of all), counted anew. Rows
 * that it said nothing of are not counted. Release it. */
struct confusion counts_of(const struct evaluation *e, size_t system, uint32_t target);

/* Whether some note contains this. */
bool has_note(const struct evaluation *e, const char *wanted);

/* A whole report, NUL-terminated, with so many resamples on so many threads. */
struct buf report_of(const struct evaluation *e,
                     void (*write)(const struct summary *, struct buf *), uint32_t n_resamples,
                     unsigned n_jobs);

#endif
