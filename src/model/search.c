/* SPDX-License-Identifier: MIT */
/*
 * search: folds and mixes run one after the other (one Gram matrix in memory at a time), the
 * values of C side by side. Margins of every row, pair and candidate are kept; choosing is then
 * a matter of sigmoids and counts (heldout.h).
 */
#include "model/search.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/heldout.h"

struct fold_run {
    struct heldout *held;
    const struct fit *fit;
    uint32_t fold, mix;
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

static size_t held_out(const struct fold_run *run, uint32_t *row)
{
    const struct trainset *t = run->held->t;
    size_t n = 0;

    for (size_t r = 0; r < t->n_rows; r++)
        if (run->held->split->fold[t->row[r].comment] == run->fold)
            row[n++] = (uint32_t)r;
    return n;
}

static int hold_out_pair(const struct fold_run *run, uint32_t pair, bool blind,
                         struct stance_err *err)
{
    const struct trainset *t = run->held->t;
    struct machine machine[SETTINGS_MAX_C];
    uint32_t *row = mem_array(t->n_rows, sizeof *row);
    size_t n = held_out(run, row);
    double *value = mem_array(t->set.n_c * n, sizeof *value);
    int status = fit_pair(run->fit, pair, blind, t->set.n_c, t->set.c, machine, err);

    if (status == 0)
        fit_margins(run->fit, machine, t->set.n_c, row, n, blind, value);
    for (uint32_t c = 0; c < t->set.n_c && status == 0; c++)
        for (size_t i = 0; i < n; i++)
            heldout_margins(run->held, blind, run->mix * t->set.n_c + c, row[i])[pair] =
                value[c * n + i];
    machines_release(machine, t->set.n_c);
    free(row);
    free(value);
    return status;
}

static int run_fold(struct heldout *h, const uint8_t *use, uint32_t fold, uint32_t mix,
                    struct stance_err *err)
{
    const struct trainset *t = h->t;
    size_t table = (size_t)t->corpus->n_targets * t->corpus->n_labels;
    uint8_t *train = mem_zalloc(t->corpus->n_comments, 1);
    struct fit f;
    struct fold_run run = {h, &f, fold, mix};
    int status = 0;

    for (size_t i = 0; i < t->corpus->n_comments; i++)
        train[i] = use[i] && h->split->fold[i] != fold;
    fit_open(&f, t, train, mix);
    memcpy(h->seen + fold * table, f.seen, table * sizeof *h->seen);
    for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++) {
        status = hold_out_pair(&run, pair, false, err);
        if (status == 0 && t->corpus->n_targets > 1)
            status = hold_out_pair(&run, pair, true, err);
    }
    fit_release(&f);
    free(train);
    return status;
}

static uint32_t best_candidate(struct search *s, const struct heldout *h)
{
    const struct trainset *t = h->t;
    struct confusion table;
    uint32_t best = 0;

    confusion_init(&table, t->corpus->n_labels);
    for (uint32_t i = 0; i < h->n_candidates; i++) {
        double *p = heldout_probabilities(h, false, i);
        confusion_reset(&table);
        heldout_count(h, p, heldout_exponent(h, p, t->set.rule), &table, 1);
        s->macro_f1[i] = confusion_macro_f1(&table);
        s->log_loss[i] = heldout_log_loss(h, p);
        if (s->log_loss[i] < s->log_loss[best])
            best = i;
        free(p);
    }
    confusion_release(&table);
    return best;
}

static void keep_figures(struct search *s, const struct heldout *h, uint32_t best)
{
    const struct trainset *t = h->t;
    uint32_t n_targets = t->corpus->n_targets, n_labels = t->corpus->n_labels;
    double *p = heldout_probabilities(h, false, best);
    double *blind = heldout_probabilities(h, true, best);

    s->exponent = heldout_exponent(h, p, t->set.rule);
    s->blind_exponent = heldout_exponent(h, blind, t->set.rule);
    s->confusion = mem_zalloc((size_t)n_targets + 1, sizeof *s->confusion);
    for (uint32_t i = 0; i < n_targets; i++)
        confusion_init(&s->confusion[i], n_labels);
    heldout_count(h, p, s->exponent, s->confusion, n_targets);
    confusion_init(&s->blind_confusion, n_labels);
    heldout_count(h, blind, s->blind_exponent, &s->blind_confusion, 1);
    s->blind_macro_f1 = confusion_macro_f1(&s->blind_confusion);
    free(p);
    free(blind);
}

static void choose(struct search *s, const struct heldout *h)
{
    const struct trainset *t = h->t;
    uint32_t best = best_candidate(s, h);

    s->best_mix = best / t->set.n_c;
    s->best_c = best % t->set.n_c;
    s->sigmoid = mem_array(t->n_pairs, sizeof *s->sigmoid);
    s->blind_sigmoid = mem_array(t->n_pairs, sizeof *s->blind_sigmoid);
    heldout_sigmoids(h, false, best, SPLIT_UNUSED, s->sigmoid);
    heldout_sigmoids(h, true, best, SPLIT_UNUSED, s->blind_sigmoid);
    keep_figures(s, h, best);
}

int search_run(struct search *s, const struct trainset *t, const uint8_t *use, struct span field,
               const struct search_progress *progress, struct stance_err *err)
{
    struct heldout h;
    uint32_t total = t->set.n_folds * t->set.n_mixes;
    int status;

    *s = (struct search){.n_c = t->set.n_c, .n_mixes = t->set.n_mixes};
    status = split_folds_apart(&s->split, t->corpus, use, field, t->copy_of, t->set.n_folds,
                               t->set.seed, err);
    if (status < 0)
        return -1;
    heldout_init(&h, t, &s->split, t->set.n_mixes * t->set.n_c);
    for (uint32_t i = 0; i < total && status == 0; i++) {
        status = run_fold(&h, use, i / t->set.n_mixes, i % t->set.n_mixes, err);
        if (progress != NULL)
            progress->step(progress->arg, i + 1, total);
    }
    if (status == 0)
        choose(s, &h);
    heldout_release(&h);
    return status;
}
