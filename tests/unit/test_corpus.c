/* SPDX-License-Identifier: MIT */
/* corpus: one order whatever the order of rows, and what cannot be in a corpus. */
#include "helpers.h"

#include <stdlib.h>

/* One row of a file: what corpus_add() and corpus_label() get. */
struct row {
    const char *file;
    uint64_t line;
    const char *id, *thread, *parent, *text, *target, *label;
};

static struct span maybe(const char *s)
{
    return s != NULL ? span_of(s) : (struct span){NULL, 0};
}

static int seal(struct corpus *c, const struct row *row, size_t n, bool backwards,
                struct stance_err *err)
{
    *c = (struct corpus){0};
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &row[backwards ? n - 1 - i : i];
        struct comment k = {.id = span_of(r->id),
                            .thread = maybe(r->thread),
                            .parent = maybe(r->parent),
                            .text = span_of(r->text),
                            .line = r->line};
        size_t at = corpus_add(c, &k, span_of(r->file));
        if (r->label != NULL)
            corpus_label(c, at, span_of(r->target), span_of(r->label));
    }
    return corpus_seal(c, err);
}

#define COUNT(rows) (sizeof rows / sizeof *rows)

/* The same refusal whichever row comes first. */
static void refused(const struct row *row, size_t n, const char *file, uint64_t line,
                    const char *message)
{
    for (int backwards = 0; backwards < 2; backwards++) {
        struct stance_err err = {0};
        struct corpus c;
        assert_int_equal(seal(&c, row, n, backwards, &err), -1);
        assert_int_equal(err.code, STANCE_DATA);
        assert_string_equal(err.message, message);
        assert_string_equal(err.file, file);
        assert_int_equal(err.line, line);
        corpus_release(&c);
    }
}

static void sorted(void **state)
{
    static const struct row row[] = {
        {"f", 1, "b", "t2", NULL, "deux", "spying", "none"},
        {"f", 2, "a", "t1", NULL, "un", "ban", "favor"},
        {"f", 3, "a b", NULL, "a", "trois", "ban", "against"},
        {"f", 4, "B", NULL, "away", "quatre", NULL, NULL},
    };

    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        struct corpus c;
        assert_int_equal(seal(&c, row, COUNT(row), backwards, NULL), 0);
        assert_int_equal(c.n_comments, 4);
        assert_string_equal(c.comment[0].id.p, "B");
        assert_string_equal(c.comment[1].id.p, "a");
        assert_string_equal(c.comment[2].id.p, "a b");
        assert_string_equal(c.comment[3].text.p, "deux");
        assert_int_equal(c.n_targets, 2);
        assert_string_equal(c.target[1].p, "spying");
        assert_string_equal(c.label[0].p, "against");
        assert_string_equal(c.label[2].p, "none");
        assert_int_equal(c.n_marks, 3);
        assert_int_equal(c.mark[0].comment, 1);
        assert_int_equal(c.mark[0].label, 1);
        assert_int_equal(c.n_orphans, 1);
        assert_int_equal(corpus_find(&c, SPAN("a b")), 2);
        assert_true(corpus_find(&c, SPAN("c")) == SIZE_MAX);
        assert_true(corpus_find(&c, SPAN("")) == SIZE_MAX);
        assert_null(comment_field(&c.comment[0], SPAN("thread")).p);
        assert_string_equal(comment_field(&c.comment[1], SPAN("thread")).p, "t1");
        assert_string_equal(comment_field(&c.comment[1], SPAN("id")).p, "a");
        assert_string_equal(comment_field(&c.comment[0], SPAN("parent")).p, "away");
        assert_null(comment_field(&c.comment[1], SPAN("site")).p);
        corpus_release(&c);
    }
}

/* Flat files have a row per target: they are one comment. Rows that say nothing of a
 * target may stand among them. */
static void flat_rows_merge(void **state)
{
    static const struct row row[] = {
        {"f", 1, "1", NULL, NULL, "un", "ban", "favor"},
        {"f", 2, "1", NULL, NULL, "un", NULL, NULL},
        {"f", 3, "1", NULL, NULL, "un", "spying", "none"},
        {"g", 1, "2", NULL, NULL, "deux", "ban", "none"},
        {"f", 4, "2", NULL, NULL, "deux", "spying", "favor"},
    };

    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        struct stance_err err = {0};
        struct corpus c;
        if (seal(&c, row, COUNT(row), backwards, &err) < 0)
            fail_msg("%s", err.message);
        assert_int_equal(c.n_comments, 2);
        assert_int_equal(c.n_marks, 4);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(c.mark[i].comment, i / 2);
            assert_int_equal(c.mark[i].target, i % 2);
        }
        assert_int_equal(c.comment[0].line, 1);
        assert_int_equal(c.comment[1].line, 4); /* f comes before g */
        corpus_release(&c);
    }
}

