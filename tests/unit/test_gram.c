/* SPDX-License-Identifier: MIT */
/* gram: against the product written down as two loops, on random sparse rows. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/gram.h"

/* Rows of 0 to 20 entries, some of them empty. */
static struct matrix random_rows(size_t n, uint32_t n_ids, uint64_t seed)
{
    struct matrix x = {.n_rows = n, .n_ids = n_ids};
    struct rng rng = {seed};
    size_t k = 0;

    x.start = malloc((n + 1) * sizeof *x.start);
    x.id = malloc((n * 20 + 1) * sizeof *x.id);
    x.value = malloc((n * 20 + 1) * sizeof *x.value);
    for (size_t row = 0; row < n; row++) {
        uint64_t left = rng_below(&rng, 21);
        x.start[row] = k;
        for (uint32_t id = 0; id < n_ids && left > 0; id++)
            if (rng_below(&rng, n_ids) < 10) {
                x.id[k] = id;
                x.value[k++] = (double)rng_below(&rng, 2001) / 1000 - 1;
                left--;
            }
    }
    x.start[n] = k;
    return x;
}

static double naive(const struct matrix *x, size_t i, size_t j)
{
    double sum = 0;

    for (size_t a = x->start[i]; a < x->start[i + 1]; a++)
        for (size_t b = x->start[j]; b < x->start[j + 1]; b++)
            if (x->id[a] == x->id[b])
                sum += x->value[a] * x->value[b];
    return sum;
}

static void check(size_t n, uint32_t n_ids, uint64_t seed)
{
    struct matrix x = random_rows(n, n_ids, seed);
    double *k = gram_new(&x, 1);

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (fabs(k[i * n + j] - naive(&x, i, j)) > 1e-12)
                fail_msg("%zu rows, seed %d: (%zu,%zu)", n, (int)seed, i, j);
            assert_true(k[i * n + j] == k[j * n + i]);
        }
    for (unsigned jobs = 2; jobs <= 5; jobs++) {
        double *other = gram_new(&x, jobs);
        if (n > 0)
            assert_memory_equal(k, other, n * n * sizeof *k);
        free(other);
    }
    free(k);
    matrix_release(&x);
}

static void random_products(void **state)
{
    static const size_t size[] = {1, 2, 3, 63, 64, 65, 130, 200};

    (void)state;
    for (size_t s = 0; s < sizeof size / sizeof *size; s++)
        for (uint64_t seed = 0; seed < 4; seed++)
            check(size[s], seed % 2 == 0 ? 40 : 500, seed);
}

static void nothing(void **state)
{
    size_t start[] = {0, 0, 0, 0};
    struct matrix x = {.n_rows = 3, .start = start};
    double *k = gram_new(&x, 2);

    (void)state;
    for (int i = 0; i < 9; i++)
        assert_true(k[i] == 0);
    free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_products),
        cmocka_unit_test(nothing),
    };
    return cmocka_run_group_tests_name("gram", tests, NULL, NULL);
}
