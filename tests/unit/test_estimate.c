/* SPDX-License-Identifier: MIT */
/* estimate: the worked examples of tests/data/prevalence.tsv, and what must hold whatever the data.
 */
#include "helpers.h"

#include "worked.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/rng.h"
#include "metrics/student.h"
#include "prevalence/estimate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_ROWS = 400, MOST_STRATA = 8 };

struct example {
    char name[80];
    struct estimate_design d;
    struct estimate_rows rows;
    struct estimate_totals totals;
    uint32_t stratum[MOST_ROWS], unit[MOST_ROWS], group[MOST_ROWS], n_groups;
    double weight[MOST_ROWS], v[MOST_ROWS], y[MOST_ROWS], z[MOST_ROWS], fy[MOST_ROWS],
        fz[MOST_ROWS];
    double sum_v[MOST_STRATA], sum_fy[MOST_STRATA], sum_fz[MOST_STRATA], fraction[MOST_STRATA];
    struct estimate e;
    bool ready;
};

static void begin(struct example *x, const char *name)
{
    estimate_release(&x->e);
    *x = (struct example){.ready = false};
    snprintf(x->name, sizeof x->name, "%s", name);
    x->d = (struct estimate_design){.stratum = x->stratum,
                                    .unit = x->unit,
                                    .weight = x->weight,
                                    .fraction = x->fraction,
                                    .level = 0.95,
                                    .lambda = NAN};
    x->rows = (struct estimate_rows){x->v, x->y, x->z, x->fy, x->fz};
    x->totals = (struct estimate_totals){.v = x->sum_v, .fy = x->sum_fy, .fz = x->sum_fz};
}

static void add_stratum(struct example *x, double v, double fy, double fz, double fraction)
{
    size_t h = x->d.n_strata++;

    assert_true(h < MOST_STRATA);
    x->sum_v[h] = v;
    x->sum_fy[h] = fy;
    x->sum_fz[h] = fz;
    x->fraction[h] = fraction;
}

/* q: weight, v, y, z, fy, fz */
static void add_row(struct example *x, uint32_t stratum, uint32_t unit, uint32_t group,
                    const double *q)
{
    size_t i = x->d.n++;

    assert_true(i < MOST_ROWS);
    x->stratum[i] = stratum;
    x->unit[i] = unit;
    x->group[i] = group;
    x->weight[i] = q[0];
    x->v[i] = q[1];
    x->y[i] = q[2];
    x->z[i] = q[3];
    x->fy[i] = q[4];
    x->fz[i] = q[5];
    if (unit >= x->d.n_units)
        x->d.n_units = unit + 1;
    if (group >= x->n_groups)
        x->n_groups = group + 1;
}

/* The se that the rows' parts alone give. */
static double bare_se(const struct example *x)
{
    double sum[MOST_ROWS] = {0}, v = 0;

    for (size_t i = 0; i < x->d.n; i++)
        sum[x->unit[i]] += x->e.part[i];
    for (size_t u = 0; u < x->d.n_units; u++)
        v += sum[u] * sum[u];
    return sqrt(v);
}

static double figure(struct example *x, const char *key)
{
    if (!x->ready)
        estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    x->ready = true;
    if (strcmp(key, "value") == 0)
        return x->e.value;
    if (strcmp(key, "se") == 0)
        return x->e.se;
    if (strcmp(key, "low") == 0)
        return x->e.low;
    if (strcmp(key, "high") == 0)
        return x->e.high;
    if (strcmp(key, "df") == 0)
        return x->e.df;
    if (strcmp(key, "lambda") == 0)
        return x->e.lambda;
    if (strcmp(key, "bare_se") == 0)
        return bare_se(x);
    fail_msg("no figure %s", key);
    return NAN;
}

static void near(const char *name, const char *key, double got, double expected)
{
    if (!(fabs(got - expected) <= 1e-9))
        fail_msg("%s: %s is %.17g, expected %.17g", name, key, got, expected);
}

static void setting(struct example *x, const struct worked *w)
{
    const char *form = w->field[1];

    x->d.form = strcmp(form, "best") == 0       ? ESTIMATE_BEST
                : strcmp(form, "textbook") == 0 ? ESTIMATE_TEXTBOOK
                                                : ESTIMATE_ASYMPTOTIC;
    x->d.lambda = worked_number(w, 2);
    x->d.beyond_dump = worked_number(w, 3) > 0;
}

