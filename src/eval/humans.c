/* SPDX-License-Identifier: MIT */
/* humans: see humans.h. */
#include "eval/humans.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "metrics/bootstrap.h"
#include "metrics/confusion.h"

struct judging {
    const struct evaluation *e;
    uint32_t n_annotators, n_labels;
    const uint32_t *label; /* [annotator][row] */
    uint64_t seed;
    double *value; /* per resample */
};

static double pair_macro_f1(const struct judging *c, uint32_t a, uint32_t b, const uint32_t *times,
                            uint64_t *n)
{
    const uint32_t *first = c->label + a * c->e->n_rows, *second = c->label + b * c->e->n_rows;
    struct confusion table;
    double f;

    confusion_init(&table, c->n_labels);
    for (size_t r = 0; r < c->e->n_rows; r++)
        if (first[r] != UINT32_MAX && second[r] != UINT32_MAX)
            confusion_add_times(&table, first[r], second[r],
                                times != NULL ? times[c->e->group[c->e->row[r].comment]] : 1);
    f = confusion_macro_f1(&table);
    *n = confusion_total(&table);
    confusion_release(&table);
    return f;
}

/* The mean over the pairs that have rows in common, each weighing as much as those rows. */
static double mean_macro_f1(const struct judging *c, const uint32_t *times)
{
    double sum = 0, weight = 0;

    for (uint32_t a = 0; a < c->n_annotators; a++) {
        for (uint32_t b = a + 1; b < c->n_annotators; b++) {
            uint64_t n;
            double f = pair_macro_f1(c, a, b, times, &n);
            if (isnan(f))
                continue;
            sum += f * (double)n;
            weight += (double)n;
        }
    }
    return weight != 0 ? sum / weight : NAN;
}

static void resample(size_t i, void *arg)
{
    const struct judging *c = arg;
    uint32_t *times = mem_array(c->e->n_groups, sizeof *times);

    bootstrap_draw(times, c->e->n_groups, c->seed, (uint32_t)i);
    c->value[i] = mean_macro_f1(c, times);
    free(times);
}

/* Rows with labels of two annotators or more, and the groups that they are in. */
static uint64_t count_shared(const struct judging *c, uint32_t *n_groups)
{
    uint8_t *met = mem_zalloc(c->e->n_groups, 1);
    uint64_t n = 0;

    *n_groups = 0;
    for (size_t r = 0; r < c->e->n_rows; r++) {
        uint32_t given = 0, group = c->e->group[c->e->row[r].comment];
        for (uint32_t a = 0; a < c->n_annotators; a++)
            given += c->label[a * c->e->n_rows + r] != UINT32_MAX;
        if (given < 2)
            continue;
        n++;
        *n_groups += met[group] == 0;
        met[group] = 1;
    }
    free(met);
    return n;
}

int humans_find(struct evaluation *e, const struct corpus *gold, const struct annotations *a,
                uint32_t n_resamples, uint64_t seed, unsigned n_jobs, struct stance_err *err)
{
    uint32_t *label = annotations_of_corpus(a, gold);
    struct judging c = {.e = e,
                        .n_annotators = a->n_annotators,
                        .n_labels = a->n_labels,
                        .label = label,
                        .seed = seed,
                        .value = mem_array(n_resamples, sizeof *c.value)};
    struct interval i;
    uint32_t n_groups; /* the others say nothing of it, and do not make its interval shorter */
    uint64_t n_rows = count_shared(&c, &n_groups);
    int status = 0;

    e->humans = (struct evaluation_humans){.value = mean_macro_f1(&c, NULL),
                                           .low = NAN,
                                           .high = NAN,
                                           .n_rows = n_rows,
                                           .n_annotators = a->n_annotators};
    if (e->humans.n_rows == 0)
        status = err_set(
            err, STANCE_DATA,
            "no gold label has annotations of two annotators: nothing to say of their agreement");
    jobs_run(n_jobs, status == 0 ? n_resamples : 0, resample, &c);
    if (status == 0 && n_resamples != 0) {
        i = bootstrap_interval(c.value, n_resamples, 0.95, n_groups);
        e->humans.low = i.low;
        e->humans.high = i.high;
    }
    free(label);
    free(c.value);
    return status;
}
