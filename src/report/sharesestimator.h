/* SPDX-License-Identifier: MIT */
/* sharesestimator: what the paragraph on methods says of the estimator. Private to shares*.c of
 * this room. */
#ifndef REPORT_SHARESESTIMATOR_H
#define REPORT_SHARESESTIMATOR_H

#include "report/sharesprose.h"

/* Nothing where labels of this dump stand behind the shares: else what they assume, first and last.
 */
void sharesestimator_assumption(const struct sharesprose *p);
void sharesestimator_warning(const struct sharesprose *p);

void sharesestimator_say(const struct sharesprose *p);    /* estimator and interval */
void sharesestimator_groups(const struct sharesprose *p); /* groups, refused, pooled, differences */

/* A heading, then one a line; `agreement`: alpha was told. */
void sharesestimator_references(const struct sharesprose *p, bool agreement);

#endif
