/* SPDX-License-Identifier: MIT */
/* compare: what of two systems may be held side by side. */
#include "evals.h"

#include <math.h>

#include "eval/compare.h"

enum { ROWS = 4 };

/* Four comments, all favor, with threads as said. */
static void open_gold(struct evaluation *e, const char *const *thread, const char *group)
{
    struct evaluation_options options = {.group = {NULL, 0}};
    struct corpus gold = {0};

    if (group != NULL)
        options.group = span_of(group);
    for (int i = 0; i < ROWS; i++)
        add_comment(&gold, (const char *[]){"a", "b", "c", "d"}[i], thread[i], NULL, "oui", "ban",
                    i == 3 ? "none" : "favor");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(e, EVALUATION_PREDICTIONS, &gold, NULL, 0, &options, NULL), 0);
    corpus_release(&gold);
}

/* A system that gives the gold's labels, but the other one where wrong has 'x'. */
static size_t add_system(struct evaluation *e, const char *name, const char *wrong)
{
    size_t s = evaluation_add(e, EVALUATION_JUDGED, span_of(name), "", true);

    for (size_t r = 0; r < ROWS; r++)
        evaluation_set(e, s, r, wrong[r] == 'x' ? 1 - e->row[r].gold : e->row[r].gold, NULL);
    return s;
}

static void compare(struct comparison *c, const struct evaluation *e, enum metric m)
{
    assert_int_equal(comparison_make(c, e, m, 100, 1000, 1, 1, NULL, NULL), 0);
}

/* McNemar's test is for independent rows: not where threads are known and cut for the sake of a
 * comment without one, unless that was asked for. */
static void independence(void **state)
{
    static const struct {
        const char *thread[ROWS], *group;
        bool independent;
    } table[] = {
        {{"t", "u", "v", "w"}, NULL, true},     {{"t", "t", "v", "w"}, NULL, false},
        {{NULL, NULL, NULL, NULL}, NULL, true}, /* as far as is known */
        {{"t", "t", "v", NULL}, NULL, false},   {{"t", "t", "v", NULL}, "id", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct evaluation e;
        struct comparison c;
        open_gold(&e, table[i].thread, table[i].group);
        add_system(&e, "a", "....");
        add_system(&e, "b", "xx..");
        compare(&c, &e, METRIC_ACCURACY);
        assert_int_equal(c.pair[0].only_a, 2);
        assert_int_equal(c.pair[0].only_b, 0);
        /* 2 · 1/4, where it may be given */
        assert_true(table[i].independent ? fabs(c.pair[0].mcnemar - 0.5) < 1e-12
                                         : isnan(c.pair[0].mcnemar));
        comparison_release(&c);
        evaluation_release(&e);
    }
}

/* p: what the gold label gets, of two; -1: no probabilities. */
static void add_probs(struct evaluation *e, size_t system, const double *p)
{
    for (size_t r = 0; r < ROWS; r++) {
        double probs[2] = {1 - p[r], 1 - p[r]};
        probs[e->row[r].gold] = p[r];
        evaluation_set(e, system, r, e->row[r].gold, p[r] >= 0 ? probs : NULL);
    }
}

/* A system that gives probabilities where it is easy has no smaller loss for that; one that gives
 * none at all keeps nobody else from having a figure. */
static void same_rows(void **state)
{
    static const char *const thread[ROWS] = {"t", "u", "v", "w"};
    static const double a[ROWS] = {0.9, 0.9, 0.5, 0.5}, b[ROWS] = {0.8, 0.8, -1, 0.5};
    static const double none[ROWS] = {-1, -1, -1, -1};
    struct evaluation e;
    struct comparison c;

    (void)state;
    open_gold(&e, thread, NULL);
    add_probs(&e, add_system(&e, "a", "...."), a);
    add_probs(&e, add_system(&e, "b", "...."), b);
    add_probs(&e, add_system(&e, "c", "...."), none);
    compare(&c, &e, METRIC_BRIER);
    assert_int_equal(c.n_left_out, 1);
    /* a: (2 · 2·0.1² + 2·0.5²) / 3, b: (2 · 2·0.2² + 2·0.5²) / 3 */
    assert_true(fabs(c.figure[0].value - 0.54 / 3) < 1e-12);
    assert_true(fabs(c.figure[1].value - 0.66 / 3) < 1e-12);
    assert_true(isnan(c.figure[2].value));
    assert_true(fabs(c.pair[0].difference.value + 0.04) < 1e-12);
    comparison_release(&c);
    compare(&c, &e, METRIC_ACCURACY);
    assert_int_equal(c.n_left_out, 0);
    comparison_release(&c);
    evaluation_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(independence),
        cmocka_unit_test(same_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
