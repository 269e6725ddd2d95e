/* SPDX-License-Identifier: MIT */
/*
 * agree: see agree.h. The counts of a section (agreecounts.h) are made once; a resample weighs
 * each cell by how often its group was drawn, with room for one pair's table at a time.
 */
#include "agree/agree.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "agree/agreecounts.h"
#include "metrics/agreement.h"

/* Where a figure stands in a row of all; then n_labels alphas, then three of each pair. */
enum { OBSERVED, ALPHA, KAPPA, MACRO_F1, N_FIGURES };
enum { PAIR_OBSERVED, PAIR_KAPPA, PAIR_MACRO_F1, N_PAIR_FIGURES };

void agreement_release(struct agreement *g)
{
    if (g == NULL)
        return;
    for (uint32_t i = 0; i < g->n_sections; i++) {
        struct agree_section *s = &g->section[i];
        for (uint64_t p = 0; p < s->n_pairs; p++)
            confusion_release(&s->pair[p].table);
        free(s->pair);
        free(s->alpha_of);
        free(s->given);
    }
    free(g->section);
    free(g->note);
    annotations_release(&g->annotations);
    *g = (struct agreement){0};
}

static void note(struct agreement *g, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void note(struct agreement *g, const char *fmt, ...)
{
    char line[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    MEM_GROW(g->note, g->note_cap, g->n_notes + 1);
    g->note[g->n_notes++] = arena_copy(&g->annotations.arena, span_of(line));
}

/* ---- figures ---- */

static size_t n_figures(const struct agree_counts *c)
{
    return N_FIGURES + c->n_labels +
           (c->n_pairs <= AGREE_PAIR_INTERVALS ? c->n_pairs * N_PAIR_FIGURES : 0);
}

/* A mean over pairs, each weighing as much as the units that both labelled. */
struct mean {
    double sum, weight;
    uint64_t n;
};

static void add_mean(struct mean *m, double value, uint64_t weight)
{
    if (isnan(value))
        return;
    m->sum += value * (double)weight;
    m->weight += (double)weight;
    m->n++;
}

static double mean_of(const struct mean *m)
{
    return m->weight != 0 ? m->sum / m->weight : NAN;
}

/* Adds the cells of one pair, from `i` on; returns where those of the next begin. */
static size_t fill_table(const struct agree_counts *c, size_t i, const uint32_t *times,
                         struct confusion *table, struct coincidence *all)
{
    uint32_t pair = c->cell[i].pair;

    confusion_reset(table);
    for (; i < c->n_cells && c->cell[i].pair == pair; i++) {
        const struct agree_cell *k = &c->cell[i];
        uint64_t n = k->n * (times != NULL ? times[k->group] : 1);
        if (n == 0)
            continue;
        confusion_add_times(table, k->a, k->b, n);
        coincidence_add(all, k->size, k->a, k->b, n);
    }
    return i;
}

/* All figures where each group is taken `times` over; once where that is NULL. Figure f goes
 * to out[f * step]. Returns over how many pairs the mean of kappa is. */
static uint64_t score(const struct agree_counts *c, const uint32_t *times, double *out, size_t step)
{
    double *pairs = out + (N_FIGURES + c->n_labels) * step;
    struct mean kappa = {0}, macro_f1 = {0};
    bool each = c->n_pairs <= AGREE_PAIR_INTERVALS;
    struct confusion table;
    struct coincidence all;

    confusion_init(&table, c->n_labels);
    coincidence_init(&all, c->n_labels, c->size, c->n_sizes);
    for (size_t i = 0; i < c->n_cells;) {
        double *pair = pairs + c->cell[i].pair * N_PAIR_FIGURES * step;
        i = fill_table(c, i, times, &table, &all);
        double k = confusion_kappa(&table), f = confusion_macro_f1(&table);
        add_mean(&kappa, k, confusion_total(&table));
        add_mean(&macro_f1, f, confusion_total(&table));
        if (each) {
            pair[PAIR_OBSERVED * step] = confusion_accuracy(&table);
            pair[PAIR_KAPPA * step] = k;
            pair[PAIR_MACRO_F1 * step] = f;
        }
    }
    out[OBSERVED * step] = coincidence_observed(&all);
    out[ALPHA * step] = coincidence_alpha(&all);
    out[KAPPA * step] = mean_of(&kappa);
    out[MACRO_F1 * step] = mean_of(&macro_f1);
    for (uint32_t l = 0; l < c->n_labels; l++)
        out[(N_FIGURES + l) * step] = coincidence_alpha_of(&all, l);
    coincidence_release(&all);
    confusion_release(&table);
    return kappa.n;
}

struct resampling {
    const struct agree_counts *counts;
    uint32_t n;
    uint64_t seed;
    double *value; /* [figure][resample] */
};

static void resample(size_t i, void *arg)
{
    struct resampling *r = arg;
    uint32_t *times = mem_array(r->counts->n_groups, sizeof *times);

    bootstrap_draw(times, r->counts->n_groups, r->seed, (uint32_t)i);
    score(r->counts, times, r->value + i, r->n);
    free(times);
}

static struct agree_figure figure(struct resampling *r, double value, size_t which)
{
    struct agree_figure f = {value, {NAN, NAN, 0}};

    if (r->n != 0)
        f.interval = bootstrap_interval(r->value + which * r->n, r->n, 0.95, r->counts->n_groups);
    return f;
}

static void fill_pair(struct agree_pair *p, struct resampling *r, size_t which)
{
    struct resampling none = {.n = 0};

    if (r->counts->n_pairs > AGREE_PAIR_INTERVALS)
        r = &none;
    p->observed = figure(r, confusion_accuracy(&p->table), which + PAIR_OBSERVED);
    p->kappa = figure(r, confusion_kappa(&p->table), which + PAIR_KAPPA);
    p->macro_f1 = figure(r, confusion_macro_f1(&p->table), which + PAIR_MACRO_F1);
}

static void fill(struct agree_section *s, const struct agree_counts *c, struct resampling *r)
{
    double *all = mem_array(n_figures(c), sizeof *all);

    s->n_kappas = score(c, NULL, all, 1);
    s->observed = figure(r, all[OBSERVED], OBSERVED);
    s->alpha = figure(r, all[ALPHA], ALPHA);
    s->kappa = figure(r, all[KAPPA], KAPPA);
    s->macro_f1 = figure(r, all[MACRO_F1], MACRO_F1);
    s->alpha_of = mem_array(c->n_labels, sizeof *s->alpha_of);
    for (uint32_t l = 0; l < c->n_labels; l++)
        s->alpha_of[l] = figure(r, all[N_FIGURES + l], N_FIGURES + l);
    for (size_t p = 0; p < c->n_pairs; p++)
        fill_pair(&s->pair[p], r, N_FIGURES + c->n_labels + p * N_PAIR_FIGURES);
    free(all);
}

static void run_section(struct agreement *g, struct agree_section *s, uint32_t target,
                        const struct agree_groups *groups, const struct agree_settings *set)
{
    struct agree_counts c;
    struct resampling r = {.counts = &c, .seed = set->seed};

    agree_count(&c, s, &g->annotations, groups, target);
    r.n = c.n_groups > 1 ? set->n_resamples : 0;
    r.value = mem_array((size_t)r.n * n_figures(&c), sizeof *r.value);
    jobs_run(set->n_jobs, r.n, resample, &r);
    fill(s, &c, &r);
    free(r.value);
    agree_counts_release(&c);
}

/* ---- what is worth noting ---- */

static void note_groups(struct agreement *g, const struct agree_groups *groups)
{
    const char *others = span_eq(groups->field, SPAN("id")) ? "comments" : "authors";
    const struct annotations *a = &g->annotations;
    const char *hint = a->has_comments ? "" : "; --comments names files that say the threads";

    if (groups->n_without != 0)
        note(g, "comments without %.*s, each a group of its own: %zu of %zu",
             (int)groups->field.len, groups->field.p, groups->n_without, a->n_comments);
    if (groups->asked || span_eq(groups->field, SPAN("thread")))
        return;
    if (groups->n_threaded != 0)
        note(g, "comments without thread: %zu of %zu, so intervals resample %s%s",
             a->n_comments - groups->n_threaded, a->n_comments, others, hint);
    else
        note(g,
             "no threads are known, so intervals resample %s, and are too short where those of "
             "a thread are alike%s",
             others, hint);
}

/* "ban: ", or nothing for all targets together. */
static void add_target(struct buf *out, const struct agree_section *s)
{
    buf_reset(out);
    if (s->target.p != NULL) {
        buf_add_span(out, s->target);
        buf_add_str(out, ": ");
    }
}

static void note_sections(struct agreement *g)
{
    struct buf target = {0};
    bool few = false; /* said of all targets: each has no more */

    for (uint32_t i = 0; i < g->n_sections && g->n_resamples != 0; i++) {
        const struct agree_section *s = &g->section[i];
        add_target(&target, s);
        if (s->n_groups < AGREE_FEW_GROUPS && !few)
            note(g, "%s%u group%s: %s", buf_str(&target), s->n_groups, s->n_groups != 1 ? "s" : "",
                 s->n_groups > 1 ? "intervals over fewer than 30 are rough"
                                 : "intervals need two at least");
        few = few || (i == 0 && s->n_groups < AGREE_FEW_GROUPS);
        if (s->alpha.interval.n_undefined != 0)
            note(g, "%salpha is undefined in %u of %u resamples, which its interval leaves out",
                 buf_str(&target), s->alpha.interval.n_undefined, g->n_resamples);
    }
    buf_release(&target);
}

static void note_repeated(struct agreement *g)
{
    uint64_t n = g->annotations.n_repeated;

    if (n != 0)
        note(g, "%llu label%s given again, the same as before, counted once", (unsigned long long)n,
             n != 1 ? "s" : "");
}

/* A table of labels by labels for each pair of annotators must fit into a gigabyte. */
static int check_size(const struct annotations *a, struct stance_err *err)
{
    const double most = 1 << 27;
    double n = a->n_annotators, labels = a->n_labels;

    if (n * n / 2 * labels * labels > most)
        return err_set(err, STANCE_DATA,
                       "%u annotators and %u labels: too many to compare pair by pair",
                       a->n_annotators, a->n_labels);
    return 0;
}

int agree_run(struct agreement *g, const struct agree_settings *set, const struct stance_talk *talk,
              struct stance_err *err)
{
    const struct annotations *a = &g->annotations;
    uint32_t n = a->n_targets > 1 ? a->n_targets + 1 : 1;
    struct agree_groups groups;

    if (check_size(a, err) < 0 || agree_groups_find(&groups, a, set->group, err) < 0)
        return -1;
    g->grouped_by = arena_copy(&g->annotations.arena, groups.field);
    g->n_groups = groups.n;
    g->n_resamples = set->n_resamples;
    g->seed = set->seed;
    g->section = mem_zalloc(n, sizeof *g->section);
    for (g->n_sections = 0; g->n_sections < n; g->n_sections++) {
        struct agree_section *s = &g->section[g->n_sections];
        uint32_t target = g->n_sections != 0 ? g->n_sections - 1 : UINT32_MAX;
        if (target != UINT32_MAX || n == 1)
            s->target = a->target[n == 1 ? 0 : target];
        run_section(g, s, target, &groups, set);
        if (talk != NULL && talk->progress != NULL)
            talk->progress(talk->arg, "targets", g->n_sections + 1, n);
    }
    if (set->n_resamples != 0)
        note_groups(g, &groups);
    note_sections(g);
    note_repeated(g);
    agree_groups_release(&groups);
    if (g->section[0].n_shared == 0)
        return err_set(err, STANCE_DATA,
                       "%u annotator%s, and no comment that two labelled for one target",
                       a->n_annotators, a->n_annotators != 1 ? "s" : "");
    return 0;
}
