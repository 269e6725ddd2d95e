/* SPDX-License-Identifier: MIT */
/*
 * ngramindex, with chartrie and wordgrams: what they find in a text is what ngrams_of() finds in
 * the vocabulary by each n-gram's bytes, as often; for random texts and vocabularies.
 */
#include "mixed.h"

#include <stdio.h>
#include <stdlib.h>

#include "features/wordgrams.h"

static uint32_t lookup(void *arg, struct span ngram, uint64_t hash)
{
    return intern_find(arg, ngram, hash);
}

/* A vocabulary that keeps one in `of` of what it is asked for. */
struct growing {
    struct intern v;
    struct rng rng;
    uint64_t of;
};

static uint32_t maybe_add(void *arg, struct span ngram, uint64_t hash)
{
    struct growing *g = arg;

    return rng_below(&g->rng, g->of) == 0 ? intern_add(&g->v, ngram, hash) : INTERN_NONE;
}

/* Numbers of the ids in another order. */
static uint32_t *shuffled(uint32_t n, struct rng *rng)
{
    uint32_t *number = calloc((size_t)n + 1, sizeof *number);

    assert_non_null(number);
    for (uint32_t i = 0; i < n; i++)
        number[i] = i;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = (uint32_t)rng_below(rng, i), k = number[i - 1];
        number[i - 1] = number[j];
        number[j] = k;
    }
    return number;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The same numbers as often; sorts both. */
static void same_numbers(uint32_t *want, size_t n_want, uint32_t *got, size_t n_got)
{
    assert_int_equal(n_got, n_want);
    if (n_want == 0)
        return;
    qsort(want, n_want, sizeof *want, by_value);
    qsort(got, n_got, sizeof *got, by_value);
    assert_memory_equal(want, got, n_want * sizeof *want);
}

/* ---- characters ---- */

/* An alphabet of n characters: letters, then those of two, three and four bytes. */
static void add_letter(struct buf *to, unsigned i)
{
    static const unsigned from[] = {'a', 0xE0, 0x3B1, 0x4E00, 0x1F600};

    buf_add_utf8(to, i < 26 ? 'a' + i : from[1 + i % 4] + i / 4 - 6);
}

/* A running text: words of 1 to `longest` letters, a blank at both ends and between. Letters before
 * the others are more frequent. */
static void running_text(struct buf *to, struct rng *rng, unsigned n_letters, size_t n_words,
                         unsigned longest)
{
    buf_reset(to);
    buf_add_char(to, ' ');
    for (size_t w = 0; w < n_words; w++) {
        for (unsigned k = 1 + (unsigned)rng_below(rng, longest); k > 0; k--)
            add_letter(to, (unsigned)rng_below(rng, 1 + rng_below(rng, n_letters)));
        buf_add_char(to, ' ');
    }
}

static void expect_characters(const struct ngram_index *x, const struct intern_view *view,
                              const uint32_t *number, const struct ngram_settings *set,
                              struct span running)
{
    struct ngram_sink want = {.lookup = lookup, .arg = (void *)(uintptr_t)view}, got = {0};
    char *copy = exact(running);

    ngrams_of_chars(&want, running, set);
    for (size_t i = 0; i < want.n; i++)
        want.id[i] = number[want.id[i]];
    ngram_index_chars(x, (struct span){copy, running.len}, &got);
    same_numbers(want.id, want.n, got.id, got.n);
    ngram_index_chars(x, (struct span){copy, running.len}, &got); /* appends */
    assert_int_equal(got.n, 2 * want.n);
    ngram_sink_release(&want);
    ngram_sink_release(&got);
    free(copy);
}

