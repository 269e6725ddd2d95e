/* SPDX-License-Identifier: MIT */
/* heldout: the figures of probabilities written by hand, on rows of which some are in no fold. */
#include "helpers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/heldout.h"
#include "model/heldthreads.h"

enum { FOLDS = 2, LABELS = 2 };

/* A target, two labels, n rows of one comment each; rows from n_held on are held out by no fold. */
struct bench {
    struct corpus corpus;
    struct trainset t;
    struct split split;
    struct heldout h;
    double *p;
};

static const struct span label[LABELS] = {{"against", 7}, {"favor", 5}};

static void set_up(struct bench *b, size_t n, size_t n_held)
{
    static const struct label_pair pair = {0, 1};
    struct mark *row = calloc(n, sizeof *row);

    *b = (struct bench){.corpus = {.n_targets = 1, .n_labels = LABELS, .n_comments = n}};
    b->corpus.label = (struct span *)(uintptr_t)label;
    b->t = (struct trainset){
        .corpus = &b->corpus, .n_rows = n, .row = row, .n_own = n_held, .n_pairs = 1};
    b->t.pair = (struct label_pair *)(uintptr_t)&pair;
    b->t.set.n_folds = b->split.n_folds = FOLDS;
    b->split.fold = malloc(n * sizeof *b->split.fold);
    for (size_t i = 0; i < n; i++) {
        row[i].comment = (uint32_t)i;
        b->split.fold[i] = i < n_held ? (uint32_t)(i % FOLDS) : SPLIT_UNUSED;
    }
    heldout_init(&b->h, &b->t, &b->split, 1);
    for (uint32_t fold = 0; fold < FOLDS; fold++) { /* nine against for each favor */
        b->h.seen[fold * LABELS] = 90;
        b->h.seen[fold * LABELS + 1] = 10;
    }
    b->p = calloc(n * LABELS, sizeof *b->p);
}

static void say(struct bench *b, size_t i, uint32_t gold, double p_favor)
{
    ((struct mark *)(uintptr_t)b->t.row)[i].label = gold;
    b->p[i * LABELS] = 1 - p_favor;
    b->p[i * LABELS + 1] = p_favor;
}

static void tear_down(struct bench *b)
{
    heldout_release(&b->h);
    free((void *)(uintptr_t)b->t.row);
    free(b->split.fold);
    free(b->p);
}

static void log_loss(void **state)
{
    struct bench b;

    (void)state;
    set_up(&b, 4, 3);
    say(&b, 0, 1, 0.5);
    say(&b, 1, 0, 0.75);
    say(&b, 2, 1, 0); /* counts as 1e-7 */
    say(&b, 3, 1, 0); /* in no fold */
    assert_true(fabs(heldout_log_loss(&b.h, b.p) + (log(.5) + log(.25) + log(1e-7)) / 3) < 1e-12);
    tear_down(&b);
}

/* 90 against at p(favor) .05; 10 favor at `p`, given as favor from an exponent on where
 * p·10^-e ≥ (1-p)·90^-e; `extra` rows in no fold say nothing. */
static double chosen(double p, size_t n_found, size_t extra, enum rule_aim aim)
{
    struct bench b;
    double e;

    set_up(&b, 100 + extra, 100);
    for (size_t i = 0; i < 100 + extra; i++)
        say(&b, i, i >= 90 && i < 100, i >= 90 && i < 90 + n_found ? p : 0.05);
    e = heldout_exponent(&b.h, b.p, aim);
    tear_down(&b);
    return e;
}

static void exponents(void **state)
{
    (void)state;
    assert_true(chosen(0.6, 10, 0, RULE_MACRO_F1) == 0);    /* the most probable is right already */
    assert_true(chosen(0.4, 10, 0, RULE_MACRO_F1) == 0.25); /* .4·9^.25 > .6: all ten are found */
    assert_true(chosen(0.2, 10, 0, RULE_MACRO_F1) == 0.75);
    assert_true(chosen(0.4, 10, 0, RULE_F_AVG) == 0.25);
    assert_true(chosen(0.4, 10, 0, RULE_PROBABLE) == 0);
    assert_true(chosen(0.4, 0, 0, RULE_MACRO_F1) == 0); /* nothing to find */
}

/* Of 20 rows, five favor: leaning to it finds the last one and errs once more, macro-F1 .928 and
 * .937. That is less than 1/(4·√20), and other rows of the corpus do not make it more. */
static void few_rows_are_not_trusted(void **state)
{
    struct bench b;

    (void)state;
    for (size_t extra = 0; extra <= 10000; extra += 10000) {
        set_up(&b, 20 + extra, 20);
        for (size_t i = 0; i < 20 + extra; i++)
            say(&b, i, i < 5, i < 4 ? 0.6 : i < 6 ? 0.4 : 0.05);
        assert_true(heldout_exponent(&b.h, b.p, RULE_MACRO_F1) == 0);
        b.t.n_own = 10020; /* what would trust them */
        assert_true(heldout_exponent(&b.h, b.p, RULE_MACRO_F1) == 0.25);
        tear_down(&b);
    }
}

/* 20 threads of four rows by two authors, one against and one favor; words tell every other row
 * by p .9, and of the rest nothing. Where they are in one thread the author is all there is; where
 * each row is its own, or authors take sides by chance, nothing. */
static struct context_rule threads_say(bool apart, bool steady)
{
    static char name[80][8];
    struct bench b;
    struct context_rule rule;

    set_up(&b, 80, 80);
    b.corpus.comment = calloc(80, sizeof *b.corpus.comment);
    for (size_t i = 0; i < 80; i++) {
        uint32_t gold = steady ? i % 2 : (i * 7 / 3 + i / 4) % 2;
        snprintf(name[i], sizeof name[i], "%zu", apart ? i : i / 4);
        b.corpus.comment[i].thread = span_of(name[i]);
        b.corpus.comment[i].author = i % 2 ? SPAN("x") : SPAN("y");
        say(&b, i, gold, i / 2 % 2 ? 0.5 : gold ? 0.9 : 0.1);
    }
    rule = heldout_context(&b.h, b.p);
    free(b.corpus.comment);
    tear_down(&b);
    return rule;
}

static void threads(void **state)
{
    struct context_rule rule = threads_say(false, true);

    (void)state;
    assert_true(rule.thread == 0 && rule.author == 1);
    rule = threads_say(true, true);
    assert_true(rule.thread == 0 && rule.author == 0);
    rule = threads_say(false, false);
    assert_true(rule.thread == 0 && rule.author == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(log_loss), cmocka_unit_test(exponents),
                                       cmocka_unit_test(few_rows_are_not_trusted),
                                       cmocka_unit_test(threads)};
    return cmocka_run_group_tests_name("heldout", tests, NULL, NULL);
}
