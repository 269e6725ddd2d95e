/* SPDX-License-Identifier: MIT */
/* agreereport: what is said of annotators' agreement, for people and as one JSON object. */
#ifndef REPORT_AGREEREPORT_H
#define REPORT_AGREEREPORT_H

#include "agree/agree.h"

/* n_listed: how many of the units that annotators disagree on are listed, ids and labels.
 * JSON: {"annotators", "comments", "units", "groups", "grouped_by", "resamples", "seed",
 * "targets", "labels", "notes", "pooled": SECTION, "per_target": [SECTION with "target"],
 * "disputed": {"n", "listed": [{"id", "target", "differing", "labels": {ANNOTATOR: LABEL}}]}}.
 * SECTION: {"comments", "units", "shared", "groups", "agreement", "kappa", "alpha",
 * "macro_f1", "alpha_of": {LABEL: FIGURE}, "given": {ANNOTATOR: {LABEL: N}}, "pairs":
 * [{"annotators": [A, B], "units", "agreement", "kappa", "macro_f1", "confusion"}]}, each
 * figure {"value", "low", "high", "undefined"}, the last of them how many resamples left it
 * undefined. */
void agreereport_text(const struct agreement *g, size_t n_listed, struct buf *out);
void agreereport_json(const struct agreement *g, size_t n_listed, struct buf *out);

#endif
