/* SPDX-License-Identifier: MIT */
/*
 * quantify: shares of labels without a labelled sample of the dump. Counting what was predicted
 * is biased (Forman 2008, Data Mining and Knowledge Discovery 17:164); what repairs it assumes that
 * the dump differs from what the model was tested on by its shares of labels alone.
 *
 * Labels are 0 … n_labels - 1. A table of errors is [gold][predicted], counts.
 */
#ifndef PREVALENCE_QUANTIFY_H
#define PREVALENCE_QUANTIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QUANTIFY_MOST_LABELS = 12 }; /* more than that: adjusted counts are refused */

/* The part of each label. All NAN where nothing is counted. */
void quantify_count(const uint64_t *predicted, size_t n_labels, double *share);

/* The shares π that make Σ_g π_g·p(predicted | g) nearest to the parts predicted, by least
 * squares among shares (no part below 0, together 1). With two labels it is Forman's adjusted
 * count, (counted - fpr)/(tpr - fpr) brought into 0…1. NULL, or a literal that says why it cannot
 * be told, shares NAN: a label of the table has no rows; the model cannot tell two labels apart. */
const char *quantify_adjusted(const uint64_t *errors, const uint64_t *predicted, size_t n_labels,
                              double *share);

/* Posteriors of many records, in little memory: records whose posteriors agree to 1/128 in every
 * label are one cell, which has their number and mean. */
struct quantify_cells {
    size_t n_labels, n, cap;
    double *mean;   /* [n][n_labels] */
    double *count;  /* [n] */
    uint32_t *slot; /* of the hash table; internal */
    uint64_t *key;
    size_t n_slots;
};

void quantify_cells_init(struct quantify_cells *c, size_t n_labels);
void quantify_cells_release(struct quantify_cells *c);
void quantify_cells_add(struct quantify_cells *c, const double *posterior, double count);
void quantify_cells_unite(struct quantify_cells *c, const struct quantify_cells *other);

/* Expectation-maximisation of Saerens, Latinne and Decaestecker 2002 (Neural Computation 14:21):
 * the shares under which the posteriors, as trained with the shares `prior`, are most probable.
 * posterior: [n][n_labels]; count: [n] records each stands for, NULL: 1. Stops where no share
 * moves by 1e-12, or after 10,000 steps; the number of steps. All NAN where n is 0. */
uint32_t quantify_sld(const double *posterior, const double *count, size_t n, const double *prior,
                      size_t n_labels, double *share);

/* The same from the shares that are in share, until none moves by more than tolerance: where they
 * are nearly right, in fewer steps. */
uint32_t quantify_sld_from(const double *posterior, const double *count, size_t n,
                           const double *prior, size_t n_labels, double tolerance, double *share);

/* Percentile intervals of level, by parametric bootstrap: each gold label's row of errors drawn
 * anew from its multinomial, the predicted counts from theirs. Draws that cannot be told are left
 * out; NAN where more than half are. A function of the seed. low, high: [n_labels]. */
void quantify_adjusted_interval(const uint64_t *errors, const uint64_t *predicted, size_t n_labels,
                                double level, uint32_t replicates, uint64_t seed, double *low,
                                double *high);

/* The same for quantify_sld(): prior drawn anew as the parts of n_trained rows, and the records. */
void quantify_sld_interval(const struct quantify_cells *c, const double *prior, uint64_t n_trained,
                           double level, uint32_t replicates, uint64_t seed, double *low,
                           double *high);

#endif
