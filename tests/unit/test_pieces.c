/* SPDX-License-Identifier: MIT */
/*
 * pieces: the words, the character n-grams and the sums of rows of a comment are those of the whole
 * comment tokenized, whether a piece is worked out or remembered.
 */
#include "mixed.h"

#include <stdlib.h>

#include "features/pieces.h"

static const struct ngram_settings settings = {.word_max = 1, .char_min = 2, .char_max = 5};

enum { WIDTH = 8, MANY = 70000 };

static uint32_t add(void *arg, struct span ngram, uint64_t hash)
{
    return intern_add(arg, ngram, hash);
}

static const char *const texts[] = {
    "",
    " ",
    "je ne sais pas",
    "l'avion, l'avion. L'AVION!",
    "1 500 +1 % \" /> 1\n500",
    /* the same bytes, at the beginning of a line and within */
    ">> je",
    "je >> je",
    "je\n>> je >> je",
    "\xE2\x80\x8B >> je",
    "je \xE2\x80\x8B >> je",
    "je\n\xE2\x80\x8B >> je",
    "\xE2\x80\x8B \xE2\x80\x8B >> je \xE2\x80\x8B >> je",
    "&#10; >> je &#10; >> je",
    "je&#10; >> je",
    "\xF0\x9F\x8F\xBB >> je",
    "je\n\xF0\x9F\x8F\xBB >> je \xF0\x9F\x8F\xBB >> je",
    "\xF0\x9F\x8F\xBB \xF0\x9F\x8F\xBB \xF0\x9F\x8F\xBB >> je",
    "&gt;&gt; je &gt;&gt; je",
    "e\xCC\x81 \xCC\x81 \xFF >> \xFF >>",
    /* keys of 7, 8, 9 bytes that begin alike, and a NUL less */
    "abcdefg abcdefgh abcdefghi abcdefgh abcdefg abcdefghijklmnop abcdefghijklmnopq",
    "haha hahaha mdr MDR lol 😀 😀😀 :) ^^",
};

/* All n-grams of the table, numbered from `from` on in a vocabulary filled up before it. */
struct made {
    struct intern v;
    struct intern_view view;
    struct ngram_index *x;
    int32_t *row;
    struct pieces *p, *bare; /* with rows, and without */
};

static void make(struct made *k, bool wide, bool large)
{
    struct ngram_sink sink = {.lookup = add, .arg = &k->v};
    struct tokens t = {0};
    struct rng rng = {1};
    uint32_t *number;

    *k = (struct made){0};
    for (uint32_t i = 0; wide && i < MANY; i++) {
        char name[8] = {'w', (char)('A' + i % 26), (char)('A' + i / 26 % 26),
                        (char)('A' + i / 676 % 26), (char)('A' + i / 17576)};
        intern_string(&k->v, span_of(name));
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tokenize(&t, span_of(texts[i]));
        ngrams_of(&sink, &t, &settings);
    }
    k->view = intern_frozen(&k->v);
    number = calloc(k->view.n, sizeof *number);
    k->row = calloc((size_t)k->view.n * WIDTH, sizeof *k->row);
    assert_true(number != NULL && k->row != NULL);
    for (uint32_t i = 0; i < k->view.n; i++)
        number[i] = i;
    for (size_t i = 0; i < (size_t)k->view.n * WIDTH; i++)
        k->row[i] = large ? INT32_MAX - (int32_t)i % 3 : (int32_t)rng_below(&rng, 1 << 20) - 500000;
    k->x = ngram_index_new(&k->view, &settings, number);
    assert_non_null(k->x);
    k->p = pieces_new(k->x, k->row, WIDTH, PIECES_MOST);
    k->bare = pieces_new(k->x, NULL, 0, PIECES_MOST);
    free(number);
    tokens_release(&t);
    ngram_sink_release(&sink);
}

