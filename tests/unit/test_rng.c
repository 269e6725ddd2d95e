/* SPDX-License-Identifier: MIT */
/* rng: the normal numbers have the moments they should, and are the same for ever. */
#include "helpers.h"

#include <math.h>

#include "base/rng.h"

static void normal_numbers_have_their_moments(void **state)
{
    static const double want[] = {1, 0, 1, 0, 2.9}; /* of order 0 to 4; Irwin-Hall: 3 - 1/10 */
    double moment[5] = {0};
    struct rng rng = {1};
    int n = 200000;

    (void)state;
    for (int i = 0; i < n; i++) {
        double x = rng_normal(&rng);
        assert_true(fabs(x) <= 6);
        for (int k = 0; k < 5; k++)
            moment[k] += pow(x, k) / n;
    }
    for (int k = 0; k < 5; k++)
        if (!(fabs(moment[k] - want[k]) < 0.04))
            fail_msg("moment %d is %.4f, not %.4f", k, moment[k], want[k]);
}

/* Three outputs of SplitMix64 from state 0, cut in four and summed by another program. */
static void normal_numbers_are_frozen(void **state)
{
    struct rng rng = {0};

    (void)state;
    assert_true(rng_normal(&rng) == 4334.0 / 65536);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_numbers_have_their_moments),
        cmocka_unit_test(normal_numbers_are_frozen),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
