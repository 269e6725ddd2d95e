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

/* NANs last. */
static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;

    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
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

struct interval bootstrap_interval(double *value, size_t n, double level, uint32_t n_groups)
{
    struct interval i = {NAN, NAN, 0};
    double groups = (double)n_groups, tail;

    if (n != 0)
        qsort(value, n, sizeof *value, by_value);
    for (; n > 0 && isnan(value[n - 1]); n--)
        i.n_undefined++;
    if (n == 0 || n < i.n_undefined || n_groups < 2 || !(level > 0 && level < 1))
        return i;
    tail = normal_cdf(-sqrt(groups / (groups - 1)) * student_quantile((1 + level) / 2, groups - 1));
    i.low = quantile(value, n, tail);
    i.high = quantile(value, n, 1 - tail);
    return i;
}
