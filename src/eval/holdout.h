/* SPDX-License-Identifier: MIT */
/*
 * holdout: a model on a labelled corpus that it should not have seen; what it has seen all
 * the same, by fingerprints, is counted and noted.
 */
#ifndef EVAL_HOLDOUT_H
#define EVAL_HOLDOUT_H

#include "eval/evaluation.h"
#include "model/model.h"

/* Fills an evaluation (released by the caller in any case). Systems: the model, the target-blind
 * machine it carries where there are several targets, and the majorities of its training labels.
 * Fails (STANCE_DATA) where the gold has no label, or a target that the model does not have. A
 * gold label that the model's target never had is an error each time. talk may be NULL; progress
 * counts "comments". */
int holdout_run(struct evaluation *e, const struct model *m, const struct corpus *gold,
                const struct evaluation_options *options, unsigned n_jobs,
                const struct stance_talk *talk, struct stance_err *err);

#endif
