/* SPDX-License-Identifier: MIT */
/* wordcounts: which words are chosen, in which order, and what a full table forgets. */
#include "helpers.h"

#include <stdlib.h>
#include <stdio.h>

#include "features/wordcounts.h"

struct row {
    const char *text[6];
    uint32_t max_words;
    uint64_t min_count;
    const char *want; /* the words by id */
};

static void add_all(struct wordcounts *c, const char *const *text)
{
    for (; *text != NULL; text++)
        wordcounts_add(c, span_of(*text));
}

static void check_top(const struct wordcounts *c, const struct row *row)
{
    struct intern top = {0};
    struct intern_view v;
    struct buf got = {0};

    wordcounts_top(c, row->max_words, row->min_count, &top);
    v = intern_frozen(&top);
    for (uint32_t id = 0; id < v.n; id++) {
        buf_add_str(&got, id != 0 ? " " : "");
        buf_add_span(&got, intern_text(&v, id));
    }
    assert_string_equal(buf_str(&got), row->want);
    buf_release(&got);
    intern_release(&top);
}

static void the_most_frequent_are_chosen(void **state)
{
    static const struct row table[] = {
        {{"b a b", "c b a", NULL}, 9, 1, "b a c"},
        {{"b a b", "c b a", NULL}, 2, 1, "b a"},
        {{"b a b", "c b a", NULL}, 9, 2, "b a"},
        {{"b a b", "c b a", NULL}, 9, 4, ""},
        {{"été ete zoo", NULL}, 9, 1, "ete zoo été"}, /* equal counts: by bytes */
        {{"Oui OUI, oui !", NULL}, 9, 1, "oui ! ,"},
        {{"@moi @toi http://a.fr", NULL}, 9, 1, "MENTION URL"},
        {{"", " \n", NULL}, 9, 1, ""},
        {{NULL}, 9, 1, ""},
        {{"a b", NULL}, 0, 1, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct wordcounts c;
        wordcounts_init(&c, 1000);
        add_all(&c, table[i].text);
        check_top(&c, &table[i]);
        assert_int_equal(c.lost, 0);
        wordcounts_release(&c);
    }
}

static void what_was_read_is_counted(void **state)
{
    static const char *const text[] = {"a b", "", "c", NULL};
    struct wordcounts c;

    (void)state;
    wordcounts_init(&c, 1000);
    add_all(&c, text);
    assert_int_equal(c.n_texts, 3);
    assert_int_equal(c.n_tokens, 3);
    wordcounts_release(&c);
}

/* 5,000 words that occur once each, among four that do not. */
static void a_full_table_forgets_rare_words(void **state)
{
    const struct row row = {{NULL}, 4, 2, "la le les de"};
    struct wordcounts c;
    char text[64];
    uint32_t id;

    (void)state;
    wordcounts_init(&c, 100);
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "la %s %s %s x%dx", i % 2 ? "le" : "", i % 3 ? "" : "les",
                 i % 4 ? "" : "de", i);
        wordcounts_add(&c, span_of(text));
        assert_true(c.words.n <= 100);
    }
    check_top(&c, &row);
    id = intern_string(&c.words, SPAN("la"));
    assert_true(c.lost > 0);
    assert_true(c.n[id] <= 5000 && c.n[id] + c.lost >= 5000);
    wordcounts_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_frequent_are_chosen),
        cmocka_unit_test(what_was_read_is_counted),
        cmocka_unit_test(a_full_table_forgets_rare_words),
    };
    return cmocka_run_group_tests_name("wordcounts", tests, NULL, NULL);
}
