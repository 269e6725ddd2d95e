/* SPDX-License-Identifier: MIT */
/* confusion: see confusion.h. Counts are whole numbers, so sums never depend on order. */
#include "metrics/confusion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void confusion_init(struct confusion *c, uint32_t n_labels)
{
    c->n_labels = n_labels;
    c->count = mem_zalloc((size_t)n_labels * n_labels, sizeof *c->count);
}

void confusion_reset(struct confusion *c)
{
    memset(c->count, 0, (size_t)c->n_labels * c->n_labels * sizeof *c->count);
}

void confusion_release(struct confusion *c)
{
    if (c == NULL)
        return;
    free(c->count);
    *c = (struct confusion){0};
}

void confusion_add(struct confusion *c, uint32_t gold, uint32_t predicted)
{
    confusion_add_times(c, gold, predicted, 1);
}

void confusion_add_times(struct confusion *c, uint32_t gold, uint32_t predicted, uint64_t times)
{
    c->count[(size_t)gold * c->n_labels + predicted] += times;
}

void confusion_merge(struct confusion *c, const struct confusion *other)
{
    for (size_t i = 0; i < (size_t)c->n_labels * c->n_labels; i++)
        c->count[i] += other->count[i];
}

uint64_t confusion_gold(const struct confusion *c, uint32_t label)
{
    uint64_t n = 0;
    for (uint32_t j = 0; j < c->n_labels; j++)
        n += c->count[(size_t)label * c->n_labels + j];
    return n;
}

uint64_t confusion_predicted(const struct confusion *c, uint32_t label)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < c->n_labels; i++)
        n += c->count[(size_t)i * c->n_labels + label];
    return n;
}

uint32_t confusion_occurring(const struct confusion *c, uint32_t *label)
{
    uint32_t n = 0;

    for (uint32_t l = 0; l < c->n_labels; l++)
        if (confusion_gold(c, l) != 0 || confusion_predicted(c, l) != 0)
            label[n++] = l;
    return n;
}

uint64_t confusion_total(const struct confusion *c)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < c->n_labels; i++)
        n += confusion_gold(c, i);
    return n;
}

static double ratio(uint64_t part, uint64_t whole)
{
    return whole != 0 ? (double)part / (double)whole : NAN;
}

static uint64_t hits(const struct confusion *c, uint32_t label)
{
    return c->count[(size_t)label * c->n_labels + label];
}

double confusion_accuracy(const struct confusion *c)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < c->n_labels; i++)
        n += hits(c, i);
    return ratio(n, confusion_total(c));
}

double confusion_precision(const struct confusion *c, uint32_t label)
{
    return ratio(hits(c, label), confusion_predicted(c, label));
}

double confusion_recall(const struct confusion *c, uint32_t label)
{
    return ratio(hits(c, label), confusion_gold(c, label));
}

double confusion_f1(const struct confusion *c, uint32_t label)
{
    return ratio(2 * hits(c, label), confusion_gold(c, label) + confusion_predicted(c, label));
}

/* Mean of a figure over the labels for which it is defined in `whole`; NAN counts as 0. */
static double mean_within(const struct confusion *c, const struct confusion *whole,
                          double (*figure)(const struct confusion *c, uint32_t label))
{
    double sum = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->n_labels; i++) {
        double f = figure(c, i);
        if (isnan(f) && isnan(figure(whole, i)))
            continue;
        sum += isnan(f) ? 0 : f;
        n++;
    }
    return n != 0 && confusion_total(c) != 0 ? sum / n : NAN;
}

double confusion_macro_f1(const struct confusion *c)
{
    return mean_within(c, c, confusion_f1);
}

double confusion_macro_f1_within(const struct confusion *c, const struct confusion *whole)
{
    return mean_within(c, whole, confusion_f1);
}

double confusion_micro_f1(const struct confusion *c)
{
    return confusion_accuracy(c);
}

double confusion_balanced_accuracy(const struct confusion *c)
{
    return mean_within(c, c, confusion_recall);
}

double confusion_balanced_accuracy_within(const struct confusion *c, const struct confusion *whole)
{
    return mean_within(c, whole, confusion_recall);
}

/* What MCC and kappa are made of, as doubles: exact below 2^53, 94 million rows squared.
 * Written as sums of t(n - t), never as n² less a sum, so that 0 comes out as 0. */
struct agreement {
    double covariance;     /* n · hits - Σ gold · predicted */
    double gold, given;    /* n² - Σ gold², n² - Σ predicted² */
    double by_chance_left; /* n² - Σ gold · predicted */
};

static struct agreement agreement(const struct confusion *c)
{
    struct agreement a = {0};
    double n = (double)confusion_total(c);

    for (uint32_t i = 0; i < c->n_labels; i++) {
        double t = (double)confusion_gold(c, i), p = (double)confusion_predicted(c, i);
        a.covariance += n * (double)hits(c, i) - t * p;
        a.gold += t * (n - t);
        a.given += p * (n - p);
        a.by_chance_left += t * (n - p);
    }
    return a;
}

double confusion_mcc(const struct confusion *c)
{
    struct agreement a = agreement(c);
    return a.gold > 0 && a.given > 0 ? a.covariance / sqrt(a.gold * a.given) : NAN;
}

double confusion_kappa(const struct confusion *c)
{
    struct agreement a = agreement(c);
    return a.by_chance_left > 0 ? a.covariance / a.by_chance_left : NAN;
}

double confusion_f_avg(const struct confusion *c, uint32_t favor, uint32_t against)
{
    double f = confusion_f1(c, favor), a = confusion_f1(c, against);
    return ((isnan(f) ? 0 : f) + (isnan(a) ? 0 : a)) / 2;
}

bool confusion_stance_labels(const struct span *name, uint32_t n, uint32_t *favor,
                             uint32_t *against)
{
    bool has_favor = false, has_against = false;

    for (uint32_t i = 0; i < n; i++) {
        if (span_eq(name[i], SPAN("favor"))) {
            *favor = i;
            has_favor = true;
        } else if (span_eq(name[i], SPAN("against"))) {
            *against = i;
            has_against = true;
        }
    }
    return has_favor && has_against;
}
