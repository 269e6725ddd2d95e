/* SPDX-License-Identifier: MIT */
/*
 * student: the t distribution by the regularized incomplete beta function (Abramowitz and
 * Stegun 1964, 26.7.1), that one by its continued fraction (DLMF 8.17.22), evaluated as
 * Lentz (1976) and Thompson and Barnett (1986) do. Quantiles by bisection: no derivative,
 * no start value, and as exact as the distribution function.
 */
#include "metrics/student.h"

#include <float.h>
#include <math.h>

static const double TINY = 1e-300; /* instead of a zero denominator (Thompson and Barnett) */

static double not_zero(double x)
{
    return fabs(x) < TINY ? TINY : x;
}

/* The m-th coefficient pair of DLMF 8.17.23: d_2m and d_2m+1. */
static double even_term(double a, double b, double x, double m)
{
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
}

static double odd_term(double a, double b, double x, double m)
{
    return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

struct lentz {
    double c, d, value;
};

static double lentz_step(struct lentz *f, double term)
{
    f->d = 1 / not_zero(1 + term * f->d);
    f->c = not_zero(1 + term / f->c);
    f->value *= f->c * f->d;
    return fabs(f->c * f->d - 1);
}

/* 1 / (1 + d1/(1 + d2/(1 + …))). Converges fast for x < (a+1)/(a+b+2), in about the root of
 * the larger of a and b steps. */
static double beta_fraction(double a, double b, double x)
{
    struct lentz f = {1, 0, 1};

    lentz_step(&f, odd_term(a, b, x, 0));
    for (double m = 1; m < 100000; m++) {
        lentz_step(&f, even_term(a, b, x, m));
        if (lentz_step(&f, odd_term(a, b, x, m)) < DBL_EPSILON)
            break;
    }
    return 1 / f.value;
}

/* I_x(a,b); y is 1 - x, given apart since it may be far smaller than x's last digit. */
static double incomplete_beta(double a, double b, double x, double y)
{
    double front;

    if (x <= 0 || y <= 0)
        return x <= 0 ? 0 : 1;
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y));
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, y) / b;
}

double normal_cdf(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

/* P(T > t), t >= 0. */
static double upper_tail(double t, double df)
{
    double whole = df + t * t;
    if (isinf(df))
        return normal_cdf(-t);
    return incomplete_beta(df / 2, 0.5, df / whole, t * t / whole) / 2;
}

double student_cdf(double t, double df)
{
    return t > 0 ? 1 - upper_tail(t, df) : upper_tail(-t, df);
}

/* The t with P(T > t) = tail, tail <= 1/2. */
static double upper_quantile(double tail, double df)
{
    double low = 0, high = 1;

    while (upper_tail(high, df) > tail && high < 1e150)
        high *= 2;
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return middle;
        if (upper_tail(middle, df) > tail)
            low = middle;
        else
            high = middle;
    }
}

double student_quantile(double p, double df)
{
    if (!(p > 0 && p < 1))
        return NAN;
    return p < 0.5 ? -upper_quantile(p, df) : upper_quantile(1 - p, df);
}
