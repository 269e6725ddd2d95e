/* SPDX-License-Identifier: MIT */
/*
 * crossval: nested grouped cross-validation (Varma and Simon, Bias in error estimation when
 * using cross-validation for model selection, BMC Bioinformatics 7:91, 2006). C and the
 * sigmoids are chosen by an inner search on each fold's training side, so that, unlike the
 * search's own figures, these are not chosen on the rows they are measured on.
 */
#ifndef EVAL_CROSSVAL_H
#define EVAL_CROSSVAL_H

#include "eval/evaluation.h"
#include "model/settings.h"

/* Fills an evaluation (released by the caller in any case). statement: one per target of
 * the corpus, "" where there is none. field: what folds keep whole, outside and inside
 * (p NULL: chosen by split_folds); where a training side has too few groups of it for the
 * inner folds, those are chosen by split_folds, which is noted. n_outer is at least 2.
 * Systems as in holdout.h, majorities counted on the training side of each fold. talk may be
 * NULL; progress counts "folds", inner ones included. */
int crossval_run(struct evaluation *e, const struct corpus *corpus, const struct span *statement,
                 const struct settings *set, struct span field, uint32_t n_outer,
                 const struct stance_talk *talk, struct stance_err *err);

#endif
