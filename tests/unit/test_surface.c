/* SPDX-License-Identifier: MIT */
/* surface: guesses from looks alone, and never from a fold's own labels. */
#include "evals.h"

#include <stdio.h>
#include <stdlib.h>

#include "eval/surface.h"

enum { FOLDS = 4 };

static const char *other(const char *label)
{
    return strcmp(label, "favor") == 0 ? "against" : "favor";
}

/* n comments by turns with and without a final "!", which says `favor` where it is about `ban`
 * and, where there are two targets, `against` about `spying`; the labels of fold `flipped` the
 * other way round. Folds by turns of two. */
static void make_gold(struct corpus *gold, int n, bool two_targets, int flipped)
{
    static const char *const word[] = {"jamais", "encore", "triste", "jolies", "petite"};
    char id[16], text[64];

    *gold = (struct corpus){0};
    for (int i = 0; i < n; i++) {
        bool shouts = i % 2 != 0, spying = two_targets && i / 2 % 2 != 0;
        const char *label = shouts != spying ? "favor" : "against";
        if (i / 2 % FOLDS == flipped)
            label = other(label);
        snprintf(id, sizeof id, "c%04d", i);
        snprintf(text, sizeof text, "%s%s", word[i % 5], shouts ? "!" : ".");
        add_comment(gold, id, NULL, NULL, text, spying ? "spying" : "ban", label);
    }
    assert_int_equal(corpus_seal(gold, NULL), 0);
}

static void judge(struct evaluation *e, struct corpus *gold, int n, bool two_targets, int flipped)
{
    uint32_t *fold = malloc((size_t)n * sizeof *fold);

    make_gold(gold, n, two_targets, flipped);
    assert_int_equal(evaluation_open(e, EVALUATION_CROSSVAL, gold, NULL, 0, NULL, NULL), 0);
    for (int i = 0; i < n; i++)
        fold[i] = (uint32_t)(i / 2 % FOLDS);
    surface_add(e, gold, fold, FOLDS);
    free(fold);
}

/* Targets of a few rows share one discriminant, but not their labels: twenty of them, half with
 * favor and against, half with against and none. */
static void only_own_labels(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    char id[16], target[16];

    (void)state;
    for (int i = 0; i < 400; i++) {
        int t = i / 5 % 20; /* each in every fold */
        bool shouts = i / 100 % 2 != 0;
        snprintf(id, sizeof id, "c%04d", i);
        snprintf(target, sizeof target, "t%02d", t);
        add_comment(&gold, id, NULL, NULL, shouts ? "mot !" : "encore un mot, puis un autre.",
                    target,
                    shouts   ? "against"
                    : t < 10 ? "favor"
                             : "none");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &gold, NULL, 0, NULL, NULL), 0);
    surface_add(&e, &gold, NULL, SURFACE_FOLDS);
    for (size_t r = 0; r < e.n_rows; r++) {
        bool early = e.row[r].target < 10;
        assert_false(span_eq(e.label[e.system[0].label[r]], early ? SPAN("none") : SPAN("favor")));
    }
    evaluation_release(&e);
    corpus_release(&gold);
}

static size_t n_right(const struct evaluation *e)
{
    size_t n = 0;

    for (size_t r = 0; r < e->n_rows; r++)
        n += e->system[0].label[r] == e->row[r].gold;
    return n;
}

static void done(struct evaluation *e, struct corpus *gold)
{
    evaluation_release(e);
    corpus_release(gold);
}

static void sees_looks(void **state)
{
    struct corpus gold;
    struct evaluation e;

    (void)state;
    judge(&e, &gold, 80, false, -1);
    assert_int_equal(find_system(&e, "length, punctuation"), 0);
    assert_int_equal(e.system[0].kind, EVALUATION_BASELINE);
    assert_int_equal(n_right(&e), 80);
    done(&e, &gold);
}