/* What one row of a comment lacks another may say: no matter which comes first. */
static void rows_complete_each_other(void **state)
{
    static const char *const site[] = {"b", "a", "c"};

    (void)state;
    for (size_t first = 0; first < 3; first++) {
        struct stance_err err = {0};
        struct corpus c = {0};
        for (size_t i = 0; i < 3; i++) {
            size_t k = (first + i) % 3; /* row k says one thing that the others do not */
            add_comment(&c, "1", k == 0 ? "t" : NULL, k == 1 ? "u" : NULL, "un",
                        k == 0 ? "ban" : NULL, "favor");
            corpus_extra(&c, i, SPAN("site"), span_of(site[k]));
            if (k == 2)
                corpus_extra(&c, i, SPAN("rubric"), SPAN("r"));
        }
        if (corpus_seal(&c, &err) < 0)
            fail_msg("%s", err.message);
        assert_int_equal(c.n_comments, 1);
        assert_string_equal(c.comment[0].thread.p, "t");
        assert_string_equal(c.comment[0].author.p, "u");
        assert_string_equal(comment_field(&c.comment[0], SPAN("site")).p, "a");
        assert_string_equal(comment_field(&c.comment[0], SPAN("rubric")).p, "r");
        corpus_release(&c);
    }
}

/* Two rows of one comment with two dates: the smaller, whichever comes first. */
static void dates_of_rows(void **state)
{
    static const char *const date[] = {"2024-05-17", "2024-05-16", NULL};

    (void)state;
    for (size_t first = 0; first < 3; first++) {
        struct corpus c = {0};
        for (size_t i = 0; i < 3; i++) {
            const char *d = date[(first + i) % 3];
            struct comment k = {.id = SPAN("1"), .text = SPAN("un"), .line = i + 1};
            if (d != NULL)
                k.date = span_of(d);
            corpus_label(&c, corpus_add(&c, &k, SPAN("f")),
                         span_of(i == 0   ? "a"
                                 : i == 1 ? "b"
                                          : "c"),
                         SPAN("favor"));
        }
        assert_int_equal(corpus_seal(&c, NULL), 0);
        assert_string_equal(comment_field(&c.comment[0], SPAN("date")).p, "2024-05-16");
        corpus_release(&c);
    }
}

/* date; its year, month and day, NULL where there is none to be had */
static const char *const dates[][4] = {
    {"2024-05-16T12:30:00+02:00", "2024", "2024-05", "2024-05-16"},
    {"2024-05-16 12:30", "2024", "2024-05", "2024-05-16"},
    {"2024-12-31", "2024", "2024-12", "2024-12-31"},
    {"2024-05-16Z", "2024", "2024-05", "2024-05-16"},
    {"2024-05", "2024", "2024-05", NULL},
    {"2024", "2024", NULL, NULL},
    {"2024-13-01", "2024", NULL, NULL},
    {"2024-00-01", "2024", NULL, NULL},
    {"2024-05-32", "2024", "2024-05", NULL},
    {"2024-05-00", "2024", "2024-05", NULL},
    {"2024-05-160", "2024", "2024-05", NULL},
    {"2024-5-6", "2024", NULL, NULL},
    {"2024-05T12", "2024", NULL, NULL},
    {"2024-W20-4", "2024", NULL, NULL},
    {"2024-137", "2024", NULL, NULL},
    {"2024/05/16", NULL, NULL, NULL},
    {"20240516", NULL, NULL, NULL},
    {"1715855400", NULL, NULL, NULL},
    {"16/05/2024", NULL, NULL, NULL},
    {"Thu May 16 12:30:00 2024", NULL, NULL, NULL},
    {"12024-05-16", NULL, NULL, NULL},
    {"-2024-05-16", NULL, NULL, NULL},
    {"202", NULL, NULL, NULL},
    {"", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL},
};

static void parts_of_dates(void **state)
{
    static const char *const field[] = {"date", "date:year", "date:month", "date:day"};

    (void)state;
    for (size_t i = 0; i < COUNT(dates); i++) {
        char *copy = dates[i][0] != NULL ? exact(span_of(dates[i][0])) : NULL;
        struct comment c = {.date = {copy, copy != NULL ? strlen(dates[i][0]) : 0}};
        for (size_t k = 0; k < 4; k++) {
            struct span got = comment_field(&c, span_of(field[k]));
            if ((got.p == NULL) != (dates[i][k] == NULL) ||
                (got.p != NULL && !span_eq(got, span_of(dates[i][k]))))
                fail_msg("%s of %s", field[k], dates[i][0]);
        }
        assert_null(comment_field(&c, SPAN("date:hour")).p);
        assert_null(comment_field(&c, SPAN("parent")).p);
        free(copy);
    }
}

/* The week is known once the corpus is sealed; date, week. What else a date may be is in
 * test_audit.c. */
