/* SPDX-License-Identifier: MIT */
/* fixed: see fixed.h. The shift is the largest with which no row can leave its bits, by a bound
 * that needs no pass over the features: the largest weight times the largest idf and factors. */
#include "model/fixed.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { MOST_SHIFT = 40 };

/* A target that may be given no label may be given any, see decide.h. */
static bool may_have(const uint64_t *may, uint32_t n_labels, struct label_pair pair)
{
    for (uint32_t l = 0; l < n_labels; l++)
        if (may[l] != 0)
            return may[pair.a] != 0 && may[pair.b] != 0;
    return true;
}

static bool number_lanes(struct fixed *f, const struct scorer *s, uint32_t n_asked)
{
    const struct model *m = f->m;

    for (uint32_t i = 0; i < n_asked; i++)
        for (uint32_t p = 0; p < m->n_pairs; p++) {
            uint32_t *lane = &f->lane[(size_t)i * m->n_pairs + p];
            *lane = UINT32_MAX;
            if (!may_have(scorer_labels(s, i), m->n_labels, m->pair[p]))
                continue;
            if (f->n_lanes == FIXED_MOST_LANES - 1)
                return false;
            *lane = f->n_lanes++;
        }
    f->width = (f->n_lanes + FIXED_BLOCK) / FIXED_BLOCK * FIXED_BLOCK;
    return true;
}

static void set_factors(struct fixed *f, const struct scorer *s, uint32_t n_asked)
{
    const struct model *m = f->m;

    f->factor = mem_zalloc((size_t)m->n_slots * f->width, sizeof *f->factor);
    f->intercept = mem_zalloc(f->width, sizeof *f->intercept);
    for (uint32_t i = 0; i < n_asked; i++)
        for (uint32_t p = 0; p < m->n_pairs; p++) {
            uint32_t lane = f->lane[(size_t)i * m->n_pairs + p];
            if (lane == UINT32_MAX)
                continue;
            f->intercept[lane] = scorer_intercept(s, i, p);
            for (uint32_t t = 0; t < m->n_tasks; t++)
                f->factor[(size_t)model_slot(m, p, t) * f->width + lane] =
                    scorer_factor(s, i, p, t);
        }
}

/* The largest k with most · 2^k < 2^bits. */
static int shift_for(double most, int bits)
{
    int k = most > 0 ? bits - 1 - ilogb(most) : MOST_SHIFT;

    return k < MOST_SHIFT ? k : MOST_SHIFT;
}

/* Of any lane, the sum of the factors of all its slots: no weight counts more. */
static double largest_factors(const struct fixed *f)
{
    double most = 0;

    for (uint32_t k = 0; k < f->n_lanes; k++) {
        double sum = 0;
        for (uint32_t slot = 0; slot < f->m->n_slots; slot++)
            sum += fabs(f->factor[(size_t)slot * f->width + k]);
        most = sum > most ? sum : most;
    }
    return most;
}

static bool set_shifts(struct fixed *f)
{
    const struct model *m = f->m;
    double idf = m->most_idf;
    double factor = largest_factors(f);

    f->shift = shift_for(m->most_weight * idf * factor, FIXED_BITS);
    f->square_shift = shift_for(idf * idf, FIXED_SQUARE_BITS);
    return f->shift >= FIXED_LEAST_SHIFT && f->square_shift >= FIXED_LEAST_SQUARE_SHIFT;
}

bool fixed_init(struct fixed *f, const struct model *m, const struct scorer *s, uint32_t n_asked)
{
    *f = (struct fixed){.m = m, .lane = mem_array((size_t)n_asked * m->n_pairs, sizeof *f->lane)};
    if (number_lanes(f, s, n_asked)) {
        set_factors(f, s, n_asked);
        if (set_shifts(f))
            return true;
    }
    fixed_release(f);
    return false;
}

void fixed_release(struct fixed *f)
{
    free(f->lane);
    free(f->intercept);
    free(f->factor);
    *f = (struct fixed){0};
}

/* Only a damaged model has one that is larger. */
static int32_t rounded(double v, int bits)
{
    const double most = 1 << bits;

    return (int32_t)lrint(v > most ? most : v < -most ? -most : v);
}

void fixed_row(const struct fixed *f, uint32_t feature, int32_t *row)
{
    const struct model *m = f->m;
    double sum[FIXED_MOST_LANES] = {0}, idf = m->idf[feature], unit = ldexp(idf, f->shift);
    double square_unit = ldexp(1, f->square_shift);

    for (uint32_t w = m->weight_start[feature]; w < m->weight_start[feature + 1]; w++) {
        const double *factor = f->factor + (size_t)m->weight_slot[w] * f->width;
        for (uint32_t k = 0; k < f->n_lanes; k++)
            sum[k] += factor[k] * m->weight[w];
    }
    for (uint32_t k = 0; k < f->n_lanes; k++)
        row[k] = rounded(sum[k] * unit, FIXED_BITS);
    for (uint32_t k = f->n_lanes; k + 1 < f->width; k++)
        row[k] = 0;
    row[f->width - 1] = rounded(idf * idf * square_unit, FIXED_SQUARE_BITS);
}
