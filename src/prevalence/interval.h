/* SPDX-License-Identifier: MIT */
/*
 * interval: from a share and its standard error to the two ends that are told.
 */
#ifndef PREVALENCE_INTERVAL_H
#define PREVALENCE_INTERVAL_H

struct ends {
    double low, high;
};

/* Of Wilson 1927 with t for the normal quantile and the effective number of labels
 * n = reference·(1 - reference)/variance (Korn and Graubard 1998; Franco et al. 2019): never beyond
 * 0 and 1, and not symmetrical near them. reference is the share by the labels alone, which is what
 * the number of labels is to be judged by. */
struct ends interval_wilson(double share, double variance, double reference, double t);

/* share ± t·se, cut at 0 and 1. */
struct ends interval_plain(double share, double variance, double t);

/* Where all of n independent labels are yes, or none is (Clopper and Pearson 1934). n may be no
 * whole number. */
struct ends interval_unanimous(double share, double n, double level);

#endif
