/* SPDX-License-Identifier: MIT */
/* confusion: figures against tables worked by hand. */
#include "helpers.h"

#include <math.h>

#include "metrics/confusion.h"

static struct confusion table(uint32_t n, const uint64_t *count)
{
    struct confusion c;
    confusion_init(&c, n);
    for (uint32_t g = 0; g < n; g++)
        for (uint32_t p = 0; p < n; p++)
            for (uint64_t k = 0; k < count[g * n + p]; k++)
                confusion_add(&c, g, p);
    return c;
}

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-12))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

/* gold 0: 4 right, 1 as 1, 1 as 2; gold 1: 2 as 0, 6 right; gold 2: 3 as 1, 3 right */
static void three_labels(void **state)
{
    struct confusion c = table(3, (uint64_t[]){4, 1, 1, 2, 6, 0, 0, 3, 3});

    (void)state;
    assert_int_equal(confusion_total(&c), 20);
    assert_int_equal(confusion_gold(&c, 1), 8);
    assert_int_equal(confusion_predicted(&c, 1), 10);
    near(confusion_accuracy(&c), 13.0 / 20);
    near(confusion_precision(&c, 0), 4.0 / 6);
    near(confusion_recall(&c, 0), 4.0 / 6);
    near(confusion_precision(&c, 1), 6.0 / 10);
    near(confusion_recall(&c, 1), 6.0 / 8);
    near(confusion_f1(&c, 0), 2.0 / 3);
    near(confusion_f1(&c, 1), 12.0 / 18);
    near(confusion_f1(&c, 2), 6.0 / 10);
    near(confusion_macro_f1(&c), (2.0 / 3 + 2.0 / 3 + 0.6) / 3);
    near(confusion_f_avg(&c, 2, 0), (0.6 + 2.0 / 3) / 2);
    near(confusion_micro_f1(&c), 13.0 / 20);
    near(confusion_balanced_accuracy(&c), (4.0 / 6 + 6.0 / 8 + 3.0 / 6) / 3);
    /* gold 6 8 6, predicted 6 10 4: products sum to 36 + 80 + 24 = 140, squares of gold to
     * 136, of predicted to 152; 20 · 13 - 140 = 120 */
    near(confusion_mcc(&c), 120 / sqrt((400.0 - 136) * (400 - 152)));
    near(confusion_kappa(&c), 120.0 / (400 - 140));
    confusion_release(&c);
}

/* Two labels: MCC is (tp tn - fp fn) / root of the four sums' product, here
 * (20·15 - 5·10) / root of 30·25·25·20; kappa (0.7 - 0.5) / (1 - 0.5), chance agreeing in
 * .5·.6 + .5·.4. Turned round, MCC changes its sign and kappa is (0.3 - 0.5) / 0.5. */
static void two_labels(void **state)
{
    struct confusion c = table(2, (uint64_t[]){20, 5, 10, 15});
    struct confusion turned = table(2, (uint64_t[]){5, 20, 15, 10});

    (void)state;
    near(confusion_mcc(&c), 250 / sqrt(30.0 * 25 * 25 * 20));
    near(confusion_kappa(&c), 0.4);
    near(confusion_mcc(&turned), -250 / sqrt(30.0 * 25 * 25 * 20));
    near(confusion_kappa(&turned), -0.4);
    near(confusion_balanced_accuracy(&c), (20.0 / 25 + 15.0 / 25) / 2);
    confusion_release(&c);
    confusion_release(&turned);
}

/* One label for all: no correlation, and kappa undefined only where the gold is that too. */
static void one_label(void **state)
{
    struct confusion all = table(2, (uint64_t[]){7, 0, 0, 0});
    struct confusion given = table(2, (uint64_t[]){5, 0, 2, 0});

    (void)state;
    assert_true(isnan(confusion_mcc(&all)));
    assert_true(isnan(confusion_kappa(&all)));
    near(confusion_balanced_accuracy(&all), 1);
    assert_true(isnan(confusion_mcc(&given)));
    near(confusion_kappa(&given), 0);
    near(confusion_balanced_accuracy(&given), 0.5);
    confusion_release(&all);
    confusion_release(&given);
}

static void times(void **state)
{
    struct confusion a = table(2, (uint64_t[]){3, 0, 2, 0}), b = table(2, (uint64_t[]){0, 9, 9, 9});

    (void)state;
    confusion_reset(&b);
    assert_int_equal(confusion_total(&b), 0);
    confusion_add_times(&b, 0, 0, 3);
    confusion_add_times(&b, 1, 0, 2);
    confusion_add_times(&b, 1, 1, 0);
    assert_memory_equal(a.count, b.count, 4 * sizeof *a.count);
    confusion_release(&a);
    confusion_release(&b);
}

