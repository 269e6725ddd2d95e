/* SPDX-License-Identifier: MIT */
/* risk: the risk-coverage curve of an evaluation's judged system. */
#ifndef REPORT_RISK_H
#define REPORT_RISK_H

#include "eval/evaluation.h"
#include "metrics/riskcurve.h"

/* The points of riskcurve.h, of rows with a probability; *n is 0 where there are none. Owned by
 * the caller. */
struct risk_point *risk_points(const struct evaluation *e, size_t *n);

#endif
