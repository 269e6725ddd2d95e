/* SPDX-License-Identifier: MIT */
/*
 * gain: how much smaller one log loss is than another on the same held-out rows, and whether
 * that can be told from chance. With d the difference of each of n rows, D their mean, and G groups
 * that folds keep whole, whose rows say much the same:
 *
 *     SE = √( G/(G-1) · Σ_g (Σ_{r in g} (d_r - D))² ) / n
 *
 * the standard error of a mean over clusters (Cochran, Sampling techniques, 1977, 9.8: a ratio of
 * sums). A gain is clear where D > SE.
 */
#ifndef MODEL_GAIN_H
#define MODEL_GAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gain {
    double mean, error; /* D; SE, infinite where there are fewer than two groups */
    uint32_t n_groups;
};

/* before, after: losses per row; group: of each row, any numbers below n_numbers. */
struct gain gain_of(const double *before, const double *after, const uint32_t *group, size_t n,
                    uint32_t n_numbers);

static inline bool gain_is_clear(const struct gain *g)
{
    return g->mean > g->error;
}

#endif
