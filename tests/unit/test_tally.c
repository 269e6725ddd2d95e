/* SPDX-License-Identifier: MIT */
/*
 * fixed and tally: whole numbers for weights, and the margins that their sums make, against the
 * same worked out in double precision: for a model made by hand and for trained ones.
 */
#include "mixed.h"

#include <math.h>
#include <stdlib.h>

#include "features/rows.h"
#include "model/tally.h"

/* ---- a model made by hand: four features in two spaces, two lanes, one task ---- */

enum { N_FEATURES = 4, WIDTH = 8, SHIFT = 20, SQUARE_SHIFT = 18 };

static const enum ngram_space space_of[N_FEATURES] = {NGRAM_WORDS, NGRAM_WORDS, NGRAM_CHARS,
                                                      NGRAM_CHARS};
static const double idf[N_FEATURES] = {1, 2.5, 1.75, 3.1415926};
static const uint32_t weight_start[] = {0, 2, 3, 5, 6}, weight_slot[] = {0, 1, 0, 0, 1, 1};
static const double weight[] = {0.5, -0.25, 1.0 / 3, -2.0 / 7, 1e-7, 0.7};

/* [slot][lane]: the second lane sees slot 1 half and slot 0 not at all. */
static double factor[2 * WIDTH] = {[0] = 2, [WIDTH + 1] = 0.5};
static double intercept[WIDTH] = {0.125, -0.75};

static struct model made(void)
{
    return (struct model){.set = {.mix = {{.share = {[NGRAM_WORDS] = 0.4, [NGRAM_CHARS] = 0.6}}}},
                          .idf = idf,
                          .weight_start = weight_start,
                          .weight_slot = weight_slot,
                          .weight = weight};
}

static struct fixed fixed_made(const struct model *m)
{
    return (struct fixed){.m = m,
                          .width = WIDTH,
                          .n_lanes = 2,
                          .intercept = intercept,
                          .factor = factor,
                          .shift = SHIFT,
                          .square_shift = SQUARE_SHIFT};
}

/* What a feature weighs in a lane. */
static double weight_of(uint32_t feature, uint32_t lane)
{
    double sum = 0;

    for (uint32_t w = weight_start[feature]; w < weight_start[feature + 1]; w++)
        sum += factor[weight_slot[w] * WIDTH + lane] * weight[w];
    return sum;
}

static double value(uint32_t feature, uint32_t tf)
{
    return tf != 0 ? (1 + log(tf)) * idf[feature] : 0;
}

static double naive(const struct model *m, const uint32_t *tf, uint32_t lane)
{
    double margin = intercept[lane];

    for (int space = 0; space < NGRAM_SPACES; space++) {
        double square = 0, sum = 0;
        for (uint32_t i = 0; i < N_FEATURES; i++) {
            if ((int)space_of[i] != space)
                continue;
            square += value(i, tf[i]) * value(i, tf[i]);
            sum += value(i, tf[i]) * weight_of(i, lane);
        }
        if (square > 0)
            margin += sqrt(m->set.mix[0].share[space] / square) * sum;
    }
    return margin;
}

/* One feature as often as it comes. */
static void add_feature(struct tally *t, uint32_t feature, uint32_t tf)
{
    int32_t row[FIXED_MOST_LANES];

    fixed_row(t->fixed, feature, row);
    for (uint32_t k = 0; k < tf; k++)
        row_add(tally_of(t, space_of[feature], 0), row, t->fixed->width);
    if (tf >= 2)
        row_add(tally_of(t, space_of[feature], tf), row, t->fixed->width);
}

/* Term frequencies at which words of bits begin and end, too. */
static const uint32_t cases[][N_FEATURES] = {
    {0, 0, 0, 0},       {1, 0, 0, 0},          {0, 1, 0, 0},       {1, 1, 1, 1},
    {2, 0, 0, 0},       {2, 2, 0, 0},          {5, 1, 0, 2},       {1, 5, 5, 5},
    {1023, 0, 0, 0},    {1023, 1023, 1023, 1}, {1, 1023, 2, 5},    {63, 64, 65, 127},
    {128, 960, 959, 2}, {1022, 1023, 3, 4},    {0, 0, 1023, 1022},
};

static void margins(void **state)
{
    struct model m = made();
    struct fixed f = fixed_made(&m);
    struct tally t;

    (void)state;
    tally_init(&t, &f);
    for (int again = 0; again < 2; again++) /* each after another: nothing is left of it */
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            double first[2];
            tally_begin(&t);
            for (uint32_t k = 0; k < N_FEATURES; k++)
                add_feature(&t, k, cases[i][k]);
            memcpy(first, tally_margins(&t), sizeof first);
            for (uint32_t lane = 0; lane < 2; lane++)
                assert_true(fabs(first[lane] - naive(&m, cases[i], lane)) < 4e-6);
            tally_begin(&t); /* in another order: the same bits */
            for (uint32_t k = N_FEATURES; k-- > 0;)
                add_feature(&t, k, cases[i][k]);
            assert_memory_equal(first, tally_margins(&t), sizeof first);
        }
    tally_release(&t);
}