static void line(struct example *x, const struct worked *w)
{
    double q[9] = {0};

    if (strcmp(w->field[0], "example") == 0) {
        begin(x, w->field[1]);
        return;
    }
    if (strcmp(w->field[0], "setting") == 0) {
        setting(x, w);
        return;
    }
    for (size_t k = 1; k < w->n && k < 10; k++)
        q[k - 1] = worked_number(w, k);
    if (strcmp(w->field[0], "stratum") == 0)
        add_stratum(x, q[0], q[1], q[2], q[3]);
    else if (strcmp(w->field[0], "row") == 0)
        add_row(x, (uint32_t)q[0], (uint32_t)q[1], 0, q + 2);
    else
        x->totals = (struct estimate_totals){x->sum_v, x->sum_fy, x->sum_fz, q[0], q[1],
                                             q[2],     q[3],      q[4],      q[5], q[6]};
}

static void stored(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    struct worked w = {0};
    size_t n = 0;
    bool mine = false;

    (void)state;
    worked_open(&w, "data/prevalence.tsv");
    while (worked_line(&w)) {
        if (strcmp(w.field[0], "example") == 0)
            mine = true;
        if (strcmp(w.field[0], "quantify") == 0)
            mine = false;
        if (!mine)
            continue;
        if (strcmp(w.field[0], "figure") == 0) {
            near(x->name, w.field[1], figure(x, w.field[1]), worked_number(&w, 2));
            n++;
        } else {
            line(x, &w);
        }
    }
    assert_true(n >= 25);
    worked_close(&w);
    estimate_release(&x->e);
    free(x);
}

/* --- Random samples --- */

static double part_of_1(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) / 9007199254740992.0;
}

/* 200 rows in 40 units, of 2,000 records in two strata; skill 0 to 1 of the model. */
static void random_example(struct example *x, uint64_t seed, double prevalence, double skill)
{
    struct rng r = rng_stream(seed, 0);

    begin(x, "random");
    add_stratum(x, 1500, 1500 * prevalence, 1500, 0.1);
    add_stratum(x, 500, 500 * prevalence, 500, 0.1);
    for (uint32_t i = 0; i < 200; i++) {
        double y = part_of_1(&r) < prevalence, f = skill * y + (1 - skill) * part_of_1(&r);
        double q[] = {10, 1, y, 1, f, 1};
        add_row(x, i % 4 == 0, i / 5, i % 3, q);
    }
}

static void never_worse_than_labels(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);

    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        random_example(x, seed, seed % 3 == 0 ? 0.02 : 0.3, (double)(seed % 10) / 10);
        estimate_share(&x->e, &x->d, &x->rows, &x->totals);
        assert_true(x->e.high - x->e.low <= x->e.alone_high - x->e.alone_low);
        assert_true(0 <= x->e.low && x->e.low < x->e.high && x->e.high <= 1);
        assert_true(0 <= x->e.lambda && x->e.lambda <= 1);
        assert_int_equal(x->e.n_labelled, 200);
        assert_int_equal(x->e.n_units, 40);
        near("random", "variance", bare_se(x) * bare_se(x) + x->e.extra, x->e.variance);
    }
    estimate_release(&x->e);
    free(x);
}

/* The share of a label and of what is not it: 1 in all, the same error. */
static void complement(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    struct estimate no;
    struct estimate_difference d;

    (void)state;
    random_example(x, 7, 0.3, 0.6);
    estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    for (size_t i = 0; i < x->d.n; i++) {
        x->y[i] = 1 - x->y[i];
        x->fy[i] = 1 - x->fy[i];
    }
    x->sum_fy[0] = x->sum_v[0] - x->sum_fy[0];
    x->sum_fy[1] = x->sum_v[1] - x->sum_fy[1];
    estimate_share(&no, &x->d, &x->rows, &x->totals);
    near("complement", "value", no.value, 1 - x->e.value);
    near("complement", "low", no.low, 1 - x->e.high);
    near("complement", "lambda", no.lambda, x->e.lambda);
    d = estimate_difference(&x->d, &x->e, &no);
    near("complement", "difference", d.value, no.value - x->e.value);
    assert_true(d.se > 1.9 * x->e.se && d.se < 2.01 * x->e.se);
    assert_true(d.p < 0.05 && d.low > 0);
    d = estimate_difference(&x->d, &no, &no);
    assert_true(d.value == 0 && d.low <= 0 && d.high >= 0 && d.p == 1);
    estimate_release(&no);
    estimate_release(&x->e);
    free(x);
}

/* Groups that share no unit: the variance of their difference is the sum. */
static void apart(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    struct estimate a;
    struct estimate_difference d;

    (void)state;
    random_example(x, 9, 0.4, 0.5);
    for (size_t i = 0; i < x->d.n; i++)
        x->v[i] = x->unit[i] % 2;
    estimate_share(&a, &x->d, &x->rows, &x->totals);
    for (size_t i = 0; i < x->d.n; i++)
        x->v[i] = 1 - x->v[i];
    estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    d = estimate_difference(&x->d, &a, &x->e);
    near("apart", "se", d.se, sqrt(a.variance + x->e.variance));
    assert_int_equal(a.n_labelled + x->e.n_labelled, 200);
    estimate_release(&a);
    estimate_release(&x->e);
    free(x);
}

