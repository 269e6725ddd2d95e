/* SPDX-License-Identifier: MIT */
/*
 * predrows: rows of predictions, in the forms that programs write them, ours among them:
 * everything that classify and eval --predictions write can be read.
 *
 * CSV and TSV: a header line, then long or wide (predcols.h): a row per label, or a row per
 * comment with columns named as targets. NDJSON: the same names as members, or `id` with
 * "predicted" (predjson.h); probabilities of all labels are in "probs" there. Names of id, target
 * and label can be set; where there is none of such a name, the usual one is looked up. Columns
 * not named here are passed over. Texts are not needed.
 *
 * A row without label (null, \N or empty: classify writes blank and deleted comments so) is
 * given as one; `abstain` has a label.
 */
#ifndef PREDICTIONS_PREDROWS_H
#define PREDICTIONS_PREDROWS_H

#include "base/err.h"
#include "base/span.h"

struct predrow {
    struct span id;
    struct span target; /* p NULL: the input has no such column */
    struct span label;  /* p NULL: none given */
    double p;           /* NAN where not given */
    /* probabilities of labels, n_probs of them, each label once; 0 where they are not given */
    const struct span *prob_label;
    const double *prob;
    size_t n_probs;
    const char *file;
    uint64_t line;
};

/* Calls take(arg, row) for each row of each file, spans good during the call only. about: names
 * of the targets that wide forms may have columns for. input (may be NULL) gives names and
 * prefix. Fails with the file and line for what cannot be read: STANCE_SYSTEM, or STANCE_DATA
 * where a record is damaged, lacks its id, a probability is no number from 0 to 1, or columns
 * stand behind another prefix. */
int predrows_read(const char *const *path, size_t n_paths, const struct span *about, size_t n_about,
                  const struct stance_input *input,
                  int (*take)(void *arg, const struct predrow *row, struct stance_err *err),
                  void *arg, struct stance_err *err);

#endif
