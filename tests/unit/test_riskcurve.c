/* SPDX-License-Identifier: MIT */
/* riskcurve: curves worked by hand, ties above all. */
#include "helpers.h"

#include <math.h>

#include "metrics/riskcurve.h"

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-12))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

static void at(const struct risk_point *p, double coverage, double accuracy, double threshold)
{
    near(p->coverage, coverage);
    near(p->accuracy, accuracy);
    near(p->threshold, threshold);
}

/* By falling p: right, right, wrong, right. Risks 0, 0, 1/3, 1/4, each of one row of four. */
static void distinct(void **state)
{
    struct risk_row row[] = {{0.6, false}, {0.9, true}, {0.5, true}, {0.8, true}};
    struct risk_point point[4];

    (void)state;
    assert_int_equal(riskcurve(row, 4, point), 4);
    at(&point[0], 0.25, 1, 0.9);
    at(&point[1], 0.5, 1, 0.8);
    at(&point[2], 0.75, 2.0 / 3, 0.6);
    at(&point[3], 1, 0.75, 0.5);
    near(riskcurve_aurc(point, 4), (0 + 0 + 1.0 / 3 + 1.0 / 4) / 4);
}

/* .9 right; a tie of three at .7, one of them right; .4 wrong. The tie has risk 2/4 for each
 * of its three rows: (0 + 3·.5 + 3/5) / 5. In whatever order the rows come. */
static void ties(void **state)
{
    struct risk_row a[] = {{0.7, true}, {0.7, false}, {0.9, true}, {0.4, false}, {0.7, false}};
    struct risk_row b[] = {{0.7, false}, {0.4, false}, {0.7, false}, {0.7, true}, {0.9, true}};
    struct risk_point p[5], q[5];

    (void)state;
    assert_int_equal(riskcurve(a, 5, p), 3);
    assert_int_equal(riskcurve(b, 5, q), 3);
    at(&p[0], 0.2, 1, 0.9);
    at(&p[1], 0.8, 0.5, 0.7);
    at(&p[2], 1, 0.4, 0.4);
    assert_memory_equal(p, q, 3 * sizeof *p);
    near(riskcurve_aurc(p, 3), (0 + 3 * 0.5 + 0.6) / 5);
}

/* All of one probability: nothing can be selected, the area is the error rate. */
static void one_tie(void **state)
{
    struct risk_row row[] = {{0.5, true}, {0.5, false}, {0.5, true}};
    struct risk_point point[3];

    (void)state;
    assert_int_equal(riskcurve(row, 3, point), 1);
    near(riskcurve_aurc(point, 1), 1.0 / 3);
    near(riskcurve_accuracy_at(point, 1, 0.01), 2.0 / 3);
}

static void none(void **state)
{
    struct risk_point point[1];

    (void)state;
    assert_int_equal(riskcurve(NULL, 0, point), 0);
    assert_true(isnan(riskcurve_aurc(point, 0)));
    assert_true(isnan(riskcurve_accuracy_at(point, 0, 0.5)));
    assert_int_equal(riskcurve_thin(point, 0, 10), 0);
}

static void accuracy_at(void **state)
{
    struct risk_row row[10];
    struct risk_point point[10];

    (void)state;
    /* right but for the 3rd and the 10th */
    for (int i = 0; i < 10; i++)
        row[i] = (struct risk_row){1 - i / 20.0, i != 2 && i != 9};
    assert_int_equal(riskcurve(row, 10, point), 10);
    near(riskcurve_accuracy_at(point, 10, 0), 1);
    near(riskcurve_accuracy_at(point, 10, 0.2), 1);
    near(riskcurve_accuracy_at(point, 10, 0.21), 2.0 / 3);
    near(riskcurve_accuracy_at(point, 10, 3 * 0.1), 2.0 / 3); /* 0.30000000000000004 */
    near(riskcurve_accuracy_at(point, 10, 0.9), 8.0 / 9);
    near(riskcurve_accuracy_at(point, 10, 1), 0.8);
    assert_true(isnan(riskcurve_accuracy_at(point, 10, 1.1)));
}

/* 1000 rows to 10 points: at .1, .2 … 1. Then a curve of which one step covers .05 to .55:
 * the four points at .5 and below it become one. */
static void thin(void **state)
{
    static struct risk_row row[1000];
    static struct risk_point point[1000];
    struct risk_point steps[] = {
        {0.05, 1, 0.9}, {0.55, 0.9, 0.8}, {0.58, 0.9, 0.7}, {0.8, 0.8, 0.6}, {1, 0.7, 0.5}};

    (void)state;
    for (int i = 0; i < 1000; i++)
        row[i] = (struct risk_row){1 - i / 1000.0, i % 3 != 0};
    assert_int_equal(riskcurve(row, 1000, point), 1000);
    assert_int_equal(riskcurve_thin(point, 1000, 10), 10);
    for (int i = 0; i < 10; i++)
        near(point[i].coverage, (i + 1) / 10.0);
    assert_int_equal(riskcurve_thin(point, 10, 20), 10);
    assert_int_equal(riskcurve_thin(point, 10, 1), 1);
    near(point[0].coverage, 1);
    assert_int_equal(riskcurve_thin(steps, 5, 4), 3);
    near(steps[0].coverage, 0.55);
    near(steps[1].coverage, 0.8);
    near(steps[2].coverage, 1);
    assert_int_equal(riskcurve_thin(steps, 3, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distinct), cmocka_unit_test(ties),        cmocka_unit_test(one_tie),
        cmocka_unit_test(none),     cmocka_unit_test(accuracy_at), cmocka_unit_test(thin),
    };
    return cmocka_run_group_tests_name("riskcurve", tests, NULL, NULL);
}
