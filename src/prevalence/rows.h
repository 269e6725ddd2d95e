/* SPDX-License-Identifier: MIT */
/*
 * rows: what a reviewer needs to compute the shares again with another program: TSV, one header
 * line, lines of several kinds, numbers with all their digits. eval/recompute.py reads it; where
 * that script stands the columns are told one by one.
 *
 *   setting   id, label: a name and its value
 *   stratum   n = its comments, v = labelled rows (as often as they repeat), weight = f_h
 *   total     group, target, stratum, label: n, v, fy, fz over the whole dump
 *   cluster   beyond the dump: sums of products over its threads
 *   audit     one labelled comment, target and group
 */
#ifndef PREVALENCE_ROWS_H
#define PREVALENCE_ROWS_H

#include "prevalence/corrected.h"

struct rows_wanted {
    bool no_text;      /* without the comments' texts, the last column */
    bool pseudonymize; /* ids and clusters as hashes keyed by the audit's own number */
};

/* s: what corrected_shares() filled from the same source. */
void rows_write(const struct shares *s, const struct shares_source *from,
                const struct rows_wanted *wanted, struct buf *out);

#endif
