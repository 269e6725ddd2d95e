/* SPDX-License-Identifier: MIT */
/* bootstrap: draws, the interval's arithmetic, and the t quantiles below it. What the interval
 * covers is simulated in tests/slow. */
#include "helpers.h"

#include <math.h>

#include "metrics/bootstrap.h"
#include "metrics/student.h"

static void near_by(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

static void near(double got, double expected)
{
    near_by(got, expected, 1e-12);
}

/* Closed forms. df 1: t = tan(pi(p - 1/2)); df 2: (2p - 1) root of 2/(4p(1 - p)); df 4 (Shaw
 * 2006): with a = 4p(1 - p), 2 root of (cos(acos(root a)/3)/root a - 1). */
static void quantiles_closed(void **state)
{
    static const double p[] = {0.5, 0.51, 0.6, 0.75, 0.9, 0.975, 0.995, 0.9999};

    (void)state;
    for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
        double a = 4 * p[i] * (1 - p[i]), root = sqrt(a);
        double t1 = tan(acos(-1) * (p[i] - 0.5)), t2 = (2 * p[i] - 1) * sqrt(2 / a);
        double t4 = 2 * sqrt(fmax(0, cos(acos(fmin(1, root)) / 3) / root - 1));
        near_by(student_quantile(p[i], 1), t1, 1e-11 * (1 + t1));
        near_by(student_quantile(p[i], 2), t2, 1e-12 * (1 + t2));
        near_by(student_quantile(p[i], 4), t4, p[i] > 0.5 ? 1e-12 * (1 + t4) : 1e-7);
        near_by(student_quantile(1 - p[i], 2), -t2, 1e-11 * (1 + t2));
    }
    assert_true(isnan(student_quantile(0, 3)));
    assert_true(isnan(student_quantile(1, 3)));
}

/* From the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4, solved apart from this
 * code; for a million degrees the normal quantile with the terms of 26.7.5 up to 1/df². */
static void quantiles_stored(void **state)
{
    static const struct {
        double p, df, t, tolerance;
    } want[] = {
        {0.975, 10, 2.2281388519862735, 1e-12}, {0.975, 29, 2.045229642132704, 1e-12},
        {0.975, 99, 1.984216951586415, 1e-12},  {0.975, 999, 1.9623414611333911, 1e-11},
        {0.995, 5, 4.032142983555212, 1e-12},   {0.9, 3, 1.6377443536962095, 1e-12},
        {0.6, 7, 0.2631668613520226, 1e-12},    {0.025, 29, -2.045229642132704, 1e-12},
        {0.975, 1e6, 1.9599663568141066, 1e-9},
    };

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        near_by(student_quantile(want[i].p, want[i].df), want[i].t, want[i].tolerance);
}

/* Abramowitz and Stegun 26.7.3 (odd df) and 26.7.4: P(|T| < t) as a finite sum. */
static double closed_cdf(double t, int df)
{
    double theta = atan(t / sqrt(df)), c = cos(theta), s = sin(theta);
    double term = df % 2 != 0 ? c : 1, sum = df > 1 ? term : 0;

    for (int k = df % 2 != 0 ? 3 : 2; k <= df - 2; k += 2) {
        term *= c * c * (k - 1) / k;
        sum += term;
    }
    s = df % 2 != 0 ? 2 / acos(-1) * (theta + s * sum) : s * sum;
    return (1 + s) / 2;
}

static void distribution(void **state)
{
    (void)state;
    for (int df = 1; df < 200; df += df < 12 ? 1 : 17)
        for (double t = -6; t <= 6; t += 0.25)
            near_by(student_cdf(t, df), closed_cdf(t, df), 2e-13);
    near(normal_cdf(0), 0.5);
    near(normal_cdf(-1.96), 0.024997895148220435);
    near(normal_cdf(1), 0.8413447460685429);
    near_by(normal_cdf(-8), 6.22096057427174e-16, 1e-27);
}

