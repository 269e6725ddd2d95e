/* SPDX-License-Identifier: MIT */
/* svd: matrices whose values are known, others by what defines the values and vectors. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "features/svd.h"

/* What is not 0 of a dense n × m matrix. */
static void sparse(struct matrix *a, const double *x, size_t n, size_t m)
{
    size_t k = 0;

    *a = (struct matrix){.n_rows = n, .n_ids = (uint32_t)m};
    a->start = mem_zalloc(n + 1, sizeof *a->start);
    a->id = mem_array(n * m, sizeof *a->id);
    a->value = mem_array(n * m, sizeof *a->value);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++)
            if (x[i * m + j] != 0) {
                a->id[k] = (uint32_t)j;
                a->value[k++] = x[i * m + j];
            }
        a->start[i + 1] = k;
    }
}

/* A product of an n × rank and a rank × m matrix of normal numbers, some of them 0. */
static double *low_rank(size_t n, size_t m, size_t rank, double empty)
{
    double *x = calloc(n * m, sizeof *x);
    struct rng rng = {n + m + rank};

    for (size_t k = 0; k < rank; k++) {
        double *v = malloc(m * sizeof *v);
        for (size_t j = 0; j < m; j++)
            v[j] = rng_normal(&rng);
        for (size_t i = 0; i < n; i++) {
            double u = (double)rng_below(&rng, 1000) < 1000 * empty ? 0 : rng_normal(&rng);
            for (size_t j = 0; j < m; j++)
                x[i * m + j] += u * v[j];
        }
        free(v);
    }
    return x;
}

static void svd_dense(struct svd *s, const double *x, size_t n, size_t m, uint32_t n_dims)
{
    const struct svd_settings set = {.n_dims = n_dims, .n_iterations = 4, .seed = 1};
    struct matrix a;

    sparse(&a, x, n, m);
    svd_truncated(s, &a, &set, 1);
    matrix_release(&a);
}

static double column_dot(const struct svd *s, uint32_t i, uint32_t j)
{
    double sum = 0;

    for (size_t r = 0; r < s->n_rows; r++)
        sum += s->u[r * s->n_dims + i] * s->u[r * s->n_dims + j];
    return sum;
}

/* Orthonormal where s > 0, and 0 elsewhere; signs as the header says; values falling. */
static void check_vectors(const struct svd *s)
{
    for (uint32_t i = 0; i < s->n_dims; i++) {
        double greatest = 0;
        for (uint32_t j = 0; j <= i; j++)
            if (!(fabs(column_dot(s, i, j) - (i == j && s->s[i] > 0)) < 1e-12))
                fail_msg("%u · %u is %.3g", i, j, column_dot(s, i, j));
        for (size_t r = 0; r < s->n_rows; r++)
            if (fabs(s->u[r * s->n_dims + i]) > fabs(greatest))
                greatest = s->u[r * s->n_dims + i];
        assert_true(greatest >= 0);
        assert_true(i == 0 || s->s[i] <= s->s[i - 1]);
    }
}

/* What defines them: A Aᵀ u = s² u, to `tolerance` of the first s². */
static void check_definition(const struct svd *s, const double *x, size_t m, double tolerance)
{
    double *t = malloc(m * sizeof *t);

    for (uint32_t d = 0; d < s->n_dims; d++) {
        memset(t, 0, m * sizeof *t);
        for (size_t r = 0; r < s->n_rows; r++)
            for (size_t j = 0; j < m; j++)
                t[j] += x[r * m + j] * s->u[r * s->n_dims + d];
        for (size_t r = 0; r < s->n_rows; r++) {
            double sum = 0;
            for (size_t j = 0; j < m; j++)
                sum += x[r * m + j] * t[j];
            sum -= s->s[d] * s->s[d] * s->u[r * s->n_dims + d];
            if (!(fabs(sum) <= tolerance * s->s[0] * s->s[0]))
                fail_msg("vector %u, row %zu: off by %.3g", d, r, sum);
        }
    }
    free(t);
}

/* x = U Uᵀ x, entry by entry. */
static void check_reconstruction(const struct svd *s, const double *x, size_t m)
{
    for (size_t j = 0; j < m; j++) {
        double *rest = malloc(s->n_rows * sizeof *rest);
        for (size_t r = 0; r < s->n_rows; r++)
            rest[r] = x[r * m + j];
        for (uint32_t d = 0; d < s->n_dims; d++) {
            double sum = 0;
            for (size_t r = 0; r < s->n_rows; r++)
                sum += s->u[r * s->n_dims + d] * x[r * m + j];
            for (size_t r = 0; r < s->n_rows; r++)
                rest[r] -= sum * s->u[r * s->n_dims + d];
        }
        for (size_t r = 0; r < s->n_rows; r++)
            assert_true(fabs(rest[r]) < 1e-10);
        free(rest);
    }
}

struct diagonal {
    double entry[6];
    uint32_t n_dims;
    double want[6];
};

