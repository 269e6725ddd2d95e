/* SPDX-License-Identifier: MIT */
/*
 * agreement: see agreement.h. Fractions appear only at the end, in sums whose order is that
 * of sizes and labels.
 */
#include "metrics/agreement.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void coincidence_init(struct coincidence *c, uint32_t n_labels, const uint32_t *size,
                      uint32_t n_sizes)
{
    *c = (struct coincidence){.n_labels = n_labels, .n_sizes = n_sizes, .size = size};
    c->count = mem_zalloc((size_t)n_sizes * n_labels, n_labels * sizeof *c->count);
}

void coincidence_release(struct coincidence *c)
{
    free(c->count);
    *c = (struct coincidence){0};
}

static uint64_t *cell(const struct coincidence *c, uint32_t which, uint32_t a, uint32_t b)
{
    return &c->count[((size_t)which * c->n_labels + a) * c->n_labels + b];
}

void coincidence_add(struct coincidence *c, uint32_t which, uint32_t a, uint32_t b, uint64_t times)
{
    *cell(c, which, a, b) += times;
    *cell(c, which, b, a) += times;
}

/* Units of one size: their pairs, both ways, over m(m-1). */
static uint64_t units_of(const struct coincidence *c, uint32_t which)
{
    uint64_t pairs = 0, m = c->size[which];

    for (uint32_t a = 0; a < c->n_labels; a++)
        for (uint32_t b = 0; b < c->n_labels; b++)
            pairs += *cell(c, which, a, b);
    return pairs / (m * (m - 1));
}

uint64_t coincidence_units(const struct coincidence *c)
{
    uint64_t n = 0;

    for (uint32_t s = 0; s < c->n_sizes; s++)
        n += units_of(c, s);
    return n;
}

double coincidence_observed(const struct coincidence *c)
{
    uint64_t n = coincidence_units(c);
    double sum = 0;

    for (uint32_t s = 0; s < c->n_sizes; s++) {
        uint64_t agreeing = 0;
        double m = c->size[s];
        for (uint32_t l = 0; l < c->n_labels; l++)
            agreeing += *cell(c, s, l, l);
        sum += (double)agreeing / (m * (m - 1));
    }
    return n != 0 ? sum / (double)n : NAN;
}

/* o_ck */
static double coincidences(const struct coincidence *c, uint32_t a, uint32_t b)
{
    double sum = 0;

    for (uint32_t s = 0; s < c->n_sizes; s++)
        sum += (double)*cell(c, s, a, b) / (c->size[s] - 1);
    return sum;
}

/* n: each unit has as many pairable values as labels. */
static double pairable(const struct coincidence *c)
{
    uint64_t n = 0;

    for (uint32_t s = 0; s < c->n_sizes; s++)
        n += units_of(c, s) * c->size[s];
    return (double)n;
}

/* n_c */
static double pairable_of(const struct coincidence *c, uint32_t label)
{
    uint64_t n = 0;

    for (uint32_t s = 0; s < c->n_sizes; s++) {
        uint64_t pairs = 0;
        for (uint32_t b = 0; b < c->n_labels; b++)
            pairs += *cell(c, s, label, b);
        n += pairs / (c->size[s] - 1);
    }
    return (double)n;
}

/* differing: Σ o_ck, expected: Σ n_c n_k, both over c ≠ k. */
static double alpha(double n, double differing, double expected)
{
    return expected > 0 ? 1 - (n - 1) * differing / expected : NAN;
}

double coincidence_alpha(const struct coincidence *c)
{
    double n = pairable(c), differing = 0, same = 0;

    for (uint32_t a = 0; a < c->n_labels; a++) {
        double of_a = pairable_of(c, a);
        same += of_a * of_a;
        for (uint32_t b = 0; b < c->n_labels; b++)
            differing += a != b ? coincidences(c, a, b) : 0;
    }
    return alpha(n, differing, n * n - same);
}

double coincidence_alpha_of(const struct coincidence *c, uint32_t label)
{
    double n = pairable(c), of_label = pairable_of(c, label), differing = 0;

    for (uint32_t b = 0; b < c->n_labels; b++)
        differing += b != label ? 2 * coincidences(c, label, b) : 0;
    return alpha(n, differing, 2 * of_label * (n - of_label));
}
