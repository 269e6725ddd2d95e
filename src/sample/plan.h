/* SPDX-License-Identifier: MIT */
/*
 * plan: how many labels a share needs, before anything is labelled, and what so many labels can
 * carry.
 *
 * For a half width h at 95 % of the share of a group of N comments, by the normal approximation
 * with finite-population correction (Cochran 1977, 4.4),
 *     n = n0 / (1 + (n0 - 1)/N),   n0 = 1.96² · S² / h²,
 * with S² = 1/4, the worst that a share can be. With a model S² is what its probabilities leave
 * open, the mean of p(1-p), of the label where that is the most: what the difference estimator's
 * residuals come to where the probabilities hold in this dump, which nobody knows before labels.
 */
#ifndef SAMPLE_PLAN_H
#define SAMPLE_PLAN_H

#include "classify/sweep.h"

struct plan_spec {
    const char *const *path;
    size_t n_paths;
    const struct stance_input *input;
    unsigned n_jobs;
    struct dump_judge *judge; /* NULL: no model */
    size_t n_targets, n_labels;
    const struct span *target;
    const struct span *by; /* fields of groups, n_by of them */
    size_t n_by;
    double half;    /* points of a hundred */
    double seconds; /* to label a comment */
    uint64_t n;     /* labels that are planned; 0: not known */
    const struct stance_talk *talk;
};

/* Reads the dump once and appends the plan as text. */
int plan_make(const struct plan_spec *spec, struct buf *out, struct stance_err *err);

/* Labels for a half width h (a part of 1) of a group of N comments with variance s2. */
double plan_labels(double n_comments, double s2, double h);

/* The half width that n labels give. */
double plan_half(double n_comments, double s2, double n);

#endif