static void values_of_diagonals(void **state)
{
    static const struct diagonal table[] = {
        {{1, 2, 3, 4, 5, 6}, 6, {6, 5, 4, 3, 2, 1}},
        {{-9, 1, 0, 4, 0, 0}, 3, {9, 4, 1}},
        {{-9, 1, 0, 4, 0, 0}, 6, {9, 4, 1, 0, 0, 0}},
        {{2, 2, 2, 2, 2, 2}, 4, {2, 2, 2, 2}},
        {{1, 1e-5, 1e-10, 1e-20, 0, 0}, 5, {1, 1e-5, 1e-10, 0, 0}},
        {{0, 0, 0, 0, 0, 0}, 2, {0, 0}},
        {{0, 0, 7, 0, 0, 0}, 1, {7}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct diagonal *row = &table[i];
        double x[36] = {0};
        struct svd s;
        for (size_t k = 0; k < 6; k++)
            x[k * 7] = row->entry[k];
        svd_dense(&s, x, 6, 6, row->n_dims);
        check_vectors(&s);
        for (uint32_t k = 0; k < row->n_dims; k++)
            if (!(fabs(s.s[k] - row->want[k]) <= 1e-13 * row->want[0]))
                fail_msg("row %zu: value %u is %.17g", i, k, s.s[k]);
        svd_release(&s);
    }
}

static void rank_one(void **state)
{
    static const double u[] = {1, -2, 3, 0, -4}, v[] = {3, 0, -4};
    double x[15];
    struct svd s;

    (void)state;
    for (size_t i = 0; i < 15; i++)
        x[i] = u[i / 3] * v[i % 3];
    svd_dense(&s, x, 5, 3, 2);
    check_vectors(&s);
    assert_true(fabs(s.s[0] - 5 * sqrt(30)) < 1e-12);
    assert_true(s.s[1] == 0);
    for (size_t i = 0; i < 5; i++) /* the greatest is -4: turned round */
        assert_true(fabs(s.u[i * 2] + u[i] / sqrt(30)) < 1e-14);
    svd_release(&s);
}

struct shape {
    size_t n, m, rank;
    uint32_t n_dims;
    double empty;
};

static void low_ranks_come_out_to_rounding(void **state)
{
    static const struct shape table[] = {
        {60, 40, 7, 7, 0},   {40, 60, 7, 7, 0},    {60, 40, 7, 20, 0},    {300, 280, 16, 16, .5},
        {30, 20, 20, 20, 0}, {20, 30, 20, 20, .9}, {700, 300, 24, 24, 0}, {1, 1, 1, 1, 0},
        {1, 9, 1, 1, 0},     {9, 1, 1, 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct shape *t = &table[i];
        double *x = low_rank(t->n, t->m, t->rank, t->empty);
        struct svd s;
        svd_dense(&s, x, t->n, t->m, t->n_dims);
        check_vectors(&s);
        check_definition(&s, x, t->m, 1e-12);
        check_reconstruction(&s, x, t->m);
        for (uint32_t d = (uint32_t)t->rank; d < t->n_dims; d++)
            assert_true(s.s[d] == 0);
        svd_release(&s);
        free(x);
    }
}

/* Of more dimensions than are asked for, the greatest are found: values fall by a tenth. */
static void the_greatest_are_found(void **state)
{
    enum { N = 120 };
    double *x = calloc(N * N, sizeof *x);
    struct svd s;

    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i * N + (i * 7 + 3) % N] = pow(0.9, (double)i);
    svd_dense(&s, x, N, N, 30);
    check_vectors(&s);
    for (uint32_t d = 0; d < 30; d++)
        if (!(fabs(s.s[d] / pow(0.9, d) - 1) < 1e-3))
            fail_msg("value %u is %.6f of what it should be", d, s.s[d] / pow(0.9, d));
    assert_true(fabs(s.s[0] - 1) < 1e-9);
    svd_release(&s);
    free(x);
}

static void threads_change_nothing(void **state)
{
    static const unsigned n_jobs[] = {1, 2, 4};
    const struct svd_settings set = {.n_dims = 21, .n_iterations = 2, .seed = 5};
    double *x = low_rank(900, 400, 60, .7);
    struct svd s[3];
    struct matrix a;

    (void)state;
    sparse(&a, x, 900, 400);
    for (int i = 0; i < 3; i++)
        svd_truncated(&s[i], &a, &set, n_jobs[i]);
    for (int i = 1; i < 3; i++) {
        assert_memory_equal(s[0].s, s[i].s, 21 * sizeof *s[0].s);
        assert_memory_equal(s[0].u, s[i].u, 900 * 21 * sizeof *s[0].u);
    }
    for (int i = 0; i < 3; i++)
        svd_release(&s[i]);
    matrix_release(&a);
    free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_diagonals),
        cmocka_unit_test(rank_one),
        cmocka_unit_test(low_ranks_come_out_to_rounding),
        cmocka_unit_test(the_greatest_are_found),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests_name("svd", tests, NULL, NULL);
}
