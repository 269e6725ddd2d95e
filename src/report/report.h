/* SPDX-License-Identifier: MIT */
/*
 * report: an evaluation with its figures, as text for people, one JSON object, one table of all
 * figures, one web page (html.h), and the rows themselves.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "eval/summary.h"

enum { REPORT_MANY_TARGETS = 12 }; /* above it, text has one line per target */

/* At most 80 columns; figures with three decimals, intervals behind them. */
void report_text(const struct summary *s, struct buf *out);

/* {"method", "comments", "rows", "groups", "grouped_by", "resamples", "seed", "level",
 *  "targets", "labels", "notes", "folds", "humans", "views", "learning_curve", "aurc",
 *  "risk_coverage", "errors"}.
 * Each of "views" has "target", "field", "value" (null: all), "rows", "groups" and "systems",
 * each of which has "name", "kind" ("judged", "baseline"), "figures" {METRIC: {"value", "low",
 * "high", "lead", "lead_low", "lead_high"}} (lead: the judged system's minus this one's; not for
 * itself), "labels" {LABEL: {"gold", "predicted", "precision", "recall", "f1"}}, "confusion"
 * [gold][predicted] and "reliability" [{"n", "right", "p"}], sums by tenths of the probability.
 * The first view is of all rows, then one per target where there are several, then slices.
 * Numbers have all their digits; undefined ones are null. Ends with a newline. */
void report_json(const struct summary *s, struct buf *out);

/* The same figures as TSV, one a line: field, value, target, system, kind, metric, label, rows,
 * groups, figure, low, high. Metrics as in metrics/score.h, of differences "lead_METRIC"; of
 * labels precision, recall, f1. Empty: all, or undefined. */
void report_tsv(const struct summary *s, struct buf *out);

/* The rows as TSV: id, target, gold, label, p, p_LABEL for each label, and fold (from 0, empty
 * but for cross-validation): what the judged system said, in the form that --pred reads. */
void report_predictions(const struct evaluation *e, struct buf *out);

#endif