static void drop(struct made *k)
{
    pieces_free(k->p);
    pieces_free(k->bare);
    pieces_free(NULL);
    ngram_index_free(k->x);
    intern_release(&k->v);
    free(k->row);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void expect_found(const struct made *k, const struct pieces_found *f, const struct tokens *t,
                         const struct ngram_sink *chars)
{
    assert_int_equal(f->n_words, t->n);
    for (size_t i = 0; i < t->n; i++)
        assert_int_equal(f->word[i], ngram_index_word(k->x, t->token[i].text));
    assert_int_equal(f->chars.n, chars->n);
    if (chars->n == 0)
        return;
    qsort(f->chars.id, f->chars.n, sizeof *f->chars.id, by_value);
    assert_memory_equal(f->chars.id, chars->id, chars->n * sizeof *chars->id);
}

static void check(const struct made *k, struct span text)
{
    char *copy = exact(text);
    struct tokens t = {0};
    struct ngram_sink chars = {0};
    int64_t sum[WIDTH], want[WIDTH];

    tokenize(&t, text);
    ngram_index_chars(k->x, buf_span(&t.running), &chars);
    if (chars.n != 0)
        qsort(chars.id, chars.n, sizeof *chars.id, by_value);
    for (int l = 0; l < WIDTH; l++)
        sum[l] = want[l] = l * INT64_C(10000000000);
    for (size_t i = 0; i < chars.n; i++)
        for (int l = 0; l < WIDTH; l++)
            want[l] += k->row[(size_t)chars.id[i] * WIDTH + (size_t)l];
    expect_found(k, pieces_read(k->p, (struct span){copy, text.len}, sum), &t, &chars);
    assert_memory_equal(sum, want, sizeof sum);
    expect_found(k, pieces_read(k->bare, (struct span){copy, text.len}, NULL), &t, &chars);
    tokens_release(&t);
    ngram_sink_release(&chars);
    free(copy);
}

static void check_all(const struct made *k)
{
    size_t n = sizeof texts / sizeof *texts;

    for (int again = 0; again < 3; again++)
        for (size_t i = 0; i < n; i++)
            check(k, span_of(texts[again == 1 ? n - 1 - i : i]));
    check(k, SPAN("abcdefg\0abcdefg\0"));
}

static void table(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) { /* numbers of more than 16 bits, sums of more than 32 */
        struct made k;
        make(&k, i % 2 != 0, i / 2 != 0);
        check_all(&k);
        drop(&k);
    }
}

static void random_texts(void **state)
{
    struct made k;
    struct rng rng = {5};
    struct buf b = {0};

    (void)state;
    make(&k, false, false);
    for (int i = 0; i < 2000; i++) {
        buf_reset(&b);
        mixed_text(&b, &rng, rng_below(&rng, i % 10 == 0 ? 300 : 20));
        check(&k, (struct span){b.len != 0 ? b.p : "", b.len});
    }
    buf_release(&b);
    drop(&k);
}

/* Pieces about as long as one may be to be kept, each for the third time; and many in one text. */
static void long_ones(void **state)
{
    static const char *const letter[] = {"a", "ab", "\xC3\xA9", "!?", "1"};
    struct made k;
    struct buf b = {0};

    (void)state;
    make(&k, false, false);
    for (int again = 0; again < 3; again++)
        for (size_t i = 0; i < sizeof letter / sizeof *letter; i++)
            for (size_t len = 50; len < 300; len += len < 80 ? 1 : 59) {
                buf_reset(&b);
                while (b.len < len)
                    buf_add_str(&b, letter[i]);
                check(&k, buf_span(&b));
                buf_add_str(&b, " je");
                check(&k, buf_span(&b));
            }
    for (size_t n = 1; n < 3000; n *= 3) {
        buf_reset(&b);
        for (size_t i = 0; i < n; i++)
            buf_addf(&b, "je%c%zu sais ", i % 7 == 0 ? '\n' : ' ', i % 50);
        check(&k, buf_span(&b));
    }
    buf_release(&b);
    drop(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(long_ones),
    };
    return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}
