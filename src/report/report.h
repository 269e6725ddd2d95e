/* SPDX-License-Identifier: MIT */
/* report: an evaluation as text for people or as one JSON object. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "eval/evaluation.h"

enum { REPORT_MANY_TARGETS = 12 }; /* above it, text has one line per target */

/* At most 80 columns; figures with three decimals. */
void report_text(const struct evaluation *e, struct buf *out);

/* {"method", "comments", "rows", "groups", "grouped_by", "targets", "labels",
 *  "baselines_from", "notes", "folds", "pooled", "per_target"}; pooled and each of per_target
 * (there with "target") hold "systems" {"model", "majority_per_target", "majority",
 * "target_blind"}, null where not measured, else what figures_json() says, and "confidence"
 * {"n", "mean_p", "right", "brier", "log_loss"} of the labels that came with a probability,
 * null where none did. Pooled figures are of the counts summed over targets by label.
 * Numbers have all their digits; undefined ones are null. Ends with a newline. */
void report_json(const struct evaluation *e, struct buf *out);

#endif
