/* SPDX-License-Identifier: MIT */
/* holdout: a tiny model on gold that it partly knows. */
#include "evals.h"
#include "tiny.h"

#include <stdlib.h>

#include "eval/holdout.h"
#include "report/report.h"

static struct model *model;
static struct corpus trained_on;

static int make_model(void **state)
{
    (void)state;
    tiny_corpus(&trained_on);
    model = tiny_model(&trained_on);
    return 0;
}

static int drop_model(void **state)
{
    (void)state;
    model_free(model);
    corpus_release(&trained_on);
    return 0;
}

static void run(struct evaluation *e, const struct corpus *gold, unsigned n_jobs)
{
    struct stance_err err = {0};
    if (holdout_run(e, model, gold, NULL, n_jobs, NULL, &err) < 0)
        fail_msg("%s", err.message);
}

static void counts(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct confusion ban, spying;
    struct summary s;

    (void)state;
    add_comment(&gold, "g1", "x1", NULL, "c'est absurde", "ban", "against");
    add_comment(&gold, "g2", "x1", NULL, "c'est excellent", "ban", "favor");
    add_comment(&gold, "g3", "x2", NULL, "c'est excellent", "ban", "against");
    add_comment(&gold, "g4", "x2", NULL, "c'est bof", "spying", "none");
    add_comment(&gold, "g5", "x3", NULL, "c'est absurde", "spying", "unsure");
    add_comment(&gold, "g6", "x3", NULL, "sans étiquette", NULL, NULL);
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    run(&e, &gold, 1);
    assert_int_equal(e.n_comments, 5);
    assert_int_equal(e.n_rows, 5);
    assert_int_equal(e.n_groups, 3);
    assert_int_equal(e.n_labels, 4); /* against favor none unsure */
    ban = counts_of(&e, 0, 0);
    spying = counts_of(&e, 0, 1);
    assert_int_equal(ban.count[0 * 4 + 0], 1);
    assert_int_equal(ban.count[1 * 4 + 1], 1);
    assert_int_equal(ban.count[0 * 4 + 1], 1);
    /* labels that `spying` never had are rows of their own, and never columns */
    assert_int_equal(confusion_gold(&spying, 2), 1);
    assert_int_equal(confusion_gold(&spying, 3), 1);
    assert_int_equal(confusion_predicted(&spying, 2) + confusion_predicted(&spying, 3), 0);
    assert_true(has_note(
        &e, "gold labels that the model's target never had in training, always errors: 2 of 5"));
    assert_true(has_note(&e, "gold comments in the training corpus (same id and text): 0 of 5"));
    /* all have a probability, and the majorities none */
    summary_make(&s, &e, 0, 1, 1, NULL);
    assert_int_equal(s.view[0].cell[0].score.n_probs, 5);
    assert_int_equal(s.view[0].cell[find_system(&e, "majority")].score.n_probs, 0);
    summary_release(&s);
    confusion_release(&ban);
    confusion_release(&spying);
    evaluation_release(&e);
    corpus_release(&gold);
}

static void overlap(void **state)
{
    struct corpus gold = {0};
    struct comment known = trained_on.comment[7];
    struct evaluation e;

    (void)state;
    add_comment(&gold, known.id.p, NULL, NULL, known.text.p, "ban", "favor");
    add_comment(&gold, "other", NULL, NULL, known.text.p, "ban", "favor");
    add_comment(&gold, "new", known.thread.p, NULL, "tout à fait neuf", "ban", "favor");
    add_comment(&gold, "newer", "t999", NULL, "neuf aussi", "ban", "favor");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    run(&e, &gold, 1);
    assert_true(has_note(&e, "gold comments in the training corpus (same id and text): 1 of 4"));
    assert_true(
        has_note(&e, "further ones with the text of a training comment under another id: 1"));
    assert_true(has_note(&e, "further ones from a thread that the model was trained on: 1"));
    evaluation_release(&e);
    corpus_release(&gold);
}

static void jobs(void **state)
{
    struct evaluation a, b;
    struct buf one, many;

    (void)state;
    run(&a, &trained_on, 1);
    run(&b, &trained_on, 3);
    one = report_of(&a, report_json, 50, 1);
    many = report_of(&b, report_json, 50, 3);
    assert_string_equal(one.p, many.p);
    assert_true(has_note(&a, "gold comments in the training corpus (same id and text): 90 of 90"));
    buf_release(&one);
    buf_release(&many);
    evaluation_release(&a);
    evaluation_release(&b);
}

static void refused(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct stance_err err;

    (void)state;
    add_comment(&gold, "g1", NULL, NULL, "bon", "bann", "favor");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(holdout_run(&e, model, &gold, NULL, 1, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_string_equal(err.message, "the gold labels target 'bann', which the model does not "
                                     "have; it has 'ban', 'spying'");
    evaluation_release(&e);
    corpus_release(&gold);
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(holdout_run(&e, model, &gold, NULL, 1, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    evaluation_release(&e);
    corpus_release(&gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(overlap),
        cmocka_unit_test(jobs),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests_name("holdout", tests, make_model, drop_model);
}
