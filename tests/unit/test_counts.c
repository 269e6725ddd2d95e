/* SPDX-License-Identifier: MIT */
/* counts: of ids, against a sort and count written down plainly. */
#include "helpers.h"

#include <stdlib.h>

#include "base/rng.h"
#include "features/counts.h"

static int by_id(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* n ids below `below`, in blocks of exactly their size. */
static void check_counts(size_t n, uint64_t below, struct rng *rng)
{
    uint32_t *id = malloc(n * sizeof *id), *sorted = malloc(n * sizeof *sorted);
    struct count *out = malloc(n * sizeof *out);
    size_t n_out, at = 0;

    for (size_t i = 0; i < n; i++)
        sorted[i] = id[i] = (uint32_t)rng_below(rng, below);
    qsort(sorted, n, sizeof *sorted, by_id);
    n_out = counts_of_ids(id, n, out);
    assert_memory_equal(id, sorted, n * sizeof *id);
    for (size_t k = 0; k < n_out; k++) {
        assert_true(out[k].n > 0);
        assert_true(k == 0 || out[k - 1].id < out[k].id);
        for (uint32_t i = 0; i < out[k].n; i++)
            assert_int_equal(sorted[at++], out[k].id);
    }
    assert_int_equal(at, n);
    free(id);
    free(sorted);
    free(out);
}

static void ids_of_any_size_are_counted(void **state)
{
    static const uint64_t below[] = {1, 3, 256, 257, 70000, 20000000, (uint64_t)1 << 32};
    static const size_t n[] = {1, 2, 47, 48, 49, 300, 3000};
    struct rng rng = {7};

    (void)state;
    for (size_t b = 0; b < sizeof below / sizeof *below; b++)
        for (size_t i = 0; i < sizeof n / sizeof *n; i++)
            check_counts(n[i], below[b], &rng);
}

static void no_ids_are_no_counts(void **state)
{
    (void)state;
    assert_int_equal(counts_of_ids(NULL, 0, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_of_any_size_are_counted),
        cmocka_unit_test(no_ids_are_no_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
