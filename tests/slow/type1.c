/* SPDX-License-Identifier: MIT */
/*
 * type1: how often does a randomization test say that two systems differ, at the level .05,
 * where they do not? Simulated corpora of 40 threads (simulate.h): both systems err by the
 * same law, each with its own probability in a thread, so that which is called A is no matter
 * for a whole thread, while it is for a row.
 *
 * 2000 corpora of 199 replicates, for which p <= .05 has probability .05 exactly: the share
 * of rejections has standard error .0049, and must lie within three of them. Exchanging single
 * rows must be seen to reject more: above .10, ten standard errors.
 */
#include <math.h>
#include <stdio.h>

#include "base/jobs.h"
#include "metrics/randomization.h"
#include "simulate.h"

enum { CORPORA = 2000, REPLICATES = 199, THREADS = 40, PER_TASK = 20, MEASURED = 2 };

static const enum metric measured[MEASURED] = {METRIC_MACRO_F1, METRIC_ACCURACY};

struct rejected {
    uint32_t threads[MEASURED], rows[MEASURED];
};

struct pair {
    struct sim sim;
    struct score score[SYSTEMS];
    enum metric metric;
    bool by_thread;
};

static double difference(const uint8_t *swapped, void *arg)
{
    struct pair *p = arg;

    for (int k = 0; k < SYSTEMS; k++)
        score_reset(&p->score[k]);
    for (uint32_t i = 0; i < p->sim.n_rows; i++) {
        const struct sim_row *row = &p->sim.row[i];
        int first = swapped[p->by_thread ? row->thread : i] != 0;
        confusion_add(&p->score[first].confusion, row->gold, row->given[0]);
        confusion_add(&p->score[1 - first].confusion, row->gold, row->given[1]);
    }
    return score_metric(&p->score[0], p->metric) - score_metric(&p->score[1], p->metric);
}

static void test(struct pair *p, bool by_thread, uint64_t seed, uint32_t *rejected)
{
    p->by_thread = by_thread;
    for (int m = 0; m < MEASURED; m++) {
        p->metric = measured[m];
        rejected[m] += randomization_test(by_thread ? THREADS : p->sim.n_rows, REPLICATES, seed, 1,
                                          difference, p)
                           .p <= 0.05 + 1e-9;
    }
}

static void some_corpora(size_t task, void *arg)
{
    struct rejected *slot = (struct rejected *)arg + task;
    struct pair *p = mem_zalloc(1, sizeof *p);

    for (int k = 0; k < SYSTEMS; k++)
        sim_score_init(&p->score[k]);
    for (size_t i = task * PER_TASK; i < (task + 1) * PER_TASK; i++) {
        simulate(&p->sim, THREADS, 77, i);
        test(p, true, i, slot->threads);
        test(p, false, i, slot->rows);
    }
    for (int k = 0; k < SYSTEMS; k++)
        score_release(&p->score[k]);
    free(p);
}

static bool tell(double share, double low, double high, const char *what, enum metric m)
{
    bool ok = low <= share && share <= high;
    printf("%s randomization test at .05, %s, nothing differs, %s exchanged: %.4f rejected "
           "(expected %.4f to %.4f)\n",
           ok ? "ok" : "not ok", metric_info[m].name, what, share, low, high);
    return ok;
}

int main(void)
{
    size_t n_tasks = CORPORA / PER_TASK;
    struct rejected *slot = mem_zalloc(n_tasks, sizeof *slot);
    double error = sqrt(0.05 * 0.95 / CORPORA);
    bool ok = true;

    printf("# %d corpora of %d threads, %d replicates\n", CORPORA, THREADS, REPLICATES);
    fflush(stdout);
    jobs_run(0, n_tasks, some_corpora, slot);
    for (int m = 0; m < MEASURED; m++) {
        double threads = 0, rows = 0;
        for (size_t t = 0; t < n_tasks; t++) {
            threads += slot[t].threads[m];
            rows += slot[t].rows[m];
        }
        ok &= tell(threads / CORPORA, 0.05 - 3 * error, 0.05 + 3 * error, "threads", measured[m]);
        ok &= tell(rows / CORPORA, 0.10, 1, "rows", measured[m]);
    }
    free(slot);
    return ok ? 0 : 1;
}
