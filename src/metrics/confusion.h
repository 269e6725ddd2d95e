/* SPDX-License-Identifier: MIT */
/*
 * confusion: counts in, figures out. Rows are gold labels, columns predicted ones.
 *
 * A figure whose denominator is 0 is undefined: NAN here, counted as 0 in a mean (as
 * scikit-learn does with zero_division=0), and flagged in every report.
 */
#ifndef METRICS_CONFUSION_H
#define METRICS_CONFUSION_H

#include <stdint.h>

#include "base/span.h"

struct confusion {
    uint32_t n_labels;
    uint64_t *count; /* n_labels × n_labels, row-major */
};

void confusion_init(struct confusion *c, uint32_t n_labels);
void confusion_reset(struct confusion *c); /* no counts, the same labels */
void confusion_release(struct confusion *c);
void confusion_add(struct confusion *c, uint32_t gold, uint32_t predicted);
void confusion_add_times(struct confusion *c, uint32_t gold, uint32_t predicted, uint64_t times);
void confusion_merge(struct confusion *c, const struct confusion *other); /* same labels */

uint64_t confusion_gold(const struct confusion *c, uint32_t label);      /* row sum */
uint64_t confusion_predicted(const struct confusion *c, uint32_t label); /* column sum */
uint64_t confusion_total(const struct confusion *c);

/* The labels that are in the gold or were predicted, in order, into `label` (room for n_labels);
 * returns how many. Tables for people show no others: a target may have labels of its own. */
uint32_t confusion_occurring(const struct confusion *c, uint32_t *label);

double confusion_accuracy(const struct confusion *c);
double confusion_precision(const struct confusion *c, uint32_t label);
double confusion_recall(const struct confusion *c, uint32_t label);

/* 2tp / (gold + predicted): NAN where the label is neither in the gold nor predicted. */
double confusion_f1(const struct confusion *c, uint32_t label);

/* Mean F1 of the labels that occur in gold or predictions (scikit-learn's default), NAN
 * where there is none. */
double confusion_macro_f1(const struct confusion *c);

/* The same for a part of the rows of `whole`, or a resample of them: the mean over the labels
 * that occur in `whole`, those that do not occur here counted as 0, so that the figures of all
 * parts are of one kind. */
double confusion_macro_f1_within(const struct confusion *c, const struct confusion *whole);
double confusion_balanced_accuracy_within(const struct confusion *c, const struct confusion *whole);

/* F1 of the hits, misses and false alarms summed over the labels. Every row has one label
 * and gets one, so that this is the accuracy. */
double confusion_micro_f1(const struct confusion *c);

/* Mean recall of the labels that occur in the gold (Brodersen et al. 2010; scikit-learn's
 * balanced_accuracy_score). */
double confusion_balanced_accuracy(const struct confusion *c);

/* Matthews' correlation coefficient for many labels, R_K of Gorodkin (2004): 1 where all is
 * right, 0 where prediction and gold are independent. NAN where the gold or the predictions
 * are all of one label (scikit-learn says 0 there). */
double confusion_mcc(const struct confusion *c);

/* Kappa of Cohen (1960): agreement beyond what the two label distributions give by chance.
 * NAN where gold and predictions are all of one and the same label: chance alone agrees. */
double confusion_kappa(const struct confusion *c);

/* Mean F1 of the two labels named, undefined ones as 0: F_avg of SemEval-2016 task 6
 * (Mohammad et al. 2016) with favor and against. */
double confusion_f_avg(const struct confusion *c, uint32_t favor, uint32_t against);

/* The positions of "favor" and "against" among n names; false where one is missing. */
bool confusion_stance_labels(const struct span *name, uint32_t n, uint32_t *favor,
                             uint32_t *against);

#endif
