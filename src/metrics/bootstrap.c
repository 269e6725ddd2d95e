/* SPDX-License-Identifier: MIT */
/* bootstrap: see bootstrap.h. Holds no data: the caller scores each draw. */
#include "metrics/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "metrics/student.h"

void bootstrap_draw(uint32_t *times, uint32_t n_groups, uint64_t seed, uint32_t replicate)
{
    struct rng r = rng_stream(seed, replicate);

    memset(times, 0, n_groups * sizeof *times);
    for (uint32_t i = 0; i < n_groups; i++)
        times[rng_below(&r, n_groups)]++;
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* NANs last; returns how many others there are. */
static size_t sort(double *value, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            value[kept++] = value[i];
    for (size_t i = kept; i < n; i++)
        value[i] = NAN;
    if (kept != 0)
        qsort(value, kept, sizeof *value, by_value);
    return kept;
}

static double quantile(const double *sorted, size_t n, double q)
{
    double rank = q * ((double)n + 1), below = floor(rank);

    if (rank < 1)
        return sorted[0];
    if (rank >= (double)n)
        return sorted[n - 1];
    return sorted[(size_t)below - 1] +
           (rank - below) * (sorted[(size_t)below] - sorted[(size_t)below - 1]);
}

double bootstrap_tail(double level, uint32_t n_groups)
{
    double groups = (double)n_groups;

    if (n_groups < 2 || !(level > 0 && level < 1))
        return NAN;
    return normal_cdf(-sqrt(groups / (groups - 1)) * student_quantile((1 + level) / 2, groups - 1));
}

struct interval bootstrap_interval_at(double *value, size_t n, double tail)
{
    struct interval i = {NAN, NAN, 0};
    size_t kept = sort(value, n);

    i.n_undefined = (uint32_t)(n - kept);
    n = kept;
    if (n == 0 || n < i.n_undefined || isnan(tail))
        return i;
    i.low = quantile(value, n, tail);
    i.high = quantile(value, n, 1 - tail);
    return i;
}

struct interval bootstrap_interval(double *value, size_t n, double level, uint32_t n_groups)
{
    return bootstrap_interval_at(value, n, bootstrap_tail(level, n_groups));
}
