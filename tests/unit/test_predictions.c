/* SPDX-License-Identifier: MIT */
/* predictions: every form is read alike, and whatever does not match is named. */
#include "evals.h"

#include <math.h>
#include <stdlib.h>

#include "corpus/keep.h"
#include "eval/predicted.h"

static struct corpus gold;

static int make_gold(void **state)
{
    (void)state;
    add_comment(&gold, "1", "t", NULL, "un", "ban", "favor");
    corpus_label(&gold, 0, SPAN("spying"), SPAN("against"));
    add_comment(&gold, "2", "t", NULL, "deux", "ban", "against");
    add_comment(&gold, "été,3", "t", NULL, "trois", "ban", "none");
    return corpus_seal(&gold, NULL);
}

static int drop_gold(void **state)
{
    (void)state;
    corpus_release(&gold);
    return 0;
}

static int judge(const char *text, const struct stance_input *input, struct evaluation *e,
                 struct stance_err *err)
{
    char *path = temp_file(span_of(text));
    const char *const paths[] = {path};
    int status = predicted_run(e, paths, 1, false, &gold, input, NULL, err);
    remove_temp(path);
    return status;
}

/* Gold in order: 1 ban favor, 1 spying against, 2 ban against, été,3 ban none. All files
 * below say: favor, favor, against, maybe. Labels: against favor maybe none. */
static void expect_read(const char *text)
{
    struct confusion ban, spying;
    struct evaluation e;
    struct stance_err err = {0};

    if (judge(text, NULL, &e, &err) < 0)
        fail_msg("%s\n%s:%d %s", text, err.file, (int)err.line, err.message);
    assert_int_equal(e.n_labels, 4);
    ban = counts_of(&e, 0, 0);
    spying = counts_of(&e, 0, 1);
    assert_int_equal(ban.count[1 * 4 + 1], 1);
    assert_int_equal(ban.count[0 * 4 + 0], 1);
    assert_int_equal(ban.count[3 * 4 + 2], 1);
    assert_int_equal(spying.count[0 * 4 + 1], 1);
    assert_int_equal(find_system(&e, "target-blind"), EVALUATION_NO_SYSTEM);
    confusion_release(&ban);
    confusion_release(&spying);
    evaluation_release(&e);
}

static void forms(void **state)
{
    (void)state;
    expect_read("id,target,label\n1,ban,favor\n1,spying,favor\n2,ban,against\n"
                "\"été,3\",ban,maybe\n");
    /* any order of rows and columns, other columns, a byte order mark, CRLF */
    expect_read("\xEF\xBB\xBFscore;label;id;target\r\nx;maybe;été,3;ban\r\ny;favor;1;spying\r\n"
                "z;favor;1;ban\r\n;against;2;ban\r\n");
    expect_read("id\ttarget\tlabel\tp\tstatus\n1\tban\tfavor\t0.5\tok\n1\tspying\tfavor\t\\N\tok\n"
                "2\tban\tagainst\t1\tok\nété,3\tban\tmaybe\t0\tabstain\n");
    expect_read("{\"id\":1,\"target\":\"ban\",\"label\":\"favor\",\"p\":0.7}\n"
                "{\"id\":\"1\",\"target\":\"spying\",\"label\":\"favor\"}\n\n"
                "{\"label\":\"against\",\"id\":2,\"target\":\"ban\",\"p\":null}\n"
                "{\"id\":\"\\u00e9t\\u00e9,3\",\"target\":\"ban\",\"label\":\"maybe\"}\n");
    expect_read("{\"id\":\"1\",\"text\":\"un\",\"predicted\":{\"ban\":{\"label\":\"favor\",\"p\":"
                "0.9},\"spying\":{\"label\":\"favor\",\"p\":0.8}}}\n"
                "{\"id\":\"2\",\"predicted\":{\"ban\":{\"label\":\"against\"},\"spying\":{"
                "\"label\":null,\"p\":null}},\"stance_status\":\"ok\"}\n"
                "{\"id\":\"été,3\",\"predicted\":{\"ban\":\"maybe\"}}");
}

static void expect_p(const struct evaluation *e, double p0, double p1, double p2, double p3)
{
    const double expected[] = {p0, p1, p2, p3};

    assert_int_equal(e->n_rows, 4);
    for (int r = 0; r < 4; r++)
        assert_true(isnan(expected[r]) ? isnan(e->system[0].p[r])
                                       : e->system[0].p[r] == expected[r]);
}

