/* SPDX-License-Identifier: MIT */
/*
 * simulate: corpora whose true figures are known, for the simulations in this folder.
 *
 * A corpus is a number of threads of 1 to MOST rows; small threads are more frequent, as in
 * dumps. Half of a thread's rows have the thread's own main label, the others any: both drawn
 * from SHARE, which is so the share of labels over all threads. In a thread a system errs on a
 * row with probability u · HARD[gold], where u is the thread's own, from Beta(1,3): mean 1/4,
 * and the errors of two rows of a thread correlate by about 1/5. What is given instead is drawn
 * evenly from the other labels. Size, labels and u do not depend on one another, so that the
 * expected table of counts, and every figure of it, is known.
 */
#ifndef TESTS_SIMULATE_H
#define TESTS_SIMULATE_H

#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "metrics/score.h"

enum { LABELS = 3, MOST = 24, SYSTEMS = 2 };

static const double SHARE[LABELS] = {0.5, 0.3, 0.2};
static const double HARD[LABELS] = {0.8, 1.0, 1.4};
static const double MEAN_U = 0.25;

struct sim_row {
    uint32_t thread, gold, given[SYSTEMS];
};

struct sim {
    struct sim_row row[100 * MOST];
    uint32_t n_rows, n_threads;
};

static inline double uniform(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

/* The least of three uniform numbers is Beta(1,3). */
static inline double draw_u(struct rng *r)
{
    double u = uniform(r);
    for (int i = 0; i < 2; i++) {
        double v = uniform(r);
        u = v < u ? v : u;
    }
    return u;
}

static inline uint32_t draw_label(struct rng *r)
{
    double v = uniform(r);
    return v < SHARE[0] ? 0 : v < SHARE[0] + SHARE[1] ? 1 : 2;
}

static inline uint32_t draw_given(struct rng *r, uint32_t gold, double u)
{
    if (uniform(r) >= u * HARD[gold])
        return gold;
    return (gold + 1 + (uint32_t)rng_below(r, LABELS - 1)) % LABELS;
}

static inline void draw_thread(struct sim *s, uint32_t thread, struct rng *r)
{
    uint32_t most = 1 + (uint32_t)rng_below(r, MOST), n = 1 + (uint32_t)rng_below(r, most);
    uint32_t main_label = draw_label(r);
    double u[SYSTEMS];

    for (int k = 0; k < SYSTEMS; k++)
        u[k] = draw_u(r);
    while (n-- > 0) {
        struct sim_row *row = &s->row[s->n_rows++];
        row->thread = thread;
        row->gold = rng_below(r, 2) != 0 ? main_label : draw_label(r);
        for (int k = 0; k < SYSTEMS; k++)
            row->given[k] = draw_given(r, row->gold, u[k]);
    }
}

static inline void simulate(struct sim *s, uint32_t n_threads, uint64_t seed, uint64_t number)
{
    struct rng r = rng_stream(seed, number);

    s->n_threads = n_threads;
    s->n_rows = 0;
    for (uint32_t t = 0; t < n_threads; t++)
        draw_thread(s, t, &r);
}

/* The figure of the expected table: shares in 1e9 rows. */
static inline double true_figure(enum metric m)
{
    const struct span label[LABELS] = {SPAN("against"), SPAN("favor"), SPAN("none")};
    struct score s;
    double figure;

    score_init(&s, label, LABELS);
    for (uint32_t g = 0; g < LABELS; g++) {
        double errors = SHARE[g] * MEAN_U * HARD[g];
        for (uint32_t p = 0; p < LABELS; p++)
            confusion_add_times(
                &s.confusion, g, p,
                (uint64_t)(1e9 * (p == g ? SHARE[g] - errors : errors / (LABELS - 1)) + 0.5));
    }
    figure = score_metric(&s, m);
    score_release(&s);
    return figure;
}

static inline void sim_score_init(struct score *s)
{
    const struct span label[LABELS] = {SPAN("against"), SPAN("favor"), SPAN("none")};
    score_init(s, label, LABELS);
}

#endif
