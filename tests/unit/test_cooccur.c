/* SPDX-License-Identifier: MIT */
/* cooccur and ppmi: counts and information by hand, against plain loops, and their bound. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "features/ppmi.h"

static void words_of(struct intern *words, const char *list)
{
    struct tokens t = {0};

    *words = (struct intern){0};
    tokenize(&t, span_of(list));
    for (size_t i = 0; i < t.n; i++)
        intern_string(words, t.token[i].text);
    tokens_release(&t);
}

static void add_all(struct cooccur *c, const char *const *text)
{
    for (; *text != NULL; text++)
        cooccur_add(c, span_of(*text));
    cooccur_settle(c);
}

/* "a-b 4, a-c 2": the pairs in their order. */
static void check_pairs(const struct cooccur *c, const char *want)
{
    struct buf got = {0};

    for (size_t p = 0; p < c->n_pairs; p++) {
        struct span x = intern_text(&c->words, cooccur_first(c, c->pair[p].key));
        struct span y = intern_text(&c->words, cooccur_second(c, c->pair[p].key));
        buf_addf(&got, "%s%.*s-%.*s %d", p != 0 ? ", " : "", (int)x.len, x.p, (int)y.len, y.p,
                 (int)c->pair[p].n);
    }
    assert_string_equal(buf_str(&got), want);
    buf_release(&got);
}

struct row {
    const char *words; /* in the order of their ids */
    const char *text[6];
    uint32_t window;
    size_t max_pairs;
    const char *want;
};

