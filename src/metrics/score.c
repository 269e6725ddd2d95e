/* SPDX-License-Identifier: MIT */
/* score: sums in, figures out; see score.h. Nothing is remembered of a single row. */
#include "metrics/score.h"

#include <float.h>
#include <math.h>
#include <string.h>

const struct metric_info metric_info[N_METRICS] = {
    [METRIC_MACRO_F1] = {"macro_f1", "macro-F1",
                         "mean F1 of the labels that occur (Sokolova and Lapalme 2009)", false},
    [METRIC_F_AVG] = {"f_avg", "F_avg", "mean F1 of favor and against (Mohammad et al. 2016)",
                      false},
    [METRIC_ACCURACY] = {"accuracy", "accuracy", "share of rows with the right label", false},
    [METRIC_MICRO_F1] = {"micro_f1", "micro-F1",
                         "F1 over all decisions (Sokolova and Lapalme 2009): the accuracy, where "
                         "each row has one label",
                         false},
    [METRIC_BALANCED_ACCURACY] = {"balanced_accuracy", "balanced accuracy",
                                  "mean recall of the labels in the gold (Brodersen et al. 2010)",
                                  false},
    [METRIC_MCC] = {"mcc", "MCC", "Matthews' correlation, many labels (Gorodkin 2004)", false},
    [METRIC_KAPPA] = {"kappa", "Cohen's kappa", "agreement beyond chance (Cohen 1960)", false},
    [METRIC_LOG_LOSS] = {"log_loss", "log loss", "mean -ln p of the gold label (Good 1952)", true},
    [METRIC_BRIER] = {"brier", "Brier score",
                      "mean squared error of the probabilities, 0 to 2 (Brier 1950)", true},
    [METRIC_ECE] = {"ece", "ECE",
                    "expected calibration error, 10 equal bins (Naeini et al. 2015; Guo et al. "
                    "2017)",
                    true},
};

int metric_find(const char *key)
{
    for (int m = 0; m < N_METRICS; m++)
        if (strcmp(metric_info[m].key, key) == 0)
            return m;
    return -1;
}

void score_init(struct score *s, const struct span *label, uint32_t n_labels)
{
    *s = (struct score){.favor = UINT32_MAX, .against = UINT32_MAX};
    confusion_init(&s->confusion, n_labels);
    if (!confusion_stance_labels(label, n_labels, &s->favor, &s->against))
        s->favor = s->against = UINT32_MAX;
}

void score_reset(struct score *s)
{
    confusion_reset(&s->confusion);
    memset(s->bin, 0, sizeof s->bin);
    s->n_probs = 0;
    s->log_loss = s->brier = 0;
}

void score_release(struct score *s)
{
    if (s == NULL)
        return;
    confusion_release(&s->confusion);
    *s = (struct score){0};
}

/* The bounds are k/10 as doubles: p = 0.3 belongs to the bin that ends there. */
static uint32_t bin_of(double p)
{
    uint32_t k = 0;
    while (k + 1 < SCORE_BINS && p > (double)(k + 1) / SCORE_BINS)
        k++;
    return k;
}

void score_add(struct score *s, const struct score_row *r, uint64_t times)
{
    if (times == 0)
        return;
    confusion_add_times(&s->confusion, r->gold, r->label, times);
    if (!isnan(r->p)) {
        struct score_bin *b = &s->bin[bin_of(r->p)];
        b->n += times;
        b->right += r->gold == r->label ? times : 0;
        b->p += (double)times * r->p;
    }
    if (!isnan(r->log_loss)) {
        s->n_probs += times;
        s->log_loss += (double)times * r->log_loss;
        s->brier += (double)times * r->brier;
    }
}

static double clipped(double p)
{
    return fmin(fmax(p, DBL_EPSILON), 1 - DBL_EPSILON);
}

void score_row_probs(struct score_row *r, const double *probs, uint32_t n_labels)
{
    double sum = 0, brier = 0;

    for (uint32_t l = 0; l < n_labels; l++) {
        double off = probs[l] - (l == r->gold ? 1 : 0);
        brier += off * off;
        sum += clipped(probs[l]);
    }
    r->log_loss = -log(clipped(probs[r->gold]) / sum);
    r->brier = brier;
}

static double ece(const struct score *s)
{
    uint64_t n = 0;
    double sum = 0;

    /* n/N · |right/n - p/n| is |right - p| / N */
    for (int k = 0; k < SCORE_BINS; k++) {
        n += s->bin[k].n;
        sum += fabs((double)s->bin[k].right - s->bin[k].p);
    }
    return n != 0 ? sum / (double)n : NAN;
}

/* Undefined where nobody spoke of a stance, as in the rows of a target with labels of its own. */
static double f_avg(const struct score *s)
{
    const struct confusion *c = &s->confusion;

    if (s->favor == UINT32_MAX ||
        (isnan(confusion_f1(c, s->favor)) && isnan(confusion_f1(c, s->against))))
        return NAN;
    return confusion_f_avg(&s->confusion, s->favor, s->against);
}

double score_metric(const struct score *s, enum metric m)
{
    const struct confusion *c = &s->confusion;

    switch (m) {
    case METRIC_MACRO_F1:
        return confusion_macro_f1_within(c, s->whole != NULL ? s->whole : c);
    case METRIC_F_AVG:
        return f_avg(s);
    case METRIC_ACCURACY:
        return confusion_accuracy(c);
    case METRIC_MICRO_F1:
        return confusion_micro_f1(c);
    case METRIC_BALANCED_ACCURACY:
        return confusion_balanced_accuracy_within(c, s->whole != NULL ? s->whole : c);
    case METRIC_MCC:
        return confusion_mcc(c);
    case METRIC_KAPPA:
        return confusion_kappa(c);
    case METRIC_LOG_LOSS:
        return s->n_probs != 0 ? s->log_loss / (double)s->n_probs : NAN;
    case METRIC_BRIER:
        return s->n_probs != 0 ? s->brier / (double)s->n_probs : NAN;
    case METRIC_ECE:
        return ece(s);
    case N_METRICS:
        break;
    }
    return NAN;
}
