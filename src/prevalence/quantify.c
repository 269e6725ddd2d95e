/* SPDX-License-Identifier: MIT */
/*
 * quantify: the adjusted count is a least-squares problem on the simplex. With so few labels the
 * best point is found among all faces: on each set of labels that may be above 0 the unbounded
 * problem is solved, and of those with no part below 0 the nearest wins. The problem is convex, so
 * that this is the minimum and not a heuristic.
 */
#include "prevalence/quantify.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static void unknown(double *share, size_t n)
{
    for (size_t i = 0; i < n; i++)
        share[i] = NAN;
}

void quantify_count(const uint64_t *predicted, size_t n_labels, double *share)
{
    double sum = 0;

    for (size_t i = 0; i < n_labels; i++)
        sum += (double)predicted[i];
    for (size_t i = 0; i < n_labels; i++)
        share[i] = sum > 0 ? (double)predicted[i] / sum : NAN;
}

enum { SIDE = QUANTIFY_MOST_LABELS + 1 };

/* Solves the n equations m·x = right, by elimination with pivots; x in the last column. */
static bool solve(double m[SIDE][SIDE + 1], size_t n)
{
    for (size_t c = 0; c < n; c++) {
        size_t pivot = c;
        for (size_t r = c + 1; r < n; r++)
            if (fabs(m[r][c]) > fabs(m[pivot][c]))
                pivot = r;
        if (fabs(m[pivot][c]) < 1e-10)
            return false;
        for (size_t k = 0; k <= n; k++) {
            double t = m[c][k];
            m[c][k] = m[pivot][k];
            m[pivot][k] = t;
        }
        for (size_t r = 0; r < n; r++) {
            double by = m[r][c] / m[c][c];
            for (size_t k = c; r != c && k <= n; k++)
                m[r][k] -= by * m[c][k];
        }
    }
    for (size_t c = 0; c < n; c++)
        m[c][n] /= m[c][c];
    return true;
}

struct mixture {
    size_t n;
    double rate[QUANTIFY_MOST_LABELS][QUANTIFY_MOST_LABELS]; /* [gold][predicted] */
    double counted[QUANTIFY_MOST_LABELS];
};

static double product(const struct mixture *m, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < m->n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* The nearest mixture of the labels of a set, parts of any sign, that sum to 1: the normal
 * equations with a multiplier. */
static bool nearest(const struct mixture *m, uint32_t set, double *share)
{
    double e[SIDE][SIDE + 1];
    size_t label[QUANTIFY_MOST_LABELS], k = 0;

    for (size_t i = 0; i < m->n; i++) {
        share[i] = 0;
        if (set >> i & 1)
            label[k++] = i;
    }
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++)
            e[i][j] = product(m, m->rate[label[i]], m->rate[label[j]]);
        e[i][k] = e[k][i] = 1;
        e[i][k + 1] = product(m, m->rate[label[i]], m->counted);
    }
    e[k][k] = 0;
    e[k][k + 1] = 1;
    if (!solve(e, k + 1))
        return false;
    for (size_t i = 0; i < k; i++)
        share[label[i]] = e[i][k + 1];
    return true;
}

static double distance(const struct mixture *m, const double *share)
{
    double sum = 0;

    for (size_t p = 0; p < m->n; p++) {
        double d = -m->counted[p];
        for (size_t g = 0; g < m->n; g++)
            d += share[g] * m->rate[g][p];
        sum += d * d;
    }
    return sum;
}

/* Rounding leaves parts a hair below 0. */
static bool possible(double *share, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (share[i] < -1e-12)
            return false;
        share[i] = share[i] > 0 ? share[i] : 0;
    }
    return true;
}

static bool mix(const struct mixture *m, double *share)
{
    double one[QUANTIFY_MOST_LABELS], best = INFINITY;
    uint32_t all = (uint32_t)((1u << m->n) - 1);

    if (!nearest(m, all, one))
        return false;
    for (uint32_t set = all; set > 0; set--) {
        double d;
        if (!nearest(m, set, one) || !possible(one, m->n))
            continue;
        d = distance(m, one);
        if (d < best) {
            best = d;
            for (size_t i = 0; i < m->n; i++)
                share[i] = one[i];
        }
        if (set == all)
            break; /* the unbounded minimum is a share */
    }
    return true;
}

const char *quantify_adjusted(const uint64_t *errors, const uint64_t *predicted, size_t n_labels,
                              double *share)
{
    struct mixture m = {.n = n_labels};

    unknown(share, n_labels);
    if (n_labels > QUANTIFY_MOST_LABELS)
        return "too many labels";
    for (size_t g = 0; g < n_labels; g++) {
        quantify_count(errors + g * n_labels, n_labels, m.rate[g]);
        if (isnan(m.rate[g][0]))
            return "a label has no held-out rows";
    }
    quantify_count(predicted, n_labels, m.counted);
    if (isnan(m.counted[0]))
        return "nothing is predicted";
    return mix(&m, share) ? NULL : "the model cannot tell labels apart";
}

/* One step of expectation and maximisation; how far a share moved. */
static double sld_step(const double *posterior, const double *count, size_t n, const double *prior,
                       size_t n_labels, double *share, double *next)
{
    double all = 0, moved = 0;

    for (size_t k = 0; k < n_labels; k++)
        next[k] = 0;
    for (size_t i = 0; i < n; i++) {
        const double *p = posterior + i * n_labels;
        double sum = 0, c = count ? count[i] : 1;
        for (size_t k = 0; k < n_labels; k++)
            sum += prior[k] > 0 ? share[k] / prior[k] * p[k] : 0;
        for (size_t k = 0; sum > 0 && k < n_labels; k++)
            next[k] += prior[k] > 0 ? c * (share[k] / prior[k] * p[k] / sum) : 0;
        all += sum > 0 ? c : 0;
    }
    for (size_t k = 0; k < n_labels; k++) {
        next[k] = all > 0 ? next[k] / all : NAN;
        moved = fmax(moved, fabs(next[k] - share[k]));
        share[k] = next[k];
    }
    return moved;
}

uint32_t quantify_sld_from(const double *posterior, const double *count, size_t n,
                           const double *prior, size_t n_labels, double tolerance, double *share)
{
    enum { MOST = 10000 };
    double *next = mem_array(n_labels, sizeof *next);
    uint32_t step = 0;

    if (n == 0)
        unknown(share, n_labels);
    while (n > 0 && step++ < MOST)
        if (!(sld_step(posterior, count, n, prior, n_labels, share, next) > tolerance))
            break;
    free(next);
    return step;
}

uint32_t quantify_sld(const double *posterior, const double *count, size_t n, const double *prior,
                      size_t n_labels, double *share)
{
    for (size_t k = 0; k < n_labels; k++)
        share[k] = prior[k];
    return quantify_sld_from(posterior, count, n, prior, n_labels, 1e-12, share);
}
