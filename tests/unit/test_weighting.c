/* SPDX-License-Identifier: MIT */
/* weighting: the formula by hand, and nothing of a comment that is held out. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "features/weighting.h"

struct rows {
    struct counts c;
    struct intern v;
};

static void rows_of(struct rows *r, const struct ngram_settings *set, const char *const *text)
{
    struct counter *k = counter_new(set);

    *r = (struct rows){0};
    for (; *text != NULL; text++)
        counter_add(k, &r->c, &r->v, span_of(*text));
    counter_free(k);
}

static void rows_release(struct rows *r)
{
    counts_release(&r->c);
    intern_release(&r->v);
}

static uint32_t id_of(const struct rows *r, const char *ngram)
{
    struct intern_view v = intern_frozen(&r->v);
    uint32_t id = intern_find(&v, span_of(ngram), hash_span(span_of(ngram)));

    if (id == INTERN_NONE)
        fail_msg("no n-gram %s", ngram);
    return id;
}

static void near(double a, double b)
{
    if (!(fabs(a - b) < 1e-12))
        fail_msg("%.17g is not %.17g", a, b);
}

static double dot(const struct matrix *x, size_t i, size_t j)
{
    double sum = 0;
    for (size_t a = x->start[i]; a < x->start[i + 1]; a++)
        for (size_t b = x->start[j]; b < x->start[j + 1]; b++)
            sum += x->id[a] == x->id[b] ? x->value[a] * x->value[b] : 0;
    return sum;
}

static void by_hand(void **state)
{
    static const char *const text[] = {"a a a b", "a c", "c", "", NULL};
    const struct ngram_settings words = {.word_max = 1};
    const struct weighting_settings set = {1, {[NGRAM_WORDS] = 1}};
    double idf_a = log(5.0 / 3) + 1, idf_b = log(5.0 / 2) + 1, a, b, length;
    struct weighting w;
    struct matrix x;
    struct rows r;
    struct intern_view v;

    (void)state;
    rows_of(&r, &words, text);
    v = intern_frozen(&r.v);
    weighting_fit(&w, &set, &r.c, NULL, &v);
    near(w.idf[id_of(&r, "wa")], idf_a);
    near(w.idf[id_of(&r, "wb")], idf_b);
    near(w.idf[id_of(&r, "wc")], idf_a);
    assert_int_equal(w.df[id_of(&r, "wa")], 2); /* documents, not occurrences */
    weighting_apply(&w, &r.c, 2, &x);
    assert_int_equal(x.start[1], 2);
    a = (1 + log(3)) * idf_a;
    b = idf_b;
    length = sqrt(a * a + b * b);
    near(x.value[0], a / length);
    near(x.value[1], b / length);
    near(x.value[x.start[2]], 1); /* alone in its row */
    assert_int_equal(x.start[3], x.start[4]);
    matrix_release(&x);
    weighting_release(&w);
    rows_release(&r);
}

static void held_out_rows_leave_no_trace(void **state)
{
    static const char *const with[] = {"a b", "a c", "a b c d d", NULL};
    static const char *const without[] = {"a b", "a c", NULL};
    const struct ngram_settings words = {.word_max = 1};
    const struct weighting_settings set = {1, {[NGRAM_WORDS] = 1}};
    const uint8_t use[] = {1, 1, 0};
    struct weighting w, alone;
    struct rows r, q;
    struct intern_view v;

    (void)state;
    rows_of(&r, &words, with);
    rows_of(&q, &words, without);
    v = intern_frozen(&r.v);
    weighting_fit(&w, &set, &r.c, use, &v);
    v = intern_frozen(&q.v);
    weighting_fit(&alone, &set, &q.c, NULL, &v);
    for (uint32_t id = 0; id < q.c.n_ids; id++) /* the first rows number them alike */
        assert_true(w.idf[id] == alone.idf[id]);
    assert_true(w.idf[id_of(&r, "wd")] == 0);
    weighting_release(&w);
    weighting_release(&alone);
    rows_release(&r);
    rows_release(&q);
}

static void rare_ones(void **state)
{
    static const char *const text[] = {"a b", "a c", "a b", NULL};
    const struct ngram_settings words = {.word_max = 1};
    const struct weighting_settings set = {2, {[NGRAM_WORDS] = 1}};
    struct weighting w;
    struct matrix x;
    struct rows r;
    struct intern_view v;

    (void)state;
    rows_of(&r, &words, text);
    v = intern_frozen(&r.v);
    weighting_fit(&w, &set, &r.c, NULL, &v);
    assert_true(w.idf[id_of(&r, "wc")] == 0);
    near(w.idf[id_of(&r, "wa")], 1);
    weighting_apply(&w, &r.c, 2, &x);
    assert_int_equal(x.start[2] - x.start[1], 1);
    near(dot(&x, 1, 1), 1);
    matrix_release(&x);
    weighting_release(&w);
    rows_release(&r);
}

/* The product is the weighted mean of the cosines of both spaces. */
static void shares(void **state)
{
    static const char *const text[] = {"oui la", "oui non", "fermez !", NULL};
    const struct ngram_settings words = {.word_max = 2}, chars = {.char_min = 2, .char_max = 4},
                                both = {.word_max = 2, .char_min = 2, .char_max = 4};
    const struct weighting_settings w_set = {1, {[NGRAM_WORDS] = 1}},
                                    c_set = {1, {[NGRAM_CHARS] = 1}},
                                    set = {1, {[NGRAM_WORDS] = .25, [NGRAM_CHARS] = .75}};
    const struct ngram_settings *ngrams[] = {&words, &chars, &both};
    const struct weighting_settings *sets[] = {&w_set, &c_set, &set};
    struct matrix x[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct weighting w;
        struct rows r;
        struct intern_view v;
        rows_of(&r, ngrams[i], text);
        v = intern_frozen(&r.v);
        weighting_fit(&w, sets[i], &r.c, NULL, &v);
        weighting_apply(&w, &r.c, 2, &x[i]);
        weighting_release(&w);
        rows_release(&r);
    }
    for (size_t i = 0; i < 3; i++) {
        near(dot(&x[2], i, i), 1);
        for (size_t j = 0; j < 3; j++)
            near(dot(&x[2], i, j), .25 * dot(&x[0], i, j) + .75 * dot(&x[1], i, j));
    }
    for (int i = 0; i < 3; i++)
        matrix_release(&x[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(held_out_rows_leave_no_trace),
        cmocka_unit_test(rare_ones),
        cmocka_unit_test(shares),
    };
    return cmocka_run_group_tests_name("weighting", tests, NULL, NULL);
}
