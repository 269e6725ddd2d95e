/* SPDX-License-Identifier: MIT */
/* score: figures worked by hand. test_metrics.c holds them against scikit-learn's. */
#include "helpers.h"

#include <float.h>
#include <math.h>

#include "metrics/score.h"

static const struct span stances[] = {{"against", 7}, {"favor", 5}, {"none", 4}};
enum { AGAINST, FAVOR, NONE };

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-12))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

static struct score_row row(uint32_t gold, uint32_t label, double p)
{
    return (struct score_row){gold, label, p, NAN, NAN};
}

static void add(struct score *s, uint32_t gold, uint32_t label, uint64_t times)
{
    struct score_row r = row(gold, label, NAN);
    score_add(s, &r, times);
}

/* SemEval-2016 task 6: (F_favor + F_against) / 2 over all three labels' rows; none is no
 * class of interest, but a none taken for favor costs favor its precision, and a favor taken
 * for none its recall.
 *              gave against  favor  none
 *     against            6      1     1
 *     favor              2      4     2
 *     none               0      1     3
 * F_against = 2·6/(8+8) = .75, F_favor = 2·4/(8+6) = 4/7. */
static void f_avg(void **state)
{
    struct score s;

    (void)state;
    score_init(&s, stances, 3);
    assert_int_equal(s.favor, FAVOR);
    assert_int_equal(s.against, AGAINST);
    add(&s, AGAINST, AGAINST, 6);
    add(&s, AGAINST, FAVOR, 1);
    add(&s, AGAINST, NONE, 1);
    add(&s, FAVOR, AGAINST, 2);
    add(&s, FAVOR, FAVOR, 4);
    add(&s, FAVOR, NONE, 2);
    add(&s, NONE, FAVOR, 1);
    add(&s, NONE, NONE, 3);
    near(score_metric(&s, METRIC_F_AVG), (0.75 + 4.0 / 7) / 2);
    /* more of none that is right changes nothing */
    add(&s, NONE, NONE, 100);
    near(score_metric(&s, METRIC_F_AVG), (0.75 + 4.0 / 7) / 2);
    /* two errors of it do: F_favor = 2·4/(8+7), F_against = 2·6/(8+9) */
    add(&s, NONE, FAVOR, 1);
    add(&s, NONE, AGAINST, 1);
    near(score_metric(&s, METRIC_F_AVG), (12.0 / 17 + 8.0 / 15) / 2);
    score_release(&s);
}

static void no_stances(void **state)
{
    const struct span label[] = {SPAN("against"), SPAN("other")};
    struct score s;

    (void)state;
    score_init(&s, label, 2);
    assert_int_equal(s.favor, UINT32_MAX);
    assert_int_equal(s.against, UINT32_MAX);
    add(&s, 0, 0, 1);
    assert_true(isnan(score_metric(&s, METRIC_F_AVG)));
    near(score_metric(&s, METRIC_ACCURACY), 1);
    score_release(&s);
}

/* Nothing added, or nothing but rows that count 0 times: no figure. */
static void empty(void **state)
{
    struct score s;
    struct score_row r = {0, 1, 0.5, 1, 1};

    (void)state;
    score_init(&s, stances, 3);
    score_add(&s, &r, 0);
    for (int m = 0; m < N_METRICS; m++)
        if (!isnan(score_metric(&s, (enum metric)m)))
            fail_msg("%s is defined without rows", metric_info[m].key);
    score_add(&s, &r, 2);
    near(score_metric(&s, METRIC_ECE), 0.5);
    score_reset(&s);
    for (int m = 0; m < N_METRICS; m++)
        assert_true(isnan(score_metric(&s, (enum metric)m)));
    assert_int_equal(s.favor, FAVOR);
    score_release(&s);
}

