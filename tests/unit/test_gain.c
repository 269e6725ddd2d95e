/* SPDX-License-Identifier: MIT */
/* gain: the formula of gain.h, by hand. */
#include "helpers.h"

#include <math.h>

#include "model/gain.h"

static void by_hand(void **state)
{
    static const struct {
        size_t n;
        double before[4], after[4];
        uint32_t group[4], n_groups;
        double mean, error;
        bool clear;
    } cases[] = {
        /* differences 1 0 1 0, D 1/2: each alone, √(4/3 · 4/4)/4 */
        {4, {2, 1, 2, 1}, {1, 1, 1, 1}, {0, 1, 2, 3}, 4, 0.5, 0.28867513459481287, true},
        /* two by two, sums 1 and -1: √(2/1 · 2)/4 */
        {4, {2, 2, 1, 1}, {1, 1, 1, 1}, {5, 5, 1, 1}, 2, 0.5, 0.5, false},
        /* two by two that differ within alone: sums 0 */
        {4, {2, 1, 2, 1}, {1, 1, 1, 1}, {0, 0, 5, 5}, 2, 0.5, 0, true},
        /* the same, nothing gained and nothing lost */
        {2, {1, 2}, {1, 2}, {0, 1}, 2, 0, 0, false},
        /* a loss */
        {2, {1, 2}, {2, 3}, {0, 1}, 2, -1, 0, false},
        /* one group tells nothing */
        {2, {2, 2}, {1, 1}, {3, 3}, 1, 1, INFINITY, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gain g = gain_of(cases[i].before, cases[i].after, cases[i].group, cases[i].n, 6);
        assert_true(fabs(g.mean - cases[i].mean) < 1e-12);
        assert_true(g.error == cases[i].error || fabs(g.error - cases[i].error) < 1e-12);
        assert_int_equal(g.n_groups, cases[i].n_groups);
        assert_int_equal(gain_is_clear(&g), cases[i].clear);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand)};
    return cmocka_run_group_tests_name("gain", tests, NULL, NULL);
}