static void probabilities(void **state)
{
    struct evaluation e;

    (void)state;
    assert_int_equal(judge("id,target,label,p\n1,ban,favor,0.8\n1,spying,favor,0.6\n"
                           "2,ban,against,\n\"été,3\",ban,none,1\n",
                           NULL, &e, NULL),
                     0);
    expect_p(&e, 0.8, 0.6, NAN, 1);
    assert_true(has_note(&e, "3 of 4 labels came with a probability"));
    assert_false(has_note(&e, "probabilities of all"));
    evaluation_release(&e);
    /* a bare label has no probability, whatever stands before it */
    assert_int_equal(judge("{\"id\":1,\"predicted\":{\"ban\":{\"label\":\"favor\",\"p\":0.9},"
                           "\"spying\":\"favor\"}}\n{\"id\":2,\"predicted\":{\"ban\":\"none\"}}\n"
                           "{\"id\":\"été,3\",\"predicted\":{\"ban\":\"none\"}}\n",
                           NULL, &e, NULL),
                     0);
    expect_p(&e, 0.9, NAN, NAN, NAN);
    evaluation_release(&e);
}

static void beside(void **state)
{
    struct evaluation e;

    (void)state;
    assert_int_equal(judge("id,target,label\n1,ban,favor\n1,spying,favor\n2,ban,against\n"
                           "2,spying,favor\n\"été,3\",ban,none\n\"été,3\",spying,none\n",
                           NULL, &e, NULL),
                     0);
    assert_int_equal(e.n_notes, 1);
    assert_non_null(strstr(e.note[0].p, "have no gold label for that target: 2"));
    evaluation_release(&e);
}

/* A row without a label is no prediction that could be left out. */
static void beside_without_label(void **state)
{
    struct evaluation e;

    (void)state;
    assert_int_equal(judge("id,ban,spying,stance_status\n1,favor,favor,ok\n2,against,,ok\n"
                           "\"été,3\",none,,ok\n",
                           NULL, &e, NULL),
                     0);
    assert_int_equal(e.n_notes, 0);
    evaluation_release(&e);
}

static void named_columns(void **state)
{
    const struct stance_input input = {
        .fields = {.id = "Tweet", .target = "Target", .label = "Stance"}};
    struct evaluation e;

    (void)state;
    assert_int_equal(judge("Tweet,Target,Stance\n1,ban,favor\n1,spying,favor\n2,ban,against\n"
                           "\"été,3\",ban,none\n",
                           &input, &e, NULL),
                     0);
    evaluation_release(&e);
}

static void expect_refused(const char *text, uint64_t line, const char *message)
{
    struct evaluation e;
    struct stance_err err = {0};

    assert_int_equal(judge(text, NULL, &e, &err), -1);
    if (strstr(err.message, message) == NULL)
        fail_msg("%s\nsays: %s", text, err.message);
    assert_int_equal(err.code, STANCE_DATA);
    assert_int_equal(err.line, line);
    evaluation_release(&e);
}

/* Gold that was restricted: what is said of the other target is left out too, but not what is
 * said of comments that are not there. Columns of the dropped target are not the kept one's. */
static void dropped(void **state)
{
    static const struct span ban[] = {{"ban", 3}};
    struct evaluation e;

    (void)state;
    drop_gold(state);
    gold = (struct corpus){0};
    add_comment(&gold, "1", "t", NULL, "un", "ban", "favor");
    corpus_label(&gold, 0, SPAN("ban_x"), SPAN("against"));
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(corpus_keep_targets(&gold, ban, 1, NULL), 0);
    assert_int_equal(judge("id,target,label\n1,ban,favor\n1,ban_x,favor\n", NULL, &e, NULL), 0);
    assert_int_equal(e.n_notes, 1);
    assert_string_equal(e.note[0].p,
                        "predictions left out, since they are about targets not asked for: 1");
    evaluation_release(&e);
    assert_int_equal(judge("id,ban,ban_x\n1,favor,favor\n", NULL, &e, NULL), 0);
    evaluation_release(&e);
    expect_refused("id,target,label\n1,ban,favor\n2,ban_x,favor\n", 0,
                   "1 not in the gold (2 ban_x)");
    expect_refused("id,target,label\n1,ban,favor\n1,ban_y,favor\n", 0,
                   "1 not in the gold (1 ban_y)");
    drop_gold(state);
    make_gold(state);
}

