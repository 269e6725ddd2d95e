/* SPDX-License-Identifier: MIT */
/*
 * population: dumps whose shares are known, and samples of them, for prevalence.c.
 *
 * A dump has threads of equal or skewed (log-normal, sigma 1) size, each in one of 20 weeks. A
 * thread's own share of yes is drawn from a beta distribution around its week's, so that labels in
 * a thread correlate by icc; the week's swings by half around the dump's. The model sees one number
 * of a comment, x = mu·yes + noise + drift, of which the part icc of the noise's variance is the
 * thread's. It was trained where the share was `trained` and there was no drift: its probability is
 * right there, with an F1 that mu decides.
 */
#ifndef TESTS_POPULATION_H
#define TESTS_POPULATION_H

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

enum { WEEKS = 20, MOST_COMMENTS = 32000, MOST_LABELS = 8000 };

enum drawing { COMMENTS, BY_WEEK, BY_PREDICTED, THREADS };

struct world {
    enum drawing drawing;
    uint32_t n_labels;  /* to be drawn; threads: expected */
    uint32_t n_threads; /* of these, 0 where comments are drawn */
    bool skewed;
    double icc, share, trained, mu, drift;
    bool beyond; /* the dump is drawn anew each time, and share is what is estimated */
};

struct dump {
    uint32_t n, n_threads;
    uint32_t start[MOST_COMMENTS + 1]; /* [thread] its first comment */
    uint32_t thread[MOST_COMMENTS], week[MOST_COMMENTS];
    double yes[MOST_COMMENTS], p[MOST_COMMENTS];
    double truth; /* the share in it, or beyond it */
};

static inline double uniform(struct rng *r)
{
    return ((double)(rng_u64(r) >> 11) + 0.5) / 9007199254740992.0;
}

static inline double normal(struct rng *r)
{
    double radius = sqrt(-2 * log(uniform(r)));
    return radius * cos(6.283185307179586 * uniform(r));
}

/* Marsaglia and Tsang 2000. */
static inline double gamma_number(struct rng *r, double a)
{
    double d = (a < 1 ? a + 1 : a) - 1.0 / 3, c = 1 / sqrt(9 * d), v, x, u;

    do {
        x = normal(r);
        v = (1 + c * x) * (1 + c * x) * (1 + c * x);
        u = uniform(r);
    } while (1 + c * x <= 0 || log(u) >= x * x / 2 + d - d * v + d * log(v));
    return a < 1 ? d * v * pow(uniform(r), 1 / a) : d * v;
}

static inline double beta_number(struct rng *r, double mean, double icc)
{
    double k = (1 - icc) / icc, a, b;

    if (icc <= 0)
        return mean;
    a = gamma_number(r, mean * k);
    b = gamma_number(r, (1 - mean) * k);
    return a / (a + b);
}

static inline double model_says(const struct world *w, double x)
{
    return 1 / (1 + exp(-(w->mu * (x - w->mu / 2) + log(w->trained / (1 - w->trained)))));
}

static inline uint32_t thread_size(struct rng *r, double mean, bool skewed)
{
    double size = skewed ? mean * exp(normal(r) - 0.5) : mean;
    size = floor(size + uniform(r));
    return size < 1 ? 1 : size > 2000 ? 2000 : (uint32_t)size;
}

static inline void fill_dump(struct dump *d, const struct world *w, struct rng *r)
{
    double mean = w->n_threads ? (double)w->n_labels / w->n_threads : w->beyond ? 4 : 10;
    uint32_t wanted = w->beyond ? 6000 : 20000;
    double sum = 0;

    d->n = d->n_threads = 0;
    while (d->n < wanted) {
        uint32_t size = thread_size(r, mean, w->skewed), week = (uint32_t)rng_below(r, WEEKS);
        double swing = w->share * (1 + 0.5 * sin(6.283185307179586 * week / WEEKS));
        double share = beta_number(r, swing, w->icc), noise = sqrt(w->icc) * normal(r);
        d->start[d->n_threads] = d->n;
        for (uint32_t end = d->n + size; d->n < end; d->n++) {
            double yes = uniform(r) < share;
            double x = w->mu * yes + w->drift + sqrt(1 - w->icc) * normal(r) + noise;
            d->thread[d->n] = d->n_threads;
            d->week[d->n] = week;
            d->yes[d->n] = yes;
            d->p[d->n] = model_says(w, x);
            sum += yes;
        }
        d->n_threads++;
    }
    d->start[d->n_threads] = d->n;
    d->truth = w->beyond ? w->share : sum / d->n;
}

