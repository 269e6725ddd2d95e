/* SPDX-License-Identifier: MIT */
/* calibrate: see calibrate.h for what is computed and from which papers. */
#include "model/calibrate.h"

#include <math.h>
#include <string.h>

enum { MAX_NEWTON = 100, MAX_COUPLE = 1000 };

/* Cross-entropy of the targets t under the sigmoid, without overflow for either sign. */
static double loss(const double *f, const int8_t *sign, size_t n, double hi, double lo, double a,
                   double b)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        double t = sign[i] > 0 ? hi : lo, z = f[i] * a + b;
        sum += z >= 0 ? t * z + log1p(exp(-z)) : (t - 1) * z + log1p(exp(z));
    }
    return sum;
}

struct newton {
    double g1, g2, h11, h21, h22;
};

static struct newton derivatives(const double *f, const int8_t *sign, size_t n, double hi,
                                 double lo, double a, double b)
{
    struct newton d = {0, 0, 1e-12, 0, 1e-12}; /* a ridge keeps the Hessian invertible */

    for (size_t i = 0; i < n; i++) {
        double t = sign[i] > 0 ? hi : lo, z = f[i] * a + b;
        double e = exp(-fabs(z)), p = z >= 0 ? e / (1 + e) : 1 / (1 + e), w = p * (1 - p);
        d.h11 += f[i] * f[i] * w;
        d.h22 += w;
        d.h21 += f[i] * w;
        d.g1 += f[i] * (t - p);
        d.g2 += t - p;
    }
    return d;
}

/* The best of those that do not look at the margin: the mean of the smoothed targets. */
static struct sigmoid constant(double n_pos, double n_neg, double hi, double lo)
{
    double mean = (n_pos * hi + n_neg * lo) / (n_pos + n_neg);
    return (struct sigmoid){0, log((1 - mean) / mean)};
}

struct sigmoid sigmoid_fit(const double *f, const int8_t *sign, size_t n)
{
    double n_pos = 0, hi, lo, best;
    struct sigmoid s = {-1, 0};

    if (n == 0)
        return s;
    for (size_t i = 0; i < n; i++)
        n_pos += sign[i] > 0;
    /* Platt's smoothed targets: no probability of exactly 0 or 1 is ever asked for */
    hi = (n_pos + 1) / (n_pos + 2);
    lo = 1 / ((double)n - n_pos + 2);
    s = (struct sigmoid){0, log(((double)n - n_pos + 1) / (n_pos + 1))};
    best = loss(f, sign, n, hi, lo, s.a, s.b);
    for (int it = 0; it < MAX_NEWTON; it++) {
        struct newton d = derivatives(f, sign, n, hi, lo, s.a, s.b);
        double det = d.h11 * d.h22 - d.h21 * d.h21, da, db, slope, step;
        if (fabs(d.g1) < 1e-9 && fabs(d.g2) < 1e-9)
            break;
        da = -(d.h22 * d.g1 - d.h21 * d.g2) / det;
        db = -(-d.h21 * d.g1 + d.h11 * d.g2) / det;
        slope = d.g1 * da + d.g2 * db;
        for (step = 1; step >= 1e-10; step /= 2) {
            double now = loss(f, sign, n, hi, lo, s.a + step * da, s.b + step * db);
            if (now < best + 1e-4 * step * slope) {
                s = (struct sigmoid){s.a + step * da, s.b + step * db};
                best = now;
                break;
            }
        }
        if (step < 1e-10)
            break;
    }
    return s.a > 0 ? constant(n_pos, (double)n - n_pos, hi, lo) : s;
}

double sigmoid_at(const struct sigmoid *s, double margin)
{
    double z = margin * s->a + s->b, e = exp(-fabs(z));
    return z >= 0 ? e / (1 + e) : 1 / (1 + e);
}

void couple_pairs(const double *r, size_t n, double *p)
{
    double q[CALIBRATE_MAX_LABELS][CALIBRATE_MAX_LABELS], qp[CALIBRATE_MAX_LABELS];

    if (n == 2) {
        p[0] = r[1];
        p[1] = r[2];
        return;
    }
    for (size_t i = 0; i < n; i++) {
        p[i] = 1 / (double)n;
        q[i][i] = 0;
        for (size_t j = 0; j < n; j++) {
            if (j == i)
                continue;
            q[i][i] += r[j * n + i] * r[j * n + i];
            q[i][j] = -r[j * n + i] * r[i * n + j];
        }
    }
    for (int it = 0; it < MAX_COUPLE; it++) {
        double pqp = 0, worst = 0;
        for (size_t i = 0; i < n; i++) {
            qp[i] = 0;
            for (size_t j = 0; j < n; j++)
                qp[i] += q[i][j] * p[j];
            pqp += p[i] * qp[i];
        }
        for (size_t i = 0; i < n; i++)
            worst = fmax(worst, fabs(qp[i] - pqp));
        if (worst < 1e-12)
            break;
        for (size_t i = 0; i < n; i++) {
            double d = (pqp - qp[i]) / q[i][i];
            p[i] += d;
            pqp = (pqp + d * (d * q[i][i] + 2 * qp[i])) / (1 + d) / (1 + d);
            for (size_t j = 0; j < n; j++) {
                qp[j] = (qp[j] + d * q[i][j]) / (1 + d);
                p[j] /= 1 + d;
            }
        }
    }
}

/* The cofactors of row i sum to p_i, up to what is common to all. */
static double cofactors(const double *r, size_t i, size_t j, size_t k)
{
    double ij = r[3 * i + j], ji = r[3 * j + i], ik = r[3 * i + k], ki = r[3 * k + i],
           jk = r[3 * j + k], kj = r[3 * k + j];
    double own = ij * ij * (ik * ik + jk * jk) + kj * kj * ik * ik;

    return own + ij * ji * (ik * ik + jk * jk) + ik * ki * (ij * ij + kj * kj) +
           jk * kj * (ij * ji + ik * ki);
}

void couple_at_once(const double *r, size_t n, double *p)
{
    double sum;

    if (n != 3) {
        couple_pairs(r, n, p);
        return;
    }
    p[0] = cofactors(r, 0, 1, 2);
    p[1] = cofactors(r, 1, 2, 0);
    p[2] = cofactors(r, 2, 0, 1);
    sum = p[0] + p[1] + p[2];
    for (size_t i = 0; i < 3; i++)
        p[i] /= sum;
}
