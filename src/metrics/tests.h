/* SPDX-License-Identifier: MIT */
/* tests: an exact test for paired rows, and what to do with several p values. */
#ifndef METRICS_TESTS_H
#define METRICS_TESTS_H

#include <stddef.h>
#include <stdint.h>

/* Two-sided p of the exact McNemar test (McNemar 1947, with the binomial distribution): of
 * the rows that only one of two systems has right, only_a are A's and only_b are B's. Twice
 * the smaller tail of Binomial(only_a + only_b, 1/2), at most 1; 1 where both are 0. Holds
 * for independent rows only; randomization.h has the test for groups. Relative error below
 * 1e-12 up to a thousand rows, 1e-8 up to a million. */
double mcnemar_exact(uint64_t only_a, uint64_t only_b);

/* Adjusts p values of n tests in place, so that each may be held against the level for all
 * (Holm 1979): in rising order the i-th of n becomes (n - i + 1) · p, at most 1 and never
 * less than the one before. A NAN stays, and is no test. */
void holm(double *p, size_t n);

#endif
