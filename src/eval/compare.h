/* SPDX-License-Identifier: MIT */
/*
 * compare: do systems differ on the same gold by more than chance?
 *
 * Every pair of systems is tested by approximate randomization: what the two said is exchanged
 * group by group (metrics/randomization.h), so that comments of one thread count as one piece of
 * evidence. Where rows are independent, each a group of its own and no thread cut for want of
 * others, McNemar's exact test on the rows that only one of the two has right stands beside it.
 * Figures of probabilities are of the rows for which all systems gave them that gave any: the
 * others would be judged on other comments, perhaps on easier ones. With more than two systems p is
 * corrected for the number of pairs (Holm 1979).
 */
#ifndef EVAL_COMPARE_H
#define EVAL_COMPARE_H

#include "eval/summary.h"
#include "metrics/randomization.h"

struct compared_pair {
    size_t a, b;              /* systems, a < b */
    struct figure difference; /* a's figure minus b's, over bootstrap resamples of groups */
    struct randomization test;
    double p_holm;           /* the test's p among all pairs */
    uint64_t only_a, only_b; /* rows that only one has right */
    double mcnemar;          /* p; NAN where rows are not independent */
    double mcnemar_holm;
};

struct comparison {
    const struct evaluation *e; /* borrowed */
    enum metric metric;
    uint64_t n_left_out; /* rows, of figures of probabilities: where some system gave none */
    uint32_t n_resamples;
    uint64_t n_rounds, seed; /* of the randomization; exact where that takes no more rounds */
    struct figure *figure;   /* per system */
    struct compared_pair *pair;
    size_t n_pairs;
};

enum { COMPARE_ROUNDS = 10000, COMPARE_MOST_ROUNDS = 100000000 };

/* e: two systems or more, all EVALUATION_JUDGED. Fails (STANCE_DATA) where the metric is defined
 * for none of them. talk may be NULL; progress counts "pairs". Release in any case, before the
 * evaluation. */
int comparison_make(struct comparison *c, const struct evaluation *e, enum metric metric,
                    uint32_t n_resamples, uint64_t n_rounds, uint64_t seed, unsigned n_jobs,
                    const struct stance_talk *talk, struct stance_err *err);
void comparison_release(struct comparison *c);

#endif
