/* SPDX-License-Identifier: MIT */
/* report: figures by hand, in 80 columns for people and whole for programs. */
#include "evals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "eval/baselines.h"
#include "eval/predicted.h"
#include "eval/reasons.h"
#include "eval/surface.h"
#include "report/layout.h"
#include "report/report.h"

/* ban: 1 favor (right, .9), 1 against (as favor, .6); spying: 1 none (as favor, .7); beside it
 * majorities that know nothing but ban's labels. Labels: against favor maybe none. */
static void fill(struct evaluation *e, struct corpus *gold)
{
    static const double probs[3][4] = {{0.1, 0.9, 0, 0}, {0.4, 0.6, 0, 0}, {0.2, 0.7, 0, 0.1}};
    /* ban: against and favor alike, the first counts; spying: nothing, so that of all */
    static const uint64_t seen[] = {2, 2, 0, 1, 0, 0, 0, 0};
    const struct span maybe = SPAN("maybe");
    struct majorities m;

    *gold = (struct corpus){0};
    add_comment(gold, "1", "t", NULL, "un", "ban", "favor");
    add_comment(gold, "2", "t", NULL, "deux", "ban", "against");
    add_comment(gold, "3", "u", NULL, "trois", "spying", "none");
    assert_int_equal(corpus_seal(gold, NULL), 0);
    assert_int_equal(evaluation_open(e, EVALUATION_HOLDOUT, gold, &maybe, 1, NULL, NULL), 0);
    evaluation_add(e, EVALUATION_JUDGED, SPAN("model"), "", true);
    for (size_t r = 0; r < 3; r++)
        evaluation_set(e, 0, r, 1, probs[r]);
    m = majorities_add(e, "nothing");
    majorities_set(e, &m, seen, NULL);
}

static void majorities(void **state)
{
    struct corpus gold;
    struct evaluation e;

    (void)state;
    fill(&e, &gold);
    for (size_t r = 0; r < 3; r++) {
        assert_int_equal(e.system[find_system(&e, "majority")].label[r], 0);
        assert_int_equal(e.system[find_system(&e, "majority per target")].label[r], 0);
    }
    evaluation_release(&e);
    corpus_release(&gold);
}

static void near(const json_t *object, const char *key, double expected)
{
    double got = json_number_value(json_object_get(object, key));
    if (fabs(got - expected) > 1e-12)
        fail_msg("%s is %.17g, expected %.17g", key, got, expected);
}

