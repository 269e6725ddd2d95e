/* SPDX-License-Identifier: MIT */
/* quantify: the worked examples of tests/data/prevalence.tsv, cells against rows, intervals. */
#include "helpers.h"

#include "worked.h"

#include "base/mem.h"
#include "base/rng.h"
#include "prevalence/quantify.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LABELS = 4, ROWS = 128 };

struct example {
    char name[80];
    size_t n_labels, n_errors, n;
    double prior[LABELS], posterior[ROWS * LABELS];
    uint64_t errors[LABELS * LABELS], predicted[LABELS];
};

static void near(const char *name, double got, double expected, double by)
{
    if (!(fabs(got - expected) <= by))
        fail_msg("%s: %.17g, expected %.17g", name, got, expected);
}

static void check(const struct example *x, const struct worked *w)
{
    double share[LABELS];

    if (strcmp(w->field[0], "sld") == 0)
        quantify_sld(x->posterior, NULL, x->n, x->prior, x->n_labels, share);
    else
        assert_null(quantify_adjusted(x->errors, x->predicted, x->n_labels, share));
    for (size_t k = 0; k < x->n_labels; k++)
        near(x->name, share[k], worked_number(w, k + 1), 1e-9);
}

/* false: a line that is not an example's own. */
static bool line(struct example *x, const struct worked *w)
{
    const char *kind = w->field[0];

    if (strcmp(kind, "quantify") == 0) {
        *x = (struct example){.n_labels = (size_t)worked_number(w, 2)};
        snprintf(x->name, sizeof x->name, "%s", w->field[1]);
    }
    for (size_t k = 0; k < x->n_labels && k + 1 < w->n; k++)
        if (strcmp(kind, "prior") == 0)
            x->prior[k] = worked_number(w, k + 1);
        else if (strcmp(kind, "posterior") == 0)
            x->posterior[x->n * x->n_labels + k] = worked_number(w, k + 1);
        else if (strcmp(kind, "errors") == 0)
            x->errors[x->n_errors++] = (uint64_t)worked_number(w, k + 1);
        else if (strcmp(kind, "predicted") == 0)
            x->predicted[k] = (uint64_t)worked_number(w, k + 1);
    x->n += strcmp(kind, "posterior") == 0;
    return strcmp(kind, "sld") != 0 && strcmp(kind, "adjusted") != 0;
}

static void stored(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    struct worked w = {0};
    size_t n = 0;

    (void)state;
    worked_open(&w, "data/prevalence.tsv");
    while (worked_line(&w)) {
        if (!line(x, &w)) {
            check(x, &w);
            n++;
        }
    }
    assert_int_equal(n, 7);
    worked_close(&w);
    free(x);
}

static void refused(void **state)
{
    static const uint64_t empty[] = {0, 0, 3, 5}, alike[] = {5, 5, 20, 20}, good[] = {8, 2, 1, 9},
                          none[] = {0, 0}, some[] = {4, 6};
    double share[2];

    (void)state;
    assert_string_equal(quantify_adjusted(empty, some, 2, share), "a label has no held-out rows");
    assert_true(isnan(share[0]));
    assert_string_equal(quantify_adjusted(alike, some, 2, share),
                        "the model cannot tell labels apart");
    assert_string_equal(quantify_adjusted(good, none, 2, share), "nothing is predicted");
    assert_null(quantify_adjusted(good, some, 2, share));
    near("adjusted", share[0], (0.4 - 0.1) / 0.7, 1e-12);
    quantify_count(some, 2, share);
    near("counted", share[1], 0.6, 0);
    quantify_count(none, 2, share);
    assert_true(isnan(share[1]));
    quantify_sld(NULL, NULL, 0, share, 2, share);
    assert_true(isnan(share[0]));
}

static double part_of_1(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) / 9007199254740992.0;
}

/* A thousandth of what the shares are, from cells of which there are far fewer than rows. */
static void cells(void **state)
{
    enum { N = 20000 };
    static const double prior[] = {0.2, 0.1, 0.7};
    double *p = mem_array(3 * N, sizeof *p), rows[3], cells[3], low[3], high[3], low2[3], high2[3];
    struct quantify_cells c, half;
    struct rng r = {5};

    (void)state;
    quantify_cells_init(&c, 3);
    quantify_cells_init(&half, 3);
    for (size_t i = 0; i < N; i++) {
        double *q = p + 3 * i, a = pow(part_of_1(&r), 3), b = pow(part_of_1(&r), 2);
        q[0] = a * (1 - b);
        q[1] = a * b;
        q[2] = 1 - a;
        quantify_cells_add(i < N / 2 ? &c : &half, q, 1);
    }
    quantify_cells_unite(&c, &half);
    assert_true(c.n < 10000);
    quantify_sld(p, NULL, N, prior, 3, rows);
    quantify_sld(c.mean, c.count, c.n, prior, 3, cells);
    quantify_sld_interval(&c, prior, 2000, 0.95, 20, 1, low, high);
    quantify_sld_interval(&c, prior, 2000, 0.95, 20, 1, low2, high2);
    for (int k = 0; k < 3; k++) {
        near("cells", cells[k], rows[k], 1e-3);
        if (!(low[k] < cells[k] && cells[k] < high[k]))
            fail_msg("%g is not in %g to %g", cells[k], low[k], high[k]);
        assert_true(low[k] == low2[k] && high[k] == high2[k]);
    }
    quantify_cells_release(&half);
    quantify_cells_release(&c);
    free(p);
}

/* The bootstrap's spread is that of the delta method: two labels, rates .8 and .1 of 500 rows each.
 */
static void adjusted_interval(void **state)
{
    static const uint64_t errors[] = {400, 100, 50, 450}, predicted[] = {4500, 5500};
    double low[2], high[2], share[2], se, p;

    (void)state;
    assert_null(quantify_adjusted(errors, predicted, 2, share));
    p = share[0];
    near("share", p, 0.5, 1e-12);
    se = sqrt(0.45 * 0.55 / 10000 + p * p * 0.8 * 0.2 / 500 + (1 - p) * (1 - p) * 0.1 * 0.9 / 500) /
         0.7;
    quantify_adjusted_interval(errors, predicted, 2, 0.95, 2000, 3, low, high);
    near("width", high[0] - low[0], 2 * 1.96 * se, 0.08 * 2 * 1.96 * se);
    near("complement", high[1], 1 - low[0], 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stored), cmocka_unit_test(refused),
                                       cmocka_unit_test(cells),
                                       cmocka_unit_test(adjusted_interval)};
    return cmocka_run_group_tests_name("quantify", tests, NULL, NULL);
}
