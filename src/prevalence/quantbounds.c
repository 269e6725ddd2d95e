/* SPDX-License-Identifier: MIT */
/*
 * quantbounds: intervals of what is told without a labelled sample. Everything that was counted is
 * counted anew, as often as `replicates` says; replicate number r draws from stream r of
 * the seed.
 */
#include "prevalence/quantify.h"

#include "base/mem.h"
#include "base/rng.h"
#include "metrics/bootstrap.h"

#include <math.h>
#include <stdlib.h>

static double uniform(struct rng *r)
{
    return ((double)(rng_u64(r) >> 11) + 0.5) / 9007199254740992.0; /* inside 0…1 */
}

/* A binomial number: by inversion where its mean is small, else the normal one next to it. */
static uint64_t binomial(struct rng *r, uint64_t n, double p)
{
    static const double PI = 3.14159265358979323846;
    double mean = (double)n * p, x;

    if (p > 0.5)
        return n - binomial(r, n, 1 - p);
    if (!(p > 0) || n == 0)
        return 0;
    if (mean < 50) {
        double q = p / (1 - p), f = pow(1 - p, (double)n), u = uniform(r);
        uint64_t k = 0;
        while (u > f && k < n) {
            u -= f;
            k++;
            f *= q * (double)(n - k + 1) / (double)k;
        }
        return k;
    }
    x = sqrt(-2 * log(uniform(r))) * cos(2 * PI * uniform(r));
    x = floor(mean + x * sqrt(mean * (1 - p)) + 0.5);
    return x < 0 ? 0 : x > (double)n ? n : (uint64_t)x;
}

/* count[i] of n in all go to i with probability weight[i]/Σ weight. */
static void multinomial(struct rng *r, uint64_t n, const double *weight, size_t k, double *count)
{
    double left = 0;

    for (size_t i = 0; i < k; i++)
        left += weight[i];
    for (size_t i = 0; i < k; i++) {
        double p = left > 0 ? weight[i] / left : 0;
        uint64_t c = i + 1 == k || p >= 1 ? n : binomial(r, n, p);
        count[i] = (double)c;
        n -= c;
        left -= weight[i];
    }
}

static void redraw(struct rng *r, const uint64_t *from, size_t k, uint64_t *to, double *work)
{
    uint64_t n = 0;

    for (size_t i = 0; i < k; i++) {
        n += from[i];
        work[i] = (double)from[i];
    }
    multinomial(r, n, work, k, work + k);
    for (size_t i = 0; i < k; i++)
        to[i] = (uint64_t)work[k + i];
}

/* share: [replicate][label] → the percentile interval of each label. */
static void percentiles(const double *share, uint32_t replicates, size_t n_labels, double level,
                        double *low, double *high)
{
    double *one = mem_array(replicates, sizeof *one);

    for (size_t k = 0; k < n_labels; k++) {
        struct interval in;
        for (uint32_t r = 0; r < replicates; r++)
            one[r] = share[r * n_labels + k];
        in = bootstrap_interval_at(one, replicates, (1 - level) / 2);
        low[k] = in.low;
        high[k] = in.high;
    }
    free(one);
}

void quantify_adjusted_interval(const uint64_t *errors, const uint64_t *predicted, size_t n_labels,
                                double level, uint32_t replicates, uint64_t seed, double *low,
                                double *high)
{
    size_t n = n_labels;
    double *share = mem_array((size_t)replicates * n, sizeof *share);
    double *work = mem_array(2 * n, sizeof *work);
    uint64_t *again = mem_array(n * (n + 1), sizeof *again);

    for (uint32_t b = 0; b < replicates; b++) {
        struct rng r = rng_stream(seed, b);
        for (size_t g = 0; g < n; g++)
            redraw(&r, errors + g * n, n, again + g * n, work);
        redraw(&r, predicted, n, again + n * n, work);
        quantify_adjusted(again, again + n * n, n, share + (size_t)b * n);
    }
    percentiles(share, replicates, n, level, low, high);
    free(again);
    free(work);
    free(share);
}

void quantify_sld_interval(const struct quantify_cells *c, const double *prior, uint64_t n_trained,
                           double level, uint32_t replicates, uint64_t seed, double *low,
                           double *high)
{
    size_t n = c->n_labels;
    double *share = mem_array((size_t)replicates * n, sizeof *share);
    double *count = mem_array(c->n, sizeof *count), *again = mem_array(n, sizeof *again), all = 0;

    double *told = mem_array(n, sizeof *told);

    for (size_t i = 0; i < c->n; i++)
        all += c->count[i];
    quantify_sld(c->mean, c->count, c->n, prior, n, told);
    for (uint32_t b = 0; b < replicates; b++) {
        struct rng r = rng_stream(seed, b);
        multinomial(&r, n_trained, prior, n, again);
        for (size_t k = 0; k < n; k++)
            again[k] /= n_trained > 0 ? (double)n_trained : NAN;
        multinomial(&r, (uint64_t)all, c->count, c->n, count);
        for (size_t k = 0; k < n; k++)
            share[(size_t)b * n + k] = told[k];
        quantify_sld_from(c->mean, count, c->n, again, n, 1e-7, share + (size_t)b * n);
    }
    percentiles(share, replicates, n, level, low, high);
    free(told);
    free(again);
    free(count);
    free(share);
}
