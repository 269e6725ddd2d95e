/* SPDX-License-Identifier: MIT */
/*
 * descent: sweeps over the rows in a new random order each. The gradient of row i is
 *     y·(Σ coef·K + b + pull·Σyα) - 1;
 * rows at a bound whose gradient points outward by more than any did in the last sweep are
 * left out, until those that remain are solved; then all are tried again.
 *
 * The pull starts at a tenth of the mean diagonal, where it does not disturb the descent, and
 * brings Σyα home along with the rest. It doubles where the rows are solved and the sum is
 * not 0: with a tiny C no row can move the bias. More than what lets one row move it by 1 is
 * of no use.
 */
#include "model/descent.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

static const double TOLERANCE = 0.001, RESTING = 0.00025;

struct descent {
    const struct design *d;
    const int8_t *sign;
    double c_pos, c_neg;
    double *alpha, *diagonal, *u;
    uint32_t *order; /* the first n_active are swept */
    size_t n_active;
    double bias, pull, sum; /* sum: Σ yα */
    double high, low;       /* gradients beyond are left out */
    double most, least;     /* projected gradients of this sweep */
    struct rng rng;
};

static double bound_of(const struct descent *s, size_t i)
{
    return s->sign[i] > 0 ? s->c_pos : s->c_neg;
}

static void shuffle(struct descent *s)
{
    for (size_t i = s->n_active; i > 1; i--) {
        size_t j = rng_below(&s->rng, i);
        uint32_t k = s->order[i - 1];
        s->order[i - 1] = s->order[j];
        s->order[j] = k;
    }
}

static void move(struct descent *s, size_t i, double gradient)
{
    double bound = bound_of(s, i), old = s->alpha[i];
    double alpha = old - gradient / (s->diagonal[i] + s->pull);

    alpha = alpha < 0 ? 0 : alpha > bound ? bound : alpha;
    if (alpha == old)
        return;
    s->alpha[i] = alpha;
    s->sum += s->sign[i] * (alpha - old);
    design_add(s->d, s->u, i, s->sign[i] * (alpha - old));
}

/* One row; false where it is to be left out. */
static bool step(struct descent *s, size_t i)
{
    double y = s->sign[i];
    double g = y * (design_product(s->d, s->u, i) + s->bias + s->pull * s->sum) - 1;
    double projected = g;

    if (s->alpha[i] == 0) {
        if (g > s->high)
            return false;
        projected = g < 0 ? g : 0;
    } else if (s->alpha[i] == bound_of(s, i)) {
        if (g < s->low)
            return false;
        projected = g > 0 ? g : 0;
    }
    s->most = projected > s->most ? projected : s->most;
    s->least = projected < s->least ? projected : s->least;
    if (fabs(projected) > 1e-12)
        move(s, i, g);
    return fabs(projected) > RESTING;
}

static void sweep(struct descent *s)
{
    s->most = s->least = 0;
    shuffle(s);
    for (size_t k = 0; k < s->n_active;) {
        uint32_t i = s->order[k];
        if (step(s, i)) {
            k++;
        } else {
            s->order[k] = s->order[--s->n_active];
            s->order[s->n_active] = i;
        }
    }
    s->high = s->most > 0 ? s->most : INFINITY;
    s->low = s->least < 0 ? s->least : -INFINITY;
}

static void take_all(struct descent *s)
{
    s->n_active = s->d->n;
    s->high = INFINITY;
    s->low = -INFINITY;
}

/* Is Σyα as good as 0, beside Σα and as what it adds to the bias? */
static bool balanced(const struct descent *s)
{
    double mass = 0;

    for (size_t i = 0; i < s->d->n; i++)
        mass += s->alpha[i];
    return fabs(s->sum) <= TOLERANCE / 10 * mass && fabs(s->pull * s->sum) <= TOLERANCE;
}

static unsigned run(struct descent *s)
{
    double strongest = fmax(s->pull, 1 / fmax(s->c_pos, s->c_neg));
    unsigned n = 0;

    take_all(s);
    while (n < DESCENT_SWEEPS) {
        bool all = s->n_active == s->d->n;
        sweep(s);
        n++;
        s->bias += s->pull * s->sum;
        if (s->most > TOLERANCE || s->least < -TOLERANCE)
            continue;
        if (!balanced(s))
            s->pull = fmin(2 * s->pull, strongest);
        else if (all)
            break;
        take_all(s);
    }
    return n;
}

struct kink {
    double bias, bound; /* where a row begins or ceases to lose, and by how much the slope grows */
};

static int by_bias(const void *a, const void *b)
{
    const struct kink *x = a, *y = b;
    if (x->bias != y->bias)
        return x->bias < y->bias ? -1 : 1;
    return (x->bound > y->bound) - (x->bound < y->bound);
}

/* The bias with the least loss Σ bound·max(0, 1 - y·(Σ coef·K + bias)), which is convex and
 * piecewise linear in it; the middle where there are several, as with a C so small that every row
 * of both sides is at its bound. */
static double find_bias(const struct descent *s)
{
    size_t n = s->d->n, i = 0;
    struct kink *kink = mem_array(n, sizeof *kink);
    double slope = 0, all = 0, low;

    for (size_t k = 0; k < n; k++) {
        kink[k] = (struct kink){s->sign[k] - design_product(s->d, s->u, k), bound_of(s, k)};
        all += kink[k].bound;
        slope -= s->sign[k] > 0 ? kink[k].bound : 0;
    }
    qsort(kink, n, sizeof *kink, by_bias);
    while (i < n && (slope += kink[i].bound) < -1e-9 * all)
        i++;
    low = kink[i].bias;
    if (slope < 1e-9 * all && i + 1 < n)
        low = (low + kink[i + 1].bias) / 2;
    free(kink);
    return low;
}

static void start(struct descent *s)
{
    size_t n = s->d->n;
    double sum = 0;

    s->alpha = mem_zalloc(n, sizeof *s->alpha);
    s->diagonal = mem_array(n, sizeof *s->diagonal);
    s->order = mem_array(n, sizeof *s->order);
    s->u = design_sums_new(s->d);
    s->rng = rng_stream(1, n);
    for (size_t i = 0; i < n; i++) {
        s->order[i] = (uint32_t)i;
        s->diagonal[i] = design_square(s->d, i);
        sum += s->diagonal[i];
    }
    s->pull = sum > 0 ? sum / (double)n / 10 : 1;
}

unsigned descent_run(const struct design *d, const int8_t *sign, double c_pos, double c_neg,
                     double *coef, double *rho)
{
    struct descent s = {.d = d, .sign = sign, .c_pos = c_pos, .c_neg = c_neg};
    unsigned n;

    start(&s);
    n = run(&s);
    *rho = -find_bias(&s);
    for (size_t i = 0; i < d->n; i++)
        coef[i] = sign[i] * s.alpha[i];
    free(s.alpha);
    free(s.diagonal);
    free(s.order);
    free(s.u);
    return n;
}
