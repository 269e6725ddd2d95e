/* SPDX-License-Identifier: MIT */
/*
 * fixed: the weights of a model for the targets asked for, as whole numbers.
 *
 * A margin is a sum over a comment's features of value · weight, where the value is
 *     (1 + ln tf) · idf · sqrt(share / square),   square = Σ ((1 + ln tf) · idf)²  over the space.
 * idf · weight is rounded to a multiple of 2^-shift once, here, for each label pair of each target
 * (a lane), idf² likewise; so the sum over the features of a space that occur tf times is a sum of
 * whole numbers: exact, and the same in whatever order and by whatever path they were found. Only
 * then come logarithms and roots, a few per comment. The rounding is bounded by 2^-(shift + 1) per
 * feature, about 1e-7; scorer.h is the definition that it stays near.
 */
#ifndef MODEL_FIXED_H
#define MODEL_FIXED_H

#include "model/scorer.h"

enum {
    FIXED_BITS = 28,        /* of a weight */
    FIXED_SQUARE_BITS = 24, /* of a square, none of which is negative, so that many add up */
    FIXED_BLOCK = 8,        /* a row's lanes are a multiple of it */
    FIXED_MOST_LANES = 32,
    FIXED_LEAST_SHIFT =
        21, /* with fewer, or fewer of the squares, a comment of few n-grams could */
    FIXED_LEAST_SQUARE_SHIFT = 16 /* be more than 1e-6 off */
};

struct fixed {
    const struct model *m;
    uint32_t width; /* lanes of a row; the last one is for the squares, unused ones are 0 */
    uint32_t n_lanes;
    uint32_t *lane;    /* [asked][pair], UINT32_MAX for a pair whose labels the target has not */
    double *intercept; /* per lane */
    double *factor;    /* [slot][lane]: what a weight of the slot counts in a lane */
    int shift, square_shift;
};

/* The targets are those of s. false where there are too many for rows (FIXED_MOST_LANES), or the
 * weights cannot be rounded; f need not be released then. */
bool fixed_init(struct fixed *f, const struct model *m, const struct scorer *s, uint32_t n_asked);
void fixed_release(struct fixed *f);

/* Writes the row of one feature: width numbers, each at most 2^FIXED_BITS in size, the last at most
 * 2^FIXED_SQUARE_BITS. */
void fixed_row(const struct fixed *f, uint32_t feature, int32_t *row);

#endif
