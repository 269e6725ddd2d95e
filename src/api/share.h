/* SPDX-License-Identifier: MIT */
/* share: what an estimate of shares is inside. */
#ifndef API_SHARE_H
#define API_SHARE_H

#include "api/crossfit.h"
#include "prevalence/corrected.h"

struct stance_prevalence {
    const struct stance_model *model; /* cross-fit: the first of the models */
    struct crossfit crossfit;
    struct audit audit; /* empty where something is assumed */
    struct census census;
    struct golds golds;
    struct shares shares;
    struct shares_source source;
    struct span level[CENSUS_MAX_LEVELS];
    size_t n_levels;
    struct span *target; /* those judged: first those that are told */
    uint32_t *model_target;
    size_t n_targets, n_told;
    size_t stratum_target[AUDIT_MAX_BY];
    uint64_t *may; /* [target][label] */
};

/* shareasked.c: whether the options go together; and, for a model and an audit that are there, what
 * is to be summed. */
int share_check(const struct stance_prevalence_options *o, struct stance_err *err);
int share_spec(struct stance_prevalence *p, const struct stance_prevalence_options *o,
               struct census_spec *spec, struct stance_err *err);

/* sharetold.c: the labels that estimate, found before the dump is read; then, with its sums there,
 * the shares. */
int share_golds(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                struct stance_err *err);
int share_estimate(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                   struct stance_err *err);

#endif
