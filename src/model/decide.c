/* SPDX-License-Identifier: MIT */
/* decide: see decide.h. Pairwise probabilities are kept off 0 and 1, where coupling has no
 * unique answer. */
#include "model/decide.h"

#include <string.h>

static const double nearly_zero = 1e-7;

static uint32_t allowed_labels(const uint64_t *seen, uint32_t n_labels, uint32_t *allowed)
{
    uint32_t n = 0;

    for (uint32_t l = 0; l < n_labels; l++)
        if (seen[l] != 0)
            allowed[n++] = l;
    if (n == 0)
        for (; n < n_labels; n++)
            allowed[n] = n;
    return n;
}

double decide_pair(const struct sigmoid *sigmoid, double margin)
{
    double p = sigmoid_at(sigmoid, margin);

    return p < nearly_zero ? nearly_zero : p > 1 - nearly_zero ? 1 - nearly_zero : p;
}

uint32_t decide_label(const double *p, uint32_t n_labels, const double *weight)
{
    uint32_t best = 0;
    double most = -1;

    for (uint32_t l = 0; l < n_labels; l++) {
        double value = p[l] * (weight != NULL ? weight[l] : 1);
        if (value > most) {
            most = value;
            best = l;
        }
    }
    return best;
}

void decide_by(couple_fn *couple, struct decision *out, const struct label_pair *pair,
               uint32_t n_pairs, const uint64_t *seen, uint32_t n_labels, const double *margin,
               const struct sigmoid *sigmoid, const double *weight)
{
    uint32_t allowed[CALIBRATE_MAX_LABELS] = {0}, place[CALIBRATE_MAX_LABELS];
    double r[CALIBRATE_MAX_LABELS * CALIBRATE_MAX_LABELS], p[CALIBRATE_MAX_LABELS] = {1};
    uint32_t n = allowed_labels(seen, n_labels, allowed);

    memset(place, 0xFF, sizeof place);
    for (uint32_t i = 0; i < n; i++)
        place[allowed[i]] = i;
    for (uint32_t i = 0; i < n * n; i++)
        r[i] = 0.5; /* a pair that no target had in training says nothing */
    for (uint32_t k = 0; k < n_pairs; k++) {
        uint32_t i = place[pair[k].a], j = place[pair[k].b];
        double pi;
        if (i == UINT32_MAX || j == UINT32_MAX)
            continue;
        pi = decide_pair(&sigmoid[k], margin[k]);
        r[i * n + j] = pi;
        r[j * n + i] = 1 - pi;
    }
    if (n > 1)
        couple(r, n, p);
    memset(out->p, 0, sizeof out->p);
    for (uint32_t i = 0; i < n; i++)
        out->p[allowed[i]] = p[i];
    out->label = decide_label(out->p, n_labels, weight);
}

void decide(struct decision *out, const struct label_pair *pair, uint32_t n_pairs,
            const uint64_t *seen, uint32_t n_labels, const double *margin,
            const struct sigmoid *sigmoid, const double *weight)
{
    decide_by(couple_pairs, out, pair, n_pairs, seen, n_labels, margin, sigmoid, weight);
}