static void check_characters(const struct ngram_settings *set, unsigned n_letters, uint64_t of,
                             uint64_t seed)
{
    struct growing g = {.rng = {seed}, .of = of};
    struct ngram_sink grow = {.lookup = maybe_add, .arg = &g};
    struct rng rng = {seed + 1};
    struct intern_view view;
    struct ngram_index *x;
    uint32_t *number;
    struct buf b = {0};

    /* some are shorter or longer than the settings have them, and one is a word */
    const struct ngram_settings more = {
        .char_min = set->char_min > 2 ? set->char_min - 1 : 2,
        .char_max = set->char_max < NGRAM_MAX_CHARS ? set->char_max + 1 : set->char_max};
    intern_string(&g.v, SPAN("wa"));
    for (int i = 0; i < 40; i++) {
        running_text(&b, &rng, n_letters, 12, 14);
        ngrams_of_chars(&grow, buf_span(&b), i % 4 == 0 ? &more : set);
    }
    view = intern_frozen(&g.v);
    number = shuffled(view.n, &rng);
    x = ngram_index_new(&view, set, number);
    assert_non_null(x);
    expect_characters(x, &view, number, set, SPAN(" "));
    for (int i = 0; i < 120; i++) {
        /* twenty letters more are in no n-gram */
        running_text(&b, &rng, i % 2 == 0 ? n_letters : n_letters + 20, rng_below(&rng, 60),
                     i % 3 == 0 ? 3 : 30);
        expect_characters(x, &view, number, set, buf_span(&b));
    }
    for (unsigned n = 100; n < 280; n++) { /* about the parts that are looked at in one go */
        buf_reset(&b);
        buf_add_char(&b, ' ');
        for (unsigned i = 0; i < n; i++)
            add_letter(&b, i % (n_letters < 30 ? n_letters : 30));
        buf_add_char(&b, ' ');
        expect_characters(x, &view, number, set, buf_span(&b));
    }
    ngram_index_free(x);
    free(number);
    ngram_sink_release(&grow);
    intern_release(&g.v);
    buf_release(&b);
}