static void draws(void **state)
{
    uint32_t a[50], b[50], sum = 0, different = 0;

    (void)state;
    bootstrap_draw(a, 50, 7, 3);
    bootstrap_draw(b, 50, 7, 4);
    bootstrap_draw(b, 50, 7, 3);
    assert_memory_equal(a, b, sizeof a);
    for (int g = 0; g < 50; g++)
        sum += a[g];
    assert_int_equal(sum, 50);
    bootstrap_draw(b, 50, 7, 4);
    for (int g = 0; g < 50; g++)
        different += a[g] != b[g];
    assert_true(different > 10);
    bootstrap_draw(b, 50, 8, 3);
    assert_memory_not_equal(a, b, sizeof a);
    bootstrap_draw(a, 1, 7, 0);
    assert_int_equal(a[0], 1);
}

/* Over 4000 replicates of 5 groups each group is drawn 4000 times in the mean, and a count
 * has variance 5 · 1/5 · 4/5 = .8: the mean of 4000 lies within 5 root(.8/4000) = .07 of 1. */
static void draws_are_even(void **state)
{
    double sum[5] = {0}, square = 0;
    uint32_t times[5];

    (void)state;
    for (uint32_t r = 0; r < 4000; r++) {
        bootstrap_draw(times, 5, 1, r);
        for (int g = 0; g < 5; g++) {
            sum[g] += times[g];
            square += (times[g] - 1.0) * (times[g] - 1.0);
        }
    }
    for (int g = 0; g < 5; g++)
        near_by(sum[g] / 4000, 1, 0.07);
    near_by(square / (5 * 4000), 0.8, 0.05);
}

/* Values 1 … 999 in some order, so that the quantile q is q · 1000. With 100 groups q is
 * Phi(-root(100/99) · 1.984216951586415) = .02306438720707778, with 30 .01875390027822052. */
static void interval(void **state)
{
    double value[999];
    struct interval i;

    (void)state;
    for (int k = 0; k < 999; k++)
        value[k] = k * 500 % 999 + 1;
    i = bootstrap_interval(value, 999, 0.95, 100);
    near_by(i.low, 23.06438720707778, 1e-9);
    near_by(i.high, 1000 - 23.06438720707778, 1e-9);
    assert_int_equal(i.n_undefined, 0);
    i = bootstrap_interval(value, 999, 0.95, 30);
    near_by(i.low, 18.75390027822052, 1e-9);
    i = bootstrap_interval(value, 999, 0.95, 2); /* q = 1.7e-72: all there is */
    near(i.low, 1);
    near(i.high, 999);
    i = bootstrap_interval(value, 999, 0.95, 1000000); /* q = .025 but for 1e-6 */
    near_by(i.low, 25, 0.001);
}

static void undefined(void **state)
{
    double value[] = {NAN, 3, NAN, 1, 2}, most[] = {NAN, 1, NAN}, half[] = {NAN, 1};
    struct interval i = bootstrap_interval(value, 5, 0.95, 20);

    (void)state;
    near(i.low, 1);
    near(i.high, 3);
    assert_int_equal(i.n_undefined, 2);
    i = bootstrap_interval(half, 2, 0.95, 20);
    near(i.low, 1);
    near(i.high, 1);
    i = bootstrap_interval(most, 3, 0.95, 20);
    assert_true(isnan(i.low) && isnan(i.high));
    assert_int_equal(i.n_undefined, 2);
    i = bootstrap_interval(value, 3, 0.95, 1);
    assert_true(isnan(i.low) && isnan(i.high));
    i = bootstrap_interval(value, 0, 0.95, 20);
    assert_true(isnan(i.low) && isnan(i.high));
    i = bootstrap_interval(value, 3, 1, 20);
    assert_true(isnan(i.low) && isnan(i.high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_closed), cmocka_unit_test(quantiles_stored),
        cmocka_unit_test(distribution),     cmocka_unit_test(draws),
        cmocka_unit_test(draws_are_even),   cmocka_unit_test(interval),
        cmocka_unit_test(undefined),
    };
    return cmocka_run_group_tests_name("bootstrap", tests, NULL, NULL);
}
