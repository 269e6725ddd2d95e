/* SPDX-License-Identifier: MIT */
/* interval: why these, doc/DESIGN.md. */
#include "prevalence/interval.h"

#include <math.h>

static double within(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

struct ends interval_plain(double share, double variance, double t)
{
    double half = t * sqrt(variance);
    return (struct ends){within(share - half), within(share + half)};
}

struct ends interval_wilson(double share, double variance, double reference, double t)
{
    double n, p = within(share), middle, half;

    if (!(variance > 0))
        return (struct ends){p, p};
    n = reference * (1 - reference) / variance;
    if (!(n > 0))
        return interval_plain(share, variance, t);
    middle = (p + t * t / (2 * n)) / (1 + t * t / n);
    half = t / (1 + t * t / n) * sqrt(p * (1 - p) / n + t * t / (4 * n * n));
    return (struct ends){within(middle - half), within(middle + half)};
}

struct ends interval_unanimous(double share, double n, double level)
{
    double tail = pow((1 - level) / 2, 1 / n);
    return share < .5 ? (struct ends){0, 1 - tail} : (struct ends){tail, 1};
}
