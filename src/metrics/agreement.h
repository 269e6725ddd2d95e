/* SPDX-License-Identifier: MIT */
/*
 * agreement: how far any number of annotators agree, from counts of pairs of labels. For
 * two of them see also confusion_kappa().
 *
 * Everything is counted in whole numbers, so that the order of units leaves no trace, and a
 * unit drawn twice by a bootstrap counts exactly as two equal ones. A figure that the counts
 * do not settle is NAN.
 */
#ifndef METRICS_AGREEMENT_H
#define METRICS_AGREEMENT_H

#include <stdint.h>

/* Pairs of labels that one unit got, apart for units of 2, 3, … labels: a unit of m labels
 * has m(m-1)/2 pairs, and each of its labels weighs 1/(m-1) in the coincidence matrix. */
struct coincidence {
    uint32_t n_labels, n_sizes;
    const uint32_t *size; /* m, each 2 or more, borrowed */
    uint64_t *count;      /* [size][label][label], both ways, so symmetric */
};

void coincidence_init(struct coincidence *c, uint32_t n_labels, const uint32_t *size,
                      uint32_t n_sizes);
void coincidence_release(struct coincidence *c);

/* One pair, `times` times, of a unit with size[which] labels. Of one unit each pair is added
 * once, in either order. */
void coincidence_add(struct coincidence *c, uint32_t which, uint32_t a, uint32_t b, uint64_t times);

/* Units with two labels or more. */
uint64_t coincidence_units(const struct coincidence *c);

/* Percent agreement as a share: the mean over units of the share of their pairs that agree
 * (Fleiss 1971, Measuring nominal scale agreement among many raters, P̄; units may have any
 * number of labels here). NAN without units. */
double coincidence_observed(const struct coincidence *c);

/* Krippendorff's alpha for nominal data (Krippendorff 2011, Computing Krippendorff's
 * alpha-reliability; 2019, Content Analysis, ch. 12): any number of annotators, labels may
 * be missing; units with one label do not count.
 *   o_ck = Σ_units (pairs of c and k) / (m - 1),  n_c = Σ_k o_ck,  n = Σ_c n_c
 *   alpha = 1 - (n - 1) Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k
 * NAN without units, or where all labels are the same. */
double coincidence_alpha(const struct coincidence *c);

/* The same with one label against all others together. */
double coincidence_alpha_of(const struct coincidence *c, uint32_t label);

#endif
