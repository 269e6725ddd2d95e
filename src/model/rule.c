/* SPDX-License-Identifier: MIT */
/* rule: see rule.h. One exponent for all labels: with few rows a weight for each would be
 * fitted to chance. */
#include "model/rule.h"

#include <math.h>
#include <stddef.h>

double rule_exponent(uint32_t i)
{
    return (double)i / (RULE_EXPONENTS - 1);
}

static uint64_t rows_with(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels,
                          uint32_t label)
{
    uint64_t n = 0;

    for (uint32_t t = 0; t < n_targets; t++)
        n += seen[(size_t)t * n_labels + label];
    return n;
}

void rule_weights(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels, double exponent,
                  double *weight)
{
    uint64_t least = UINT64_MAX;

    for (uint32_t l = 0; l < n_labels; l++) {
        uint64_t n = rows_with(seen, n_targets, n_labels, l);
        if (n != 0 && n < least)
            least = n;
    }
    for (uint32_t l = 0; l < n_labels; l++) {
        uint64_t n = rows_with(seen, n_targets, n_labels, l);
        weight[l] = n == 0 ? 1 : pow((double)n / (double)least, -exponent);
    }
}
