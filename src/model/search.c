/* SPDX-License-Identifier: MIT */
/*
 * search: folds run one after the other (one Gram matrix in memory at a time), the values
 * of C of a fold side by side. Margins of every row, pair and C are kept; scoring is then
 * a matter of sigmoids and counts.
 */
#include "model/search.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/decide.h"
#include "model/family.h"

struct work {
    const struct trainset *t;
    const uint8_t *use;
    const struct split *split;
    double *margin;       /* [c][row][pair] */
    double *blind_margin; /* [c][row][pair] */
    uint64_t *seen;       /* [fold][target][label] trained on */
};

void search_release(struct search *s)
{
    if (s == NULL)
        return;
    if (s->confusion != NULL)
        for (uint32_t t = 0; s->confusion[t].count != NULL; t++)
            confusion_release(&s->confusion[t]);
    free(s->confusion);
    confusion_release(&s->blind_confusion);
    free(s->sigmoid);
    free(s->blind_sigmoid);
    split_release(&s->split);
    *s = (struct search){0};
}

static double *margins_at(const struct trainset *t, double *margin, uint32_t c, size_t row)
{
    return margin + ((size_t)c * t->n_rows + row) * t->n_pairs;
}

static int hold_out_pair(const struct fit *f, const struct work *w, uint32_t fold, uint32_t pair,
                         bool blind, struct stance_err *err)
{
    const struct trainset *t = w->t;
    double *margin = blind ? w->blind_margin : w->margin;
    struct machine machine[SETTINGS_MAX_C];
    int status = fit_pair(f, pair, blind, t->set.n_c, t->set.c, machine, err);

    for (uint32_t c = 0; c < t->set.n_c && status == 0; c++)
        for (size_t r = 0; r < t->n_rows; r++)
            if (w->split->fold[t->row[r].comment] == fold)
                margins_at(t, margin, c, r)[pair] = fit_margin(f, &machine[c], (uint32_t)r, blind);
    machines_release(machine, t->set.n_c);
    return status;
}

static int run_fold(const struct work *w, uint32_t fold, struct stance_err *err)
{
    const struct trainset *t = w->t;
    size_t table = (size_t)t->corpus->n_targets * t->corpus->n_labels;
    uint8_t *train = mem_zalloc(t->corpus->n_comments, 1);
    struct fit f;
    int status = 0;

    for (size_t i = 0; i < t->corpus->n_comments; i++)
        train[i] = w->use[i] && w->split->fold[i] != fold;
    fit_open(&f, t, train);
    memcpy(w->seen + fold * table, f.seen, table * sizeof *w->seen);
    for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++) {
        status = hold_out_pair(&f, w, fold, pair, false, err);
        if (status == 0 && t->corpus->n_targets > 1)
            status = hold_out_pair(&f, w, fold, pair, true, err);
    }
    fit_release(&f);
    free(train);
    return status;
}

/* Sigmoids of all pairs on the held-out margins of the rows outside `but_fold`. */
static void fit_sigmoids(const struct work *w, double *margin, uint32_t c, uint32_t but_fold,
                         struct sigmoid *sigmoid)
{
    const struct trainset *t = w->t;
    double *value = mem_array(t->n_rows, sizeof *value);
    int8_t *sign = mem_array(t->n_rows, sizeof *sign);

    for (uint32_t pair = 0; pair < t->n_pairs; pair++) {
        size_t n = 0;
        for (size_t r = 0; r < t->n_rows; r++) {
            uint32_t label = t->row[r].label, fold = w->split->fold[t->row[r].comment];
            if (fold == SPLIT_UNUSED || fold == but_fold ||
                (label != t->pair[pair].a && label != t->pair[pair].b))
                continue;
            value[n] = margins_at(t, margin, c, r)[pair];
            sign[n++] = label == t->pair[pair].a ? 1 : -1;
        }
        sigmoid[pair] = sigmoid_fit(value, sign, n);
    }
    free(value);
    free(sign);
}

/* Held-out decisions at one C, counted per target (one table where n_tables is 1). Who is
 * blind to targets may give any label of the target's family. */