static void pairs_by_hand(void **state)
{
    static const struct row table[] = {
        {"a b c", {"a b a c", NULL}, 2, 99, "a-a 1, a-b 4, a-c 2, b-c 1"},
        {"a b c", {"a b a c", NULL}, 1, 99, "a-b 2, a-c 1"},
        {"a b c", {"a b", "a c", NULL}, 5, 99, "a-b 5, a-c 5"}, /* never across texts */
        {"a c", {"a b a c", NULL}, 2, 99, "a-a 1, a-c 2"},      /* b keeps its place */
        {"c a", {"a a c", NULL}, 255, 99, "c-a 509, a-a 255"},
        {"a b c d", {"d a b c", NULL}, 3, 3, "a-b 3, a-c 2, b-c 3"}, /* d is dropped */
        {"a b c d", {"d a b c", NULL}, 3, 2, "a-b 3"},               /* c has two pairs */
        {"a b c d", {"d a b c", "a a", NULL}, 3, 1, "a-a 3"},
        {"a", {"a", "", "b b b", NULL}, 5, 99, ""},
        {"", {"a b", NULL}, 5, 99, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct intern words;
        struct cooccur c;
        words_of(&words, table[i].words);
        cooccur_init(&c, &words, table[i].window, table[i].max_pairs);
        add_all(&c, table[i].text);
        check_pairs(&c, table[i].want);
        cooccur_release(&c);
        intern_release(&words);
    }
}

/* ---- against plain loops ---- */

enum { N_WORDS = 40, N_TOKENS = 400000 };

static const char WORDS[] = "a b c d e f g h i j k l m n o p q r s t u v w x y z "
                            "aa ab ac ad ae af ag ah ai aj ak al am an";

static void random_text(struct buf *text, uint32_t *id, size_t n, const struct intern *words,
                        uint64_t seed)
{
    struct intern_view v = intern_frozen(words);
    struct rng rng = {seed};

    buf_reset(text);
    for (size_t i = 0; i < n; i++) {
        uint64_t r = rng_below(&rng, N_WORDS * N_WORDS);
        id[i] = (uint32_t)(N_WORDS - 1 - (uint64_t)sqrt((double)r)); /* small ids are frequent */
        buf_add_span(text, intern_text(&v, id[i]));
        buf_add_char(text, ' ');
    }
}

/* One line of more meetings than the buffer holds. */
static void a_huge_line_is_counted_right(void **state)
{
    uint64_t(*want)[N_WORDS] = calloc(N_WORDS, sizeof *want);
    uint32_t *id = malloc(N_TOKENS * sizeof *id), window = 5;
    struct buf text = {0};
    struct intern words;
    struct cooccur c;

    (void)state;
    words_of(&words, WORDS);
    random_text(&text, id, N_TOKENS, &words, 3);
    for (size_t i = 0; i < N_TOKENS; i++)
        for (size_t j = i + 1; j < N_TOKENS && j <= i + window; j++)
            want[id[i] < id[j] ? id[i] : id[j]][id[i] < id[j] ? id[j] : id[i]] +=
                window + 1 - (j - i);
    cooccur_init(&c, &words, window, 10000);
    cooccur_add(&c, buf_span(&text));
    cooccur_settle(&c);
    for (size_t p = 0; p < c.n_pairs; p++) {
        uint32_t i = cooccur_first(&c, c.pair[p].key), j = cooccur_second(&c, c.pair[p].key);
        assert_int_equal(c.pair[p].n, want[i][j]);
        want[i][j] = 0;
    }
    for (size_t i = 0; i < N_WORDS; i++)
        for (size_t j = 0; j < N_WORDS; j++)
            assert_int_equal(want[i][j], 0);
    cooccur_release(&c);
    intern_release(&words);
    buf_release(&text);
    free(want);
    free(id);
}

/* Texts 0 … 9 from the first or from the last, brought up to date after each or at the end. */
static void count_texts(struct cooccur *c, const struct intern *words, size_t max_pairs,
                        bool backwards, bool often)
{
    uint32_t id[30];
    struct buf text = {0};

    cooccur_init(c, words, 3, max_pairs);
    for (unsigned k = 0; k < 10; k++) {
        random_text(&text, id, 30, words, backwards ? 9 - k : k);
        cooccur_add(c, buf_span(&text));
        if (often)
            cooccur_settle(c);
    }
    cooccur_settle(c);
    buf_release(&text);
}

static void order_does_not_matter(void **state)
{
    static const size_t max_pairs[] = {1, 10, 50, 100, 200, 10000};
    struct intern words;

    (void)state;
    words_of(&words, WORDS);
    for (size_t i = 0; i < sizeof max_pairs / sizeof *max_pairs; i++)
        for (int how = 0; how < 4; how++) {
            struct cooccur all, c;
            size_t kept = 0;
            count_texts(&all, &words, 10000, false, false);
            count_texts(&c, &words, max_pairs[i], how & 1, how & 2);
            assert_true(c.n_pairs <= max_pairs[i]);
            for (size_t p = 0; p < all.n_pairs; p++)
                if (cooccur_second(&all, all.pair[p].key) < c.n_words)
                    all.pair[kept++] = all.pair[p];
            assert_int_equal(c.n_pairs, kept);
            if (kept != 0)
                assert_memory_equal(c.pair, all.pair, kept * sizeof *c.pair);
            assert_true(how == 0 || max_pairs[i] < 10000 || c.n_words == N_WORDS);
            cooccur_release(&all);
            cooccur_release(&c);
        }
    intern_release(&words);
}

/* ---- information ---- */

/* The first row of pairs_by_hand(): n_ab 4, n_ac 2, n_bc 1, and a is near a twice; sums 8, 5
 * and 3. With 0.75: s = 4.75683, 3.34370, 2.27951 of 10.38004. */
struct ratio {
    double smoothing;
    const char *entry;
    double want; /* v is its logarithm; 0 where it is not kept */
};

static double entry_of(const struct matrix *m, const char *entry)
{
    uint32_t row = (uint32_t)(entry[0] - 'a'), id = (uint32_t)(entry[1] - 'a');

    for (size_t e = m->start[row]; e < m->start[row + 1]; e++) {
        assert_true(e == m->start[row] || m->id[e - 1] < m->id[e]);
        if (m->id[e] == id)
            return exp(m->value[e]);
    }
    return 0;
}

static void information_by_hand(void **state)
{
    static const struct ratio table[] = {
        {1, "aa", 0},          {1, "ab", 1.6},       {1, "ac", 4 / 3.0},    {1, "ba", 1.6},
        {1, "bb", 0},          {1, "bc", 16 / 15.0}, {1, "ca", 4 / 3.0},    {1, "cb", 16 / 15.0},
        {1, "cc", 0},          {.75, "aa", 0},       {.75, "ab", 1.552176}, {.75, "ac", 1.138405},
        {.75, "ba", 1.745714}, {.75, "bb", 0},       {.75, "bc", 0},        {.75, "ca", 1.454762},
        {.75, "cb", 1.034784}, {.75, "cc", 0},
    };
    static const char *const text[] = {"a b a c", NULL};

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct intern words;
        struct cooccur c;
        struct matrix m;
        words_of(&words, "a b c d"); /* d meets nobody */
        cooccur_init(&c, &words, 2, 99);
        add_all(&c, text);
        ppmi_matrix(&c, table[i].smoothing, &m);
        assert_int_equal(m.n_rows, 4);
        assert_int_equal(m.start[3], m.start[4]);
        if (!(fabs(entry_of(&m, table[i].entry) - table[i].want) < 1e-5))
            fail_msg("%g %s: %.6f", table[i].smoothing, table[i].entry,
                     entry_of(&m, table[i].entry));
        matrix_release(&m);
        cooccur_release(&c);
        intern_release(&words);
    }
}

static void no_pairs_are_an_empty_matrix(void **state)
{
    struct intern words;
    struct cooccur c;
    struct matrix m;

    (void)state;
    words_of(&words, "a b");
    cooccur_init(&c, &words, 2, 99);
    cooccur_settle(&c);
    ppmi_matrix(&c, .75, &m);
    assert_int_equal(m.start[2], 0);
    matrix_release(&m);
    cooccur_release(&c);
    intern_release(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_by_hand),
        cmocka_unit_test(a_huge_line_is_counted_right),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(information_by_hand),
        cmocka_unit_test(no_pairs_are_an_empty_matrix),
    };
    return cmocka_run_group_tests_name("cooccur", tests, NULL, NULL);
}