/* The labelled comments, in arrays as estimate.h wants them. */
struct drawn {
    size_t n;
    uint32_t n_units, n_strata;
    uint32_t comment[MOST_LABELS], stratum[MOST_LABELS], unit[MOST_LABELS], thread[MOST_LABELS];
    double weight[MOST_LABELS], one[MOST_LABELS], yes[MOST_LABELS], p[MOST_LABELS];
    double v[WEEKS], fy[WEEKS], fraction[WEEKS];
    uint32_t pool[MOST_COMMENTS], begin[WEEKS + 1]; /* the dump's comments by stratum, or threads */
};

static inline void add_drawn(struct drawn *s, const struct dump *d, uint32_t i, uint32_t stratum,
                             uint32_t unit, double weight)
{
    size_t k = s->n++;

    s->comment[k] = i;
    s->stratum[k] = stratum;
    s->unit[k] = unit;
    s->weight[k] = weight;
    s->one[k] = 1;
    s->yes[k] = d->yes[i];
    s->p[k] = d->p[i];
}

/* The first m of the pool of n become a simple random sample of it. */
static inline void shuffle(uint32_t *pool, uint32_t n, uint32_t m, struct rng *r)
{
    for (uint32_t i = 0; i < m; i++) {
        uint32_t j = i + (uint32_t)rng_below(r, n - i), t = pool[i];
        pool[i] = pool[j];
        pool[j] = t;
    }
}

static inline uint32_t stratum_of(const struct dump *d, const struct world *w, uint32_t i)
{
    return w->drawing == BY_WEEK ? d->week[i] : w->drawing == BY_PREDICTED ? d->p[i] > 0.5 : 0;
}

/* What does not change from sample to sample of a dump. */
static inline void draw_from(struct drawn *s, const struct dump *d, const struct world *w)
{
    uint32_t n = 0;

    s->n_strata = w->drawing == BY_WEEK ? WEEKS : w->drawing == BY_PREDICTED ? 2 : 1;
    for (uint32_t h = 0; h < s->n_strata; h++) {
        s->v[h] = s->fy[h] = 0;
        s->begin[h] = n;
        for (uint32_t i = 0; i < d->n; i++)
            if (stratum_of(d, w, i) == h) {
                s->pool[n++] = i;
                s->v[h]++;
                s->fy[h] += d->p[i];
            }
    }
    s->begin[s->n_strata] = n;
    for (uint32_t i = 0; w->drawing == THREADS && i < d->n_threads; i++)
        s->pool[i] = i;
}

static inline void draw_threads(struct drawn *s, const struct dump *d, const struct world *w,
                                struct rng *r)
{
    uint32_t all = d->n_threads, m = w->n_threads < all ? w->n_threads : all;

    shuffle(s->pool, all, m, r);
    for (uint32_t i = 0; i < m; i++)
        for (uint32_t k = d->start[s->pool[i]]; k < d->start[s->pool[i] + 1]; k++)
            if (s->n < MOST_LABELS)
                add_drawn(s, d, k, 0, i, (double)all / m);
    s->n_units = m;
    s->fraction[0] = (double)m / all;
}

static inline void draw_comments(struct drawn *s, const struct dump *d, const struct world *w,
                                 struct rng *r)
{
    for (uint32_t h = 0; h < s->n_strata; h++) {
        uint32_t *pool = s->pool + s->begin[h], n = s->begin[h + 1] - s->begin[h];
        double part = (double)w->n_labels * n / d->n + uniform(r);
        uint32_t m = w->drawing == BY_PREDICTED ? w->n_labels / 2 : (uint32_t)floor(part);
        m = m < 1 ? 1 : m;
        m = m < n ? m : n;
        shuffle(pool, n, m, r);
        for (uint32_t i = 0; i < m; i++)
            add_drawn(s, d, pool[i], h, s->n_units++, (double)n / m);
        s->fraction[h] = n > 0 ? (double)m / n : 0;
    }
}

static inline void draw(struct drawn *s, const struct dump *d, const struct world *w, struct rng *r)
{
    s->n = 0;
    s->n_units = 0;
    if (w->drawing == THREADS)
        draw_threads(s, d, w, r);
    else
        draw_comments(s, d, w, r);
}

/* Numbers the threads of the sample from 0, into s->thread; how many. number: [thread] of the dump.
 */
static inline uint32_t number_threads(struct drawn *s, const struct dump *d, uint32_t *number)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < d->n_threads; i++)
        number[i] = UINT32_MAX;
    for (size_t k = 0; k < s->n; k++) {
        uint32_t *own = &number[d->thread[s->comment[k]]];
        if (*own == UINT32_MAX)
            *own = n++;
        s->thread[k] = *own;
    }
    return n;
}

#endif
