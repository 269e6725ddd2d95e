/* SPDX-License-Identifier: MIT */
/* evaluation, grouping, views: rows, columns, and the parts they are looked at by. */
#include "evals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct span any = {NULL, 0};

static void expect_names(const struct span *name, uint32_t n, const char *expected)
{
    struct buf list = {0};

    for (uint32_t i = 0; i < n; i++) {
        buf_add_str(&list, i != 0 ? " " : "");
        buf_add_span(&list, name[i]);
    }
    assert_string_equal(buf_str(&list), expected);
    buf_release(&list);
}

static void open_on(struct evaluation *e, const struct corpus *gold,
                    const struct evaluation_options *options)
{
    struct stance_err err = {0};

    if (evaluation_open(e, EVALUATION_PREDICTIONS, gold, NULL, 0, options, &err) < 0)
        fail_msg("%s", err.message);
}

/* Labels of the gold and others together, each once; rows by comment and target. */
static void rows(void **state)
{
    const struct span label[] = {SPAN("unsure"), SPAN("favor"), SPAN("about"), SPAN("unsure")};
    struct corpus gold = {0};
    struct evaluation e;
    uint32_t *place;

    (void)state;
    add_comment(&gold, "b", NULL, NULL, "deux", "spying", "none");
    add_comment(&gold, "a", NULL, NULL, "un", "spying", "favor");
    corpus_label(&gold, 1, SPAN("ban"), SPAN("against"));
    add_comment(&gold, "0", NULL, NULL, "sans", NULL, NULL);
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, label, 4, NULL, NULL), 0);
    expect_names(e.label, e.n_labels, "about against favor none unsure");
    expect_names(e.target, e.n_targets, "ban spying");
    expect_names(e.id, e.n_comments, "a b"); /* what has no label is no comment here */
    assert_int_equal(e.n_rows, 3);
    assert_true(e.row[0].comment == 0 && e.row[0].target == 0 && e.row[0].gold == 1);
    assert_true(e.row[1].comment == 0 && e.row[1].target == 1 && e.row[1].gold == 2);
    assert_true(e.row[2].comment == 1 && e.row[2].target == 1 && e.row[2].gold == 3);
    assert_int_equal(evaluation_label(&e, SPAN("unsure")), 4);
    assert_int_equal(evaluation_label(&e, SPAN("unsur")), EVALUATION_NONE);
    place = evaluation_labels(&e, label, 3);
    assert_true(place[0] == 4 && place[1] == 2 && place[2] == 0);
    free(place);
    corpus_release(&gold);
    expect_names(e.id, e.n_comments, "a b"); /* names are its own */
    assert_null(e.text[0].p);
    evaluation_release(&e);
    evaluation_release(NULL);
}

