/* SPDX-License-Identifier: MIT */
/* report: figures by hand, in 80 columns for people and whole for programs. */
#include "helpers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "report/layout.h"
#include "report/report.h"

/* ban: 3 favor (2 right, 1 as against), 1 against (right); spying: 1 none (as favor). */
static void fill(struct evaluation *e, struct corpus *gold)
{
    const struct span maybe = SPAN("maybe");

    *gold = (struct corpus){0};
    add_comment(gold, "1", "t", NULL, "un", "ban", "favor");
    add_comment(gold, "2", "t", NULL, "deux", "ban", "against");
    add_comment(gold, "3", "u", NULL, "trois", "spying", "none");
    assert_int_equal(corpus_seal(gold, NULL), 0);
    assert_int_equal(
        evaluation_open(e, EVALUATION_HOLDOUT, gold, &maybe, 1, (struct span){NULL, 0}, NULL), 0);
    /* labels: against favor maybe none */
    evaluation_add(e, EVALUATION_MODEL, 0, 1, 1);
    evaluation_add(e, EVALUATION_MODEL, 0, 1, 1);
    evaluation_add(e, EVALUATION_MODEL, 0, 1, 0);
    evaluation_add(e, EVALUATION_MODEL, 0, 0, 0);
    evaluation_add(e, EVALUATION_MODEL, 1, 3, 1);
    e->baselines_from = "nothing";
}

static void majorities(void **state)
{
    /* ban: against and favor alike, the first counts; spying: nothing, so that of all */
    const uint64_t seen[] = {2, 2, 0, 1, 0, 0, 0, 0};
    struct corpus gold;
    struct evaluation e;
    struct majorities m;

    (void)state;
    fill(&e, &gold);
    m = majorities_of(&e, seen);
    assert_int_equal(m.all, 0);
    assert_int_equal(m.of_target[0], 0);
    assert_int_equal(m.of_target[1], 0);
    majorities_release(&m);
    evaluation_release(&e);
    corpus_release(&gold);
}

static void near(const json_t *object, const char *key, double expected)
{
    double got = json_number_value(json_object_get(object, key));
    if (fabs(got - expected) > 1e-12)
        fail_msg("%s is %.17g, expected %.17g", key, got, expected);
}

static void as_json(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct buf out = {0};
    json_t *root, *pooled, *model, *labels;

    (void)state;
    fill(&e, &gold);
    evaluation_note(&e, "said \"so\"");
    report_json(&e, &out);
    root = json_loadb(out.p, out.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "groups")), 2);
    assert_string_equal(json_string_value(json_object_get(root, "grouped_by")), "thread");
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "notes"), 0)),
                        "said \"so\"");
    assert_int_equal(json_array_size(json_object_get(root, "per_target")), 2);
    pooled = json_object_get(json_object_get(root, "pooled"), "systems");
    assert_int_equal(json_object_size(pooled), 4);
    assert_true(json_is_null(json_object_get(pooled, "target_blind")));
    model = json_object_get(pooled, "model");
    near(model, "n", 5);
    near(model, "accuracy", 3.0 / 5);
    /* on summed counts: against 2/3, favor 4/6, none 0; `maybe` is nowhere */
    near(model, "macro_f1", (2.0 / 3 + 2.0 / 3 + 0) / 3);
    near(model, "f_avg", 2.0 / 3);
    labels = json_object_get(model, "labels");
    near(json_object_get(labels, "favor"), "precision", 2.0 / 3);
    near(json_object_get(labels, "favor"), "recall", 2.0 / 3);
    near(json_object_get(labels, "none"), "recall", 0);
    near(json_object_get(labels, "none"), "f1", 0);
    assert_true(json_is_null(json_object_get(json_object_get(labels, "none"), "precision")));
    assert_true(json_is_null(json_object_get(json_object_get(labels, "maybe"), "f1")));
    assert_int_equal(json_integer_value(
                         json_array_get(json_array_get(json_object_get(model, "confusion"), 1), 0)),
                     1);
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
    struct buf out = {0};

    (void)state;
    fill(&e, &gold);
    evaluation_note(&e, "a note that is long enough to need a second line, which is indented as "
                        "far as the first, so that the eye finds the next one");
    report_text(&e, &out);
    buf_str(&out);
    fits(out.p);
    assert_non_null(strstr(out.p, "3 comments, 3 gold labels, 2 groups by thread\n"));
    assert_non_null(strstr(out.p, "  model                       0.600      0.444      0.667\n"));
    assert_non_null(
        strstr(out.p, "  none                        1          0          –      0.000"));
    assert_non_null(strstr(out.p, "undefined, counted as 0 in means"));
    assert_non_null(strstr(out.p, "\nspying: 1 gold label\n"));
    buf_release(&out);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* Above twelve targets one line each, and names that are whole sentences are cut. */
static void many_targets(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct buf out = {0};
    char id[16], target[128];
    const char *from, *line;

    (void)state;
    for (int i = 0; i < 13; i++) {
        snprintf(id, sizeof id, "%d", i);
        snprintf(target, sizeof target,
                 "Faut-il, à votre avis, que la Confédération décide du numéro %d ?", i);
        add_comment(&gold, id, NULL, NULL, "oui", target, i % 2 != 0 ? "oui" : "non");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(
        evaluation_open(&e, EVALUATION_CROSSVAL, &gold, NULL, 0, (struct span){NULL, 0}, NULL), 0);
    for (uint32_t t = 0; t < 13; t++) {
        evaluation_add(&e, EVALUATION_MODEL, t, 0, 0);
        evaluation_add(&e, EVALUATION_MAJORITY_PER_TARGET, t, 0, 0);
    }
    e.baselines_from = "nothing";
    report_text(&e, &out);
    fits(buf_str(&out));
    from = strstr(out.p, "\nper target ");
    assert_non_null(from);
    line = strstr(from, "Faut-il, à votre avis, que la Confédé…      1      1.000");
    assert_non_null(line);
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
