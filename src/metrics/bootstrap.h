/* SPDX-License-Identifier: MIT */
/*
 * bootstrap: how far a figure would move on another sample (Efron 1979). What is drawn are
 * groups of rows that go together (threads, authors), whole: the rows of a group err
 * together, and an interval from single rows would be too short (Davison and Hinkley 1997,
 * 3.8).
 */
#ifndef METRICS_BOOTSTRAP_H
#define METRICS_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

/* n_groups draws with replacement: how often each group was drawn. A function of seed and
 * replicate alone, so replicates may be made in any order and on any thread. */
void bootstrap_draw(uint32_t *times, uint32_t n_groups, uint64_t seed, uint32_t replicate);

struct interval {
    double low, high;
    uint32_t n_undefined; /* values that were NAN, and left out */
};

/* The percentile interval of the replicates' values, expanded for few groups (Hesterberg 2015):
 * instead of the quantiles a/2 and 1 - a/2, a = 1 - level, those at
 *     a'/2 = Phi(-sqrt(n/(n-1)) · t(1 - a/2, n-1)),    n = n_groups.
 * The quantile q of B values is at rank q(B+1), between two by a straight line, the extreme
 * ones where the rank is outside 1…B (Hyndman and Fan 1996, definition 6, as Hesterberg).
 * Sorts the values. Both ends are NAN where fewer than half of the values are defined, there
 * are none, n_groups is below 2, or level is not between 0 and 1. */
struct interval bootstrap_interval(double *value, size_t n, double level, uint32_t n_groups);

/* The same in two steps, for many figures of the same groups: a'/2, NAN where n_groups or level
 * is none; then the interval between the quantiles tail and 1 - tail. */
double bootstrap_tail(double level, uint32_t n_groups);
struct interval bootstrap_interval_at(double *value, size_t n, double tail);

#endif