static void rows_made(void **state)
{
    struct model m = made();
    struct fixed f = fixed_made(&m);
    int32_t row[FIXED_MOST_LANES];

    (void)state;
    for (uint32_t i = 0; i < N_FEATURES; i++) {
        fixed_row(&f, i, row);
        for (uint32_t lane = 0; lane < 2; lane++)
            assert_true(fabs(row[lane] - ldexp(idf[i] * weight_of(i, lane), SHIFT)) <= 0.5 + 1e-6);
        for (uint32_t lane = 2; lane + 1 < WIDTH; lane++)
            assert_int_equal(row[lane], 0);
        assert_true(fabs(row[WIDTH - 1] - ldexp(idf[i] * idf[i], SQUARE_SHIFT)) <= 0.5 + 1e-6);
    }
}

/* ---- sums of rows ---- */

static void sums(void **state)
{
    enum { LANES = 24, N = 50 };
    int32_t row[N * LANES];
    int64_t sum[LANES], want[LANES];
    uint32_t feature[N];
    struct rng rng = {2};

    (void)state;
    for (size_t i = 0; i < N * LANES; i++)
        row[i] = i % 7 == 0   ? INT32_MIN
                 : i % 7 == 1 ? INT32_MAX
                              : (int32_t)(rng_u64(&rng) >> 35) - (1 << 28);
    for (uint32_t width = 0; width <= LANES; width += ROWS_LANES)
        for (size_t n = 0; n <= N; n += 5) {
            for (uint32_t k = 0; k < LANES; k++)
                sum[k] = want[k] = INT64_C(-5000000000) * k;
            for (size_t i = 0; i < n; i++)
                feature[i] = (uint32_t)rng_below(&rng, N);
            for (size_t i = 0; i < n; i++)
                for (uint32_t k = 0; k < width; k++)
                    want[k] += row[feature[i] * width + k];
            rows_add(sum, row, feature, n, width);
            assert_memory_equal(sum, want, sizeof sum);
            for (uint32_t k = 0; k < width; k++)
                want[k] += row[3 * width + k];
            row_add(sum, row + 3 * width, width);
            assert_memory_equal(sum, want, sizeof sum);
        }
}

/* ---- trained models ---- */

static const struct ngram_settings defaults = {
    .word_max = 3, .char_min = 3, .char_max = 6, .skip_max = 2, .opening = 4};

/* Each feature's weight in each lane, and what the lanes are. */
static void check_rows(const struct model *m, const struct fixed *f, const struct scorer *s,
                       uint32_t n)
{
    int32_t row[FIXED_MOST_LANES], most = 0, most_square = 0;
    uint32_t n_lanes = 0;

    for (uint32_t feature = 0; feature < m->vocab.n; feature++) {
        fixed_row(f, feature, row);
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t p = 0; p < m->n_pairs; p++) {
                uint32_t lane = f->lane[i * m->n_pairs + p];
                double want;
                if (lane == UINT32_MAX)
                    continue;
                want = ldexp(m->idf[feature] * scorer_weight(s, i, p, feature), f->shift);
                assert_true(fabs(row[lane] - want) <= 0.5 + 1e-5);
                most = abs(row[lane]) > most ? abs(row[lane]) : most;
            }
        most_square = row[f->width - 1] > most_square ? row[f->width - 1] : most_square;
        assert_true(row[f->width - 1] > 0);
    }
    assert_true(most <= 1 << FIXED_BITS && most_square <= 1 << FIXED_SQUARE_BITS);
    assert_true(most_square >= 1 << (FIXED_SQUARE_BITS - 3)); /* the bits are made use of */
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t p = 0; p < m->n_pairs; p++) {
            uint32_t lane = f->lane[i * m->n_pairs + p];
            const uint64_t *may = scorer_labels(s, i);
            if (lane != UINT32_MAX)
                assert_true(f->intercept[lane] == scorer_intercept(s, i, p));
            if (lane == UINT32_MAX)
                assert_true(may[m->pair[p].a] == 0 || may[m->pair[p].b] == 0);
            else
                assert_int_equal(lane, n_lanes++);
        }
    assert_int_equal(f->n_lanes, n_lanes);
    assert_true(f->width % FIXED_BLOCK == 0 && f->width > n_lanes && f->width <= n_lanes + 8);
}

static void trained(void **state)
{
    static const uint32_t n_targets[] = {1, 2, 3, 7, 10};

    (void)state;
    for (size_t i = 0; i < sizeof n_targets / sizeof *n_targets; i++) {
        struct model *m = mixed_model(&defaults, n_targets[i], i % 2 != 0);
        uint32_t target[10];
        struct scorer *s;
        struct fixed f;
        for (uint32_t k = 0; k < n_targets[i]; k++)
            target[k] = k;
        s = scorer_new(m, target, NULL, n_targets[i]);
        assert_true(fixed_init(&f, m, s, n_targets[i]));
        check_rows(m, &f, s, n_targets[i]);
        fixed_release(&f);
        scorer_free(s);
        model_free(m);
    }
}

/* Ten targets of three pairs leave one lane of 32 free besides that of the squares; eleven are too
 * many. */
static void too_many(void **state)
{
    struct model *m = mixed_model(&defaults, 11, false);
    uint32_t target[11];

    (void)state;
    for (uint32_t k = 0; k < 11; k++)
        target[k] = k;
    for (uint32_t n = 9; n <= 11; n++) {
        struct scorer *s = scorer_new(m, target, NULL, n);
        struct fixed f;
        assert_int_equal(fixed_init(&f, m, s, n), n != 11);
        if (n != 11)
            fixed_release(&f);
        scorer_free(s);
    }
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margins), cmocka_unit_test(rows_made), cmocka_unit_test(sums),
        cmocka_unit_test(trained), cmocka_unit_test(too_many),
    };
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