/* A bin is closed above: .1 and 0 in the first, .3 (as a double) in the third, 1 in the last. */
static void bins(void **state)
{
    static const struct {
        double p;
        int bin;
    } want[] = {{0, 0},   {0.05, 0}, {0.1, 0}, {0.1000001, 1}, {0.2, 1},      {0.3, 2},
                {0.5, 4}, {0.6, 5},  {0.7, 6}, {0.9, 8},       {0.900001, 9}, {1, 9}};
    struct score s;

    (void)state;
    score_init(&s, stances, 3);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct score_row r = row(0, 0, want[i].p);
        score_reset(&s);
        score_add(&s, &r, 1);
        if (s.bin[want[i].bin].n != 1)
            fail_msg("p = %g is not in bin %d", want[i].p, want[i].bin);
    }
    score_release(&s);
}

/* Bin (.5,.6]: three rows of .6, .55 and .56, one right: |1/3 - 1.71/3|; bin (.9,1]: two rows
 * of .95, both right: |1 - .95|. Weighed: 3/5 · .71/3 + 2/5 · .05 = .162. A row without a
 * probability counts for the accuracy alone. */
static void ece(void **state)
{
    const struct score_row rows[] = {row(0, 0, 0.6), row(0, 1, 0.55), row(2, 1, 0.56),
                                     row(1, 1, 0.95), row(1, 2, NAN)};
    struct score s;

    (void)state;
    score_init(&s, stances, 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        score_add(&s, &rows[i], i == 3 ? 2 : 1);
    near(score_metric(&s, METRIC_ECE), 0.162);
    near(score_metric(&s, METRIC_ACCURACY), 3.0 / 6);
    assert_true(isnan(score_metric(&s, METRIC_LOG_LOSS)));
    score_release(&s);
}

/* Of .2 .5 .3 with gold 1: -ln .5 and .04 + .25 + .09 = .38; with gold 0: -ln .2 and
 * .64 + .25 + .09 = .98. The first twice: (2·.38 + .98)/3. */
static void probabilities(void **state)
{
    const double p[] = {0.2, 0.5, 0.3};
    struct score_row right = row(1, 1, 0.5), wrong = row(0, 1, 0.5);
    struct score s;

    (void)state;
    score_row_probs(&right, p, 3);
    score_row_probs(&wrong, p, 3);
    near(right.log_loss, log(2));
    near(right.brier, 0.38);
    near(wrong.log_loss, log(5));
    near(wrong.brier, 0.98);
    score_init(&s, stances, 3);
    score_add(&s, &right, 2);
    score_add(&s, &wrong, 1);
    near(score_metric(&s, METRIC_LOG_LOSS), (2 * log(2) + log(5)) / 3);
    near(score_metric(&s, METRIC_BRIER), (2 * 0.38 + 0.98) / 3);
    score_release(&s);
}

/* A certainty that is wrong: finite, -ln 2^-52; right: 0 but for rounding; Brier 2 and 0. */
static void certain(void **state)
{
    const double p[] = {1, 0};
    struct score_row right = row(0, 0, 1), wrong = row(1, 0, 1);

    (void)state;
    score_row_probs(&right, p, 2);
    score_row_probs(&wrong, p, 2);
    near(right.log_loss, 0);
    near(wrong.log_loss, 52 * log(2));
    near(right.brier, 0);
    near(wrong.brier, 2);
}

/* Probabilities that do not sum to 1 are scaled for the log loss: .5 of .5 + .5 + .25. */
static void scaled(void **state)
{
    const double p[] = {0.5, 0.5, 0.25};
    struct score_row r = row(0, 0, 0.5);

    (void)state;
    score_row_probs(&r, p, 3);
    near(r.log_loss, log(2.5));
    near(r.brier, 0.25 + 0.25 + 0.0625);
}

static void names(void **state)
{
    (void)state;
    for (int m = 0; m < N_METRICS; m++) {
        assert_int_equal(metric_find(metric_info[m].key), m);
        assert_non_null(metric_info[m].name);
        assert_non_null(metric_info[m].about);
    }
    assert_int_equal(metric_find("f_avg"), METRIC_F_AVG);
    assert_int_equal(metric_find("f-avg"), -1);
    assert_int_equal(metric_find(""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(f_avg),   cmocka_unit_test(no_stances), cmocka_unit_test(empty),
        cmocka_unit_test(bins),    cmocka_unit_test(ece),        cmocka_unit_test(probabilities),
        cmocka_unit_test(certain), cmocka_unit_test(scaled),     cmocka_unit_test(names),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
