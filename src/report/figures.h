/* SPDX-License-Identifier: MIT */
/*
 * figures: one table of counts as text and as JSON, the same wherever one is shown: in the
 * report of an evaluation and in what a model says about itself.
 */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include "base/buf.h"
#include "metrics/confusion.h"

/* A line per label: gold, predicted, precision, recall, F1. */
void figures_labels(struct buf *out, const struct span *label, const struct confusion *c);

/* The table itself, rows gold; `columns` says whose labels the columns are. Many labels
 * come in blocks of columns. */
void figures_confusion(struct buf *out, const struct span *label, const struct confusion *c,
                       const char *columns);

/* What "–" means, for the foot of a report that has one. */
void figures_footnote(struct buf *out);

/* Members "n", "accuracy", "macro_f1", "f_avg", "labels" {LABEL: {"gold", "predicted",
 * "precision", "recall", "f1"}} and "confusion" [gold][predicted] of an object that is
 * open. f_avg is null without labels "favor" and "against". */
void figures_json(struct buf *out, const struct span *label, const struct confusion *c);

/* F_avg, NAN where "favor" and "against" are not both among the labels. */
double figures_f_avg(const struct span *label, const struct confusion *c);

#endif
