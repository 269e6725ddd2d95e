/* SPDX-License-Identifier: MIT */
/* rule: counts of labels, an exponent, and the weights worked out by hand. */
#include "helpers.h"

#include <math.h>

#include "model/rule.h"

enum { TARGETS = 2, LABELS = 3 };

static const struct {
    uint64_t seen[TARGETS][LABELS];
    double exponent, weight[LABELS];
} cases[] = {
    {{{8, 2, 0}, {8, 2, 1}}, 0, {1, 1, 1}},
    {{{8, 2, 0}, {8, 2, 1}}, 1, {1.0 / 16, 1.0 / 4, 1}},
    {{{8, 2, 0}, {8, 2, 1}}, 0.5, {1.0 / 4, 1.0 / 2, 1}},
    {{{50, 50, 50}, {7, 7, 7}}, 1, {1, 1, 1}},
    {{{4, 1, 0}, {0, 0, 0}}, 1, {1.0 / 4, 1, 1}}, /* as the rarest one */
    {{{0, 0, 0}, {0, 0, 0}}, 1, {1, 1, 1}},
};

static void tables(void **state)
{
    double got[LABELS];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rule_weights(&cases[i].seen[0][0], TARGETS, LABELS, cases[i].exponent, got);
        for (int l = 0; l < LABELS; l++)
            if (fabs(got[l] - cases[i].weight[l]) > 1e-12)
                fail_msg("case %zu, label %d: %g", i, l, got[l]);
    }
}

static void exponents_rise_from_0_to_1(void **state)
{
    (void)state;
    assert_true(rule_exponent(0) == 0 && rule_exponent(RULE_EXPONENTS - 1) == 1);
    for (uint32_t i = 1; i < RULE_EXPONENTS; i++)
        assert_true(rule_exponent(i) > rule_exponent(i - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables),
                                       cmocka_unit_test(exponents_rise_from_0_to_1)};
    return cmocka_run_group_tests_name("rule", tests, NULL, NULL);
}
