/* SPDX-License-Identifier: MIT */
/* keep: a corpus restricted to targets is the corpus that never had the other labels. */
#include "small.h"

#include <stdlib.h>

#include "corpus/keep.h"

/* Comments 1 to 4; targets ban (against, favor), spying (favor, none), tax (none). */
static void fill(struct corpus *c, bool ban, bool spying, bool tax)
{
    static const char *const id[] = {"1", "2", "3", "4"};

    *c = (struct corpus){0};
    for (size_t i = 0; i < 4; i++)
        add_comment(c, id[i], NULL, NULL, "texte", NULL, NULL);
    if (tax)
        corpus_label(c, 0, SPAN("tax"), SPAN("none"));
    if (spying) {
        corpus_label(c, 1, SPAN("spying"), SPAN("none"));
        corpus_label(c, 0, SPAN("spying"), SPAN("favor"));
    }
    if (ban) {
        corpus_label(c, 2, SPAN("ban"), SPAN("against"));
        corpus_label(c, 0, SPAN("ban"), SPAN("favor"));
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static void expect_names(const struct span *a, const struct span *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        assert_true(span_eq(a[i], b[i]));
}

static void expect_same(const struct corpus *a, const struct corpus *b)
{
    assert_int_equal(a->n_comments, b->n_comments);
    assert_int_equal(a->n_targets, b->n_targets);
    assert_int_equal(a->n_labels, b->n_labels);
    assert_int_equal(a->n_marks, b->n_marks);
    expect_names(a->target, b->target, a->n_targets);
    expect_names(a->label, b->label, a->n_labels);
    for (size_t i = 0; i < a->n_marks; i++) {
        assert_int_equal(a->mark[i].comment, b->mark[i].comment);
        assert_int_equal(a->mark[i].target, b->mark[i].target);
        assert_int_equal(a->mark[i].label, b->mark[i].label);
    }
}

static void every_choice(void **state)
{
    static const struct span name[] = {{"ban", 3}, {"spying", 6}, {"tax", 3}};

    (void)state;
    for (unsigned kept = 1; kept < 8; kept++) {
        struct corpus c, expected;
        struct span target[3];
        size_t n = 0;
        for (unsigned t = 3; t-- > 0;) /* in any order */
            if ((kept >> t & 1) != 0)
                target[n++] = name[t];
        fill(&c, true, true, true);
        fill(&expected, (kept & 1) != 0, (kept & 2) != 0, (kept & 4) != 0);
        assert_int_equal(corpus_keep_targets(&c, target, n, NULL), 0);
        expect_same(&c, &expected);
        assert_int_equal(c.n_dropped, 3 - n);
        corpus_release(&c);
        corpus_release(&expected);
    }
}

static void twice(void **state)
{
    static const struct span first[] = {{"ban", 3}, {"tax", 3}}, second[] = {{"tax", 3}};
    struct corpus c, expected;

    (void)state;
    fill(&c, true, true, true);
    fill(&expected, false, false, true);
    assert_int_equal(corpus_keep_targets(&c, first, 2, NULL), 0);
    assert_int_equal(corpus_keep_targets(&c, second, 1, NULL), 0);
    expect_same(&c, &expected);
    assert_int_equal(c.n_dropped, 2);
    assert_true(span_eq(c.dropped[0], SPAN("spying")));
    assert_true(span_eq(c.dropped[1], SPAN("ban")));
    corpus_release(&c);
    corpus_release(&expected);
}

static void refused(void **state)
{
    static const struct span unknown[] = {{"ban", 3}, {"taxes", 5}},
                             repeated[] = {{"ban", 3}, {"ban", 3}};
    struct corpus c, expected;
    struct stance_err err = {0};

    (void)state;
    fill(&c, true, true, true);
    fill(&expected, true, true, true);
    assert_int_equal(corpus_keep_targets(&c, unknown, 2, &err), -1);
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.message,
                        "the corpus has no target 'taxes'; it has 'ban', 'spying', 'tax'");
    assert_int_equal(corpus_keep_targets(&c, repeated, 2, &err), -1);
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.message, "target 'ban' is asked for twice");
    expect_same(&c, &expected);
    corpus_release(&c);
    corpus_release(&expected);
}

/* The names that people read follow their targets and labels: a model trained on the rest says
 * what one does that never saw the other target. */
static void names_follow(void **state)
{
    static const char definitions[] =
        "{\"id\":\"ban\",\"statement\":\"interdire\",\"definition\":\"B\",\"labels\":{\"favor\":{"
        "\"fr\":\"pour\",\"en\":\"for\"},\"against\":{\"fr\":\"contre\",\"en\":\"against it\"}}}\n"
        "{\"id\":\"spying\",\"statement\":\"espionner\",\"definition\":\"S\",\"labels\":{\"none\":{"
        "\"fr\":\"rien\"},\"favor\":{\"fr\":\"elle espionne\"}}}\n";
    struct buf text = {0}, alone = {0}, described[2] = {{0}};
    const char *const spying[] = {"spying"};
    struct stance_train_options o = {.n_folds = 2, .n_jobs = 1};
    char *file[3];

    (void)state;
    for (int i = 0; i < 12; i++) {
        buf_addf(&alone, "{\"id\":\"%d\",\"text\":\"%s %d\",\"stance\":{\"spying\":\"%s\"}}\n", i,
                 i % 2 ? "elle espionne" : "rien du tout", i, i % 2 ? "favor" : "none");
        buf_addf(
            &text,
            "{\"id\":\"%d\",\"text\":\"%s %d\",\"stance\":{\"spying\":\"%s\",\"ban\":\"%s\"}}\n", i,
            i % 2 ? "elle espionne" : "rien du tout", i, i % 2 ? "favor" : "none",
            i % 3 ? "against" : "favor");
    }
    file[0] = temp_file(buf_span(&text));
    file[1] = temp_file(buf_span(&alone));
    file[2] = temp_file(SPAN(definitions));
    for (int i = 0; i < 2; i++) {
        const char *const path[] = {file[i]};
        struct stance_sink sink = gather(&described[i]);
        struct stance_corpus *c = stance_corpus_load(path, 1, file[2], NULL, NULL, NULL);
        struct stance_model *m;
        assert_non_null(c);
        if (i == 0)
            assert_int_equal(stance_corpus_keep_targets(c, spying, 1, NULL), 0);
        assert_int_equal(stance_corpus_keep_targets(c, NULL, 0, NULL), 0);
        m = stance_train(c, &o, NULL, NULL);
        assert_non_null(m);
        assert_int_equal(stance_model_describe(m, true, &sink, NULL), 0);
        stance_model_free(m);
        stance_corpus_free(c);
    }
    assert_non_null(strstr(buf_str(&described[0]), "elle espionne"));
    assert_string_equal(buf_str(&described[0]), buf_str(&described[1]));
    for (int i = 0; i < 2; i++)
        buf_release(&described[i]);
    for (int i = 0; i < 3; i++)
        remove_temp(file[i]);
    buf_release(&text);
    buf_release(&alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_choice),
        cmocka_unit_test(twice),
        cmocka_unit_test(refused),
        cmocka_unit_test(names_follow),
    };
    return cmocka_run_group_tests_name("keep", tests, NULL, NULL);
}