static json_t *parsed(const struct buf *out)
{
    json_t *root = json_loadb(out->p, out->len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

/* The figures of a system on a view. */
static json_t *system_of(json_t *root, size_t view, size_t system)
{
    json_t *v = json_array_get(json_object_get(root, "views"), view);
    json_t *s = json_array_get(json_object_get(v, "systems"), system);

    assert_non_null(s);
    return s;
}

static json_t *figure_of(json_t *system, const char *metric)
{
    json_t *f = json_object_get(json_object_get(system, "figures"), metric);
    assert_non_null(f);
    return f;
}

static void as_json(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct buf out;
    json_t *root, *model, *labels;

    (void)state;
    fill(&e, &gold);
    evaluation_note(&e, "said \"so\"");
    out = report_of(&e, report_json, 20, 1);
    root = parsed(&out);
    assert_string_equal(json_string_value(json_object_get(root, "method")), "model");
    assert_int_equal(json_integer_value(json_object_get(root, "comments")), 3);
    assert_int_equal(json_integer_value(json_object_get(root, "rows")), 3);
    assert_int_equal(json_integer_value(json_object_get(root, "groups")), 2);
    assert_int_equal(json_integer_value(json_object_get(root, "resamples")), 20);
    assert_string_equal(json_string_value(json_object_get(root, "grouped_by")), "thread");
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "notes"), 0)),
                        "said \"so\"");
    assert_int_equal(json_array_size(json_object_get(root, "views")), 3);
    model = system_of(root, 0, 0);
    assert_string_equal(json_string_value(json_object_get(model, "name")), "model");
    near(figure_of(model, "accuracy"), "value", 1.0 / 3);
    /* against 0 of 1 + 0, favor 2 of 1 + 3, none 0 of 1 + 0; `maybe` is nowhere */
    near(figure_of(model, "macro_f1"), "value", (0 + 2.0 / 4 + 0) / 3);
    near(figure_of(model, "f_avg"), "value", 1.0 / 4);
    near(figure_of(model, "log_loss"), "value", -(log(0.9) + log(0.4) + log(0.1)) / 3);
    /* .01 + .01, .36 + .36, .04 + .49 + .81 */
    near(figure_of(model, "brier"), "value", (0.02 + 0.72 + 1.34) / 3);
    /* |1 - .9|, |0 - .6|, |0 - .7| */
    near(figure_of(model, "ece"), "value", (0.1 + 0.6 + 0.7) / 3);
    assert_null(json_object_get(figure_of(model, "accuracy"), "lead"));
    labels = json_object_get(model, "labels");
    near(json_object_get(json_object_get(labels, "favor"), "precision"), "value", 1.0 / 3);
    near(json_object_get(json_object_get(labels, "favor"), "recall"), "value", 1);
    near(json_object_get(json_object_get(labels, "none"), "f1"), "value", 0);
    near(json_object_get(labels, "favor"), "predicted", 3);
    near(json_object_get(labels, "favor"), "gold", 1);
    assert_true(json_is_null(
        json_object_get(json_object_get(json_object_get(labels, "none"), "precision"), "value")));
    assert_true(json_is_null(
        json_object_get(json_object_get(json_object_get(labels, "maybe"), "f1"), "value")));
    assert_int_equal(json_integer_value(
                         json_array_get(json_array_get(json_object_get(model, "confusion"), 0), 1)),
                     1);
    /* the majority says `against` three times: right once, as the model is */
    near(figure_of(system_of(root, 0, 2), "accuracy"), "value", 1.0 / 3);
    near(figure_of(system_of(root, 0, 2), "accuracy"), "lead", 0);
    assert_true(json_is_null(json_object_get(figure_of(system_of(root, 0, 2), "brier"), "value")));
    json_decref(root);
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* Every key that report.h names, in its order, whatever was measured. */
static void json_keys(void **state)
{
    static const char *const key[] = {
        "method", "comments", "rows",           "groups", "grouped_by",    "resamples",
        "seed",   "level",    "targets",        "labels", "notes",         "folds",
        "humans", "views",    "learning_curve", "aurc",   "risk_coverage", "errors"};
    struct corpus gold;
    struct evaluation e;
    struct buf out;
    json_t *root;
    void *at;
    size_t n = 0;

    (void)state;
    fill(&e, &gold);
    out = report_of(&e, report_json, 0, 1);
    root = parsed(&out);
    for (at = json_object_iter(root); at != NULL; at = json_object_iter_next(root, at), n++)
        assert_true(n < sizeof key / sizeof *key && strcmp(json_object_iter_key(at), key[n]) == 0);
    assert_int_equal(n, sizeof key / sizeof *key);
    json_decref(root);
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

static void fits(const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        struct span line = {text, n};
        if (layout_width(line) > LAYOUT_WIDTH)
            fail_msg("too wide: %.*s", (int)n, text);
        if (n > 0 && text[n - 1] == ' ' && n > 1 && text[n - 2] == ' ')
            fail_msg("trailing blanks: %.*s|", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

static void as_text(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct buf out;

    (void)state;
    fill(&e, &gold);
    evaluation_note(&e, "a note that is long enough to need a second line, which is indented as "
                        "far as the first, so that the eye finds the next one");
    out = report_of(&e, report_text, 0, 1);
    fits(out.p);
    assert_non_null(strstr(out.p, "3 comments, 3 gold labels, 2 groups by thread\n"));
    assert_non_null(strstr(
        out.p,
        "  model                              0.167              0.250              0.333\n"));
    assert_non_null(strstr(out.p, "  none                    1          0          –      0.000"));
    assert_non_null(strstr(out.p, "undefined, counted as 0 in means"));
    assert_non_null(strstr(out.p, "\nspying: 1 gold label in 1 group\n"));
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* Names that are long, in a report of everything: 16 labels, slices, errors with their texts, a
 * curve, figures below zero and a log loss above ten. */
static const char long_name[] =
    "la Confédération devrait interdire aux mineurs les réseaux sociaux "
    "et-surveiller-toutes-les-plateformes-sans-aucune-exception-"
    "été-comme-hiver-même-celles-qui-ne-font-rien-de-mal";

static void fill_wide(struct evaluation *e, struct corpus *gold)
{
    const struct span by[] = {SPAN("une dimension par laquelle on coupe, très longue")};
    const struct evaluation_options options = {
        .group = by[0], .by = by, .n_by = 1, .n_errors = 3, .show_text = true};
    char id[256], label[256];

    *gold = (struct corpus){0};
    for (size_t i = 0; i < 48; i++) {
        snprintf(id, sizeof id, "%02zu %s", i, long_name);
        snprintf(label, sizeof label, "%02zu %s", i % 16, long_name);
        add_comment(gold, id, NULL, NULL, long_name, i % 3 != 0 ? long_name : "ban", label);
        if (i % 5 != 0)
            corpus_extra(gold, i, by[0], span_of(i % 2 != 0 ? long_name : "a"));
    }
    assert_int_equal(corpus_seal(gold, NULL), 0);
    assert_int_equal(evaluation_open(e, EVALUATION_CROSSVAL, gold, NULL, 0, &options, NULL), 0);
    e->n_folds = 30;
    e->fold = calloc(30, sizeof *e->fold);
    e->row_fold = calloc(e->n_rows, sizeof *e->row_fold);
    evaluation_add(e, EVALUATION_JUDGED, SPAN("model"), "", true);
    evaluation_note(e, "%s", long_name);
    surface_add(e, gold, NULL, SURFACE_FOLDS);
    evaluation_add(e, EVALUATION_LEARNING, SPAN("model"), "", false);
    e->system[2].share = 0.123456789;
    for (uint32_t r = 0; r < e->n_rows; r++) {
        double probs[16] = {0};
        uint32_t given = r % 4 != 0 ? (e->row[r].gold + 1) % 16 : e->row[r].gold;
        probs[given] = 1;
        evaluation_set(e, 0, r, given, probs);
        evaluation_set(e, 2, r, 0, NULL);
    }
    reasons_unknown(e);
    e->humans = (struct evaluation_humans){0.7123, 0.6, 0.8, 100000, 12};
}

static void wide(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct buf out;

    (void)state;
    fill_wide(&e, &gold);
    assert_int_equal(e.n_labels, 16);
    for (uint32_t n = 0; n <= 100; n += 100) {
        out = report_of(&e, report_text, n, 1);
        fits(out.p);
        assert_non_null(strstr(out.p, "learning curve"));
        assert_non_null(strstr(out.p, "confident and wrong"));
        assert_non_null(strstr(out.p, "      > la Conf"));
        buf_release(&out);
    }
    evaluation_release(&e);
    corpus_release(&gold);
}

/* One target of two labels, each row given the other: figures below zero with all their digits. */
static void below_zero(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct buf out;
    char id[16];

    (void)state;
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "%02d", i);
        add_comment(&gold, id, NULL, NULL, "oui", "ban", i % 2 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &gold, NULL, 0, NULL, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("predictions"), "", true);
    for (uint32_t r = 0; r < 40; r++) {
        double probs[2] = {0, 0};
        uint32_t given = 1 - e.row[r].gold;
        probs[given] = 1;
        evaluation_set(&e, 0, r, given, probs);
    }
    out = report_of(&e, report_text, 100, 1);
    fits(out.p);
    assert_non_null(strstr(out.p, "  MCC                  -1.000  -1.000 to -1.000\n"));
    /* -ln 2^-52 */
    assert_non_null(strstr(out.p, "  log loss             36.044  36.044–36.044\n"));
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* ---- tables ---- */

/* The n-th field of a line of TSV. */
static struct span field(const char *line, int n)
{
    for (; n > 0; n--)
        line += strcspn(line, "\t\n") + 1;
    return (struct span){line, strcspn(line, "\t\n")};
}

/* The line whose first columns are these. */
static const char *line_of(const char *table, const char *start)
{
    const char *at = strstr(table, start);

    if (at == NULL || (at != table && at[-1] != '\n'))
        fail_msg("no line '%s'", start);
    return at;
}

static void expect_number(struct span s, double expected)
{
    if (fabs(strtod(s.p, NULL) - expected) > 1e-12 || s.len == 0)
        fail_msg("%.*s, expected %.17g", (int)s.len, s.p, expected);
}

static void as_tsv(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct buf out;
    const char *line;
    size_t n_lines = 0;

    (void)state;
    fill(&e, &gold);
    out = report_of(&e, report_tsv, 20, 1);
    for (const char *at = out.p; *at != '\0'; at += strcspn(at, "\n") + 1) {
        int n_tabs = 0;
        for (const char *c = at; *c != '\n'; c++)
            n_tabs += *c == '\t';
        assert_int_equal(n_tabs, 11);
        n_lines++;
    }
    /* three views of the model, 10 metrics and 4 labels, and of majorities with leads too */
    assert_int_equal(n_lines, 1 + 3 * ((10 + 4 * 3) + 2 * (2 * 10 + 4 * 3)));
    line = line_of(out.p, "\t\t\tmodel\tjudged\tmacro_f1\t\t3\t2\t");
    expect_number(field(line, 9), (0 + 2.0 / 4 + 0) / 3);
    line = line_of(out.p, "\t\tban\tmodel\tjudged\trecall\tfavor\t2\t1\t");
    expect_number(field(line, 9), 1);
    assert_int_equal(field(line, 10).len, 0); /* one group: no interval */
    line = line_of(out.p, "\t\t\tmajority\tbaseline\tlead_macro_f1\t\t3\t2\t");
    /* the majority's F1 of against is 2 of 1 + 3 */
    expect_number(field(line, 9), 0);
    line = line_of(out.p, "\t\t\tmodel\tjudged\tprecision\tnone\t3\t2\t");
    assert_int_equal(field(line, 9).len, 0); /* undefined */
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

static void as_rows(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct buf out = {0};

    (void)state;
    fill(&e, &gold);
    e.system[0].p[1] = NAN;
    report_predictions(&e, &out);
    assert_string_equal(buf_str(&out),
                        "id\ttarget\tgold\tlabel\tp\tp_against\tp_favor\tp_maybe\tp_none\tfold\n"
                        "1\tban\tfavor\tfavor\t0.9\t0.1\t0.9\t0\t0\t\n"
                        "2\tban\tagainst\tfavor\t\t0.4\t0.6\t0\t0\t\n"
                        "3\tspying\tnone\tfavor\t0.7\t0.2\t0.7\t0\t0.1\t\n");
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* Rows as a file, read again as predictions: the same labels and probabilities, whatever is in
 * the names. */
static void rows_read_back(void **state)
{
    static const char *const id[] = {"a\tb", "back\\slash", "deux\nlignes", "la \"cité\"", "\\N"};
    struct corpus gold = {0};
    struct evaluation e, again;
    struct stance_err err = {0};
    struct buf out = {0};
    const char *path[1];
    char *file;

    (void)state;
    for (size_t i = 0; i < 5; i++)
        add_comment(&gold, id[i], NULL, NULL, "oui", "la\tcible", i % 2 != 0 ? "fa\tvor" : "non");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, NULL, 0, NULL, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("model"), "", true);
    for (uint32_t r = 0; r < 5; r++) {
        double probs[2] = {0, 0};
        probs[r % 2] = 0.5 + (double)r / 17;
        probs[1 - r % 2] = 1 - probs[r % 2];
        evaluation_set(&e, 0, r, r % 2, probs);
    }
    report_predictions(&e, &out);
    file = temp_file(buf_span(&out));
    path[0] = file;
    if (predicted_run(&again, path, 1, false, &gold, NULL, NULL, &err) < 0)
        fail_msg("%s\n%s", err.message, buf_str(&out));
    assert_int_equal(again.n_labels, 2);
    assert_memory_equal(e.system[0].label, again.system[0].label, 5 * sizeof(uint32_t));
    assert_memory_equal(e.system[0].p, again.system[0].p, 5 * sizeof(double));
    remove_temp(file);
    buf_release(&out);
    evaluation_release(&e);
    evaluation_release(&again);
    corpus_release(&gold);
}

/* Above twelve targets one line of figures each; names that are whole sentences stand above. */
static void many_targets(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct buf out;
    char id[16], target[128];
    const char *from;

    (void)state;
    for (int i = 0; i < 13; i++) {
        snprintf(id, sizeof id, "%d", i);
        snprintf(target, sizeof target,
                 "Faut-il, à votre avis, que la Confédération décide du numéro %d ?", i);
        add_comment(&gold, id, NULL, NULL, "oui", target, i % 2 != 0 ? "oui" : "non");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &gold, NULL, 0, NULL, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("predictions"), "", false);
    for (size_t r = 0; r < 13; r++)
        evaluation_set(&e, 0, r, 0, NULL);
    out = report_of(&e, report_text, 20, 1);
    fits(out.p);
    from = strstr(out.p, "\nper target ");
    assert_non_null(from);
    assert_non_null(strstr(from,
                           "\n  Faut-il, à votre avis, que la Confédération décide du numéro 3 ?\n"
                           "                               1       1"));
    assert_null(strstr(out.p, "F_avg"));
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(majorities),     cmocka_unit_test(as_json),   cmocka_unit_test(as_text),
        cmocka_unit_test(many_targets),   cmocka_unit_test(wide),      cmocka_unit_test(below_zero),
        cmocka_unit_test(as_tsv),         cmocka_unit_test(json_keys), cmocka_unit_test(as_rows),
        cmocka_unit_test(rows_read_back),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
