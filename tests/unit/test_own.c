/* SPDX-License-Identifier: MIT */
/* own: the added comments are numbered as if they had been read alone. */
#include "added.h"

#include <stdlib.h>

#include "corpus/own.h"

/* The added comments of added_corpus(), sealed without the others. */
static void read_alone(struct corpus *alone, const struct corpus *whole)
{
    *alone = (struct corpus){0};
    for (size_t i = 0; i < whole->n_marks; i++) {
        const struct mark *m = &whole->mark[i];
        struct comment k = whole->comment[m->comment];
        size_t at;
        if (!k.added)
            continue;
        k.added = false;
        at = corpus_add(alone, &k, SPAN("own"));
        corpus_label(alone, at, whole->target[m->target], whole->label[m->label]);
    }
    assert_int_equal(corpus_seal(alone, NULL), 0);
}

static void same_names(const struct span *a, const struct span *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        assert_true(span_eq(a[i], b[i]));
}

static void as_read_alone(void **state)
{
    struct corpus whole, alone;
    struct own own;

    (void)state;
    added_corpus(&whole, true);
    read_alone(&alone, &whole);
    own_make(&own, &whole);
    assert_true(own.apart);
    assert_int_equal(own.c.n_comments, alone.n_comments);
    assert_int_equal(own.c.n_marks, alone.n_marks);
    assert_memory_equal(own.c.mark, alone.mark, alone.n_marks * sizeof *alone.mark);
    assert_int_equal(own.c.n_targets, 2);
    assert_int_equal(own.c.n_labels, 2);
    same_names(own.c.target, alone.target, alone.n_targets);
    same_names(own.c.label, alone.label, alone.n_labels);
    for (size_t i = 0; i < alone.n_comments; i++) {
        assert_true(span_eq(own.c.comment[i].id, alone.comment[i].id));
        assert_false(own.c.comment[i].added);
    }
    own_release(&own);
    corpus_release(&alone);
    corpus_release(&whole);
}

static void places_in_the_whole(void **state)
{
    struct corpus whole;
    struct own own;
    uint32_t *label;

    (void)state;
    added_corpus(&whole, true);
    own_make(&own, &whole);
    label = own_labels(&own, whole.n_labels);
    for (size_t i = 0; i < own.c.n_marks; i++) {
        const struct mark *m = &own.c.mark[i], *of = &whole.mark[own.mark[i]];
        assert_int_equal(own.comment[m->comment], of->comment);
        assert_int_equal(own.target[m->target], of->target);
        assert_int_equal(own.label[m->label], of->label);
        assert_int_equal(label[of->label], m->label);
    }
    assert_int_equal(own.target[0], ADDED_BAN);
    assert_int_equal(own.target[1], ADDED_NEW);
    for (uint32_t l = 2; l < whole.n_labels; l++)
        assert_int_equal(label[l], OWN_NONE);
    free(label);
    own_release(&own);
    corpus_release(&whole);
}

static void nothing_apart(void **state)
{
    struct corpus whole;

    (void)state;
    for (int added = 0; added < 2; added++) { /* none, and all */
        struct own own;
        added_corpus(&whole, false);
        for (size_t i = 0; i < whole.n_comments; i++)
            whole.comment[i].added = added != 0;
        own_make(&own, &whole);
        assert_false(own.apart);
        assert_int_equal(own.c.n_comments, whole.n_comments);
        assert_int_equal(own.c.n_targets, ADDED_TARGETS);
        assert_memory_equal(own.c.mark, whole.mark, whole.n_marks * sizeof *whole.mark);
        own_release(&own);
        corpus_release(&whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_read_alone),
                                       cmocka_unit_test(places_in_the_whole),
                                       cmocka_unit_test(nothing_apart)};
    return cmocka_run_group_tests_name("own", tests, NULL, NULL);
}
