/* SPDX-License-Identifier: MIT */
/*
 * riskcurve: selective prediction (El-Yaniv and Wiener 2010; Geifman and El-Yaniv 2017).
 * Who keeps only the rows whose label has at least probability `threshold` keeps a share
 * `coverage` of them, and of those `accuracy` are right; the risk is 1 - accuracy.
 *
 * Rows of one probability cannot be told apart by a threshold: they enter together, as one
 * point. So a curve depends on no order, and its last point has coverage 1 and the accuracy
 * of all rows.
 */
#ifndef METRICS_RISKCURVE_H
#define METRICS_RISKCURVE_H

#include <stdbool.h>
#include <stddef.h>

struct risk_row {
    double p;   /* of the label given, not NAN: rows without one are left out by the caller */
    bool right; /* it is the gold label */
};

struct risk_point {
    double coverage, accuracy, threshold;
};

/* Sorts the rows and writes the points, by rising coverage, to an array of the caller's with
 * room for n; how many there are, 0 where n is 0. */
size_t riskcurve(struct risk_row *row, size_t n, struct risk_point *point);

/* Area under the risk-coverage curve, of all points of a curve: the mean, over the rows, of
 * the risk at the threshold that is the row's own probability (Geifman and El-Yaniv 2017).
 * Each row of a tie so counts with the risk of the whole tie. NAN where n is 0. */
double riskcurve_aurc(const struct risk_point *point, size_t n);

/* Keeps at most `max` points for drawing, in place: the first at or past each of the
 * coverages 1/max, 2/max … 1. The last stays. How many are left. */
size_t riskcurve_thin(struct risk_point *point, size_t n, size_t max);

/* Accuracy of the first point that covers at least this share: of a whole tie, where the
 * share cuts one. NAN where n is 0 or coverage above 1. */
double riskcurve_accuracy_at(const struct risk_point *point, size_t n, double coverage);

#endif
