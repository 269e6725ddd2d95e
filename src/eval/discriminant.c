/* SPDX-License-Identifier: MIT */
/* discriminant: see discriminant.h. The system is solved by Cholesky's decomposition. */
#include "eval/discriminant.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const double ridge = 1e-3, least = 1e-9;

static void find_means(struct discriminant *d, const double *x, const uint32_t *row,
                       const uint32_t *label, size_t n, double *mean)
{
    for (size_t i = 0; i < n; i++) {
        d->n[label[i]]++;
        for (size_t k = 0; k < d->n_dims; k++)
            mean[label[i] * d->n_dims + k] += x[row[i] * d->n_dims + k];
    }
    for (uint32_t l = 0; l < d->n_labels; l++)
        for (size_t k = 0; k < d->n_dims && d->n[l] != 0; k++)
            mean[l * d->n_dims + k] /= (double)d->n[l];
}

/* Within-label covariance, its lower half; the diagonal a little larger. */
static double *covariance(const struct discriminant *d, const double *x, const uint32_t *row,
                          const uint32_t *label, size_t n, const double *mean)
{
    size_t dims = d->n_dims;
    double *s = mem_zalloc(dims * dims, sizeof *s), *away = mem_array(dims, sizeof *away);

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < dims; k++)
            away[k] = x[row[i] * dims + k] - mean[label[i] * dims + k];
        for (size_t j = 0; j < dims; j++)
            for (size_t k = 0; k <= j; k++)
                s[j * dims + k] += away[j] * away[k];
    }
    for (size_t j = 0; j < dims; j++) {
        for (size_t k = 0; k <= j; k++)
            s[j * dims + k] /= (double)n;
        s[j * dims + j] += ridge * s[j * dims + j] + least;
    }
    free(away);
    return s;
}

/* s = L·L', L in the lower half. The ridge keeps it positive definite. */
static void decompose(double *s, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t i = j; i < n; i++) {
            double sum = s[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= s[i * n + k] * s[j * n + k];
            s[i * n + j] =
                i == j ? sqrt(sum > least * least ? sum : least * least) : sum / s[j * n + j];
        }
    }
}

/* x becomes the solution of L·L'·y = x. */
static void solve(const double *l, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= l[i * n + k] * x[k];
        x[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= l[k * n + i] * x[k];
        x[i] /= l[i * n + i];
    }
}

void discriminant_fit(struct discriminant *d, const double *x, size_t n_dims, const uint32_t *row,
                      const uint32_t *label, size_t n, uint32_t n_labels)
{
    double *mean = mem_zalloc(n_labels * n_dims, sizeof *mean), *s;

    *d = (struct discriminant){.n_dims = n_dims, .n_labels = n_labels};
    d->n = mem_zalloc(n_labels, sizeof *d->n);
    d->weight = mem_zalloc(n_labels * n_dims, sizeof *d->weight);
    d->offset = mem_zalloc(n_labels, sizeof *d->offset);
    if (n != 0) {
        find_means(d, x, row, label, n, mean);
        s = covariance(d, x, row, label, n, mean);
        decompose(s, n_dims);
        for (uint32_t l = 0; l < n_labels; l++) {
            double *w = d->weight + l * n_dims;
            memcpy(w, mean + l * n_dims, n_dims * sizeof *w);
            solve(s, n_dims, w);
            for (size_t k = 0; k < n_dims; k++)
                d->offset[l] -= w[k] * mean[l * n_dims + k] / 2;
        }
        free(s);
    }
    free(mean);
}

void discriminant_release(struct discriminant *d)
{
    free(d->n);
    free(d->weight);
    free(d->offset);
    *d = (struct discriminant){0};
}

uint32_t discriminant_label(const struct discriminant *d, const double *x, const uint64_t *may)
{
    uint32_t best = UINT32_MAX;
    double highest = -INFINITY;

    for (uint32_t l = 0; l < d->n_labels; l++) {
        double score = d->offset[l];
        if (d->n[l] == 0 || (may != NULL && may[l] == 0))
            continue;
        for (size_t k = 0; k < d->n_dims; k++)
            score += d->weight[l * d->n_dims + k] * x[k];
        if (score > highest) {
            highest = score;
            best = l;
        }
    }
    return best;
}
