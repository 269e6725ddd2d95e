/* SPDX-License-Identifier: MIT */
/* ngram: lists worked out by hand. An n-gram is written between bars, in text order. */
#include "helpers.h"

#include <stdlib.h>

#include "features/counts.h"

static uint32_t append(void *arg, struct span ngram, uint64_t hash)
{
    struct intern *v = arg;
    assert_true(hash == hash_span(ngram)); /* what grew with it is what it has */
    return intern_add(v, ngram, hash);
}

static const char letters[] = "wscov"; /* by enum ngram_space */

static void expect_set(const char *text, const struct ngram_settings *set, const char *expected)
{
    struct intern v = {0};
    struct ngram_sink sink = {.lookup = append, .arg = &v};
    struct tokens t = {0};
    struct buf got = {0};
    struct intern_view view;

    tokenize(&t, span_of(text));
    ngrams_of(&sink, &t, set);
    view = intern_frozen(&v);
    for (size_t i = 0; i < sink.n; i++) {
        struct span ngram = intern_text(&view, sink.id[i]);
        assert_int_equal(ngram_space(ngram), strchr(letters, ngram.p[0]) - letters);

        buf_add_char(&got, '|');
        buf_add_span(&got, ngram);
    }
    assert_string_equal(buf_str(&got), expected);
    buf_release(&got);
    ngram_sink_release(&sink);
    tokens_release(&t);
    intern_release(&v);
}

static void expect_all(const char *text, uint32_t words, uint32_t low, uint32_t high,
                       uint32_t skips, const char *expected)
{
    const struct ngram_settings set = {
        .word_max = words, .char_min = low, .char_max = high, .skip_max = skips};
    expect_set(text, &set, expected);
}

static void expect(const char *text, uint32_t words, uint32_t low, uint32_t high,
                   const char *expected)
{
    expect_all(text, words, low, high, 0, expected);
}

static void skips(void **state)
{
    (void)state;
    expect_all("je ne sais pas", 0, 0, 0, 1, "|sje\tsais|sne\tpas");
    expect_all("je ne sais pas", 0, 0, 0, 2, "|sje\tsais|sje\tpas|sne\tpas");
    expect_all("a b", 0, 0, 0, 2, "");
    expect_all("a b c", 0, 0, 0, 2, "|sa\tc");
    expect_all("", 0, 0, 0, 2, "");
    expect_all("a b c", 1, 0, 0, 8, "|wa|wb|wc|sa\tc");
    expect_all("a\tb\tc", 0, 0, 0, 1,
               "|sa\tc"); /* a tab is no token: two skip-grams never look alike */
}

static void openings(void **state)
{
    static const struct {
        const char *text;
        uint32_t opening;
        const char *expected;
    } cases[] = {
        {"oui je suis pour", 2, "|ooui|ooui je|oje"},
        {"oui", 4, "|ooui"},
        {"", 4, ""},
        {"non , merci bien", 3, "|onon|onon ,|o,|o, merci|omerci"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ngram_settings set = {.opening = cases[i].opening};
        expect_set(cases[i].text, &set, cases[i].expected);
    }
}

static void words(void **state)
{
    (void)state;
    expect("je suis pour", 3, 0, 0, "|wje|wje suis|wje suis pour|wsuis|wsuis pour|wpour");
    expect("je suis pour", 1, 0, 0, "|wje|wsuis|wpour");
    expect("Où ? OU !", 2, 0, 0, "|wo\xC3\xB9|wo\xC3\xB9 ?|w?|w? ou|wou|wou !|w!");
    expect("l'été", 2, 0, 0, "|wl'|wl' \xC3\xA9t\xC3\xA9|w\xC3\xA9t\xC3\xA9");
    expect("non non non", 2, 0, 0, "|wnon|wnon non|wnon|wnon non|wnon");
    expect("oui", 3, 0, 0, "|woui");
    expect("oui", 0, 0, 0, "");
}

static void characters(void **state)
{
    (void)state;
    /* the running text is " oui ": a space is a character, but only at an end */
    expect("oui", 0, 2, 3, "|c o|c ou|cou|coui|cui|cui |ci ");
    expect("oui", 0, 1, 1, "|c |co|cu|ci|c ");
    expect("a b", 0, 2, 5, "|c a|c a |ca |c b|c b |cb ");
    expect("a", 0, 2, 2, "|c a|ca ");
    expect("a", 0, 5, 5, "");
    /* accents go, whatever their bytes; capitals fold */
    expect("É", 0, 2, 3, "|c e|c e |ce ");
    expect("e\xCC\x81", 0, 2, 3, "|c e|c e |ce ");
    /* four bytes are one character */
    expect("\xF0\x9F\x98\x82", 0, 2, 3,
           "|c \xF0\x9F\x98\x82|c \xF0\x9F\x98\x82 |c\xF0\x9F\x98\x82 ");
    expect("\xE8\x8F\xAF", 0, 2, 2, "|c \xE8\x8F\xAF|c\xE8\x8F\xAF ");
}

static void both(void **state)
{
    (void)state;
    expect("ok", 2, 2, 2, "|wok|c o|cok|ck ");
}

static void empty(void **state)
{
    (void)state;
    expect("", 3, 2, 5, "");
    expect(" \n\t ", 3, 2, 5, "");
    expect("", 3, 1, 5, "|c ");
}

static uint32_t only_oui(void *arg, struct span ngram, uint64_t hash)
{
    (void)arg;
    (void)hash;
    return span_eq(ngram, SPAN("woui")) ? 5 : INTERN_NONE;
}

static void unknown_ones_are_dropped(void **state)
{
    const struct ngram_settings set = {.word_max = 3, .char_min = 2, .char_max = 5};
    struct ngram_sink sink = {.lookup = only_oui};
    struct tokens t = {0};

    (void)state;
    tokenize(&t, SPAN("oui mais non, oui"));
    ngrams_of(&sink, &t, &set);
    assert_int_equal(sink.n, 2);
    assert_int_equal(sink.id[0], 5);
    tokenize(&t, SPAN("non"));
    ngrams_of(&sink, &t, &set);
    assert_int_equal(sink.n, 0);
    ngram_sink_release(&sink);
    tokens_release(&t);
}

static void counted(void **state)
{
    const struct ngram_settings set = {.word_max = 1};
    struct counter *k = counter_new(&set);
    struct counts c = {0};
    struct intern v = {0};

    (void)state;
    counter_add(k, &c, &v, SPAN("b a b b"));
    counter_add(k, &c, &v, SPAN(""));
    counter_add(k, &c, &v, SPAN("c a"));
    assert_int_equal(c.n_rows, 3);
    assert_int_equal(c.n_ids, 3);
    assert_int_equal(c.start[1], 2);
    assert_int_equal(c.start[2], 2);
    assert_int_equal(c.start[3], 4);
    assert_int_equal(c.entry[0].id, 0); /* b */
    assert_int_equal(c.entry[0].n, 3);
    assert_int_equal(c.entry[1].id, 1); /* a */
    assert_int_equal(c.entry[1].n, 1);
    assert_int_equal(c.entry[2].id, 1); /* within a row by rising id */
    assert_int_equal(c.entry[3].id, 2);
    counter_free(k);
    counts_release(&c);
    intern_release(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(skips),
        cmocka_unit_test(openings),
        cmocka_unit_test(characters),
        cmocka_unit_test(both),
        cmocka_unit_test(empty),
        cmocka_unit_test(unknown_ones_are_dropped),
        cmocka_unit_test(counted),
    };
    return cmocka_run_group_tests_name("ngram", tests, NULL, NULL);
}