static void weeks(void **state)
{
    static const char *const cases[][2] = {
        {"2024-05-16T12:30", "2024-W20"},
        {"2021-01-03", "2020-W53"},
        {"2019-12-30", "2020-W01"},
        {"2024-05-160", NULL},
        {"2024-05", NULL},
        {NULL, NULL},
    };
    struct stance_err err = {0};
    struct corpus c = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char id[] = {(char)('a' + (int)i), '\0'};
        struct comment k = {.id = span_of(id), .text = SPAN("oui")};
        if (cases[i][0] != NULL)
            k.date = span_of(cases[i][0]);
        corpus_add(&c, &k, SPAN("f"));
    }
    assert_int_equal(corpus_seal(&c, &err), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct span week = comment_field(&c.comment[i], SPAN("date:week"));
        assert_int_equal(week.p != NULL, cases[i][1] != NULL);
        if (week.p != NULL)
            assert_true(span_eq(week, span_of(cases[i][1])));
    }
    corpus_release(&c);
}

static void duplicates(void **state)
{
    static const struct row thread[] = {{"f", 3, "1", "a", NULL, "un", "ban", "favor"},
                                        {"g", 1, "1", "b", NULL, "un", "spying", "favor"}};
    static const struct row parent[] = {{"f", 3, "1", NULL, "a", "un", "ban", "favor"},
                                        {"g", 1, "1", NULL, "b", "un", "spying", "favor"}};
    static const struct row text[] = {{"f", 3, "1", NULL, NULL, "un", "ban", "favor"},
                                      {"g", 1, "1", NULL, NULL, "autre", "spying", "favor"}};
    static const struct row twice[] = {{"f", 3, "1", NULL, NULL, "un", "ban", "favor"},
                                       {"f", 9, "1", NULL, NULL, "un", "ban", "favor"}};
    static const struct row conflict[] = {{"f", 3, "1", NULL, NULL, "un", "ban", "favor"},
                                          {"f", 9, "1", NULL, NULL, "un", "ban", "against"}};
    static const struct row unlabelled[] = {{"f", 3, "1", NULL, NULL, "un", NULL, NULL},
                                            {"f", 9, "1", NULL, NULL, "un", NULL, NULL}};

    (void)state;
    refused(text, 2, "g", 1, "another text for id '1', already at f:3");
    refused(thread, 2, "g", 1, "another thread for id '1', already at f:3");
    refused(parent, 2, "g", 1, "another parent for id '1', already at f:3");
    refused(twice, 2, "f", 3, "duplicate id '1': target 'ban' is labelled twice");
    refused(conflict, 2, "f", 3,
            "conflicting labels for id '1', target 'ban': 'against' and 'favor'");
    refused(unlabelled, 2, "f", 9, "duplicate id '1', already at f:3");
}

static void cycles(void **state)
{
    static const struct row self[] = {{"f", 5, "1", NULL, "1", "un", NULL, NULL}};
    static const struct row three[] = {{"f", 1, "a", NULL, "c", "un", NULL, NULL},
                                       {"f", 2, "b", NULL, "a", "deux", NULL, NULL},
                                       {"f", 3, "c", NULL, "b", "trois", NULL, NULL}};
    static const struct row led_to[] = {{"f", 1, "a", NULL, "b", "un", NULL, NULL},
                                        {"f", 2, "b", NULL, "c", "deux", NULL, NULL},
                                        {"f", 3, "c", NULL, "b", "trois", NULL, NULL}};
    static const struct row chain[] = {{"f", 1, "a", NULL, "b", "un", NULL, NULL},
                                       {"f", 2, "b", NULL, "c", "deux", NULL, NULL},
                                       {"f", 3, "c", NULL, "d", "trois", NULL, NULL},
                                       {"f", 4, "d", NULL, NULL, "quatre", NULL, NULL}};
    struct corpus c;

    (void)state;
    refused(self, 1, "f", 5, "the parents of '1' lead back to itself");
    refused(three, 3, "f", 1, "the parents of 'a' lead back to itself");
    refused(led_to, 3, "f", 2, "the parents of 'b' lead back to itself");
    assert_int_equal(seal(&c, chain, 4, false, NULL), 0);
    assert_int_equal(c.n_orphans, 0);
    corpus_release(&c);
}

static void empty(void **state)
{
    struct corpus c = {0};

    (void)state;
    corpus_release(&c);
    corpus_release(NULL);
    assert_int_equal(corpus_seal(&c, NULL), 0);
    assert_int_equal(c.n_targets, 0);
    assert_true(corpus_find(&c, SPAN("a")) == SIZE_MAX);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted),
        cmocka_unit_test(flat_rows_merge),
        cmocka_unit_test(rows_complete_each_other),
        cmocka_unit_test(dates_of_rows),
        cmocka_unit_test(parts_of_dates),
        cmocka_unit_test(weeks),
        cmocka_unit_test(duplicates),
        cmocka_unit_test(cycles),
        cmocka_unit_test(empty),
    };
    return cmocka_run_group_tests_name("corpus", tests, NULL, NULL);
}
