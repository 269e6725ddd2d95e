/* SPDX-License-Identifier: MIT */
/* heldthreads: held-out rows (heldout.h) in whole threads, and how far those should count. */
#ifndef MODEL_HELDTHREADS_H
#define MODEL_HELDTHREADS_H

#include "model/context.h"
#include "model/heldout.h"

/* Changes p to what rows are given in the company of their threads (context.h); a row's company
 * are the held-out rows of its target. */
void heldout_in_threads(const struct heldout *h, const struct context_rule *rule, double *p);

/* The rule with the smallest log loss, where that is a clear gain (gain.h), groups being threads;
 * else 0 and 0. */
struct context_rule heldout_context(const struct heldout *h, const double *p);

#endif