/* With z = fz = 1 and one group that is the whole, pooled is the estimate with λ = 1. */
static void pooled(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    struct estimate p;

    (void)state;
    random_example(x, 11, 0.4, 0.5);
    x->d.lambda = 1;
    estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    estimate_pooled(&p, &x->d, &x->rows, &x->totals, 2000, x->sum_fy[0] + x->sum_fy[1], 2000);
    near("pooled", "value", p.value, x->e.value);
    near("pooled", "variance", p.variance, x->e.variance);
    estimate_release(&p);
    estimate_pooled(&p, &x->d, &x->rows, &x->totals, 100, 20, 100);
    near("pooled", "value", p.value, 0.2 + x->e.value - (x->sum_fy[0] + x->sum_fy[1]) / 2000);
    near("pooled", "variance", p.variance, x->e.variance);
    estimate_release(&p);
    estimate_release(&x->e);
    free(x);
}

/* Strata of one unit and of none are taken with a neighbour. */
static void small_strata(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    static const double yes[] = {10, 1, 1, 1, 0.5, 1}, no[] = {10, 1, 0, 1, 0.5, 1};

    (void)state;
    begin(x, "small");
    for (uint32_t h = 0; h < 6; h++)
        add_stratum(x, h == 5 ? 0 : 100, 50, 100, 0);
    add_row(x, 0, 0, 0, yes); /* with stratum 1 */
    add_row(x, 1, 1, 0, no);
    add_row(x, 2, 2, 0, yes); /* alone */
    add_row(x, 2, 3, 0, no);
    add_row(x, 4, 4, 0, yes); /* 3 and 4, with the one before */
    estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    assert_int_equal(x->e.n_together, 3);
    near("small", "value", x->e.value, (200 * 0.5 + 300 * 2.0 / 3) / 500);
    assert_string_equal(x->e.doubt, "few units labelled");
    estimate_release(&x->e);
    x->d.n = 1;
    estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    assert_true(x->e.n_units == 1 && !(x->e.df > 0));
    estimate_release(&x->e);
    x->d.n = 0;
    estimate_share(&x->e, &x->d, &x->rows, &x->totals);
    assert_true(isnan(x->e.value) && isnan(x->e.low) && isnan(x->e.se));
    estimate_release(&x->e);
    free(x);
}

/* p where the error of groups differs, and the share of samples with p < .05 where it does not. */
static void homogeneity(void **state)
{
    struct example *x = mem_zalloc(1, sizeof *x);
    int rejected = 0;
    double p;

    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_example(x, seed, 0.3, 0.5);
        p = estimate_homogeneity(&x->d, &x->rows, x->group, x->n_groups, 0.3);
        assert_true(p > 0 && p <= 1);
        rejected += p < 0.05;
        if (seed == 0)
            near("same", "p", estimate_homogeneity(&x->d, &x->rows, x->group, 3, 0.3), p);
    }
    assert_in_range(rejected, 0, 20);
    for (size_t i = 0; i < x->d.n; i++)
        x->fy[i] = x->group[i] == 1 ? x->y[i] : 0.5;
    assert_true(estimate_homogeneity(&x->d, &x->rows, x->group, x->n_groups, 0.3) < 0.01);
    for (size_t i = 0; i < x->d.n; i++)
        x->fy[i] = x->y[i];
    assert_true(isnan(estimate_homogeneity(&x->d, &x->rows, x->group, x->n_groups, 0.3)));
    for (size_t i = 0; i < x->d.n; i++)
        x->group[i] = 0;
    x->fy[0] = 0.5;
    assert_true(isnan(estimate_homogeneity(&x->d, &x->rows, x->group, 1, 0.3)));
    estimate_release(&x->e);
    free(x);
}

static void normal_quantile(void **state)
{
    (void)state;
    near("normal", "quantile", student_quantile(0.975, INFINITY), 1.9599639845400545);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored),      cmocka_unit_test(never_worse_than_labels),
        cmocka_unit_test(complement),  cmocka_unit_test(apart),
        cmocka_unit_test(pooled),      cmocka_unit_test(small_strata),
        cmocka_unit_test(homogeneity), cmocka_unit_test(normal_quantile),
    };
    return cmocka_run_group_tests_name("estimate", tests, NULL, NULL);
}
