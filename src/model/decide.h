/* SPDX-License-Identifier: MIT */
/*
 * decide: from the margins of all label pairs to one label with its probability, the same
 * in training, evaluation and classification.
 */
#ifndef MODEL_DECIDE_H
#define MODEL_DECIDE_H

#include "model/calibrate.h"
#include "model/trainset.h"

struct decision {
    uint32_t label;                 /* the most probable; of equals the first by bytes */
    double p[CALIBRATE_MAX_LABELS]; /* by label; 0 for one its target never had */
};

/* seen[label] != 0: the target had that label in training; all zero stands for a target
 * never seen, which may have any label. margin and sigmoid have one entry per pair. */
void decide(struct decision *out, const struct label_pair *pair, uint32_t n_pairs,
            const uint64_t *seen, uint32_t n_labels, const double *margin,
            const struct sigmoid *sigmoid);

#endif
