/* SPDX-License-Identifier: MIT */
/* wordvec: words of one subject come out near, whatever the order of texts and the threads. */
#include "helpers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "features/cooccur.h"
#include "features/wordvec.h"

enum { N_TEXTS = 600, N_SUBJECTS = 3, N_WORDS = 40 };

/* Texts as an array; where `fail` is reached, counted from 1 over both passes, a callback
 * fails. */
struct source {
    struct buf *text;
    size_t n, at;
    bool backwards;
    int n_calls, fail;
};

static int restart(void *arg, struct stance_err *err)
{
    struct source *s = arg;

    s->at = 0;
    return ++s->n_calls == s->fail ? err_set(err, STANCE_SYSTEM, "no way back") : 0;
}

static int next(void *arg, struct span *text, struct stance_err *err)
{
    struct source *s = arg;

    if (++s->n_calls == s->fail)
        return err_set(err, STANCE_SYSTEM, "no way on");
    if (s->at == s->n)
        return 0;
    *text = buf_span(&s->text[s->backwards ? s->n - 1 - s->at : s->at]);
    s->at++;
    return 1;
}

/* Text i is 12 words of subject i mod 3 (a0x, a1x, …, b0x, …), with a word of all subjects. */
static void make_texts(struct source *s, size_t n)
{
    struct rng rng = {n};

    *s = (struct source){.n = n, .text = calloc(n, sizeof *s->text)};
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 12; k++)
            buf_addf(&s->text[i], k % 4 == 3 ? "le " : "%c%dx ", (int)('a' + i % N_SUBJECTS),
                     (int)rng_below(&rng, N_WORDS));
}

static void source_release(struct source *s)
{
    for (size_t i = 0; i < s->n; i++)
        buf_release(&s->text[i]);
    free(s->text);
}

static int learn(struct wordvec *w, struct source *s, const struct wordvec_settings *set,
                 unsigned n_jobs, struct stance_err *err)
{
    const struct wordvec_texts texts = {s, restart, next};
    return wordvec_learn(w, set, &texts, n_jobs, NULL, err);
}

static double cosine(const struct wordvec *w, const char *a, const char *b)
{
    uint32_t i = wordvec_find(w, span_of(a)), j = wordvec_find(w, span_of(b));
    double sum = 0;

    assert_true(i != INTERN_NONE && j != INTERN_NONE);
    for (uint32_t k = 0; k < w->n_dims; k++)
        sum += (double)wordvec_row(w, i)[k] * wordvec_row(w, j)[k];
    return sum;
}

static void words_of_one_subject_are_near(void **state)
{
    static const struct {
        const char *a, *b;
        double least, most;
    } table[] = {
        {"a1x", "a2x", .9, 1},   {"b1x", "b39x", .9, 1},  {"c7x", "c8x", .9, 1},
        {"a1x", "b1x", -.2, .2}, {"b5x", "c5x", -.2, .2}, {"a0x", "a0x", .999999, 1.000001},
    };
    struct wordvec_settings set = wordvec_default();
    struct source s;
    struct wordvec w;

    (void)state;
    set.n_dims = 3;
    make_texts(&s, N_TEXTS);
    assert_int_equal(learn(&w, &s, &set, 1, NULL), 0);
    assert_int_equal(w.words.n, N_SUBJECTS * N_WORDS + 1);
    assert_int_equal(wordvec_find(&w, SPAN("le")), 0); /* the most frequent */
    assert_int_equal(wordvec_find(&w, SPAN("un")), INTERN_NONE);
    assert_int_equal(wordvec_find(&w, SPAN("")), INTERN_NONE);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double c = cosine(&w, table[i].a, table[i].b);
        if (!(c >= table[i].least && c <= table[i].most))
            fail_msg("%s %s: %.3f", table[i].a, table[i].b, c);
    }
    wordvec_release(&w);
    source_release(&s);
}

static void check_same(const struct wordvec *a, const struct wordvec *b)
{
    assert_int_equal(a->words.n, b->words.n);
    assert_int_equal(a->n_dims, b->n_dims);
    assert_memory_equal(a->words.offset, b->words.offset, (a->words.n + 1) * sizeof(uint32_t));
    assert_memory_equal(a->words.text.p, b->words.text.p, a->words.text.len);
    assert_memory_equal(a->vector, b->vector, (size_t)a->words.n * a->n_dims * sizeof(float));
}

static void order_and_threads_change_nothing(void **state)
{
    static const struct {
        unsigned n_jobs;
        bool backwards;
    } table[] = {{1, true}, {2, false}, {4, true}, {0, false}};
    static const size_t max_pairs[] = {1 << 20, 2000};
    struct wordvec_settings set = wordvec_default();
    struct source s;

    (void)state;
    make_texts(&s, N_TEXTS);
    for (size_t p = 0; p < 2; p++) {
        struct wordvec first, w;
        set.max_pairs = max_pairs[p];
        s.backwards = false;
        assert_int_equal(learn(&first, &s, &set, 1, NULL), 0);
        assert_true(p == 0 || first.words.n <= N_SUBJECTS * N_WORDS); /* some are dropped */
        for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
            s.backwards = table[i].backwards;
            assert_int_equal(learn(&w, &s, &set, table[i].n_jobs, NULL), 0);
            check_same(&first, &w);
            wordvec_release(&w);
        }
        wordvec_release(&first);
    }
    source_release(&s);
}

