/* SPDX-License-Identifier: MIT */
/* agreement: alpha and kappa against tables worked by hand, and what must not change them. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "metrics/agreement.h"
#include "metrics/confusion.h"

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-12))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

static struct confusion table(uint32_t n, const uint64_t *count)
{
    struct confusion c;

    confusion_init(&c, n);
    memcpy(c.count, count, (size_t)n * n * sizeof *count);
    return c;
}

static double kappa(uint32_t n, const uint64_t *count)
{
    struct confusion c = table(n, count);
    double k = confusion_kappa(&c);

    confusion_release(&c);
    return k;
}

/* 50 units, both yes 20, both no 15: p_o = 35/50 = 0.7; rows 25 and 25, columns 30 and 20:
 * p_e = 0.5·0.6 + 0.5·0.4 = 0.5; kappa = 0.2/0.5 */
static void kappa_by_hand(void **state)
{
    (void)state;
    near(kappa(2, (uint64_t[]){20, 5, 10, 15}), 0.4);
    near(kappa(2, (uint64_t[]){20, 10, 5, 15}), 0.4); /* turned */
    /* as many as chance gives: rows 6, 4, columns 5, 5: p_o = p_e = 0.5 */
    near(kappa(2, (uint64_t[]){3, 3, 2, 2}), 0);
    /* never: p_o = 0, p_e = 0.5 */
    near(kappa(2, (uint64_t[]){0, 5, 5, 0}), -1);
    near(kappa(3, (uint64_t[]){2, 0, 0, 0, 3, 0, 0, 0, 4}), 1);
}

static void kappa_undefined(void **state)
{
    (void)state;
    assert_true(isnan(kappa(2, (uint64_t[]){0, 0, 0, 0})));
    assert_true(isnan(kappa(2, (uint64_t[]){7, 0, 0, 0}))); /* one label, always */
    near(kappa(2, (uint64_t[]){7, 1, 0, 0}), 0);            /* one of them varies */
}

/* ---- alpha ---- */

enum { MAX_ANNOTATORS = 8 };

/* Units × annotators, -1 where there is no label. */
struct data {
    const int *label;
    size_t n_units, n_annotators;
};

static const uint32_t sizes[] = {2, 3, 4, 5, 6, 7, 8};

/* Each unit `times` times, or once where that is NULL. */
static struct coincidence count(const struct data *d, uint32_t n_labels, const uint64_t *times)
{
    struct coincidence c;

    coincidence_init(&c, n_labels, sizes, sizeof sizes / sizeof *sizes);
    for (size_t u = 0; u < d->n_units; u++) {
        uint32_t given[MAX_ANNOTATORS], m = 0;
        for (size_t a = 0; a < d->n_annotators; a++)
            if (d->label[u * d->n_annotators + a] >= 0)
                given[m++] = (uint32_t)d->label[u * d->n_annotators + a];
        for (uint32_t i = 0; i < m; i++)
            for (uint32_t j = i + 1; j < m; j++)
                coincidence_add(&c, m - 2, given[i], given[j], times != NULL ? times[u] : 1);
    }
    return c;
}

static double alpha(const struct data *d, uint32_t n_labels)
{
    struct coincidence c = count(d, n_labels, NULL);
    double a = coincidence_alpha(&c);

    coincidence_release(&c);
    return a;
}

/* Krippendorff (2011), section C: 4 observers, 12 units, nominal, values missing. */
static const int observers[4][12] = {
    {1, 2, 3, 3, 2, 1, 4, 1, 2, -1, -1, -1},
    {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, -1, 3},
    {-1, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, -1},
    {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, -1},
};

static void turn(int *to, const int (*from)[12], size_t n)
{
    for (size_t a = 0; a < n; a++)
        for (size_t u = 0; u < 12; u++)
            to[u * n + a] = from[a][u];
}

/* By hand, pairs of a unit over m - 1:
 *   o_11 = 3 (unit 1) + 2 (unit 8) + 2 (unit 11) = 7
 *   o_22 = 2 (unit 2) + 4 (unit 5) + 4 (unit 9) = 10
 *   o_33 = 4 + 4 = 8, o_44 = 4, o_55 = 3; unit 12 has one value and does not count
 *   o_12 = 1 (unit 8) + 1/3 (unit 6), o_23 = 1 (unit 2) + 1/3, o_13 = o_14 = o_24 = o_34 = 1/3
 *   n_1 = 7 + 4/3 + 1/3 + 1/3 = 9, n_2 = 13, n_3 = 10, n_4 = 5, n_5 = 3; n = 40
 *   differing: 40 - 32 = 8; expected: 1600 - (81 + 169 + 100 + 25 + 9) = 1216
 *   alpha = 1 - 39·8/1216 = 0.74342 (the paper: .743)
 * One label against the rest, for 1: differing 2·(9 - 7) = 4, expected 2·9·31 = 558. */