static void score(const struct work *w, double *margin, uint32_t c, struct confusion *table,
                  uint32_t n_tables)
{
    bool blind = margin == w->blind_margin && w->t->corpus->n_targets > 1;
    const struct trainset *t = w->t;
    uint32_t n_labels = t->corpus->n_labels;
    struct sigmoid *sigmoid = mem_array(t->n_pairs, sizeof *sigmoid);
    struct decision d;

    for (uint32_t fold = 0; fold < w->split->n_folds; fold++) {
        const uint64_t *seen = w->seen + (size_t)fold * t->corpus->n_targets * n_labels;
        uint64_t *may = blind ? family_counts(seen, t->corpus->n_targets, n_labels) : NULL;
        fit_sigmoids(w, margin, c, fold, sigmoid);
        for (size_t r = 0; r < t->n_rows; r++) {
            const struct mark *row = &t->row[r];
            if (w->split->fold[row->comment] != fold)
                continue;
            decide(&d, t->pair, t->n_pairs, (blind ? may : seen) + (size_t)row->target * n_labels,
                   n_labels, margins_at(t, margin, c, r), sigmoid);
            confusion_add(&table[n_tables > 1 ? row->target : 0], row->label, d.label);
        }
        free(may);
    }
    free(sigmoid);
}

static double macro_f1_at(const struct work *w, double *margin, uint32_t c)
{
    struct confusion table;
    double f;

    confusion_init(&table, w->t->corpus->n_labels);
    score(w, margin, c, &table, 1);
    f = confusion_macro_f1(&table);
    confusion_release(&table);
    return f;
}

static void choose(struct search *s, const struct work *w)
{
    const struct trainset *t = w->t;
    uint32_t n_targets = t->corpus->n_targets;

    for (uint32_t c = 0; c < s->n_c; c++) {
        s->macro_f1[c] = macro_f1_at(w, w->margin, c);
        if (s->macro_f1[c] > s->macro_f1[s->best])
            s->best = c;
    }
    s->sigmoid = mem_array(t->n_pairs, sizeof *s->sigmoid);
    s->blind_sigmoid = mem_array(t->n_pairs, sizeof *s->blind_sigmoid);
    fit_sigmoids(w, w->margin, s->best, SPLIT_UNUSED, s->sigmoid);
    fit_sigmoids(w, w->blind_margin, s->best, SPLIT_UNUSED, s->blind_sigmoid);
    s->confusion = mem_zalloc((size_t)n_targets + 1, sizeof *s->confusion);
    for (uint32_t i = 0; i < n_targets; i++)
        confusion_init(&s->confusion[i], t->corpus->n_labels);
    score(w, w->margin, s->best, s->confusion, n_targets);
    confusion_init(&s->blind_confusion, t->corpus->n_labels);
    score(w, w->blind_margin, s->best, &s->blind_confusion, 1);
    s->blind_macro_f1 = confusion_macro_f1(&s->blind_confusion);
}

int search_run(struct search *s, const struct trainset *t, const uint8_t *use, struct span field,
               const struct search_progress *progress, struct stance_err *err)
{
    struct work w = {.t = t, .use = use, .split = &s->split};
    size_t n_margins = (size_t)t->set.n_c * t->n_rows * t->n_pairs;
    size_t table = (size_t)t->corpus->n_targets * t->corpus->n_labels;
    int status;

    *s = (struct search){.n_c = t->set.n_c};
    status = split_folds_apart(&s->split, t->corpus, use, field, t->copy_of, t->set.n_folds,
                               t->set.seed, err);
    if (status < 0)
        return -1;
    w.margin = mem_zalloc(n_margins, sizeof *w.margin);
    w.blind_margin =
        t->corpus->n_targets > 1 ? mem_zalloc(n_margins, sizeof *w.blind_margin) : w.margin;
    w.seen = mem_zalloc(t->set.n_folds * table, sizeof *w.seen);
    for (uint32_t fold = 0; fold < t->set.n_folds && status == 0; fold++) {
        status = run_fold(&w, fold, err);
        if (progress != NULL)
            progress->step(progress->arg, fold + 1, t->set.n_folds);
    }
    if (status == 0)
        choose(s, &w);
    if (w.blind_margin != w.margin)
        free(w.blind_margin);
    free(w.margin);
    free(w.seen);
    return status;
}
