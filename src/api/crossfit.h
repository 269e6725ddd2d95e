/* SPDX-License-Identifier: MIT */
/*
 * crossfit: models that learn from the labels that are to estimate, each of a part of them, so
 * that no label corrects a model that has seen it (cross-prediction-powered inference: Zrnic and
 * Candès 2024, PNAS 121:e2322083121). What the dump's other comments are said to be is the mean of
 * all models; what a labelled one is said to be, the word of the model that has not seen its
 * cluster.
 */
#ifndef API_CROSSFIT_H
#define API_CROSSFIT_H

#include "api/judges.h"
#include "audit/audit.h"
#include "prevalence/census.h"

struct crossfit {
    struct stance_model **model; /* n */
    uint32_t n;
    uint32_t *fold;        /* of each row of the audit: the model that has not seen it */
    struct judges *judges; /* n, and what unites them: n_jobs */
    struct mean_judge *mean;
    struct dump_judge *judge;
    unsigned n_jobs;
};

/* Trains. STANCE_DATA where the labels are too few for so many folds. Release in any case; {0} is a
 * valid empty one. */
int crossfit_train(struct crossfit *x, const struct audit *a,
                   const struct stance_prevalence_options *options, const struct stance_talk *talk,
                   struct stance_err *err);
void crossfit_release(struct crossfit *x);

/* Judges of a pass, as judges_make(). */
int crossfit_judges(struct crossfit *x, const struct judges_wanted *wanted, unsigned n_jobs,
                    struct stance_err *err);

/* After the census: says again of each row of the audit what its own model says. own_target: the
 * member that names a row's target; NULL: the targets asked for. */
void crossfit_rows(struct crossfit *x, struct census *c, const char *own_target);

#endif
