/* SPDX-License-Identifier: MIT */
/*
 * score: what is summed over rows, and every figure that comes of the sums. A row may count
 * several times, or not at all: that is how a bootstrap replicate is scored.
 *
 * An undefined figure is NAN, as in confusion.h. No figure is defined where no row was
 * added. Sums of doubles depend on the order of the rows in their last digits: add them in
 * an order that does not depend on threads or files.
 */
#ifndef METRICS_SCORE_H
#define METRICS_SCORE_H

#include "metrics/confusion.h"

enum { SCORE_BINS = 10 };

/* Bin k has the rows with k/10 < p <= (k+1)/10, bin 0 also p = 0. Closed above, as in Guo et
 * al. (2017) and scikit-learn's calibration_curve, so that p = 1 needs no exception. */
struct score_bin {
    uint64_t n, right;
    double p; /* sum */
};

struct score_row {
    uint32_t gold, label;
    double p;               /* of the label given, 0 to 1; NAN where it is not known */
    double log_loss, brier; /* of score_row_probs(); both NAN where it was not called */
};

struct score {
    struct confusion confusion;
    uint32_t favor, against; /* label positions, both UINT32_MAX where one is missing */
    struct score_bin bin[SCORE_BINS];
    /* NULL, or the counts of the rows that these are a resample of (borrowed): means over labels
     * are then over the labels that occur there */
    const struct confusion *whole;
    uint64_t n_probs; /* rows that came with log_loss and brier */
    double log_loss, brier;
};

void score_init(struct score *s, const struct span *label, uint32_t n_labels);
void score_reset(struct score *s); /* no rows, the same labels */
void score_release(struct score *s);
void score_add(struct score *s, const struct score_row *r, uint64_t times);

/* Fills log_loss and brier of a row whose gold is known from the probabilities of all labels.
 * Log loss: -ln p[gold], after what scikit-learn 1.2 does: each p is clipped to [e, 1-e],
 * e = 2^-52, and divided by their sum. Where p sum to 1 this changes only p of 0 and 1.
 * Brier: the sum over labels of (p - [it is gold])², from 0 to 2 (Brier 1950), of p as they
 * are. */
void score_row_probs(struct score_row *r, const double *probs, uint32_t n_labels);

enum metric {
    METRIC_MACRO_F1,
    METRIC_F_AVG, /* NAN where the labels have no favor or no against, or the rows neither */
    METRIC_ACCURACY,
    METRIC_MICRO_F1,
    METRIC_BALANCED_ACCURACY,
    METRIC_MCC,
    METRIC_KAPPA,
    METRIC_LOG_LOSS, /* mean over rows with all probabilities */
    METRIC_BRIER,    /* the same */
    METRIC_ECE,      /* Σ over bins of n/N · |right/n - mean p|, N rows with a p */
    N_METRICS
};

struct metric_info {
    const char *key;   /* in JSON and TSV: "macro_f1" */
    const char *name;  /* in reports: "macro-F1" */
    const char *about; /* one line, with its source */
    bool lower_is_better;
};
extern const struct metric_info metric_info[N_METRICS];

int metric_find(const char *key); /* an enum metric, -1 where there is none */
double score_metric(const struct score *s, enum metric m);

#endif
