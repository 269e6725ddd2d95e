/* SPDX-License-Identifier: MIT */
/*
 * decide: from the margins of all label pairs to one label with its probability, the same
 * in training, evaluation and classification. Which label it is, is a matter of the rule
 * (model/rule.h): the weights that the training labels and an exponent give.
 */
#ifndef MODEL_DECIDE_H
#define MODEL_DECIDE_H

#include "model/calibrate.h"
#include "model/trainset.h"

struct decision {
    uint32_t label;                 /* largest p·weight; of equals the first by bytes */
    double p[CALIBRATE_MAX_LABELS]; /* by label; 0 for one its target never had */
};

/* seen[label] != 0: the target had that label in training; all zero stands for a target
 * never seen, which may have any label. margin and sigmoid have one entry per pair, weight
 * one per label (NULL: 1 each). */
void decide(struct decision *out, const struct label_pair *pair, uint32_t n_pairs,
            const uint64_t *seen, uint32_t n_labels, const double *margin,
            const struct sigmoid *sigmoid, const double *weight);

/* The same with the pairs coupled by couple_pairs() or by couple_at_once(). */
typedef void couple_fn(const double *r, size_t n, double *p);
void decide_by(couple_fn *couple, struct decision *out, const struct label_pair *pair,
               uint32_t n_pairs, const uint64_t *seen, uint32_t n_labels, const double *margin,
               const struct sigmoid *sigmoid, const double *weight);

/* The probability of a pair's first label against its second, as decide() sees it. */
double decide_pair(const struct sigmoid *sigmoid, double margin);

/* The label of given probabilities, those of decide(), under another rule. */
uint32_t decide_label(const double *p, uint32_t n_labels, const double *weight);

#endif
