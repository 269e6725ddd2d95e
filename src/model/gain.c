/* SPDX-License-Identifier: MIT */
/* gain: see gain.h. */
#include "model/gain.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct gain gain_of(const double *before, const double *after, const uint32_t *group, size_t n,
                    uint32_t n_numbers)
{
    struct gain g = {0, INFINITY, 0};
    double *sum = mem_zalloc(n_numbers, sizeof *sum), squares = 0;
    uint8_t *there = mem_zalloc(n_numbers, 1);

    for (size_t r = 0; r < n; r++)
        g.mean += (before[r] - after[r]) / (double)n;
    for (size_t r = 0; r < n; r++) {
        sum[group[r]] += before[r] - after[r] - g.mean;
        there[group[r]] = 1;
    }
    for (uint32_t i = 0; i < n_numbers; i++) {
        squares += sum[i] * sum[i];
        g.n_groups += there[i];
    }
    if (g.n_groups > 1)
        g.error = sqrt(g.n_groups / (g.n_groups - 1.0) * squares) / (double)n;
    free(sum);
    free(there);
    return g;
}
