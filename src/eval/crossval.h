/* SPDX-License-Identifier: MIT */
/*
 * crossval: nested grouped cross-validation (Varma and Simon, Bias in error estimation when
 * using cross-validation for model selection, BMC Bioinformatics 7:91, 2006). C and the
 * sigmoids are chosen by an inner search on each fold's training side, so that, unlike the
 * search's own figures, these are not chosen on the rows they are measured on.
 *
 * Where comments were added to a corpus, the rows measured are theirs: they alone are dealt to
 * folds, outside as inside. Each search chooses whether the corpus is trained on too
 * (model/arms.h), but for what would tell what is held out (model/apart.h); both are noted.
 */
#ifndef EVAL_CROSSVAL_H
#define EVAL_CROSSVAL_H

#include "eval/evaluation.h"
#include "model/settings.h"

struct crossval_options {
    uint32_t n_folds;   /* outer, 2 or more */
    const double *part; /* n_parts points of a learning curve: parts of each training side's
                           groups, each between 0 and 1; the whole is always measured */
    size_t n_parts;
};

/* Fills an evaluation of the rows of own_make() (corpus/own.h; released by the caller in any case).
 * statement: one per target of the corpus, "" where there is none. options->group: what folds keep
 * whole, outside and inside, and what is resampled (p NULL: chosen by split_folds); where a
 * training side has too few groups of it for the inner folds, those are chosen by split_folds,
 * which is noted. Copies are kept on one side where they can be (corpus/split.h), which is noted
 * too. Systems: the model, target-blind where there are several targets, majorities counted on each
 * training side, and one per point of the learning curve; a point whose parts are too small to
 * train on is left out and noted. A row whose target its training side never had gets a label and
 * no probability. talk may be NULL; progress counts "folds", inner ones included. */
int crossval_run(struct evaluation *e, const struct corpus *corpus, const struct span *statement,
                 const struct settings *set, const struct crossval_options *cv,
                 const struct evaluation_options *options, const struct stance_talk *talk,
                 struct stance_err *err);

#endif
