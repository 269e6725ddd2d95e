/* SPDX-License-Identifier: MIT */
/* more: parts of the report for people that depend on what was asked for; each adds nothing
 * where there is nothing to say. */
#ifndef REPORT_MORE_H
#define REPORT_MORE_H

#include "base/buf.h"
#include "eval/summary.h"

void more_humans(const struct evaluation *e, struct buf *out);
void more_targets(const struct summary *s, struct buf *out); /* one line per target */
void more_slices(const struct summary *s, struct buf *out);
void more_coverage(const struct evaluation *e, struct buf *out); /* what abstaining buys */
void more_learning(const struct summary *s, struct buf *out);
void more_errors(const struct evaluation *e, struct buf *out);

#endif
