/* SPDX-License-Identifier: MIT */
/* intern: ids in order of first sight, whatever the hashes do. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/intern.h"

static struct span nth(char *room, size_t size, unsigned i)
{
    return (struct span){room, (size_t)snprintf(room, size, "s%u", i)};
}

/* All strings share one hash: the table must still tell them apart. */
static void a_thousand_ties(void **state)
{
    struct intern v = {0};
    struct intern_view view;
    char room[16];

    (void)state;
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(intern_add(&v, nth(room, sizeof room, i), 7), i);
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(intern_add(&v, nth(room, sizeof room, i), 7), i);
    view = intern_frozen(&v);
    assert_int_equal(view.n, 1000);
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(intern_find(&view, nth(room, sizeof room, i), 7), i);
    assert_int_equal(intern_find(&view, SPAN("s1000"), 7), INTERN_NONE);
    assert_int_equal(intern_find(&view, SPAN("s1"), 6), INTERN_NONE);
    intern_release(&v);
}

static void many(void **state)
{
    enum { N = 200000 };
    struct intern v = {0};
    struct intern_view view;
    char room[16];

    (void)state;
    for (unsigned i = 0; i < N; i++)
        assert_int_equal(intern_string(&v, nth(room, sizeof room, i)), i);
    view = intern_frozen(&v);
    assert_int_equal(view.n_slots & (view.n_slots - 1), 0);
    assert_true(view.n_slots >= 2 * view.n);
    for (unsigned i = 0; i < N; i++) {
        struct span s = nth(room, sizeof room, i);
        assert_int_equal(intern_find(&view, s, hash_span(s)), i);
        assert_true(span_eq(intern_text(&view, i), s));
    }
    for (unsigned i = N; i < 2 * N; i++) {
        struct span s = nth(room, sizeof room, i);
        assert_int_equal(intern_find(&view, s, hash_span(s)), INTERN_NONE);
    }
    intern_release(&v);
}

static void odd_strings(void **state)
{
    struct intern v = {0};
    struct intern_view view = intern_frozen(&v);

    (void)state;
    assert_int_equal(intern_find(&view, SPAN("a"), hash_span(SPAN("a"))), INTERN_NONE);
    assert_int_equal(intern_string(&v, SPAN("")), 0);
    assert_int_equal(intern_string(&v, SPAN("\0")), 1);
    assert_int_equal(intern_string(&v, SPAN("\0\0")), 2);
    assert_int_equal(intern_string(&v, SPAN("a\0b")), 3);
    assert_int_equal(intern_string(&v, SPAN("a\0c")), 4);
    assert_int_equal(intern_string(&v, SPAN("a")), 5);
    assert_int_equal(intern_string(&v, SPAN("")), 0);
    assert_int_equal(intern_string(&v, SPAN("\0")), 1);
    intern_release(&v);
    intern_release(&v);
    intern_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_ties),
        cmocka_unit_test(many),
        cmocka_unit_test(odd_strings),
    };
    return cmocka_run_group_tests_name("intern", tests, NULL, NULL);
}
