/* SPDX-License-Identifier: MIT */
/*
 * assumed: shares without a labelled sample of the dump. The model's held-out table of errors, or
 * its posteriors, and the assumption that the dump differs from the training comments by its shares
 * of labels alone; or nothing but counts. A target's labels are those that it can have.
 */
#include "prevalence/corrected.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { REPLICATES = 2000 };

/* One target's labels, numbered anew. */
struct labels_of {
    size_t n;
    size_t *label;    /* [n] of the census */
    uint64_t *errors; /* [n][n] */
    double *prior, *share, *low, *high;
    uint64_t *counted;
};

static void labels_make(struct labels_of *t, const struct shares_source *from, size_t target)
{
    const struct census_spec *spec = &from->census->spec;
    const struct model *m = from->model;
    uint32_t at = from->model_target[target];
    double sum = 0;

    *t = (struct labels_of){.label = mem_array(spec->n_labels, sizeof *t->label)};
    for (size_t l = 0; l < spec->n_labels; l++)
        if (from->may[target * spec->n_labels + l] != 0)
            t->label[t->n++] = l;
    t->errors = mem_array(t->n * t->n, sizeof *t->errors);
    t->counted = mem_zalloc(t->n, sizeof *t->counted);
    t->prior = mem_array(4 * t->n, sizeof *t->prior);
    t->share = t->prior + t->n;
    t->low = t->share + t->n;
    t->high = t->low + t->n;
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < t->n; k++)
            t->errors[i * t->n + k] =
                m->confusion[((size_t)at * m->n_labels + t->label[i]) * m->n_labels + t->label[k]];
        t->prior[i] = m->prior[(size_t)at * m->n_labels + t->label[i]];
        sum += t->prior[i];
    }
    for (size_t i = 0; i < t->n; i++)
        t->prior[i] /= sum;
}

static void labels_release(struct labels_of *t)
{
    free(t->label);
    free(t->errors);
    free(t->counted);
    free(t->prior);
}

static void count_group(struct labels_of *t, const struct census *c, size_t target, uint32_t level,
                        uint32_t number)
{
    size_t n;
    const struct census_cell *cell = census_cells(c, level, number, &n);

    for (size_t i = 0; i < t->n; i++) {
        t->counted[i] = 0;
        for (size_t k = 0; k < n; k++)
            t->counted[i] += cell[k].counted[target * c->spec.n_labels + t->label[i]];
    }
}

/* Posteriors of the target's labels alone. */
static void cells_of(struct quantify_cells *out, const struct labels_of *t,
                     const struct quantify_cells *all)
{
    double *p = mem_array(t->n, sizeof *p);

    quantify_cells_init(out, t->n);
    for (size_t i = 0; i < all->n; i++) {
        for (size_t k = 0; k < t->n; k++)
            p[k] = all->mean[i * all->n_labels + t->label[k]];
        quantify_cells_add(out, p, all->count[i]);
    }
    free(p);
}

static uint64_t trained(const struct shares_source *from, size_t target)
{
    const uint64_t *seen = model_seen(from->model, from->model_target[target]);
    uint64_t n = 0;

    for (uint32_t l = 0; l < from->model->n_labels; l++)
        n += seen[l];
    return n;
}

/* NULL, or why there is no number. */
static const char *tell_group(struct labels_of *t, const struct shares *s,
                              const struct shares_source *from, size_t target, size_t group)
{
    const char *why = NULL;

    for (size_t i = 0; i < t->n; i++)
        t->low[i] = t->high[i] = NAN;
    if (s->method == SHARES_COUNT) {
        quantify_count(t->counted, t->n, t->share);
    } else if (s->method == SHARES_ADJUSTED) {
        why = quantify_adjusted(t->errors, t->counted, t->n, t->share);
        if (why == NULL)
            quantify_adjusted_interval(t->errors, t->counted, t->n, s->level, REPLICATES,
                                       from->seed, t->low, t->high);
    } else if (group > 0) {
        why = "expectation-maximisation tells the whole alone";
    } else {
        struct quantify_cells cells;
        cells_of(&cells, t, &from->census->posterior[target]);
        quantify_sld(cells.mean, cells.count, cells.n, t->prior, t->n, t->share);
        quantify_sld_interval(&cells, t->prior, trained(from, target), s->level, REPLICATES / 10,
                              from->seed, t->low, t->high);
        quantify_cells_release(&cells);
    }
    return why;
}

static void put_group(const struct labels_of *t, struct share *out, const char *why)
{
    uint64_t all = 0;

    for (size_t i = 0; i < t->n; i++)
        all += t->counted[i];
    for (size_t i = 0; i < t->n; i++)
        out[t->label[i]] =
            (struct share){.value = why == NULL ? t->share[i] : NAN,
                           .se = NAN,
                           .low = why == NULL ? t->low[i] : NAN,
                           .high = why == NULL ? t->high[i] : NAN,
                           .df = NAN,
                           .lambda = NAN,
                           .alone = NAN,
                           .alone_low = NAN,
                           .alone_high = NAN,
                           .counted = all != 0 ? (double)t->counted[i] / (double)all : NAN,
                           .refused = why};
}

void assumed_shares(struct shares *s, const struct shares_source *from)
{
    uint32_t level = from->census->spec.n_levels > 1 ? 1 : 0;
    uint32_t *number = groups_of_level(s, from->census, level);

    for (size_t t = 0; t < s->n_targets; t++) {
        struct share_target *target = &s->target[t];
        struct labels_of labels;
        labels_make(&labels, from, t);
        target->homogeneity_p = NAN;
        target->share =
            arena_alloc(&s->arena, s->n_groups * target->n_labels * sizeof(struct share));
        for (size_t g = 0; g < s->n_groups; g++) {
            struct share *out = &target->share[g * target->n_labels];
            for (size_t l = 0; l < target->n_labels; l++)
                out[l] = (struct share){.value = NAN,
                                        .se = NAN,
                                        .low = NAN,
                                        .high = NAN,
                                        .counted = NAN,
                                        .alone = NAN,
                                        .alone_low = NAN,
                                        .alone_high = NAN,
                                        .refused = "no label of this target"};
            count_group(&labels, from->census, t, g > 0 ? level : 0, number[g]);
            put_group(&labels, out, tell_group(&labels, s, from, t, g));
        }
        labels_release(&labels);
    }
    if (level != 0)
        s->by = arena_copy(&s->arena, from->census->spec.level[1]);
    free(number);
}
