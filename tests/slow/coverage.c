/* SPDX-License-Identifier: MIT */
/*
 * coverage: how often does the 95 % bootstrap interval hold the true figure? Simulated corpora
 * (simulate.h), an interval from threads drawn whole and one from single rows, each of 500
 * replicates.
 *
 * 2000 corpora: the standard error of a coverage of .95 is .005. With 100 threads coverage must
 * lie in .93 … .97, four standard errors; with 30 in .92 … .97, since a percentile interval
 * of few clusters of unequal size is known to be short still. Rows must show why
 * threads are drawn: below .90, ten standard errors under .95.
 */
#include <stdio.h>

#include "base/jobs.h"
#include "metrics/bootstrap.h"
#include "simulate.h"

enum { CORPORA = 2000, REPLICATES = 500, MEASURED = 2, PER_TASK = 20 };

static const enum metric measured[MEASURED] = {METRIC_MACRO_F1, METRIC_ACCURACY};

struct hits {
    uint32_t threads[MEASURED], rows[MEASURED];
};

struct work {
    uint32_t n_threads;
    double truth[MEASURED];
    struct hits *hits; /* per task */
};

struct bench {
    struct sim sim;
    struct score score;
    uint32_t *times;
    double value[MEASURED][REPLICATES];
};

static void score_replicate(struct bench *b, bool by_thread, uint32_t replicate, uint64_t seed)
{
    bootstrap_draw(b->times, by_thread ? b->sim.n_threads : b->sim.n_rows, seed, replicate);
    score_reset(&b->score);
    for (uint32_t i = 0; i < b->sim.n_rows; i++) {
        const struct sim_row *row = &b->sim.row[i];
        confusion_add_times(&b->score.confusion, row->gold, row->given[0],
                            b->times[by_thread ? row->thread : i]);
    }
    for (int m = 0; m < MEASURED; m++)
        b->value[m][replicate] = score_metric(&b->score, measured[m]);
}

static void count_hits(const struct work *w, struct bench *b, bool by_thread, uint64_t seed,
                       uint32_t *hits)
{
    for (uint32_t r = 0; r < REPLICATES; r++)
        score_replicate(b, by_thread, r, seed);
    for (int m = 0; m < MEASURED; m++) {
        struct interval i = bootstrap_interval(b->value[m], REPLICATES, 0.95,
                                               by_thread ? b->sim.n_threads : b->sim.n_rows);
        hits[m] += i.low <= w->truth[m] && w->truth[m] <= i.high;
    }
}

static void some_corpora(size_t task, void *arg)
{
    struct work *w = arg;
    struct bench *b = mem_zalloc(1, sizeof *b);

    sim_score_init(&b->score);
    b->times = mem_array(sizeof b->sim.row / sizeof *b->sim.row, sizeof *b->times);
    for (size_t i = task * PER_TASK; i < (task + 1) * PER_TASK; i++) {
        simulate(&b->sim, w->n_threads, w->n_threads, i);
        count_hits(w, b, true, i, w->hits[task].threads);
        count_hits(w, b, false, i, w->hits[task].rows);
    }
    free(b->times);
    score_release(&b->score);
    free(b);
}

static bool tell(double coverage, double low, double high, const char *what, enum metric m,
                 uint32_t n_threads)
{
    bool ok = low <= coverage && coverage <= high;
    printf("%s coverage of 95 %% intervals, %s, %u threads, %s: %.4f (expected %.2f to %.2f)\n",
           ok ? "ok" : "not ok", metric_info[m].name, n_threads, what, coverage, low, high);
    fflush(stdout);
    return ok;
}

static bool run(uint32_t n_threads)
{
    size_t n_tasks = CORPORA / PER_TASK;
    struct work w = {.n_threads = n_threads, .hits = mem_zalloc(n_tasks, sizeof *w.hits)};
    bool ok = true;

    printf("# %u threads, %d corpora of %d replicates, twice\n", n_threads, CORPORA, REPLICATES);
    fflush(stdout);
    for (int m = 0; m < MEASURED; m++)
        w.truth[m] = true_figure(measured[m]);
    jobs_run(0, n_tasks, some_corpora, &w);
    for (int m = 0; m < MEASURED; m++) {
        double threads = 0, rows = 0;
        for (size_t t = 0; t < n_tasks; t++) {
            threads += w.hits[t].threads[m];
            rows += w.hits[t].rows[m];
        }
        ok &= tell(threads / CORPORA, n_threads < 100 ? 0.92 : 0.93, 0.97, "threads drawn",
                   measured[m], n_threads);
        ok &= tell(rows / CORPORA, 0, 0.90, "rows drawn", measured[m], n_threads);
    }
    free(w.hits);
    return ok;
}

int main(void)
{
    bool few = run(30), many = run(100);
    return few && many ? 0 : 1;
}
