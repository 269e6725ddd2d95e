/* SPDX-License-Identifier: MIT */
/* ranges: what the public calls refuse of an evaluation's options, before any work. */
#include "helpers.h"

#include "stance.h"

static struct stance_corpus *gold;
static char *gold_path;

static int load_gold(void **state)
{
    const char *path[1];

    (void)state;
    gold_path = temp_file(SPAN("id,text,target,label\n1,un,ban,favor\n2,deux,ban,none\n"));
    path[0] = gold_path;
    gold = stance_corpus_load(path, 1, NULL, NULL, NULL, NULL);
    return gold != NULL ? 0 : -1;
}

static int drop_gold(void **state)
{
    (void)state;
    stance_corpus_free(gold);
    remove_temp(gold_path);
    return 0;
}

static void expect_usage(const struct stance_err *err, const char *said)
{
    assert_int_equal(err->code, STANCE_USAGE);
    assert_non_null(strstr(err->message, said));
}

static void resamples(void **state)
{
    const struct stance_eval_options many = {.n_resamples = 1000001};
    const struct stance_compare_options compared = {.n_resamples = 1000001};
    const char *const path[] = {gold_path, gold_path};
    struct stance_err err = {0};

    (void)state;
    assert_null(stance_evaluate_predictions(path, 1, gold, NULL, &many, NULL, &err));
    expect_usage(&err, "1000001 resamples");
    assert_null(stance_cross_validate(gold, 0, NULL, &many, NULL, &err));
    expect_usage(&err, "1000001 resamples");
    assert_int_equal(stance_compare(gold, path, NULL, 2, NULL, &compared, false, NULL, NULL, &err),
                     -1);
    expect_usage(&err, "1000001 resamples");
}

static void rounds(void **state)
{
    const struct stance_compare_options many = {.n_rounds = 100000001};
    const char *const path[] = {gold_path, gold_path};
    struct stance_err err = {0};

    (void)state;
    assert_int_equal(stance_compare(gold, path, NULL, 2, NULL, &many, false, NULL, NULL, &err), -1);
    expect_usage(&err, "100000001 rounds");
}

static void no_paths(void **state)
{
    const char *const *none = (const char *const[]){NULL};
    struct stance_err err = {0};

    (void)state;
    assert_null(stance_evaluate_predictions(none, 0, gold, NULL, NULL, NULL, &err));
    expect_usage(&err, "no file of predictions");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resamples),
        cmocka_unit_test(rounds),
        cmocka_unit_test(no_paths),
    };
    return cmocka_run_group_tests(tests, load_gold, drop_gold);
}
