/* SPDX-License-Identifier: MIT */
/* randomization, and the tests beside it: p values worked by hand. How often they reject where
 * nothing differs is simulated in tests/slow. */
#include "helpers.h"

#include <math.h>

#include "metrics/randomization.h"
#include "metrics/tests.h"

static void near_by(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

static void near(double got, double expected)
{
    near_by(got, expected, 1e-12);
}

struct groups {
    const double *difference; /* what a group adds to A - B */
    uint32_t n;
    double scale;
};

static double sum(const uint8_t *swapped, void *arg)
{
    const struct groups *k = arg;
    double d = 0;
    for (uint32_t g = 0; g < k->n; g++)
        d += swapped[g] ? -k->difference[g] : k->difference[g];
    return d * k->scale;
}

static double never(const uint8_t *swapped, void *arg)
{
    (void)swapped, (void)arg;
    return NAN;
}

/* Defined as long as nothing is exchanged. */
static double only_as_is(const uint8_t *swapped, void *arg)
{
    const struct groups *k = arg;
    for (uint32_t g = 0; g < k->n; g++)
        if (swapped[g])
            return NAN;
    return 1;
}

/* 1 + 2 + 3 = 6: of the 8 sums of ±1 ±2 ±3 only 6 and -6 are as large. With 1 + 2 - 3 = 0 all
 * are. 3 + 1 - 2 = 2: ±6, ±4, ±2 are, 0 twice is not: 6 of 8. */
static void exact_patterns(void **state)
{
    static const struct {
        double d[3], observed, p;
    } want[] = {
        {{1, 2, 3}, 6, 2.0 / 8}, {{1, 2, -3}, 0, 1}, {{3, 1, -2}, 2, 6.0 / 8}, {{0, 0, 0}, 0, 1}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct groups k = {want[i].d, 3, 1};
        struct randomization r = randomization_test(3, 8, 1, 1, sum, &k);
        assert_true(r.exact);
        assert_int_equal(r.n, 8);
        near(r.observed, want[i].observed);
        near(r.p, want[i].p);
    }
}

/* .1 + .2 + .3 is not .3 + .2 + .1 in doubles; each pattern and its opposite must count, as
 * must those that give the same difference by other groups: .1 + .2 - .3 is 0 but for 5e-17. */
static void rounding(void **state)
{
    const double d[] = {0.1, 0.2, -0.3, 0.1, 0.2, -0.3};
    struct groups k = {d, 6, 1.0 / 3};
    struct randomization r = randomization_test(6, 64, 1, 1, sum, &k);

    (void)state;
    near(r.p, 1);
}

/* |d| is 2.4 for 40 of 128 patterns or more, 4 of them only but for rounding. Scaled by 1e9,
 * the same p: the tolerance grows with the statistic. */
static void scale(void **state)
{
    const double d[] = {0.1, -0.9, -0.9, -0.9, 0.8, -0.9, 0.3};
    struct groups k = {d, 7, 1}, large = {d, 7, 1e9};

    (void)state;
    near(randomization_test(7, 128, 1, 1, sum, &k).p, 40.0 / 128);
    near(randomization_test(7, 128, 1, 1, sum, &large).p, 40.0 / 128);
}

/* One pattern fewer than there are: drawn, and p has the one that was observed in it. */
static void drawn(void **state)
{
    const double d[] = {1, 2, 3, 4, 5, 6};
    struct groups k = {d, 6, 1};
    struct randomization r = randomization_test(6, 63, 1, 1, sum, &k);

    (void)state;
    assert_false(r.exact);
    assert_int_equal(r.n, 63);
    near(r.p * 64, round(r.p * 64));
    assert_true(r.p >= 1.0 / 64);
}

/* The drawn p nears the enumerated one: 2^12 patterns against 4000 draws of them, four
 * standard errors of a share of 4000 apart at most. */
static void drawn_as_enumerated(void **state)
{
    const double d[] = {1, 2, -3, 4, 5, -6, 2, 3, 1, -1, 4, 2};
    struct groups k = {d, 12, 1};
    double p = randomization_test(12, 4096, 1, 2, sum, &k).p;
    struct randomization r = randomization_test(12, 4000, 1, 2, sum, &k);

    (void)state;
    assert_false(r.exact);
    near_by(r.p, p, 4 * sqrt(p * (1 - p) / 4000));
}

/* More groups than a word of random bits: those past the 64th must be exchanged as well. With
 * all the weight on group 70 every pattern is extreme; with it shared by 65 and 70, half. */
static void many_groups(void **state)
{
    double d[80] = {0};
    struct groups k = {d, 80, 1};

    (void)state;
    d[70] = 1;
    near(randomization_test(80, 999, 5, 1, sum, &k).p, 1);
    d[65] = 1;
    near_by(randomization_test(80, 999, 5, 1, sum, &k).p, 0.5, 0.07);
    d[3] = 2;
    near_by(randomization_test(80, 999, 5, 1, sum, &k).p, 0.25, 0.06);
}

static void any_jobs(void **state)
{
    const double d[] = {1, 2, -3, 4, 5, -6, 2, 3, 1, -1, 4, 2, 0.5, -3, 2};
    struct groups k = {d, 15, 1};
    struct randomization one = randomization_test(15, 1000, 42, 1, sum, &k);
    struct randomization seven = randomization_test(15, 1000, 42, 7, sum, &k);
    struct randomization other = randomization_test(15, 1000, 43, 1, sum, &k);

    (void)state;
    near_by(one.p, seven.p, 0);
    assert_true(fabs(one.p - other.p) > 0);
}

static void undefined(void **state)
{
    struct groups k = {NULL, 3, 1};
    struct randomization r = randomization_test(3, 100, 1, 1, never, NULL);

    (void)state;
    assert_true(isnan(r.observed));
    assert_true(isnan(r.p));
    r = randomization_test(3, 100, 1, 1, only_as_is, &k);
    near(r.observed, 1);
    near(r.p, 1);
    k.n = 0;
    near(randomization_test(0, 100, 1, 1, sum, &k).p, 1);
}

/* 2 (1 + 10) / 2^10; 2 · .5^5; the larger ones summed exactly in whole numbers. */
static void mcnemar(void **state)
{
    (void)state;
    near(mcnemar_exact(0, 0), 1);
    near(mcnemar_exact(1, 0), 1);
    near(mcnemar_exact(4, 4), 1);
    near(mcnemar_exact(0, 5), 2.0 / 32);
    near(mcnemar_exact(1, 9), 22.0 / 1024);
    near(mcnemar_exact(9, 1), 22.0 / 1024);
    near(mcnemar_exact(500, 600), 0.0028195449914364275);
    near_by(mcnemar_exact(4900, 5100), 0.04658552770494739, 1e-11);
    near_by(mcnemar_exact(499500, 500500), 0.31779469136, 1e-8);
    near(mcnemar_exact(3, 100000), 0);
    near_by(mcnemar_exact(1000000000, 1000000001), 1, 1e-4);
}

/* .01 · 4 = .04; .02 · 3 = .06; .03 · 2 = .06; .5. And: .03 · 2 = .06 after .025 · 3 = .075
 * may not fall; nothing above 1. */
static void holms(void **state)
{
    double a[] = {0.5, 0.01, 0.03, 0.02}, b[] = {0.03, 0.025, 0.9, NAN}, c[] = {0.6, 0.7};

    (void)state;
    holm(a, 4);
    near(a[0], 0.5);
    near(a[1], 0.04);
    near(a[2], 0.06);
    near(a[3], 0.06);
    holm(b, 4);
    near(b[0], 0.075);
    near(b[1], 0.075);
    near(b[2], 0.9);
    assert_true(isnan(b[3]));
    holm(c, 2);
    near(c[0], 1);
    near(c[1], 1);
    holm(c, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_patterns),
        cmocka_unit_test(rounding),
        cmocka_unit_test(scale),
        cmocka_unit_test(drawn),
        cmocka_unit_test(drawn_as_enumerated),
        cmocka_unit_test(many_groups),
        cmocka_unit_test(any_jobs),
        cmocka_unit_test(undefined),
        cmocka_unit_test(mcnemar),
        cmocka_unit_test(holms),
    };
    return cmocka_run_group_tests_name("randomization", tests, NULL, NULL);
}