static void krippendorff_2011(void **state)
{
    int label[48];
    struct data d = {label, 12, 4};
    struct coincidence c;

    (void)state;
    turn(label, observers, 4);
    c = count(&d, 6, NULL);
    near(coincidence_alpha(&c), 1 - 39.0 * 8 / 1216);
    assert_true(fabs(coincidence_alpha(&c) - 0.743) < 0.0005);
    near(coincidence_alpha_of(&c, 1), 1 - 39.0 * 4 / 558);
    assert_true(isnan(coincidence_alpha_of(&c, 0))); /* nobody gave it */
    assert_int_equal(coincidence_units(&c), 11);
    /* units 1, 3, 4, 5, 7, 9, 10, 11 agree; 2 and 8 in half of their pairs, 6 in none */
    near(coincidence_observed(&c), (8 + 0.5 + 0.5) / 11);
    coincidence_release(&c);
}

/* Krippendorff (2011), section A: 2 observers, 10 units, two values; o_01 = 4, n_0 = 14,
 * n_1 = 6: alpha = 1 - 19·8/(2·14·6) = 0.095 */
static void krippendorff_binary(void **state)
{
    static const int label[] = {0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
    struct data d = {label, 10, 2};

    (void)state;
    near(alpha(&d, 2), 1 - 19.0 * 8 / 168);
}

static void alpha_undefined(void **state)
{
    static const int same[] = {1, 1, 1, 1}, single[] = {0, -1, -1, 1};

    (void)state;
    assert_true(isnan(alpha(&(struct data){same, 2, 2}, 2)));
    assert_true(isnan(alpha(&(struct data){single, 2, 2}, 2)));
    assert_true(isnan(alpha(&(struct data){NULL, 0, 2}, 2)));
}

static void order_changes_nothing(void **state)
{
    int label[48], moved[48];
    struct data d = {label, 12, 4}, m = {moved, 12, 4};

    (void)state;
    turn(label, observers, 4);
    for (size_t u = 0; u < 12; u++)
        for (size_t a = 0; a < 4; a++)
            moved[((u * 5) % 12) * 4 + (a + 1) % 4] = label[u * 4 + a];
    assert_true(alpha(&d, 6) == alpha(&m, 6)); /* to the last bit */
}

static void same_annotators(void **state)
{
    static const int label[] = {0, 0, 1, 1, 2, 2, 0, 0};
    struct data d = {label, 4, 2};
    struct coincidence c = count(&d, 3, NULL);

    (void)state;
    near(coincidence_alpha(&c), 1);
    near(coincidence_alpha_of(&c, 2), 1);
    near(coincidence_observed(&c), 1);
    coincidence_release(&c);
}

/* Labels drawn without looking: alpha and kappa are about 0. */
static void chance(void **state)
{
    enum { UNITS = 20000 };
    int *label = malloc(3 * UNITS * sizeof *label);
    struct data d = {label, UNITS, 3};
    struct confusion c;
    struct rng rng = {7};

    (void)state;
    confusion_init(&c, 3);
    for (size_t i = 0; i < 3 * UNITS; i++)
        label[i] = rng_below(&rng, 10) < 6 ? 0 : (int)(1 + rng_below(&rng, 2));
    for (size_t u = 0; u < UNITS; u++)
        confusion_add(&c, (uint32_t)label[3 * u], (uint32_t)label[3 * u + 1]);
    assert_true(fabs(alpha(&d, 3)) < 0.02);
    assert_true(fabs(confusion_kappa(&c)) < 0.02);
    confusion_release(&c);
    free(label);
}

/* What a bootstrap counts three times is three such units. */
static void weights_are_repetition(void **state)
{
    static const int label[] = {0, 1, -1, 2, 2, 1, 0, 0, 0};
    static const int repeated[] = {0, 1, -1, 0, 1, -1, 0, 1, -1, 0, 0, 0, 0, 0, 0};
    static const uint64_t times[] = {3, 0, 2};
    struct data d = {label, 3, 3}, r = {repeated, 5, 3};
    struct coincidence a = count(&d, 3, times), b = count(&r, 3, NULL);

    (void)state;
    assert_memory_equal(a.count, b.count, a.n_sizes * 9 * sizeof *a.count);
    assert_true(coincidence_alpha(&a) == coincidence_alpha(&b));
    assert_int_equal(coincidence_units(&a), 5);
    coincidence_release(&a);
    coincidence_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kappa_by_hand),         cmocka_unit_test(kappa_undefined),
        cmocka_unit_test(krippendorff_2011),     cmocka_unit_test(krippendorff_binary),
        cmocka_unit_test(alpha_undefined),       cmocka_unit_test(order_changes_nothing),
        cmocka_unit_test(same_annotators),       cmocka_unit_test(chance),
        cmocka_unit_test(weights_are_repetition)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
