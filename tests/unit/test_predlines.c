/* SPDX-License-Identifier: MIT */
/* predlines: bare lists of labels, whose place is all that they have. */
#include "evals.h"

#include <math.h>
#include <stdlib.h>
#include <zlib.h>

#include "eval/predicted.h"

/* By line: c, a, b; by id, as rows are: a, b, c. */
static struct corpus gold;

static int make_gold(void **state)
{
    (void)state;
    add_comment(&gold, "c", NULL, NULL, "un", "ban", "favor");
    add_comment(&gold, "sans", NULL, NULL, "rien", NULL, NULL);
    add_comment(&gold, "a", NULL, NULL, "deux", "ban", "against");
    add_comment(&gold, "b", NULL, NULL, "trois", "spying", "none");
    return corpus_seal(&gold, NULL);
}

static int drop_gold(void **state)
{
    (void)state;
    corpus_release(&gold);
    return 0;
}

static int judge(struct span bytes, const struct corpus *c, struct evaluation *e,
                 struct stance_err *err)
{
    char *path = temp_file(bytes);
    const char *const paths[] = {path};
    int status = predicted_run(e, paths, 1, true, c, NULL, NULL, err);
    remove_temp(path);
    return status;
}

static void expect_p(double got, double expected)
{
    assert_true(isnan(expected) ? isnan(got) : got == expected);
}

/* All say: c favor, a none, b against. */
static void expect_read(struct span bytes, double of_c, double of_a, double of_b)
{
    struct evaluation e;
    struct stance_err err = {0};
    const struct evaluation_system *s;

    if (judge(bytes, &gold, &e, &err) < 0)
        fail_msg("%.*s\n%s", (int)bytes.len, bytes.p, err.message);
    s = &e.system[0];
    assert_int_equal(e.n_labels, 3); /* against favor none */
    assert_true(s->label[0] == 2 && s->label[1] == 0 && s->label[2] == 1);
    expect_p(s->p[0], of_a);
    expect_p(s->p[1], of_b);
    expect_p(s->p[2], of_c);
    evaluation_release(&e);
}

static void forms(void **state)
{
    (void)state;
    expect_read(SPAN("favor\nnone\nagainst\n"), NAN, NAN, NAN);
    expect_read(SPAN("favor\r\nnone\r\nagainst"), NAN, NAN, NAN);
    expect_read(SPAN("  favor\t\n none \nagainst\n"), NAN, NAN, NAN);
    expect_read(SPAN("__label__favor\n__label__none\n__label__against\n"), NAN, NAN, NAN);
    expect_read(SPAN("__label__favor 0.98\n__label__none 1.00001\n__label__against\t0\n"), 0.98, 1,
                0);
    expect_read(SPAN("favor 0.5\nnone\nagainst 1\n"), 0.5, NAN, 1);
    expect_read(SPAN("\xEF\xBB\xBF"
                     "favor\nnone\nagainst\n"),
                NAN, NAN, NAN);
}

static void packed(void **state)
{
    static const char text[] = "favor 0.5\nnone\nagainst\n";
    char *path = temp_file(SPAN(""));
    const char *const paths[] = {path};
    struct evaluation e;
    gzFile f = gzopen(path, "wb");

    (void)state;
    assert_int_equal(gzwrite(f, text, sizeof text - 1), (int)sizeof text - 1);
    assert_int_equal(gzclose(f), Z_OK);
    assert_int_equal(predicted_run(&e, paths, 1, true, &gold, NULL, NULL, NULL), 0);
    assert_true(e.system[0].label[2] == 1 && e.system[0].p[2] == 0.5);
    evaluation_release(&e);
    remove_temp(path);
}

static void encoded(void **state)
{
    const struct stance_input input = {.encoding = STANCE_ENCODING_ISO_8859_15};
    char *path = temp_file(SPAN("favor\n\xE9t\xE9\nagainst\n"));
    const char *const paths[] = {path};
    struct evaluation e;

    (void)state;
    assert_int_equal(predicted_run(&e, paths, 1, true, &gold, &input, NULL, NULL), 0);
    assert_true(span_eq(e.label[e.system[0].label[0]], SPAN("\xC3\xA9t\xC3\xA9")));
    evaluation_release(&e);
    remove_temp(path);
}

/* Files one after the other. */
static void two_files(void **state)
{
    char *one = temp_file(SPAN("favor\nnone")), *two = temp_file(SPAN("against\n"));
    const char *const paths[] = {one, two};
    struct evaluation e;

    (void)state;
    assert_int_equal(predicted_run(&e, paths, 2, true, &gold, NULL, NULL, NULL), 0);
    assert_true(e.system[0].label[2] == 1 && e.system[0].label[1] == 0);
    evaluation_release(&e);
    remove_temp(one);
    remove_temp(two);
}

