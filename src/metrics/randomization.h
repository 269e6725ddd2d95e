/* SPDX-License-Identifier: MIT */
/*
 * randomization: do two systems differ by more than chance? If they do not, it is no matter
 * which output of a group of rows is called A's and which B's (Noreen 1989; Yeh 2000). The
 * groups are exchanged whole, since the rows of a thread do not err independently.
 */
#ifndef METRICS_RANDOMIZATION_H
#define METRICS_RANDOMIZATION_H

#include <stdbool.h>
#include <stdint.h>

struct randomization {
    double observed; /* the statistic with nothing exchanged */
    double p;        /* two-sided; NAN where observed is */
    uint64_t n;      /* replicates made, or patterns enumerated */
    bool exact;
};

/* difference(swapped, arg) gives the statistic, A less B, with the outputs of each group g
 * exchanged where swapped[g] is not 0; it is called from n_jobs threads (0: one per
 * processor) at once.
 *
 * Where there are at most n_replicates patterns of exchange, 2^n_groups, all are enumerated:
 * p is the share of them with |d| at least |observed|. Else n_replicates patterns are drawn,
 * and p = (1 + those) / (1 + n_replicates) (Noreen 1989). At least as large means from
 * (1 - 1e-12) of it on, or within 1e-12: the same rows summed in another order differ in
 * their last digits, and a pattern that only renames the systems must count. A NAN counts
 * as large, which can only raise p.
 *
 * A function of the arguments: the number of threads changes nothing. */
struct randomization randomization_test(uint32_t n_groups, uint64_t n_replicates, uint64_t seed,
                                        unsigned n_jobs,
                                        double (*difference)(const uint8_t *swapped, void *arg),
                                        void *arg);

#endif
