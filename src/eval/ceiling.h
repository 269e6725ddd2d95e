/* SPDX-License-Identifier: MIT */
/*
 * ceiling: how far people agree on the rows of an evaluation, to read a model's figure beside.
 * A model that agrees with the gold better than annotators do with each other has learnt the
 * gold's habits, not more of what the labels mean.
 */
#ifndef EVAL_CEILING_H
#define EVAL_CEILING_H

#include "agree/annotations.h"
#include "eval/evaluation.h"

/* Fills e->ceiling: macro-F1 of one annotator's labels against another's on the rows that both
 * labelled, the mean over pairs of annotators, with an interval over the evaluation's groups
 * (n_resamples 0: none). gold: what the evaluation was opened with. STANCE_DATA where no row has
 * labels of two annotators. */
int ceiling_find(struct evaluation *e, const struct corpus *gold, const struct annotations *a,
                 uint32_t n_resamples, uint64_t seed, unsigned n_jobs, struct stance_err *err);

#endif
