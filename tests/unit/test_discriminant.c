/* SPDX-License-Identifier: MIT */
/* discriminant: by hand, in one dimension and in two. */
#include "helpers.h"

#include <math.h>

#include "eval/discriminant.h"

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-6))
        fail_msg("%.9g, expected %.9g", got, expected);
}

/* Label 0 at 0 and 2, label 1 at 4 and 6, label 2 never. Means 1 and 5; the covariance is
 * (1 + 1 + 1 + 1)/4 = 1, with the ridge 1.001. Scores: (x - 1/2)/1.001 and (5x - 25/2)/1.001,
 * equal at x = 3. */
static void one_dimension(void **state)
{
    const double x[] = {0, 2, 4, 6}, left = 2.999, right = 3.001, far = -5, middle = 3;
    const uint32_t row[] = {0, 1, 2, 3}, label[] = {0, 0, 1, 1};
    struct discriminant d;

    (void)state;
    discriminant_fit(&d, x, 1, row, label, 4, 3);
    near(d.weight[0], 1 / 1.001);
    near(d.offset[0], -0.5 / 1.001);
    near(d.weight[1], 5 / 1.001);
    near(d.offset[1], -12.5 / 1.001);
    assert_int_equal(discriminant_label(&d, &left, NULL), 0);
    assert_int_equal(discriminant_label(&d, &right, NULL), 1);
    assert_true(d.offset[0] + d.weight[0] * middle - d.offset[1] - d.weight[1] * middle < 1e-9);
    /* both scores are below 0, that of a label without rows */
    assert_int_equal(discriminant_label(&d, &far, NULL), 0);
    discriminant_release(&d);
}

/* Around (0, 0) and (1, 0) the deviations ±(2, 1) and ±(1, 2): covariance [2.5 2; 2 2.5], with the
 * ridge 2.5025 on the diagonal, determinant 2.26250625. W·(1, 0) is (2.5025, -2)/2.26250625. What
 * counts is not which mean is nearer. */
static void two_dimensions(void **state)
{
    const double x[] = {2, 1, -2, -1, 1, 2, -1, -2, 3, 1, -1, -1, 2, 2, 0, -2};
    const double below[] = {0.4, -1}, above[] = {0.6, 1};
    const uint32_t row[] = {0, 1, 2, 3, 4, 5, 6, 7}, label[] = {0, 0, 0, 0, 1, 1, 1, 1};
    struct discriminant d;

    (void)state;
    discriminant_fit(&d, x, 2, row, label, 8, 2);
    near(d.weight[0], 0);
    near(d.weight[1], 0);
    near(d.weight[2], 2.5025 / 2.26250625);
    near(d.weight[3], -2 / 2.26250625);
    near(d.offset[1], -2.5025 / 2.26250625 / 2);
    assert_int_equal(discriminant_label(&d, below, NULL), 1);
    assert_int_equal(discriminant_label(&d, above, NULL), 0);
    discriminant_release(&d);
}

/* Only the rows named, in the order named: the others are not even numbers. */
static void rows_named(void **state)
{
    const double x[] = {NAN, 6, NAN, 0, 4, 2}, at = 3.5;
    const uint32_t row[] = {3, 1, 5, 4}, label[] = {0, 1, 0, 1};
    struct discriminant d;

    (void)state;
    discriminant_fit(&d, x, 1, row, label, 4, 2);
    near(d.weight[1], 5 / 1.001);
    assert_int_equal(discriminant_label(&d, &at, NULL), 1);
    discriminant_release(&d);
}

/* Two dimensions that are one, and one that never changes. */
static void singular(void **state)
{
    const double x[] = {0, 0, 7, 2, 2, 7, 4, 4, 7, 6, 6, 7}, low[] = {1, 1, 7}, high[] = {5, 5, 7};
    const uint32_t row[] = {0, 1, 2, 3}, label[] = {0, 0, 1, 1};
    struct discriminant d;

    (void)state;
    discriminant_fit(&d, x, 3, row, label, 4, 2);
    for (int i = 0; i < 6; i++)
        assert_true(isfinite(d.weight[i]));
    assert_int_equal(discriminant_label(&d, low, NULL), 0);
    assert_int_equal(discriminant_label(&d, high, NULL), 1);
    discriminant_release(&d);
}

static void one_row_or_none(void **state)
{
    const double x[] = {1, 2}, other[] = {-9, 9};
    const uint32_t row = 0, label = 1;
    struct discriminant d;

    (void)state;
    discriminant_fit(&d, x, 2, &row, &label, 1, 3);
    assert_int_equal(discriminant_label(&d, other, NULL), 1);
    discriminant_release(&d);
    discriminant_fit(&d, x, 2, &row, &label, 0, 3);
    assert_int_equal(discriminant_label(&d, other, NULL), UINT32_MAX);
    discriminant_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_dimension),   cmocka_unit_test(two_dimensions),
        cmocka_unit_test(rows_named),      cmocka_unit_test(singular),
        cmocka_unit_test(one_row_or_none),
    };
    return cmocka_run_group_tests_name("discriminant", tests, NULL, NULL);
}