static void rows_have_length_one(void **state)
{
    struct wordvec_settings set = wordvec_default();
    struct source s;
    struct wordvec w;

    (void)state;
    make_texts(&s, N_TEXTS);
    buf_reset(&s.text[0]);
    for (int i = 0; i < 3; i++) { /* often enough, but always alone */
        buf_reset(&s.text[i]);
        buf_add_str(&s.text[i], "seul");
    }
    assert_int_equal(learn(&w, &s, &set, 2, NULL), 0);
    assert_int_equal(w.n_dims, w.words.n); /* fewer than asked for */
    for (uint32_t i = 0; i < w.words.n; i++) {
        double square = 0, want = i == wordvec_find(&w, SPAN("seul")) ? 0 : 1;
        for (uint32_t k = 0; k < w.n_dims; k++)
            square += (double)wordvec_row(&w, i)[k] * wordvec_row(&w, i)[k];
        assert_true(fabs(square - want) < 1e-5);
    }
    wordvec_release(&w);
    source_release(&s);
}

/* ---- what goes wrong ---- */

static void too_little_text_is_an_error(void **state)
{
    static const struct {
        size_t n_texts;
        uint32_t min_count;
        size_t max_pairs;
        const char *want;
    } table[] = {
        {0, 3, 99, ": 0 different words occur 3 times or more in 0 comments of 0 tokens,"},
        {3, 1, 99, " words occur 1 times or more in 3 comments of 36 tokens,"},
        {N_TEXTS, 99, 99999, ": 1 different words occur 99 times"},
        {N_TEXTS, 3, 1, " words occur 3 times"}, /* words dropped */
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct wordvec_settings set = wordvec_default();
        struct stance_err err = {0};
        struct source s;
        struct wordvec w;
        set.min_count = table[i].min_count;
        set.max_pairs = table[i].max_pairs;
        make_texts(&s, table[i].n_texts);
        assert_int_equal(learn(&w, &s, &set, 1, &err), -1);
        assert_int_equal(err.code, STANCE_DATA);
        if (strstr(err.message, table[i].want) == NULL)
            fail_msg("row %zu: %s", i, err.message);
        assert_null(w.vector);
        source_release(&s);
    }
}

static void failures_of_callbacks_are_passed_on(void **state)
{
    static const int fail[] = {1, 2, N_TEXTS, N_TEXTS + 2, N_TEXTS + 3, N_TEXTS + 4};
    struct wordvec_settings set = wordvec_default();

    (void)state;
    for (size_t i = 0; i < sizeof fail / sizeof *fail; i++) {
        struct stance_err err = {0};
        struct source s;
        struct wordvec w;
        make_texts(&s, N_TEXTS);
        s.fail = fail[i];
        assert_int_equal(learn(&w, &s, &set, 1, &err), -1);
        assert_int_equal(err.code, STANCE_SYSTEM);
        assert_int_equal(s.n_calls, fail[i]); /* nothing is asked for after it */
        assert_int_equal(w.words.n, 0);
        source_release(&s);
    }
}

/* Any bytes among the texts: learnt all the same, and nothing read past the end. */
static void any_bytes_will_do(void **state)
{
    const struct span odd[] = {
        SPAN(""),       SPAN("\0"),           SPAN("a1x\0a2x \0\0 b1x"),
        SPAN("\xff"),   SPAN("a1x \xe2\x82"), SPAN("\xed\xa0\x80 b2x \xc0\x80"),
        SPAN("\n\n\t"), SPAN("\xef\xbf\xbd"),
    };
    struct wordvec_settings set = wordvec_default();
    struct source s;
    struct wordvec w;

    (void)state;
    make_texts(&s, N_TEXTS);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        buf_reset(&s.text[i]);
        buf_add_span(&s.text[i], odd[i]);
    }
    for (int i = 0; i < 200000; i++) /* one line of 200,000 words, and one of one word */
        buf_add(&s.text[9], i % 2 ? "c1x " : "c2x ", 4);
    for (int i = 0; i < 1000000; i++)
        buf_add_char(&s.text[10], 'w');
    assert_int_equal(learn(&w, &s, &set, 1, NULL), 0);
    assert_true(cosine(&w, "a5x", "a6x") > cosine(&w, "a5x", "b6x"));
    wordvec_release(&w);
    source_release(&s);
}

struct heard {
    char note[256];
    uint64_t done, total;
};

static void hear_note(void *arg, const char *line)
{
    struct heard *h = arg;
    snprintf(h->note, sizeof h->note, "%s", line);
}

static void hear_progress(void *arg, const char *what, uint64_t done, uint64_t total)
{
    struct heard *h = arg;

    assert_string_equal(what, "comments");
    assert_true(done > h->done);
    h->done = done;
    h->total = total;
}

static void what_was_found_is_said(void **state)
{
    struct wordvec_settings set = wordvec_default();
    struct heard h = {0};
    const struct stance_talk talk = {&h, hear_note, hear_progress};
    struct source s;
    struct wordvec w;

    (void)state;
    make_texts(&s, 1500);
    assert_int_equal(
        wordvec_learn(&w, &set, &(struct wordvec_texts){&s, restart, next}, 1, &talk, NULL), 0);
    assert_non_null(
        strstr(h.note, ": 1500 comments of 18000 tokens; the 121 most frequent words,"));
    assert_int_equal(h.done, 3000);
    assert_int_equal(h.total, 3000);
    wordvec_release(&w);
    source_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_one_subject_are_near),
        cmocka_unit_test(order_and_threads_change_nothing),
        cmocka_unit_test(rows_have_length_one),
        cmocka_unit_test(too_little_text_is_an_error),
        cmocka_unit_test(failures_of_callbacks_are_passed_on),
        cmocka_unit_test(any_bytes_will_do),
        cmocka_unit_test(what_was_found_is_said),
    };
    return cmocka_run_group_tests_name("wordvec", tests, NULL, NULL);
}