static void mismatch(void **state)
{
    (void)state;
    expect_refused("id,target,label\n", 0, "4 missing (1 ban, 1 spying, 2 ban, été,3 ban)");
    expect_refused("", 0, "4 missing");
    expect_refused("id,target,label\n1,ban,favor\n1,spying,\n2,ban,against\n\"été,3\",ban,x\n", 0,
                   "1 missing (1 spying); rows without a label: 1");
    expect_refused("id,target,label\n1,ban,favor\n1,ban,favor\n1,spying,favor\n2,ban,against\n"
                   "\"été,3\",ban,x\n2,ban,favor\n",
                   0, "2 given more than once (1 ban, 2 ban)");
    expect_refused("id,target,label\n9,ban,favor\n8,ban,favor\n7,ban,x\n6,ban,x\n5,ban,x\n"
                   "4,ban,x\n1,bann,x\n",
                   0, "7 not in the gold (9 ban, 8 ban, 7 ban, 6 ban, 5 ban, …)");
}

static void damaged(void **state)
{
    (void)state;
    expect_refused("id,target,stance\n1,ban,favor\n", 1,
                   "or one for each target; the columns here are: id, target, stance");
    expect_refused("id,target,label\n1,ban\n", 2, "2 fields where the header has 3");
    expect_refused("id,label\n1,favor\n", 2, "predictions need a target, since the gold has 2");
    expect_refused("id,target,label,p\n1,ban,favor,1.5\n", 2, "probability from 0 to 1");
    expect_refused("id,target,label,p\n1,ban,favor,nan\n", 2, "probability from 0 to 1");
    expect_refused("id,target,label\n,ban,favor\n", 2, "without id");
    expect_refused("{\"id\":1,\"target\":\"ban\",\"label\":\"favor\"}\n{\"id\":}\n", 2, "");
    expect_refused("{\"target\":\"ban\",\"label\":\"favor\"}\n", 1, "without id");
    expect_refused("{\"id\":1,\"predicted\":{\"ban\":{\"label\":[]}}}\n", 1, "expected text");
    /* probabilities that are given must add up, to the digits they may have been cut to */
    expect_refused("id,target,label,p_favor,p_none\n1,ban,favor,0.5,0.4\n", 2,
                   "probabilities of '1' add up to 0.900");
    expect_refused("id,target,label,p,p_favor,p_none\n1,ban,favor,0.9,0.1,0.9\n", 2,
                   "p of '1' is 0.900, but the probability of its label 0.100");
    expect_refused("id,ban,spying,spying_favor\n1,favor,favor,0.97\n", 2, "add up to 0.970");
    expect_refused("{\"id\":1,\"predicted\":{\"ban\":{\"label\":\"favor\",\"probs\":{\"favor\":1,"
                   "\"none\":0.1}}}}",
                   1, "add up to 1.100");
    expect_refused("id,target,label\n1,ban,fa\xFFvor\n", 2,
                   "byte 0xFF is not UTF-8, expected --encoding");
    expect_refused("id,target,label\n1,ban,\"favor\n", 2, "quote");
}

/* With one target in the gold, predictions need not say which. */
static void one_target(void **state)
{
    struct corpus c = {0};
    struct evaluation e;
    char *path = temp_file(SPAN("id,label\n1,favor\n"));
    const char *const paths[] = {path};

    (void)state;
    add_comment(&c, "1", NULL, NULL, "un", "ban", "favor");
    assert_int_equal(corpus_seal(&c, NULL), 0);
    assert_int_equal(predicted_run(&e, paths, 1, false, &c, NULL, NULL, NULL), 0);
    remove_temp(path);
    evaluation_release(&e);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),         cmocka_unit_test(probabilities),
        cmocka_unit_test(beside),        cmocka_unit_test(beside_without_label),
        cmocka_unit_test(named_columns), cmocka_unit_test(dropped),
        cmocka_unit_test(mismatch),      cmocka_unit_test(damaged),
        cmocka_unit_test(one_target),
    };
    return cmocka_run_group_tests_name("predictions", tests, make_gold, drop_gold);
}
