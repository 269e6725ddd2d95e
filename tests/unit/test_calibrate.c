/* SPDX-License-Identifier: MIT */
/* calibrate: known parameters come back, known distributions come back. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/calibrate.h"

static double uniform(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) / 9007199254740992.0;
}

/* Labels drawn with the very probabilities of a sigmoid: its A and B come back. */
static void recovers(void **state)
{
    static const struct sigmoid truth[] = {{-1, 0}, {-2.5, 0.7}, {-0.4, -1.2}};
    enum { N = 60000 };
    double *margin = malloc(N * sizeof *margin);
    int8_t *sign = malloc(N);
    struct rng rng = {11};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        struct sigmoid s;
        for (size_t i = 0; i < N; i++) {
            margin[i] = 6 * uniform(&rng) - 3;
            sign[i] = uniform(&rng) < 1 / (1 + exp(truth[k].a * margin[i] + truth[k].b)) ? 1 : -1;
        }
        s = sigmoid_fit(margin, sign, N);
        assert_true(fabs(s.a - truth[k].a) < 0.05);
        assert_true(fabs(s.b - truth[k].b) < 0.05);
    }
    free(margin);
    free(sign);
}

static void hard_cases(void **state)
{
    static const double apart[] = {-2, -1, 1, 2}, same[] = {0, 0, 0, 0};
    static const int8_t sign[] = {-1, -1, 1, 1}, ones[] = {1, 1, 1, 1}, turned[] = {1, 1, -1};
    struct sigmoid s = sigmoid_fit(NULL, NULL, 0);

    (void)state;
    assert_true(s.a == -1 && s.b == 0);
    s = sigmoid_fit(apart, sign, 4); /* separable: finite all the same */
    assert_true(isfinite(s.a) && isfinite(s.b) && s.a < 0);
    assert_true(sigmoid_at(&s, 2) > 0.6 && sigmoid_at(&s, -2) < 0.4);
    s = sigmoid_fit(same, sign, 4); /* nothing to go by: the share of the labels */
    assert_true(fabs(sigmoid_at(&s, 0) - 0.5) < 1e-6);
    s = sigmoid_fit(apart, ones, 4); /* one label alone: Platt's 5/6, never 1 */
    assert_true(fabs(sigmoid_at(&s, 0) - 5.0 / 6) < 1e-3);
    /* margins the wrong way round are not believed: the share of the labels, here with
     * Platt's 3/4·2 + 1/3·1 of three */
    s = sigmoid_fit(apart, turned, 3);
    assert_true(s.a == 0);
    assert_true(fabs(sigmoid_at(&s, 9) - (0.75 * 2 + 1.0 / 3) / 3) < 1e-12);
    s = (struct sigmoid){-1, 0};
    assert_true(sigmoid_at(&s, 1e6) == 1 && sigmoid_at(&s, -1e6) == 0);
}

static void two_labels(void **state)
{
    const double r[] = {0, 0.73, 0.27, 0};
    double p[2];

    (void)state;
    couple_pairs(r, 2, p);
    assert_true(p[0] == 0.73 && p[1] == 0.27);
}

/* r_ij = p_i / (p_i + p_j) has one right answer. */
static void consistent(void **state)
{
    const double truth[] = {0.05, 0.5, 0.15, 0.3};
    double r[16] = {0}, p[4];

    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++)
            if (i != j)
                r[i * 4 + j] = truth[i] / (truth[i] + truth[j]);
    couple_pairs(r, 4, p);
    for (size_t i = 0; i < 4; i++)
        assert_true(fabs(p[i] - truth[i]) < 1e-6);
}

static void any_pairs(void **state)
{
    struct rng rng = {5};
    double r[36], p[6];

    (void)state;
    for (int round = 0; round < 500; round++) {
        size_t n = 2 + (size_t)rng_below(&rng, 5);
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++) {
                r[i * n + j] = 1e-7 + (1 - 2e-7) * uniform(&rng);
                r[j * n + i] = 1 - r[i * n + j];
            }
        couple_pairs(r, n, p);
        for (size_t i = 0; i < n; i++) {
            assert_true(p[i] >= 0);
            sum += p[i];
        }
        assert_true(fabs(sum - 1) < 1e-9);
    }
}

/* Three labels solved at once are as the iteration leaves them, up to probabilities as near to 0
 * and 1 as decide() lets them be. */
static void at_once(void **state)
{
    static const double grid[] = {1e-7, 1e-6, 1e-5,  1e-4,     1e-3,     0.01,     0.1,
                                  0.2,  0.3,  0.4,   0.5,      0.6,      0.7,      0.8,
                                  0.9,  0.99, 0.999, 1 - 1e-4, 1 - 1e-5, 1 - 1e-6, 1 - 1e-7};
    enum { N = sizeof grid / sizeof *grid };

    (void)state;
    for (size_t i = 0; i < (size_t)N * N * N; i++) {
        double ab = grid[i % N], ac = grid[i / N % N], bc = grid[i / N / N], want[3], got[3];
        const double r[9] = {0, ab, ac, 1 - ab, 0, bc, 1 - ac, 1 - bc, 0};
        couple_pairs(r, 3, want);
        couple_at_once(r, 3, got);
        for (size_t k = 0; k < 3; k++)
            if (!(fabs(got[k] - want[k]) < 1e-9))
                fail_msg("%g %g %g: p[%zu] is %.12f, not %.12f", ab, ac, bc, k, got[k], want[k]);
        assert_true(fabs(got[0] + got[1] + got[2] - 1) < 1e-15 * 4);
    }
}

static void at_once_at_random(void **state)
{
    struct rng rng = {17};

    (void)state;
    for (int i = 0; i < 20000; i++) {
        double r[16] = {0}, want[4], got[4];
        size_t n = 2 + (size_t)rng_below(&rng, 3);
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n; b++) {
                r[a * n + b] = 1e-7 + (1 - 2e-7) * uniform(&rng);
                r[b * n + a] = 1 - r[a * n + b];
            }
        couple_pairs(r, n, want);
        couple_at_once(r, n, got);
        for (size_t k = 0; k < n; k++)
            assert_true(n == 3 ? fabs(got[k] - want[k]) < 1e-9 : got[k] == want[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recovers),          cmocka_unit_test(hard_cases),
        cmocka_unit_test(two_labels),        cmocka_unit_test(consistent),
        cmocka_unit_test(any_pairs),         cmocka_unit_test(at_once),
        cmocka_unit_test(at_once_at_random),
    };
    return cmocka_run_group_tests_name("calibrate", tests, NULL, NULL);
}