static void characters(void **state)
{
    static const struct {
        uint32_t low, high;
        unsigned n_letters;
        uint64_t of;
    } cases[] = {
        {3, 6, 5, 1},   {3, 6, 26, 2},  {2, 2, 40, 1},   {2, 10, 10, 3},
        {10, 10, 3, 1}, {4, 4, 61, 1},  {3, 6, 62, 1},   {3, 6, 63, 1},
        {3, 6, 64, 1},  {2, 5, 100, 1}, {3, 6, 200, 40}, {2, 10, 300, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ngram_settings set = {.char_min = cases[i].low, .char_max = cases[i].high};
        check_characters(&set, cases[i].n_letters, cases[i].of, i + 1);
    }
}

/* The trie itself says where it cannot tell: a character of an n-gram that is no symbol, and no
 * other. The blank is one, so are the 62 characters that come more than once. */
static void outside(void **state)
{
    enum { FREQUENT = CHARTRIE_SYMBOLS - 1, N = FREQUENT + 3 };
    struct chartrie_gram gram[N];
    struct buf b = {0}, text = {0};
    uint32_t number[200];
    struct chartrie *t;
    size_t n;

    (void)state;
    for (unsigned i = 0; i < N;
         i++) { /* each frequent one and the next; then a frequent and a rare one */
        buf_add_utf8(&b, 0x4E00 + i % FREQUENT);
        buf_add_utf8(&b, i < FREQUENT ? 0x4E00 + (i + 1) % FREQUENT : 0x3B1 + i);
    }
    for (size_t i = 0; i < N; i++)
        gram[i] = (struct chartrie_gram){
            {b.p + (i < FREQUENT ? 6 * i : 6 * FREQUENT + 5 * (i - FREQUENT)),
             i < FREQUENT ? 6 : 5},
            1000 + (uint32_t)i};
    t = chartrie_new(gram, N);
    for (unsigned i = 0; i < N; i++) {
        buf_reset(&text);
        buf_add_str(&text, " \xC5\x93z"); /* in no n-gram */
        buf_add_span(&text, gram[i].text);
        buf_add_str(&text, "a ");
        assert_int_equal(chartrie_find(t, buf_span(&text), number, &n), i < FREQUENT);
        assert_int_equal(n, i < FREQUENT);
        assert_true(i >= FREQUENT || number[0] == 1000 + i);
    }
    chartrie_free(t);
    chartrie_free(NULL);
    t = chartrie_new(NULL, 0);
    assert_true(chartrie_find(t, SPAN(" ab "), number, &n));
    assert_int_equal(n, 0);
    chartrie_free(t);
    buf_release(&b);
    buf_release(&text);
}

/* N-grams that the trie leaves out, and what is found of the others: one character, eleven, bytes
 * that are no UTF-8; and a blank inside. */
static void left_out(void **state)
{
    static const struct chartrie_gram gram[] = {
        {{"a", 1}, 1},
        {{"ab", 2}, 2},
        {{"abcdefghijk", 11}, 3},
        {{"abcdefghij", 10}, 4},
        {{"b\xFF", 2}, 5},
        {{"\xC3", 1}, 6},
        {{" a", 2}, 7},
        {{"j ", 2}, 8},
        {{"\xEF\xBF\xBD"
          "a",
          4},
         9},
        {{"", 0}, 10},
        {{"j a", 3}, 11},
    };
    struct chartrie *t = chartrie_new(gram, sizeof gram / sizeof *gram);
    uint32_t number[300];
    uint32_t want[] = {2, 4, 7, 7, 8, 9};
    size_t n;

    (void)state;
    assert_true(chartrie_find(t,
                              SPAN(" abcdefghij a \xEF\xBF\xBD"
                                   "a "),
                              number, &n));
    same_numbers(want, sizeof want / sizeof *want, number, n);
    chartrie_free(t);
}

/* ---- words ---- */

static void expect_words(struct wordgrams *w, const struct ngram_index *x,
                         const struct intern_view *view, const uint32_t *number,
                         const struct ngram_settings *set, struct span text)
{
    struct ngram_sink want = {.lookup = lookup, .arg = (void *)(uintptr_t)view};
    struct tokens t = {0};
    struct buf got = {0};
    uint32_t *word;
    size_t n = 0;

    tokenize(&t, text);
    word = calloc(t.n + 1, sizeof *word);
    assert_non_null(word);
    for (size_t i = 0; i < t.n; i++) {
        char *copy = exact(t.token[i].text);
        word[i] = ngram_index_word(x, (struct span){copy, t.token[i].text.len});
        free(copy);
    }
    wordgrams_ask(w, word, t.n);
    wordgrams_find(w);
    wordgrams_find_longer(w);
    for (int space = 0; space < NGRAM_SPACES; space++) {
        const uint32_t *id = wordgrams_of(w, (enum ngram_space)space, &n);
        for (size_t i = 0; i < n; i++) {
            for (uint32_t k = 0; k < view->n; k++) /* it is of the space that it was found in */
                if (number[k] == id[i])
                    assert_int_equal(ngram_space(intern_text(view, k)), space);
        }
        if (n != 0)
            buf_add(&got, id, n * sizeof *id);
    }
    ngrams_of(&want, &t, set);
    for (size_t i = 0; i < want.n; i++)
        want.id[i] = number[want.id[i]];
    same_numbers(want.id, want.n, (uint32_t *)(void *)got.p, got.len / sizeof(uint32_t));
    buf_release(&got);
    free(word);
    tokens_release(&t);
    ngram_sink_release(&want);
}

/* What no text has: without a word, with too many, of another space's make. */
static void add_damaged(struct intern *v)
{
    static const char *const odd[] = {"w", "w ",         "wje ", "w je",   "wje  ne",
                                      "s", "sje",        "s\t",  "sje\t",  "sje\tne\tpas",
                                      "o", "oje ne pas", "v",    "vje ne", "xje",
                                      "c", "cabsurd je", "c\xFF"};

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        intern_string(v, span_of(odd[i]));
}

static void check_words(const struct ngram_settings *set, uint64_t of, bool damaged, uint64_t seed)
{
    struct growing g = {.rng = {seed}, .of = of};
    struct ngram_sink grow = {.lookup = maybe_add, .arg = &g};
    struct rng rng = {seed + 100};
    struct tokens t = {0};
    struct intern_view view;
    struct ngram_index *x;
    struct wordgrams *w;
    uint32_t *number;
    struct buf b = {0};

    intern_string(&g.v, SPAN("wje"));
    if (damaged)
        add_damaged(&g.v);
    for (int i = 0; i < 12; i++) {
        buf_reset(&b);
        mixed_text(&b, &rng, 25);
        tokenize(&t, buf_span(&b));
        ngrams_of(&grow, &t, set);
    }
    view = intern_frozen(&g.v);
    number = shuffled(view.n, &rng);
    x = ngram_index_new(&view, set, number);
    assert_non_null(x);
    w = wordgrams_new(x, NULL, 0);
    expect_words(w, x, &view, number, set, SPAN(""));
    expect_words(w, x, &view, number, set, SPAN("je"));
    expect_words(w, x, &view, number, set, SPAN("je je je je je ne ne je"));
    for (int i = 0; i < 25; i++) {
        buf_reset(&b);
        mixed_text(&b, &rng, rng_below(&rng, i % 8 == 0 ? 200 : 25));
        expect_words(w, x, &view, number, set, (struct span){b.len != 0 ? b.p : "", b.len});
    }
    wordgrams_free(w);
    ngram_index_free(x);
    free(number);
    tokens_release(&t);
    ngram_sink_release(&grow);
    intern_release(&g.v);
    buf_release(&b);
}

static void words(void **state)
{
    uint64_t seed = 0;

    (void)state;
    for (uint32_t most = 0; most <= 4; most++)
        for (uint32_t skips = 0; skips <= 2; skips++)
            for (uint32_t opening = 0; opening <= 4; opening += 2) {
                const struct ngram_settings set = {.word_max = most,
                                                   .skip_max = skips,
                                                   .opening = opening,
                                                   .vectors = (most + skips) % 2};
                check_words(&set, 1, false, ++seed);
                check_words(&set, 4, true, ++seed);
            }
}

/* The limits of the settings, and openings of one token and three. */
static void far_settings(void **state)
{
    static const struct ngram_settings sets[] = {
        {.word_max = 16, .skip_max = 16, .opening = 60},
        {.word_max = 5, .skip_max = 9, .opening = 1},
        {.word_max = 2, .opening = 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        check_words(&sets[i], 1, true, i + 1);
        check_words(&sets[i], 3, false, i + 1);
    }
}

/* ---- which settings there is no index for ---- */

static void refused(void **state)
{
    static const struct {
        struct ngram_settings set;
        bool good;
    } cases[] = {
        {{.word_max = 3, .char_min = 3, .char_max = 6, .skip_max = 2, .opening = 4}, true},
        {{0}, true},
        {{.char_min = 2, .char_max = 10}, true},
        {{.char_min = 1, .char_max = 0}, true},
        {{.char_min = 1, .char_max = 6}, false},
        {{.char_min = 0, .char_max = 6}, false},
        {{.char_min = 3, .char_max = 11}, false},
        {{.word_max = 16, .skip_max = 16}, true},
        {{.word_max = 17}, false},
        {{.skip_max = 17}, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct intern v = {0};
        struct intern_view view;
        const uint32_t number[] = {1, 0};
        struct ngram_index *x;
        intern_string(&v, SPAN("wa"));
        intern_string(&v, SPAN("cabc"));
        view = intern_frozen(&v);
        x = ngram_index_new(&view, &cases[i].set, number);
        assert_int_equal(x != NULL, cases[i].good);
        ngram_index_free(x);
        intern_release(&v);
    }
}

/* A damaged table does not lead to each n-gram: then the index does not either. */
static void lost(void **state)
{
    static const char *const ngram[] = {"wje", "wne", "wje ne", "wsais", "cje", "c je", "csai"};
    const struct ngram_settings set = {.word_max = 2, .char_min = 2, .char_max = 3};
    const uint32_t number[] = {6, 5, 4, 3, 2, 1, 0};
    struct intern v = {0};
    struct intern_view view;

    (void)state;
    for (size_t i = 0; i < sizeof ngram / sizeof *ngram; i++)
        intern_string(&v, span_of(ngram[i]));
    view = intern_frozen(&v);
    for (uint32_t gone = 0; gone < view.n_slots; gone++) {
        uint32_t *table = (uint32_t *)(uintptr_t)view.table, id = table[gone];
        struct ngram_index *x;
        struct wordgrams *w;
        table[gone] = INTERN_NONE;
        x = ngram_index_new(&view, &set, number);
        w = wordgrams_new(x, NULL, 0);
        expect_words(w, x, &view, number, &(struct ngram_settings){.word_max = 2},
                     SPAN("je ne sais ne je ne"));
        expect_characters(x, &view, number, &set, SPAN(" je ne sais ne je ne "));
        wordgrams_free(w);
        ngram_index_free(x);
        table[gone] = id;
    }
    intern_release(&v);
}

/* Without n-grams at all. */
static void empty(void **state)
{
    const struct ngram_settings set = {.word_max = 3, .char_min = 3, .char_max = 6, .skip_max = 2};
    struct intern v = {0};
    struct intern_view view;
    struct ngram_index *x;
    struct wordgrams *w;
    struct ngram_sink sink = {0};
    uint32_t number = 0;

    (void)state;
    view = intern_frozen(&v);
    x = ngram_index_new(&view, &set, &number);
    assert_non_null(x);
    w = wordgrams_new(x, NULL, 0);
    expect_words(w, x, &view, &number, &set, SPAN("je ne sais pas"));
    ngram_index_chars(x, SPAN(" je "), &sink);
    assert_int_equal(sink.n, 0);
    ngram_sink_release(&sink);
    wordgrams_free(w);
    wordgrams_free(NULL);
    ngram_index_free(x);
    intern_release(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters), cmocka_unit_test(outside),      cmocka_unit_test(left_out),
        cmocka_unit_test(words),      cmocka_unit_test(far_settings), cmocka_unit_test(refused),
        cmocka_unit_test(lost),       cmocka_unit_test(empty),
    };
    return cmocka_run_group_tests_name("ngramindex", tests, NULL, NULL);
}
