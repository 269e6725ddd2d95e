/* SPDX-License-Identifier: MIT */
/*
 * tally: see tally.h. Let T be the sum over all occurrences in a space and A(tf) that over the
 * features that occur tf times: then the features' values sum to
 *     Σ (1 + ln tf) · A(tf) = T + Σ over tf ≥ 2 of (1 + ln tf - tf) · A(tf)
 * and likewise the squares, by (1 + ln tf)². Sums of at most 2^20 numbers of 30 bits, so that they
 * are whole numbers as doubles too.
 */
#include "model/tally.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void tally_init(struct tally *t, const struct fixed *f)
{
    *t = (struct tally){.fixed = f};
    t->sum = mem_lines((size_t)NGRAM_SPACES * (TALLY_MOST_TF + 1) * f->width, sizeof *t->sum);
    t->margin = mem_lines(f->width, sizeof *t->margin);
    t->part = mem_lines(f->width, sizeof *t->part);
    for (uint32_t tf = 2; tf <= TALLY_MOST_TF; tf++) {
        double value = 1.0 + log((double)tf);
        t->weight[tf] = value - tf;
        t->square_weight[tf] = value * value - tf;
    }
    for (int s = 0; s < NGRAM_SPACES; s++) /* powers of two: nothing is rounded */
        t->share[s] = ldexp(f->m->set.mix[0].share[s], f->square_shift - 2 * f->shift);
}

void tally_release(struct tally *t)
{
    free(t->sum);
    free(t->margin);
    free(t->part);
    *t = (struct tally){0};
}

void tally_begin(struct tally *t)
{
    for (int s = 0; s < NGRAM_SPACES; s++) {
        for (uint32_t w = 0; w < t->n_used[s]; w++)
            t->used[s][w] = 0;
        t->n_used[s] = 0;
    }
}

/* The least tf >= from that is in use, TALLY_MOST_TF + 1 where none is. */
static uint32_t next_used(const struct tally *t, unsigned space, uint32_t from)
{
    for (uint32_t w = from / 64; w < t->n_used[space]; w++) {
        uint64_t left = t->used[space][w];
        if (w == from / 64)
            left = left >> (from % 64) << (from % 64);
        if (left != 0)
            return 64 * w + (uint32_t)__builtin_ctzll(left);
    }
    return TALLY_MOST_TF + 1;
}

/* part += weight · sums, in the last lane square_weight · sums. The sums are whole numbers below
 * 2^51, which become doubles by two additions: in the last bits of 1.5 · 2^52 they are themselves.
 */
static void add_part(double *part, const int64_t *sum, uint32_t width, double weight,
                     double square_weight)
{
    typedef double two __attribute__((vector_size(16), aligned(8), may_alias));
    typedef int64_t two_whole __attribute__((vector_size(16), aligned(8), may_alias));
    const two_whole bits = {0x4338000000000000, 0x4338000000000000};
    const two high = {0x1.8p52, 0x1.8p52};
    double last = part[width - 1];

    for (uint32_t k = 0; k < width; k += 2)
        *(two *)(part + k) += ((two)(*(const two_whole *)(sum + k) + bits) - high) * weight;
    part[width - 1] = last + square_weight * (double)sum[width - 1];
}

static void add_space(struct tally *t, unsigned space)
{
    uint32_t width = t->fixed->width;
    double *part = t->part, scale;

    memset(part, 0, width * sizeof *part);
    add_part(part, tally_row(t, space, 0), width, 1, 1);
    for (uint32_t tf = 2; (tf = next_used(t, space, tf)) <= TALLY_MOST_TF; tf++)
        add_part(part, tally_row(t, space, tf), width, t->weight[tf], t->square_weight[tf]);
    if (!(part[width - 1] > 0))
        return;
    scale = sqrt(t->share[space] / part[width - 1]);
    for (uint32_t k = 0; k < width; k++)
        t->margin[k] += scale * part[k];
}

const double *tally_margins(struct tally *t)
{
    memcpy(t->margin, t->fixed->intercept, t->fixed->width * sizeof *t->margin);
    for (unsigned space = 0; space < NGRAM_SPACES; space++)
        if (t->n_used[space] != 0)
            add_space(t, space);
    return t->margin;
}
