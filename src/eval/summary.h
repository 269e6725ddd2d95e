/* SPDX-License-Identifier: MIT */
/*
 * summary: the figures of an evaluation, each with its interval.
 *
 * A view is a part of the rows: all of them, one target's, one slice's, one target's within
 * a slice. All views and systems are measured on the same bootstrap resamples of groups, so
 * that their differences have honest intervals too: comments of one group are never taken for
 * independent evidence. The interval says how figures would vary with other groups of the same
 * kind; it does not know of another training corpus, or of labels that are wrong. Means over
 * labels are, in resamples too, over the labels that occur in the view, so that a rare one does
 * not make another figure of some of them. The ECE has no interval: it is a mean of distances,
 * which grow with the noise that resampling adds.
 */
#ifndef EVAL_SUMMARY_H
#define EVAL_SUMMARY_H

#include "eval/views.h"
#include "metrics/score.h"

struct figure {
    double value, low, high; /* NAN: undefined, or too seldom defined in resamples */
};

struct label_figures {
    struct figure precision, recall, f1;
};

/* One system on one view. Points of the learning curve are measured on the first view alone;
 * elsewhere their cells are {0}. */
struct cell {
    bool measured;
    struct score score;
    struct figure figure[N_METRICS];
    struct figure lead[N_METRICS]; /* the judged system's figure minus this one's */
    struct label_figures *label;   /* per label */
};

struct summary {
    const struct evaluation *e; /* borrowed */
    uint32_t n_resamples;       /* 0: no intervals */
    uint64_t seed;
    double level;      /* .95 */
    struct view *view; /* as views_make() orders them */
    size_t n_views;
};

enum { SUMMARY_RESAMPLES = 1000, SUMMARY_MOST_RESAMPLES = 1000000, SUMMARY_FEW_GROUPS = 30 };

/* n_resamples 0: no intervals. n_jobs 0: one per processor; changes no figure. talk may be NULL;
 * progress counts "resamples". */
void summary_make(struct summary *s, const struct evaluation *e, uint32_t n_resamples,
                  uint64_t seed, unsigned n_jobs, const struct stance_talk *talk);
void summary_release(struct summary *s); /* before the evaluation is released */

/* The view of one target among all rows: the first where there is only one target. */
const struct view *summary_target(const struct summary *s, uint32_t target);

#endif
