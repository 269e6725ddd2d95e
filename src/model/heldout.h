/* SPDX-License-Identifier: MIT */
/*
 * heldout: what the folds of a search said of the comments they held out, and every figure made
 * of it. A candidate is a choice of settings with a value of C (search.h).
 *
 * Margins of a row come from a machine that saw nothing of its fold; its probabilities from
 * sigmoids fitted on the other folds' margins; the weights of its rule from the labels of its
 * training side. So each figure here is of held-out rows, and only what is chosen by comparing
 * them (candidate, exponent) has seen all folds.
 */
#ifndef MODEL_HELDOUT_H
#define MODEL_HELDOUT_H

#include "corpus/split.h"
#include "metrics/confusion.h"
#include "model/calibrate.h"
#include "model/trainset.h"

struct heldout {
    const struct trainset *t;  /* borrowed */
    const struct split *split; /* borrowed */
    uint32_t n_candidates;
    double *margin;       /* [candidate][row][pair] */
    double *blind_margin; /* [row][pair]: without targets, of the candidate chosen */
    uint64_t *seen;       /* [fold][target][label] rows trained on, of the domain classified */
};

void heldout_init(struct heldout *h, const struct trainset *t, const struct split *split,
                  uint32_t n_candidates);
void heldout_release(struct heldout *h);

/* n_pairs margins, to be filled and to be read; blind: whatever the candidate. */
double *heldout_margins(const struct heldout *h, bool blind, uint32_t candidate, size_t row);

/* With one target the blind machine is the one that is not. */
void heldout_blind_is(struct heldout *h, uint32_t candidate);

/* Per pair, on the margins of all rows but those of one fold (SPLIT_UNUSED: of all). */
void heldout_sigmoids(const struct heldout *h, bool blind, uint32_t candidate, uint32_t but_fold,
                      struct sigmoid *sigmoid);

/* [row][label], owned by the caller (free()); rows of no fold are left 0. */
double *heldout_probabilities(const struct heldout *h, bool blind, uint32_t candidate);

/* -ln p(gold) per row, p no smaller than 1e-7, 0 where it is of no fold; owned by the caller. */
double *heldout_losses(const struct heldout *h, const double *p);

/* Their mean over the held-out rows. */
double heldout_log_loss(const struct heldout *h, const double *p);

/* Counts what the rule says of p: by target (n_tables > 1) or all in table[0]. */
void heldout_count(const struct heldout *h, const double *p, double exponent,
                   struct confusion *table, uint32_t n_tables);

/* The exponent whose rule has the best figure, of all targets together. A larger one must be better
 * by half a standard error of an accuracy of n rows, 1/(4·√n), than the smaller: with few rows
 * the figures jump, and the most probable label is the safe choice. */
double heldout_exponent(const struct heldout *h, const double *p, enum rule_aim aim);

#endif
