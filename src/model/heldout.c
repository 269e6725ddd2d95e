/* SPDX-License-Identifier: MIT */
/* heldout: see heldout.h. Who is blind to targets may give any label of the target's family. */
#include "model/heldout.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/decide.h"
#include "model/family.h"

static const double least_p = 1e-7;

void heldout_init(struct heldout *h, const struct trainset *t, const struct split *split,
                  uint32_t n_candidates)
{
    size_t n = t->n_rows * t->n_pairs;
    size_t table = (size_t)t->corpus->n_targets * t->corpus->n_labels;

    *h = (struct heldout){.t = t, .split = split, .n_candidates = n_candidates};
    h->margin = mem_zalloc(n_candidates * n, sizeof *h->margin);
    h->blind_margin = mem_zalloc(n, sizeof *h->blind_margin);
    h->seen = mem_zalloc(t->set.n_folds * table, sizeof *h->seen);
}

void heldout_release(struct heldout *h)
{
    free(h->blind_margin);
    free(h->margin);
    free(h->seen);
    *h = (struct heldout){0};
}

double *heldout_margins(const struct heldout *h, bool blind, uint32_t candidate, size_t row)
{
    if (blind)
        return h->blind_margin + row * h->t->n_pairs;
    return h->margin + ((size_t)candidate * h->t->n_rows + row) * h->t->n_pairs;
}

void heldout_blind_is(struct heldout *h, uint32_t candidate)
{
    memcpy(h->blind_margin, heldout_margins(h, false, candidate, 0),
           h->t->n_rows * h->t->n_pairs * sizeof *h->blind_margin);
}

void heldout_sigmoids(const struct heldout *h, bool blind, uint32_t candidate, uint32_t but_fold,
                      struct sigmoid *sigmoid)
{
    const struct trainset *t = h->t;
    double *value = mem_array(t->n_rows, sizeof *value);
    int8_t *sign = mem_array(t->n_rows, sizeof *sign);

    for (uint32_t pair = 0; pair < t->n_pairs; pair++) {
        size_t n = 0;
        for (size_t r = 0; r < t->n_rows; r++) {
            uint32_t label = t->row[r].label, fold = h->split->fold[t->row[r].comment];
            if (fold == SPLIT_UNUSED || fold == but_fold ||
                (label != t->pair[pair].a && label != t->pair[pair].b))
                continue;
            value[n] = heldout_margins(h, blind, candidate, r)[pair];
            sign[n++] = label == t->pair[pair].a ? 1 : -1;
        }
        sigmoid[pair] = sigmoid_fit(value, sign, n);
    }
    free(value);
    free(sign);
}

static const uint64_t *seen_in(const struct heldout *h, uint32_t fold)
{
    return h->seen + (size_t)fold * h->t->corpus->n_targets * h->t->corpus->n_labels;
}

/* Probabilities of the rows that one fold holds out. */
static void fold_probabilities(const struct heldout *h, bool blind, uint32_t candidate,
                               uint32_t fold, struct sigmoid *sigmoid, double *p)
{
    const struct trainset *t = h->t;
    uint32_t n_labels = t->corpus->n_labels;
    const uint64_t *seen = seen_in(h, fold);
    uint64_t *may = (blind ? family_counts : family_allowed)(seen, t->corpus->n_targets, n_labels);
    struct decision d;

    heldout_sigmoids(h, blind, candidate, fold, sigmoid);
    for (size_t r = 0; r < t->n_rows; r++) {
        const struct mark *row = &t->row[r];
        if (h->split->fold[row->comment] != fold)
            continue;
        decide(&d, t->pair, t->n_pairs, may + (size_t)row->target * n_labels, n_labels,
               heldout_margins(h, blind, candidate, r), sigmoid, NULL);
        memcpy(p + r * n_labels, d.p, n_labels * sizeof *p);
    }
    free(may);
}

double *heldout_probabilities(const struct heldout *h, bool blind, uint32_t candidate)
{
    const struct trainset *t = h->t;
    double *p = mem_zalloc(t->n_rows * t->corpus->n_labels, sizeof *p);
    struct sigmoid *sigmoid = mem_array(t->n_pairs, sizeof *sigmoid);

    for (uint32_t fold = 0; fold < h->split->n_folds; fold++)
        fold_probabilities(h, blind, candidate, fold, sigmoid, p);
    free(sigmoid);
    return p;
}

static bool is_held_out(const struct heldout *h, size_t row)
{
    return h->split->fold[h->t->row[row].comment] != SPLIT_UNUSED;
}

static double row_loss(const struct heldout *h, const double *p, size_t r)
{
    double gold = p[r * h->t->corpus->n_labels + h->t->row[r].label];

    return -log(gold > least_p ? gold : least_p);
}

double *heldout_losses(const struct heldout *h, const double *p)
{
    const struct trainset *t = h->t;
    double *loss = mem_zalloc(t->n_rows, sizeof *loss);

    for (size_t r = 0; r < t->n_rows; r++) {
        if (is_held_out(h, r))
            loss[r] = row_loss(h, p, r);
    }
    return loss;
}

double heldout_log_loss(const struct heldout *h, const double *p)
{
    double *loss = heldout_losses(h, p), sum = 0;
    size_t n = 0;

    for (size_t r = 0; r < h->t->n_rows; r++) {
        sum += loss[r];
        n += is_held_out(h, r);
    }
    free(loss);
    return n != 0 ? sum / (double)n : 0;
}

void heldout_count(const struct heldout *h, const double *p, double exponent,
                   struct confusion *table, uint32_t n_tables)
{
    const struct trainset *t = h->t;
    uint32_t n_labels = t->corpus->n_labels;
    double *weight = mem_array(n_labels, sizeof *weight);

    for (uint32_t fold = 0; fold < h->split->n_folds; fold++) {
        rule_weights(seen_in(h, fold), t->corpus->n_targets, n_labels, exponent, weight);
        for (size_t r = 0; r < t->n_rows; r++)
            if (h->split->fold[t->row[r].comment] == fold)
                confusion_add(&table[n_tables > 1 ? t->row[r].target : 0], t->row[r].label,
                              decide_label(p + r * n_labels, n_labels, weight));
    }
    free(weight);
}

static double figure(const struct heldout *h, const struct confusion *table, enum rule_aim aim)
{
    const struct corpus *c = h->t->corpus;
    uint32_t favor, against;

    if (aim != RULE_F_AVG)
        return confusion_macro_f1(table);
    confusion_stance_labels(c->label, c->n_labels, &favor, &against); /* trainset_init() checked */
    return confusion_f_avg(table, favor, against);
}

double heldout_exponent(const struct heldout *h, const double *p, enum rule_aim aim)
{
    struct confusion table;
    double best = 0, most = -1, step = 0.25 / sqrt((double)h->t->n_own);

    confusion_init(&table, h->t->corpus->n_labels);
    for (uint32_t i = 0; i < RULE_EXPONENTS && aim != RULE_PROBABLE; i++) {
        double value;
        confusion_reset(&table);
        heldout_count(h, p, rule_exponent(i), &table, 1);
        value = figure(h, &table, aim);
        if (i == 0 || value > most + step) {
            most = value;
            best = rule_exponent(i);
        }
    }
    confusion_release(&table);
    return best;
}
