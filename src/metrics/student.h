/* SPDX-License-Identifier: MIT */
/* student: the normal and Student's t distribution, as far as intervals need them. */
#ifndef METRICS_STUDENT_H
#define METRICS_STUDENT_H

double normal_cdf(double z);

/* P(T <= t) with df > 0 degrees of freedom; INFINITY: the normal. Relative error of the smaller
 * tail below 1e-12 for df up to a thousand, 1e-9 for a million. */
double student_cdf(double t, double df);

/* The t with P(T <= t) = p; 0 < p < 1, else NAN. */
double student_quantile(double p, double df);

#endif
