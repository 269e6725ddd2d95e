/* SPDX-License-Identifier: MIT */
/*
 * uncertain: the model's errors may be so few that a sample of hundreds has none, and a variance
 * made of what was seen would be far too small. So where V is below what labels alone
 * would give, UNSEEN rows in error are added to those seen, in the measure that it is below; a
 * rule of three for the difference estimator. What labels alone leave unseen, Wilson's interval
 * and, where all are alike, that of Clopper and Pearson know.
 */
#include "prevalence/uncertain.h"

#include "metrics/student.h"

#include <math.h>

static const double UNSEEN = 0.5;
static const double LEAST_DF = 4;

double uncertain_df(double squares, double fourth)
{
    double df = fourth > 0 ? 3 * squares * squares / fourth - 1 : LEAST_DF;
    return df > LEAST_DF ? df : LEAST_DF;
}

/* Units less strata, units being counted as the number of equal ones that would vary as much: a
 * unit of n rows adds to V in the measure of n where its rows err apart from one another, of n²
 * where they err together; between the two, n^1.5 (compare Carter, Schnepel and Steigerwald 2017,
 * Review of Economics and Statistics 99:698). */
static double size_df(const struct linear *l)
{
    double sum = 0, squares = 0, n = l->cells.n_units, strata = l->cells.n_linked;
    size_t at = 0, begin, end;

    if (l->d->form == ESTIMATE_ASYMPTOTIC)
        return n > 1 ? INFINITY : 0;
    if (l->d->form == ESTIMATE_TEXTBOOK)
        return n - strata;
    while (cells_unit(&l->cells, l->d, &at, &begin, &end)) {
        double size = 0;
        for (size_t k = begin; k < end; k++)
            size += l->share[l->cells.order[k]];
        size = pow(size, 1.5);
        sum += size;
        squares += size * size;
    }
    return squares > 0 ? sum * sum / squares * (1 - strata / n) : 0;
}

static double degrees(const struct linear *l, const struct moments *m, double lambda)
{
    double df = size_df(l), held;

    if (l->d->form == ESTIMATE_BEST && m->fourth > 0) {
        held = uncertain_df(m->aa - 2 * lambda * m->ab + lambda * lambda * m->bb, m->fourth);
        df = held < df ? held : df;
    }
    return df >= 1 ? df : df > 0 ? 1 : 0;
}

/* What rows stand for in the whole, summed, and their squares and cubes less what is labelled. */
struct row_sums {
    double sum, squares, cubes;
};

static struct row_sums row_sums(const struct linear *l, double z)
{
    struct row_sums s = {0, 0, 0};

    for (size_t k = 0; k < l->cells.n_rows; k++) {
        uint32_t i = l->cells.order[k];
        double f = l->cells.cell[l->cells.of[i]].fraction, open = f < 1 ? 1 - f : 0;
        double x = l->share[i] / z;
        s.sum += x;
        s.squares += open * x * x;
        s.cubes += open * x * x * x;
    }
    return s;
}

/* The variance of UNSEEN rows in error: the square of what a row stands for, on the mean over the
 * records of the dump. */
static double unseen(const struct row_sums *s, double variance, double reference)
{
    double binomial = reference * (1 - reference) * s->squares;
    return variance < binomial ? UNSEEN * s->cubes / s->sum * (1 - variance / binomial) : 0;
}

/* As many independent labels as there are rows of equal weight, and no more than units. */
static struct ends unanimous(const struct linear *l, const struct row_sums *s, double share)
{
    double n = s->squares > 0 ? s->sum * s->sum / s->squares : INFINITY, units = l->cells.n_units;

    if (s->squares > 0 && n > units && units < (double)l->cells.n_rows)
        n = units;
    return interval_unanimous(share, n, l->d->level);
}

struct figure uncertain_at(struct linear *l, double lambda, double reference, bool plain)
{
    double z = linear_total(l, lambda).z, value = linear_ratio(l, lambda), dump, t;
    struct figure f = {.value = value, .lambda = lambda, .variance = NAN, .ends = {NAN, NAN}};
    struct row_sums s;
    struct moments m;
    bool best = l->d->form == ESTIMATE_BEST;

    if (isnan(value))
        return f;
    linear_at(l, value);
    m = linear_moments(l, lambda);
    dump = linear_dump(l, value);
    f.variance = m.aa - 2 * lambda * m.ab + lambda * lambda * (m.bb + dump);
    f.variance = f.variance > 0 ? f.variance / (z * z) : 0;
    f.extra = lambda * lambda * dump / (z * z);
    f.df = degrees(l, &m, lambda);
    if (isnan(reference))
        reference = value;
    s = row_sums(l, z);
    if (best && !(reference > 0 && reference < 1)) {
        f.ends = unanimous(l, &s, value);
        return f;
    }
    if (best) {
        double more = unseen(&s, f.variance, reference);
        f.variance += more;
        f.extra += more;
    }
    if (!(f.df > 0))
        return f;
    t = student_quantile((1 + l->d->level) / 2, f.df);
    f.ends = best && !plain ? interval_wilson(value, f.variance, reference, t)
                            : interval_plain(value, f.variance, t);
    return f;
}