/* Labels that follow the word alone, of words that look alike: one guess for all of a fold. */
static void sees_no_word(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    uint32_t fold[80];
    char id[16];

    (void)state;
    for (int i = 0; i < 80; i++) {
        snprintf(id, sizeof id, "c%04d", i);
        fold[i] = (uint32_t)(i / 2 % FOLDS);
        add_comment(&gold, id, NULL, NULL, i % 2 != 0 ? "jamais" : "encore", "ban",
                    i % 2 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_CROSSVAL, &gold, NULL, 0, NULL, NULL), 0);
    surface_add(&e, &gold, fold, FOLDS);
    for (size_t r = 1; r < 80; r++)
        if (fold[r] == fold[r - 1])
            assert_int_equal(e.system[0].label[r], e.system[0].label[r - 1]);
    done(&e, &gold);
}

/* What is said of a fold does not change with its own labels; of the others, which learn from it,
 * it may. */
static void no_leak(void **state)
{
    struct corpus a, b;
    struct evaluation plain, flipped;

    (void)state;
    for (int fold = 0; fold < FOLDS; fold++) {
        size_t n_changed = 0;
        judge(&plain, &a, 80, false, -1);
        judge(&flipped, &b, 80, false, fold);
        for (size_t r = 0; r < 80; r++) {
            if ((int)(r / 2 % FOLDS) != fold)
                continue;
            assert_int_equal(plain.system[0].label[r], flipped.system[0].label[r]);
            n_changed += plain.row[r].gold != flipped.row[r].gold;
        }
        assert_int_equal(n_changed, 20);
        assert_int_equal(n_right(&flipped), 60);
        done(&plain, &a);
        done(&flipped, &b);
    }
}

/* Targets on which the same looks say the opposite: each needs rows of its own. */
static void targets_with_rows_enough(void **state)
{
    struct corpus gold;
    struct evaluation e;

    (void)state;
    judge(&e, &gold, 1600, true, -1);
    assert_int_equal(n_right(&e), 1600);
    done(&e, &gold);
    judge(&e, &gold, 80, true, -1);
    assert_true(n_right(&e) < 60);
    done(&e, &gold);
}

/* Without folds its own keep groups whole: labels that follow the thread, and looks too. */
static void own_folds(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    char id[16], thread[16], text[64];

    (void)state;
    for (int i = 0; i < 100; i++) {
        int t = i / 10;
        snprintf(id, sizeof id, "c%04d", i);
        snprintf(thread, sizeof thread, "t%d", t);
        snprintf(text, sizeof text, "%.*s", t + 1, "mmmmmmmmmm");
        add_comment(&gold, id, thread, NULL, text, "ban", t % 2 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, NULL, 0, NULL, NULL), 0);
    surface_add(&e, &gold, NULL, SURFACE_FOLDS);
    for (size_t r = 1; r < 100; r++)
        if (r % 10 != 0)
            assert_int_equal(e.system[0].label[r], e.system[0].label[r - 1]);
    assert_true(n_right(&e) < 70);
    done(&e, &gold);
}

/* All in one fold: there is nothing to learn from, and nothing is said. */
static void nothing_outside(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;

    (void)state;
    add_comment(&gold, "a", "t", NULL, "oui !", "ban", "favor");
    add_comment(&gold, "b", "t", NULL, "non.", "ban", "against");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, NULL, 0, NULL, NULL), 0);
    surface_add(&e, &gold, NULL, SURFACE_FOLDS);
    assert_int_equal(e.system[0].label[0], EVALUATION_NONE);
    assert_int_equal(e.system[0].label[1], EVALUATION_NONE);
    done(&e, &gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sees_looks),      cmocka_unit_test(sees_no_word),
        cmocka_unit_test(no_leak),         cmocka_unit_test(targets_with_rows_enough),
        cmocka_unit_test(own_folds),       cmocka_unit_test(only_own_labels),
        cmocka_unit_test(nothing_outside),
    };
    return cmocka_run_group_tests_name("surface", tests, NULL, NULL);
}
