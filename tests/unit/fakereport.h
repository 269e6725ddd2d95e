/* SPDX-License-Identifier: MIT */
/* fakereport: made-up evaluations for the reports' tests, the same bytes every time. */
#ifndef TESTS_FAKEREPORT_H
#define TESTS_FAKEREPORT_H

#include "corpus/corpus.h"
#include "eval/summary.h"

struct fake_plan {
    const char *name;
    uint32_t n_comments, n_targets, n_labels; /* labels: at most 16 */
    uint32_t n_threads, n_resamples;
    bool authors;  /* slices by author */
    bool probs;    /* probabilities, and so reliability and risk */
    bool learning; /* folds, and three points of a learning curve */
    bool humans;
    bool errors;    /* with reasons and texts */
    bool baselines; /* one that reads no words, and the majority */
    bool evil;      /* names with markup and control characters, and very long ones */
};

/* "plain", "bare", "many", "evil", in this order, then {NULL}. */
extern const struct fake_plan fake_plans[];

struct fake {
    struct corpus corpus;
    struct evaluation evaluation;
    struct summary summary;
};

/* By name; fails the test where there is none. Release in any case. */
void fake_make(struct fake *f, const char *plan);
void fake_release(struct fake *f);

#endif
