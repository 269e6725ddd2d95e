/* SPDX-License-Identifier: MIT */
/*
 * sums: a census as a file, so that a dump in pieces is estimated without moving a comment.
 *
 * NDJSON: a head, one line per cell, one per row of the audit that the piece holds, and a last
 * line {"check"}, a hash of all bytes before it. No text and no id of a comment is in it, but
 * for the keys of the audit's rows.
 *
 *   {"stance_sums": 1, "model", "audit", "targets", "labels", "levels", "topic",
 *    "records", "status", "population", "key_sum"}
 *   {"level", "group", "stratum", "n", "v", "on", "p", "p_on", "counted"}
 *   {"key", "found", "groups", "p", "predicted"}
 */
#ifndef PREVALENCE_SUMS_H
#define PREVALENCE_SUMS_H

#include "prevalence/census.h"

/* What two files of sums must share to be added. */
struct sums_head {
    uint32_t model;            /* checksum */
    const struct span *target; /* spec.n_targets names */
};

/* The whole file; written beside path and renamed. */
int sums_write(const struct census *c, const struct sums_head *head, const char *path,
               struct stance_err *err);

/* Adds the sums of a file to a census that census_init() made. STANCE_DATA with file and line:
 * damaged or edited; of another model, audit, targets or groups than the census. What has been
 * added by then is of no use. */
int sums_add(struct census *c, const struct sums_head *head, const char *path,
             struct stance_err *err);

#endif
