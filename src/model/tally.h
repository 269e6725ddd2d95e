/* SPDX-License-Identifier: MIT */
/*
 * tally: the sums of rows of whole numbers (model/fixed.h) over a comment's features, by space and
 * term frequency, and the margins that they make. Exact until tally_margins(), so that the order in
 * which features come does not matter.
 */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include "model/fixed.h"

enum { TALLY_MOST_TF = 1023, TALLY_WORDS = (TALLY_MOST_TF + 1) / 64 };

struct tally {
    const struct fixed *fixed;
    uint64_t used[NGRAM_SPACES][TALLY_WORDS]; /* bit tf: that row of sums is in use */
    uint32_t n_used[NGRAM_SPACES];            /* words of them that are not 0, or more */
    int64_t *sum; /* [space][tf][lane], tf 0 to TALLY_MOST_TF; 0: all occurrences */
    double weight[TALLY_MOST_TF + 1],
        square_weight[TALLY_MOST_TF + 1]; /* tf 2 and up, see tally.c */
    double share[NGRAM_SPACES];           /* in units of squares, and of margins squared */
    double *margin, *part;                /* per lane */
};

void tally_init(struct tally *t, const struct fixed *f);
void tally_release(struct tally *t);

/* Empties it, for the next comment. */
void tally_begin(struct tally *t);

static inline int64_t *tally_row(const struct tally *t, unsigned space, uint32_t tf)
{
    return t->sum + ((size_t)space * (TALLY_MOST_TF + 1) + tf) * t->fixed->width;
}

/* The sums of a space's features that occur tf times each, tf at least 2; 0 at first. tf 0: of
 * every occurrence of the space's features, however often each comes. */
static inline int64_t *tally_of(struct tally *t, enum ngram_space space, uint32_t tf)
{
    int64_t *sum = tally_row(t, space, tf);
    uint64_t *used = &t->used[space][tf / 64], bit = (uint64_t)1 << (tf % 64);

    if ((*used & bit) == 0) {
        *used |= bit;
        if (t->n_used[space] <= tf / 64)
            t->n_used[space] = tf / 64 + 1;
        memset(sum, 0, t->fixed->width * sizeof *sum);
    }
    return sum;
}

/* Per lane, the margin: intercept and all. Good until the next call. */
const double *tally_margins(struct tally *t);

#endif