static void columns(void **state)
{
    const double p[] = {0.25, 0.75};
    struct corpus gold = {0};
    struct evaluation e;
    size_t bare, full;

    (void)state;
    add_comment(&gold, "a", NULL, NULL, "un", "ban", "favor");
    add_comment(&gold, "b", NULL, NULL, "deux", "ban", "against");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    open_on(&e, &gold, NULL);
    bare = evaluation_add(&e, EVALUATION_JUDGED, SPAN("one"), "what it is", false);
    full = evaluation_add(&e, EVALUATION_BASELINE, SPAN("two"), "", true);
    assert_null(e.system[bare].probs);
    for (size_t r = 0; r < 2; r++) {
        assert_int_equal(e.system[bare].label[r], EVALUATION_NONE);
        assert_true(isnan(e.system[bare].p[r]) && isnan(e.system[full].probs[2 * r]));
    }
    evaluation_set(&e, bare, 1, 1, p);
    evaluation_set(&e, full, 1, 0, p);
    evaluation_set(&e, full, 0, 1, NULL);
    evaluation_set(&e, EVALUATION_NO_SYSTEM, 0, 0, p);
    assert_true(e.system[bare].label[1] == 1 && e.system[bare].p[1] == 0.75);
    assert_true(e.system[full].label[1] == 0 && e.system[full].p[1] == 0.25);
    assert_true(e.system[full].probs[2] == 0.25 && e.system[full].probs[3] == 0.75);
    assert_true(e.system[full].label[0] == 1 && isnan(e.system[full].p[0]));
    assert_int_equal(find_system(&e, "two"), full);
    evaluation_drop(&e);
    assert_int_equal(e.n_systems, 1);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* Six rows about one target, gold all "no"; what was given, and how sure. */
static void worst(void **state)
{
    static const struct {
        const char *id;
        uint32_t label; /* no, yes */
        double p;
    } given[] = {{"a", 1, 0.7}, {"b", 0, 0.99}, {"c", 1, 0.9},
                 {"d", 1, NAN}, {"e", 1, 0.7},  {"f", EVALUATION_NONE, 1}};
    static const uint8_t use[] = {0, 1, 1, 1, 1, 1};
    const struct span yes = SPAN("yes");
    struct corpus gold = {0};
    struct evaluation e;
    uint32_t *row;
    size_t n;

    (void)state;
    for (size_t i = 0; i < 6; i++)
        add_comment(&gold, given[i].id, NULL, NULL, "oui", "ban", "no");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &gold, &yes, 1, NULL, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("one"), "", false);
    for (size_t r = 0; r < 6; r++) {
        e.system[0].label[r] = given[r].label;
        e.system[0].p[r] = given[r].p;
    }
    /* c at .9, then a and e in their order; right, unsure of p and silent rows are none */
    row = evaluation_worst(&e, NULL, 10, &n);
    assert_int_equal(n, 3);
    assert_true(row[0] == 2 && row[1] == 0 && row[2] == 4);
    free(row);
    row = evaluation_worst(&e, use, 10, &n);
    assert_int_equal(n, 2);
    assert_true(row[0] == 2 && row[1] == 4);
    free(row);
    row = evaluation_worst(&e, NULL, 1, &n);
    assert_true(n == 1 && row[0] == 2);
    free(row);
    row = evaluation_worst(&e, NULL, 0, &n);
    assert_int_equal(n, 0);
    free(row);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* What is resampled as one, where nothing is asked for: the first that all labelled comments
 * have. Comments without a label do not count. That threads are cut for the sake of one comment
 * is said. */
static void usual_groups(void **state)
{
    static const struct {
        const char *thread[3], *author[3], *field;
        uint32_t group[3];
        bool cut;
    } table[] = {
        {{"t", "t", "u"}, {"x", "y", "x"}, "thread", {0, 0, 1}, false},
        {{"t", NULL, "u"}, {"x", "y", "x"}, "author", {0, 1, 0}, true},
        {{"t", NULL, "u"}, {"x", NULL, "x"}, "id", {0, 1, 2}, true},
        {{NULL, NULL, NULL}, {NULL, NULL, NULL}, "id", {0, 1, 2}, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct corpus gold = {0};
        struct evaluation e;
        for (int k = 0; k < 3; k++)
            add_comment(&gold, (const char *[]){"a", "b", "c"}[k], table[i].thread[k],
                        table[i].author[k], "oui", "ban", "favor");
        add_comment(&gold, "d", NULL, NULL, "sans", NULL, NULL);
        assert_int_equal(corpus_seal(&gold, NULL), 0);
        open_on(&e, &gold, NULL);
        assert_true(span_eq(e.grouped_by, span_of(table[i].field)));
        for (int k = 0; k < 3; k++)
            assert_int_equal(e.group[k], table[i].group[k]);
        assert_int_equal(e.cuts_threads, table[i].cut);
        assert_int_equal(has_note(&e, "no threads or authors are known"), i == 3);
        assert_int_equal(e.n_notes, table[i].cut || i == 3);
        assert_int_equal(has_note(&e, "1 of 3 comments have no thread"), table[i].cut);
        evaluation_release(&e);
        corpus_release(&gold);
    }
}

/* Groups asked for: a comment without the field is a group of its own, even where its id is the
 * name of another, and that is said. */
static void groups_asked_for(void **state)
{
    const struct evaluation_options by_city = {.group = SPAN("city")};
    const struct evaluation_options by_street = {.group = SPAN("street")};
    struct corpus gold = {0};
    struct stance_err err = {0};
    struct evaluation e;

    (void)state;
    add_comment(&gold, "a", "t", NULL, "un", "ban", "favor");
    add_comment(&gold, "b", "t", NULL, "deux", "ban", "favor");
    add_comment(&gold, "c", "t", NULL, "trois", "ban", "favor");
    add_comment(&gold, "d", "t", NULL, "quatre", NULL, NULL);
    corpus_extra(&gold, 0, SPAN("city"), SPAN("b"));
    corpus_extra(&gold, 2, SPAN("city"), SPAN("b"));
    corpus_extra(&gold, 3, SPAN("street"), SPAN("x"));
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    open_on(&e, &gold, &by_city);
    assert_int_equal(e.n_groups, 2);
    assert_true(e.group[0] == e.group[2] && e.group[0] != e.group[1]);
    assert_int_equal(e.n_notes, 1);
    assert_true(has_note(&e, "comments without city: 1, each resampled as a group of its own"));
    evaluation_release(&e);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &gold, NULL, 0, &by_street, &err),
                     -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "no comment has a field 'street' to group by"));
    evaluation_release(&e);
    corpus_release(&gold);
}

