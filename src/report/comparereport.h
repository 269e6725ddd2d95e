/* SPDX-License-Identifier: MIT */
/* comparereport: a comparison of systems, for people and as one JSON object. */
#ifndef REPORT_COMPAREREPORT_H
#define REPORT_COMPAREREPORT_H

#include "base/buf.h"
#include "eval/compare.h"

/* JSON: {"metric", "comments", "rows", "groups", "grouped_by", "left_out", "resamples", "rounds",
 * "seed", "notes", "systems": [{"name", "value", "low", "high"}], "pairs": [{"a", "b",
 * "difference", "low", "high", "test", "p", "p_holm", "rounds", "only_a", "only_b", "mcnemar",
 * "mcnemar_holm"}]}; undefined numbers are null. */
void comparereport_text(const struct comparison *c, struct buf *out);
void comparereport_json(const struct comparison *c, struct buf *out);

#endif