static void new_labels(void **state)
{
    struct evaluation e;

    (void)state;
    assert_int_equal(judge(SPAN("fa\0vor\nnone\n__label__\xC3\xA9t\xC3\xA9 1\n"), &gold, &e, NULL),
                     0);
    assert_int_equal(e.n_labels, 5); /* a NUL is a byte like another */
    assert_true(span_eq(e.label[e.system[0].label[2]], SPAN("fa\0vor")));
    assert_true(span_eq(e.label[e.system[0].label[1]], SPAN("\xC3\xA9t\xC3\xA9")));
    evaluation_release(&e);
}

static void expect_refused(struct span bytes, const struct corpus *c, uint64_t line,
                           const char *message)
{
    struct evaluation e;
    struct stance_err err = {0};

    assert_int_equal(judge(bytes, c, &e, &err), -1);
    if (strstr(err.message, message) == NULL)
        fail_msg("%.*s\nsays: %s", (int)bytes.len, bytes.p, err.message);
    assert_int_equal(err.code, STANCE_DATA);
    assert_int_equal(err.line, line);
    evaluation_release(&e);
}

static void refused(void **state)
{
    (void)state;
    expect_refused(SPAN(""), &gold, 0, "as many lines as gold labels, 3; found 0");
    expect_refused(SPAN("favor\nnone\n"), &gold, 0, "as many lines as gold labels, 3; found 2");
    expect_refused(SPAN("favor\nnone\nfavor\nfavor\n"), &gold, 0,
                   "as many lines as gold labels, 3; found 4");
    expect_refused(SPAN("favor\n\nnone\nfavor\n"), &gold, 2, "found an empty line");
    expect_refused(SPAN("favor\nnone\nfavor\n\n"), &gold, 4, "found an empty line");
    expect_refused(SPAN("__label__\nnone\nfavor\n"), &gold, 1, "found an empty line");
    expect_refused(SPAN("favor\nnone 1.1\nfavor\n"), &gold, 2, "probability from 0 to 1");
    expect_refused(SPAN("favor\nnone -0.1\nfavor\n"), &gold, 2, "probability from 0 to 1");
    expect_refused(SPAN("favor\nnone 0,5\nfavor\n"), &gold, 2, "found '0,5'");
    expect_refused(SPAN("very much\nnone\nfavor\n"), &gold, 1, "found 'much'");
    expect_refused(SPAN("favor\nno\xFFne\nfavor\n"), &gold, 2,
                   "byte 0xFF is not UTF-8, expected --encoding");
}

static void several_targets(void **state)
{
    struct corpus c = {0};

    (void)state;
    add_comment(&c, "a", NULL, NULL, "un", "ban", "favor");
    corpus_label(&c, 0, SPAN("spying"), SPAN("none"));
    assert_int_equal(corpus_seal(&c, NULL), 0);
    expect_refused(SPAN("favor\nnone\n"), &c, 0, "comment 'a' has labels for several targets");
    corpus_release(&c);
}

/* A sealed corpus has its files by name, not in the order they were given. */
static void several_files(void **state)
{
    const struct comment k = {.id = SPAN("a"), .text = SPAN("un"), .line = 1};
    const struct comment l = {.id = SPAN("b"), .text = SPAN("deux"), .line = 1};
    struct corpus c = {0};

    (void)state;
    corpus_label(&c, corpus_add(&c, &k, SPAN("second")), SPAN("ban"), SPAN("favor"));
    corpus_label(&c, corpus_add(&c, &l, SPAN("first")), SPAN("ban"), SPAN("none"));
    assert_int_equal(corpus_seal(&c, NULL), 0);
    expect_refused(SPAN("favor\nnone\n"), &c, 0, "in one file, found 2");
    corpus_release(&c);
}

static void no_file(void **state)
{
    const char *const paths[] = {"/nowhere/at all"};
    struct stance_err err = {0};
    struct evaluation e;

    (void)state;
    assert_int_equal(predicted_run(&e, paths, 1, true, &gold, NULL, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    evaluation_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),         cmocka_unit_test(packed),
        cmocka_unit_test(two_files),     cmocka_unit_test(new_labels),
        cmocka_unit_test(refused),       cmocka_unit_test(several_targets),
        cmocka_unit_test(several_files), cmocka_unit_test(no_file),
        cmocka_unit_test(encoded),
    };
    return cmocka_run_group_tests_name("predlines", tests, make_gold, drop_gold);
}