/* Label 1 is in the gold and never predicted, 2 predicted and never gold, 3 neither. */
static void undefined(void **state)
{
    struct confusion c = table(4, (uint64_t[]){3, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    (void)state;
    assert_true(isnan(confusion_precision(&c, 1)));
    near(confusion_recall(&c, 1), 0);
    near(confusion_f1(&c, 1), 0);
    near(confusion_precision(&c, 2), 0);
    assert_true(isnan(confusion_recall(&c, 2)));
    near(confusion_f1(&c, 2), 0);
    assert_true(isnan(confusion_precision(&c, 3)));
    assert_true(isnan(confusion_recall(&c, 3)));
    assert_true(isnan(confusion_f1(&c, 3)));
    near(confusion_macro_f1(&c), (6.0 / 9) / 3);
    near(confusion_f_avg(&c, 0, 3), (6.0 / 9) / 2);
    confusion_release(&c);
}

static void empty(void **state)
{
    struct confusion c = table(2, (uint64_t[]){0, 0, 0, 0});

    (void)state;
    assert_true(isnan(confusion_accuracy(&c)));
    assert_true(isnan(confusion_macro_f1(&c)));
    assert_true(isnan(confusion_micro_f1(&c)));
    assert_true(isnan(confusion_balanced_accuracy(&c)));
    assert_true(isnan(confusion_mcc(&c)));
    assert_true(isnan(confusion_kappa(&c)));
    near(confusion_f_avg(&c, 0, 1), 0);
    confusion_release(&c);
}

/* The baseline that SemEval-2016 task 6 publishes from these very counts (test set of task
 * A): majority label per target, F_avg 65.22. Rows against, favor, none. */
static void semeval_majority(void **state)
{
    struct confusion c = table(3, (uint64_t[]){704, 11, 0, 181, 123, 0, 195, 35, 0});

    (void)state;
    near(round(1e4 * confusion_f_avg(&c, 1, 0)), 6522);
    confusion_release(&c);
}

static void merged(void **state)
{
    struct confusion a = table(2, (uint64_t[]){1, 2, 3, 4});
    struct confusion b = table(2, (uint64_t[]){10, 0, 0, 1});

    (void)state;
    confusion_merge(&a, &b);
    assert_int_equal(a.count[0], 11);
    assert_int_equal(a.count[1], 2);
    assert_int_equal(a.count[3], 5);
    confusion_release(&a);
    confusion_release(&b);
}

/* A resample without the label that the whole has: its F1 is 0, not left out; a label that
 * neither has stays out. Whole: 2 of 0, 2 of 1, all right. Part: 2 of 0, right. */
static void within(void **state)
{
    struct confusion whole, part, nothing;

    (void)state;
    confusion_init(&whole, 3);
    confusion_init(&part, 3);
    confusion_init(&nothing, 3);
    for (uint32_t i = 0; i < 4; i++)
        confusion_add(&whole, i / 2, i / 2);
    confusion_add(&part, 0, 0);
    confusion_add(&part, 0, 0);
    assert_true(confusion_macro_f1(&part) == 1);
    assert_true(confusion_macro_f1_within(&part, &whole) == 0.5);
    assert_true(confusion_balanced_accuracy_within(&part, &whole) == 0.5);
    assert_true(confusion_macro_f1_within(&whole, &whole) == 1);
    assert_true(isnan(confusion_macro_f1_within(&nothing, &whole)));
    confusion_release(&whole);
    confusion_release(&part);
    confusion_release(&nothing);
}

static void stance_labels(void **state)
{
    const struct span name[] = {SPAN("against"), SPAN("favor"), SPAN("none")};
    uint32_t favor = 9, against = 9;

    (void)state;
    assert_true(confusion_stance_labels(name, 3, &favor, &against));
    assert_int_equal(favor, 1);
    assert_int_equal(against, 0);
    assert_false(confusion_stance_labels(name, 1, &favor, &against));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_labels),  cmocka_unit_test(undefined),
        cmocka_unit_test(empty),         cmocka_unit_test(two_labels),
        cmocka_unit_test(one_label),     cmocka_unit_test(times),
        cmocka_unit_test(merged),        cmocka_unit_test(semeval_majority),
        cmocka_unit_test(stance_labels), cmocka_unit_test(within),
    };
    return cmocka_run_group_tests_name("confusion", tests, NULL, NULL);
}
