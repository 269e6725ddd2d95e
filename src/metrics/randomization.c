/* SPDX-License-Identifier: MIT */
/*
 * randomization: each pattern of exchanges follows from its number alone (its bits where all
 * are enumerated, a random stream of its own otherwise), so threads may take them as they
 * like; a task counts a fixed range of numbers into a slot of its own.
 */
#include "metrics/randomization.h"

#include <math.h>
#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "base/rng.h"

enum { PER_TASK = 64 };

struct work {
    double (*difference)(const uint8_t *swapped, void *arg);
    void *arg;
    uint64_t seed, n;
    uint64_t *extreme; /* per task */
    double least;      /* |d| that counts */
    uint32_t n_groups;
    bool exact;
};

static void pattern(const struct work *w, uint64_t number, uint8_t *swapped)
{
    struct rng r = rng_stream(w->seed, number);
    uint64_t bits = number;

    for (uint32_t g = 0; g < w->n_groups; g++) {
        if (!w->exact && g % 64 == 0)
            bits = rng_u64(&r);
        swapped[g] = bits & 1;
        bits >>= 1;
    }
}

static void count_extreme(size_t task, void *arg)
{
    struct work *w = arg;
    uint8_t *swapped = mem_zalloc(w->n_groups, 1);
    uint64_t from = (uint64_t)task * PER_TASK, n = 0;

    for (uint64_t i = from; i < w->n && i < from + PER_TASK; i++) {
        pattern(w, i, swapped);
        n += !(fabs(w->difference(swapped, w->arg)) < w->least);
    }
    w->extreme[task] = n;
    free(swapped);
}

static uint64_t run(struct work *w, unsigned n_jobs)
{
    size_t n_tasks = (size_t)((w->n + PER_TASK - 1) / PER_TASK);
    uint64_t n = 0;

    w->extreme = mem_zalloc(n_tasks, sizeof *w->extreme);
    jobs_run(n_jobs, n_tasks, count_extreme, w);
    for (size_t i = 0; i < n_tasks; i++)
        n += w->extreme[i];
    free(w->extreme);
    return n;
}

static double observe(const struct work *w)
{
    uint8_t *none = mem_zalloc(w->n_groups, 1);
    double d = w->difference(none, w->arg);
    free(none);
    return d;
}

struct randomization randomization_test(uint32_t n_groups, uint64_t n_replicates, uint64_t seed,
                                        unsigned n_jobs,
                                        double (*difference)(const uint8_t *swapped, void *arg),
                                        void *arg)
{
    struct work w = {difference, arg, seed, n_replicates, NULL, 0, n_groups, false};
    struct randomization r = {.p = NAN};
    uint64_t n_extreme;

    w.exact = n_groups < 64 && (uint64_t)1 << n_groups <= n_replicates;
    if (w.exact)
        w.n = (uint64_t)1 << n_groups;
    r.observed = observe(&w);
    r.n = w.n;
    r.exact = w.exact;
    if (isnan(r.observed))
        return r;
    w.least = fabs(r.observed) - 1e-12 * fmax(1, fabs(r.observed));
    n_extreme = run(&w, n_jobs);
    r.p =
        w.exact ? (double)n_extreme / (double)w.n : (1.0 + (double)n_extreme) / (1.0 + (double)w.n);
    return r;
}
