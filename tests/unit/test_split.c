/* SPDX-License-Identifier: MIT */
/* split: groups stay whole, and the order of rows leaves no trace. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "corpus/split.h"

enum { N = 120, THREADS = 23 };

/* Comment k is in thread k² mod 23; every seventh has no author. */
static void fill(struct corpus *c, bool backwards)
{
    char id[16], thread[16], author[16];

    *c = (struct corpus){0};
    for (int i = 0; i < N; i++) {
        int k = backwards ? N - 1 - i : i;
        snprintf(id, sizeof id, "c%d", k);
        snprintf(thread, sizeof thread, "t%d", k * k % THREADS);
        snprintf(author, sizeof author, "a%d", k % 31);
        add_comment(c, id, thread, k % 7 != 0 ? author : NULL, "bonjour",
                    k % 2 != 0 ? "ban" : "spying", k % 3 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static void groups_stay_whole(void **state)
{
    struct corpus c;

    (void)state;
    fill(&c, false);
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct split s;
        size_t size[5] = {0};
        assert_int_equal(split_folds(&s, &c, NULL, SPAN("thread"), 5, seed, NULL), 0);
        for (size_t i = 0; i < c.n_comments; i++) {
            size[s.fold[i]]++;
            for (size_t j = 0; j < i; j++)
                if (span_eq(c.comment[i].thread, c.comment[j].thread))
                    assert_int_equal(s.fold[i], s.fold[j]);
        }
        for (size_t f = 0; f < 5; f++)
            assert_in_range(size[f], N / 5 - 11, N / 5 + 11);
        split_release(&s);
    }
    corpus_release(&c);
}

static void row_order(void **state)
{
    struct corpus a, b;

    (void)state;
    fill(&a, false);
    fill(&b, true);
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct split s, t;
        assert_int_equal(split_folds(&s, &a, NULL, SPAN("thread"), 4, seed, NULL), 0);
        assert_int_equal(split_folds(&t, &b, NULL, SPAN("thread"), 4, seed, NULL), 0);
        for (size_t i = 0; i < a.n_comments; i++)
            assert_int_equal(s.fold[i], t.fold[corpus_find(&b, a.comment[i].id)]);
        split_release(&s);
        split_release(&t);
    }
    corpus_release(&a);
    corpus_release(&b);
}

static void seed_matters(void **state)
{
    struct corpus c;
    struct split s, t;
    size_t n_moved = 0;

    (void)state;
    fill(&c, false);
    assert_int_equal(split_folds(&s, &c, NULL, SPAN("id"), 4, 1, NULL), 0);
    assert_int_equal(split_folds(&t, &c, NULL, SPAN("id"), 4, 2, NULL), 0);
    for (size_t i = 0; i < c.n_comments; i++)
        n_moved += s.fold[i] != t.fold[i];
    assert_true(n_moved > N / 4);
    split_release(&s);
    split_release(&t);
    corpus_release(&c);
}

static void which_field(void **state)
{
    struct corpus c;
    struct split s;
    uint8_t use[N] = {0};
    struct stance_err err = {0};

    (void)state;
    fill(&c, false);
    assert_int_equal(split_folds(&s, &c, NULL, (struct span){NULL, 0}, 5, 1, NULL), 0);
    assert_true(span_eq(s.field, SPAN("thread")));
    assert_false(s.cuts_threads);
    split_release(&s);
    /* more folds than threads, and authors are incomplete: by id */
    assert_int_equal(split_folds(&s, &c, NULL, (struct span){NULL, 0}, 30, 1, NULL), 0);
    assert_true(span_eq(s.field, SPAN("id")));
    assert_true(s.cuts_threads);
    assert_int_equal(s.n_groups, N);
    assert_int_equal(s.n_without, 0);
    split_release(&s);
    /* a comment without author is a group of its own */
    assert_int_equal(split_folds(&s, &c, NULL, SPAN("author"), 5, 1, NULL), 0);
    assert_int_equal(s.n_groups, 31 + (N + 6) / 7);
    assert_int_equal(s.n_without, (N + 6) / 7);
    assert_false(s.cuts_threads);
    split_release(&s);
    /* a field that no comment has groups nothing */
    assert_int_equal(split_folds(&s, &c, NULL, SPAN("autor"), 5, 1, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "no comment has a field 'autor' to group by"));
    split_release(&s);
    /* unused comments are in no fold, and make no group */
    use[3] = use[4] = use[5] = 1;
    assert_int_equal(split_folds(&s, &c, use, SPAN("id"), 3, 1, NULL), 0);
    assert_int_equal(s.n_groups, 3);
    assert_int_equal(s.fold[0], SPLIT_UNUSED);
    split_release(&s);
    assert_int_equal(split_folds(&s, &c, use, SPAN("id"), 4, 1, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    split_release(&s);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_stay_whole),
        cmocka_unit_test(row_order),
        cmocka_unit_test(seed_matters),
        cmocka_unit_test(which_field),
    };
    return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