static void unlabelled(void **state)
{
    struct corpus gold = {0};
    struct stance_err err = {0};
    struct evaluation e;

    (void)state;
    add_comment(&gold, "a", NULL, NULL, "un", NULL, NULL);
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, NULL, 0, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* 45 values of a field: v00 to v04 once, the others twice; two comments have none. The 40 most
 * frequent stay, by their names, and the rest goes together. */
static void slices_of_many(void **state)
{
    const struct span by[] = {SPAN("city"), SPAN("street")};
    const struct evaluation_options options = {.by = by, .n_by = 1},
                                    bad = {.by = by + 1, .n_by = 1};
    struct corpus gold = {0};
    struct stance_err err = {0};
    struct evaluation e;
    const struct slices *s;
    char id[16], city[16];
    uint32_t n_other = 0, n_none = 0;

    (void)state;
    for (int i = 0; i < 87; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(city, sizeof city, "v%02d", i < 45 ? i : i - 40);
        add_comment(&gold, id, NULL, NULL, "oui", "ban", "favor");
        if (i < 85)
            corpus_extra(&gold, (size_t)i, SPAN("city"), span_of(city));
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    open_on(&e, &gold, &options);
    s = &e.slices[0];
    assert_int_equal(s->n_values, SLICES_MAX + 2);
    assert_true(span_eq(s->value[0], SPAN("v05")) && span_eq(s->value[39], SPAN("v44")));
    assert_true(span_eq(s->value[40], SPAN("(other)")) && span_eq(s->value[41], SPAN("(none)")));
    for (uint32_t i = 0; i < e.n_comments; i++) {
        n_other += s->of[i] == 40;
        n_none += s->of[i] == 41;
    }
    assert_true(n_other == 5 && n_none == 2);
    assert_true(s->of[5] == 0 && s->of[45] == 0 && s->of[84] == 39);
    evaluation_release(&e);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, NULL, 0, &bad, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "no comment has a field 'street' to slice by"));
    evaluation_release(&e);
    corpus_release(&gold);
}

/* ---- views ---- */

static void expect_views(const struct evaluation *e, const char *expected)
{
    size_t n;
    struct view *v = views_make(e, &n);
    struct buf list = {0};

    for (size_t i = 0; i < n; i++) {
        buf_addf(&list, "%.*s=%.*s", (int)v[i].field.len, v[i].field.p != NULL ? v[i].field.p : "",
                 (int)v[i].value.len, v[i].value.p != NULL ? v[i].value.p : "");
        if (v[i].target != EVALUATION_NONE)
            buf_addf(&list, " %.*s", (int)e->target[v[i].target].len, e->target[v[i].target].p);
        buf_addf(&list, " g%u:", v[i].n_groups);
        for (size_t r = 0; r < v[i].n_rows; r++)
            buf_addf(&list, " %u", v[i].row[r]);
        buf_add_char(&list, '\n');
        free(v[i].row);
    }
    free(v);
    assert_string_equal(buf_str(&list), expected);
    buf_release(&list);
}

