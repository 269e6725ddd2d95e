/* SPDX-License-Identifier: MIT */
/* report: figures by hand, in 80 columns for people and whole for programs. */
#include "evals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "eval/baselines.h"
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
    assert_non_null(
        strstr(out.p, "  model                 0.167              0.250              0.333\n"));
    assert_non_null(strstr(out.p, "  none                    1          0          –      0.000"));
    assert_non_null(strstr(out.p, "undefined, counted as 0 in means"));
    assert_non_null(strstr(out.p, "\nspying: 1 gold label in 1 group\n"));
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* Above twelve targets one line each, and names that are whole sentences are cut. */
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
    assert_non_null(strstr(from, "Faut-il, à votre avis…       1       1"));
    assert_null(strstr(out.p, "F_avg"));
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(majorities),
        cmocka_unit_test(as_json),
        cmocka_unit_test(as_text),
        cmocka_unit_test(many_targets),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
