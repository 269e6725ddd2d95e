/* SPDX-License-Identifier: MIT */
/*
 * predrows: rows of predictions, in the forms that programs write them.
 *
 * CSV and TSV: a header line, then columns `id`, `target`, `label`, and `p` where there is
 * one. NDJSON: members of those names, or `id` with "predicted": {TARGET: {"label", "p"}}
 * (also {TARGET: LABEL}), which gives one row per target. Names of id, target and label can
 * be set; where there is none of such a name, the usual one is looked up. Columns not named
 * here are passed over. Texts are not needed.
 */
#ifndef EVAL_PREDROWS_H
#define EVAL_PREDROWS_H

#include "base/err.h"
#include "base/span.h"

struct predrow {
    struct span id;
    struct span target; /* p NULL: the input has no such column */
    struct span label;  /* p NULL: none given (null, \N or empty) */
    double p;           /* NAN where not given */
    /* probabilities of labels, n_probs of them; 0 where they are not given */
    const struct span *prob_label;
    const double *prob;
    size_t n_probs;
    const char *file;
    uint64_t line;
};

/* Calls take(arg, row) for each row of each file, spans good during the call only. Fails
 * with the file and line for what cannot be read: STANCE_SYSTEM, or STANCE_DATA where a
 * record is damaged, lacks its id, or p is no number from 0 to 1. input may be NULL. */
int predrows_read(const char *const *path, size_t n_paths, const struct stance_input *input,
                  int (*take)(void *arg, const struct predrow *row, struct stance_err *err),
                  void *arg, struct stance_err *err);

#endif