/* Rows: 0 a ban, 1 a spying, 2 b ban, 3 c spying, 4 d ban; threads t t u u; cities: c none. */
static void views(void **state)
{
    const struct span by[] = {SPAN("city"), SPAN("thread")};
    const struct evaluation_options options = {.by = by, .n_by = 2};
    struct corpus gold = {0};
    struct evaluation e;

    (void)state;
    add_comment(&gold, "a", "t", NULL, "un", "ban", "favor");
    corpus_label(&gold, 0, SPAN("spying"), SPAN("favor"));
    add_comment(&gold, "b", "t", NULL, "deux", "ban", "favor");
    add_comment(&gold, "c", "u", NULL, "trois", "spying", "favor");
    add_comment(&gold, "d", "u", NULL, "quatre", "ban", "favor");
    corpus_extra(&gold, 0, SPAN("city"), SPAN("Nice"));
    corpus_extra(&gold, 1, SPAN("city"), SPAN("Brest"));
    corpus_extra(&gold, 3, SPAN("city"), SPAN("Nice"));
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    open_on(&e, &gold, &options);
    expect_views(&e, "= g2: 0 1 2 3 4\n"
                     "= ban g2: 0 2 4\n"
                     "= spying g2: 1 3\n"
                     "city=Brest g1: 2\n"
                     "city=Brest ban g1: 2\n"
                     "city=Nice g2: 0 1 4\n"
                     "city=Nice ban g2: 0 4\n"
                     "city=Nice spying g1: 1\n"
                     "city=(none) g1: 3\n"
                     "city=(none) spying g1: 3\n"
                     "thread=t g1: 0 1 2\n"
                     "thread=t ban g1: 0 2\n"
                     "thread=t spying g1: 1\n"
                     "thread=u g1: 3 4\n"
                     "thread=u ban g1: 4\n"
                     "thread=u spying g1: 3\n");
    evaluation_release(&e);
    corpus_release(&gold);
}

/* One target needs no views of its own. */
static void views_of_one_target(void **state)
{
    const struct span by[] = {SPAN("thread")};
    const struct evaluation_options options = {.by = by, .n_by = 1};
    struct corpus gold = {0};
    struct evaluation e;

    (void)state;
    add_comment(&gold, "a", "u", NULL, "un", "ban", "favor");
    add_comment(&gold, "b", "t", NULL, "deux", "ban", "favor");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    open_on(&e, &gold, &options);
    expect_views(&e, "= g2: 0 1\nthread=t g1: 1\nthread=u g1: 0\n");
    evaluation_release(&e);
    corpus_release(&gold);
}

static void texts(void **state)
{
    const struct evaluation_options shown = {.group = any, .show_text = true};
    struct corpus gold = {0};
    struct evaluation e;

    (void)state;
    add_comment(&gold, "a", NULL, NULL, "le texte", "ban", "favor");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    open_on(&e, &gold, NULL);
    assert_null(e.text[0].p);
    evaluation_release(&e);
    open_on(&e, &gold, &shown);
    corpus_release(&gold);
    assert_true(span_eq(e.text[0], SPAN("le texte")));
    evaluation_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows),           cmocka_unit_test(columns),
        cmocka_unit_test(worst),          cmocka_unit_test(usual_groups),
        cmocka_unit_test(unlabelled),     cmocka_unit_test(groups_asked_for),
        cmocka_unit_test(slices_of_many), cmocka_unit_test(views),
        cmocka_unit_test(texts),          cmocka_unit_test(views_of_one_target),
    };
    return cmocka_run_group_tests_name("evaluation", tests, NULL, NULL);
}
