/* SPDX-License-Identifier: MIT */
/* riskcurve: rows by falling probability, one point where a run of ties ends. */
#include "metrics/riskcurve.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* A share asked for as 0.3 is k of n rows even where 3·0.1 came out larger. */
static const double SLACK = 1e-12;

/* Rows that compare equal enter a point together: their order cannot be seen. */
static int by_falling_p(const void *x, const void *y)
{
    const struct risk_row *a = x, *b = y;
    return (a->p < b->p) - (a->p > b->p);
}

size_t riskcurve(struct risk_row *row, size_t n, struct risk_point *point)
{
    size_t n_points = 0, right = 0;

    if (n != 0)
        qsort(row, n, sizeof *row, by_falling_p);
    for (size_t i = 0; i < n; i++) {
        right += row[i].right;
        if (i + 1 < n && row[i + 1].p >= row[i].p)
            continue;
        point[n_points++] = (struct risk_point){
            .coverage = (double)(i + 1) / (double)n,
            .accuracy = (double)right / (double)(i + 1),
            .threshold = row[i].p,
        };
    }
    return n_points;
}

double riskcurve_aurc(const struct risk_point *point, size_t n)
{
    double area = 0, before = 0;

    for (size_t i = 0; i < n; i++) {
        area += (point[i].coverage - before) * (1 - point[i].accuracy);
        before = point[i].coverage;
    }
    return n != 0 ? area : NAN;
}

/* The first point at or past a coverage, looked for from `from` on; n where there is none. */
static size_t reach(const struct risk_point *point, size_t n, size_t from, double coverage)
{
    while (from < n && point[from].coverage < coverage - SLACK)
        from++;
    return from;
}

size_t riskcurve_thin(struct risk_point *point, size_t n, size_t max)
{
    size_t kept = 0, from = 0;

    for (size_t k = 1; k <= max && from < n; k++) {
        size_t at = reach(point, n, from, (double)k / (double)max);
        if (at == n)
            break;
        point[kept++] = point[at];
        from = at + 1;
        /* the coverages that this point has reached already */
        while (k < max && (double)(k + 1) / (double)max <= point[kept - 1].coverage + SLACK)
            k++;
    }
    return kept;
}

double riskcurve_accuracy_at(const struct risk_point *point, size_t n, double coverage)
{
    size_t at = reach(point, n, 0, coverage);
    return at < n ? point[at].accuracy : NAN;
}
