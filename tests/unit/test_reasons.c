/* SPDX-License-Identifier: MIT */
/* reasons: products that add up to the margin, of a model and of a fold. */
#include "evals.h"
#include "small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "eval/holdout.h"
#include "eval/reasons.h"
#include "model/scorer.h"
#include "model/solve.h"

/* Words alone. */
static struct settings words(void)
{
    struct settings s = tiny_settings();

    s.ngram = (struct ngram_settings){.word_max = 1};
    s.n_mixes = 1;
    s.mix[0] = (struct mix){.share = {[NGRAM_WORDS] = 1}};
    return s;
}

/* 24 comments to learn from, with the words "nul laid" against, "beau bon" in favor, and "mot"
 * in both; `n` more (from position 24 by id) say `text` with that gold label. */
static void make_corpus(struct corpus *c, int n, const char *text, const char *gold)
{
    char id[16];

    *c = (struct corpus){0};
    for (int i = 0; i < 24; i++) {
        snprintf(id, sizeof id, "a%02d", i);
        add_comment(c, id, NULL, NULL, i % 2 != 0 ? "mot beau bon" : "mot nul laid", "ban",
                    i % 2 != 0 ? "favor" : "against");
    }
    for (int i = 0; i < n; i++) {
        snprintf(id, sizeof id, "z%02d", i);
        add_comment(c, id, NULL, NULL, text, "ban", gold);
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static double sum_of(const struct evaluation_error *e)
{
    double sum = 0;

    for (uint32_t i = 0; i < e->n_reasons; i++) {
        assert_true(e->reason[i].product > 0);
        if (i > 0)
            assert_true(e->reason[i].product <= e->reason[i - 1].product);
        sum += e->reason[i].product;
    }
    return sum;
}

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-9))
        fail_msg("%.12g, expected %.12g", got, expected);
}

static bool names(const struct evaluation_error *e, const char *ngram)
{
    for (uint32_t i = 0; i < e->n_reasons; i++)
        if (span_eq(e->reason[i].ngram, span_of(ngram)))
            return true;
    return false;
}

/* Against the margin of the pair: the positive side is `against`. All words of the comment
 * spoke for what was given, so that what is listed is all there is. */
static void expect_of_model(const struct model *m, const char *text, const char *gold, double sign,
                            const char *said)
{
    const struct evaluation_options options = {.n_errors = 5};
    const uint32_t target = 0;
    struct stance_err err = {0};
    struct corpus c = {0};
    struct evaluation e;
    struct scorer *s = scorer_new(m, &target, NULL, 1);

    add_comment(&c, "g", NULL, NULL, text, "ban", gold);
    assert_int_equal(corpus_seal(&c, NULL), 0);
    assert_int_equal(holdout_run(&e, m, &c, &options, 1, NULL, &err), 0);
    assert_int_equal(e.n_errors, 1);
    scorer_read(s, span_of(text));
    near(sum_of(&e.error[0]), sign * (scorer_margins(s, 0, false)[0] - scorer_intercept(s, 0, 0)));
    assert_true(names(&e.error[0], said));
    scorer_free(s);
    evaluation_release(&e);
    corpus_release(&c);
}

static void of_a_model(void **state)
{
    struct settings set = words();
    struct stance_err err = {0};
    struct corpus c;
    struct model *m;

    (void)state;
    make_corpus(&c, 0, NULL, NULL);
    m = train_on(&c, &set, &err);
    assert_non_null(m);
    expect_of_model(m, "nul laid", "favor", 1, "laid");
    expect_of_model(m, "bon beau", "against", -1, "beau");
    model_free(m);
    corpus_release(&c);
}

/* A gold label that the model does not have: an error without reasons. */
static void of_a_label_unknown(void **state)
{
    const struct evaluation_options options = {.n_errors = 5};
    struct settings set = words();
    struct corpus c, gold = {0};
    struct evaluation e;
    struct model *m;

    (void)state;
    make_corpus(&c, 0, NULL, NULL);
    m = train_on(&c, &set, NULL);
    add_comment(&gold, "g", NULL, NULL, "nul", "ban", "unsure");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(holdout_run(&e, m, &gold, &options, 1, NULL, NULL), 0);
    assert_true(e.n_errors == 1 && e.error[0].n_reasons == 0);
    evaluation_release(&e);
    model_free(m);
    corpus_release(&c);
    corpus_release(&gold);
}

/* One fold by hand: the first 24 rows trained on, the others held out and given the label that is
 * wrong. */
static void expect_of_fold(const char *text, const char *gold, double sign, const char *said)
{
    const struct evaluation_options options = {.n_errors = 2};
    const struct span statement = SPAN("interdire");
    struct settings set = words();
    uint8_t train[27] = {0}, use[27] = {0};
    uint32_t at[27];
    double probs[2] = {0.5, 0.5}, c = 1, linear = 0;
    struct stance_err err = {0};
    struct corpus corpus;
    struct trainset t;
    struct fit f;
    struct kernel k;
    struct machine m;
    struct evaluation e;

    make_corpus(&corpus, 3, text, gold);
    for (int i = 0; i < 27; i++)
        *(i < 24 ? &train[i] : &use[i]) = 1;
    assert_int_equal(trainset_init(&t, &corpus, &statement, &set, &err), 0);
    fit_open(&f, &t, train, &(struct choice){0});
    k = fit_kernel_of(&f, 0, false);
    assert_int_equal(solve_pair(&f, 0, false, 1, &c, &m, &err), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_CROSSVAL, &corpus, NULL, 0, &options, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("model"), "", true);
    for (size_t r = 24; r < 27; r++) {
        probs[0] = 0.5 + 0.1 * (double)(r - 24);
        probs[1] = probs[0];
        evaluation_set(&e, 0, r, 1 - e.row[r].gold, probs);
    }
    for (uint32_t r = 0; r < 27; r++)
        at[r] = r;
    reasons_of_fold(&e, &f, &m, &(struct reasons_at){at, NULL}, use);
    reasons_finish(&e);
    assert_int_equal(e.n_errors, 2); /* of three, the surest first */
    assert_true(e.error[0].row == 26 && e.error[1].row == 25);
    /* the margin without its constants: those of the targets, and rho */
    for (size_t i = 0; i < m.n; i++)
        linear += m.coef[i] * trainset_factors(&t, &k, 0, 0).plus;
    linear = fit_margin(&f, &m, 26, false) + m.rho - linear;
    near(sum_of(&e.error[0]), sign * linear);
    assert_true(sign * linear > 0.1);
    assert_true(names(&e.error[0], said));
    machines_release(&m, 1);
    fit_release(&f);
    trainset_release(&t);
    evaluation_release(&e);
    corpus_release(&corpus);
}

static void of_a_fold(void **state)
{
    (void)state;
    expect_of_fold("nul laid", "favor", 1, "laid");
    expect_of_fold("bon beau nouveau", "against", -1, "beau");
}

static void without(void **state)
{
    const struct evaluation_options options = {.n_errors = 5};
    const double probs[] = {0.3, 0.7};
    struct corpus c;
    struct evaluation e;

    (void)state;
    make_corpus(&c, 0, NULL, NULL);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &c, NULL, 0, &options, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("predictions"), "", false);
    for (size_t r = 0; r < e.n_rows; r++)
        evaluation_set(&e, 0, r, 1, r < 12 ? probs : NULL);
    reasons_unknown(&e);
    assert_int_equal(e.n_errors, 5);
    assert_true(e.error[0].row == 0 && e.error[1].row == 2 && e.error[0].n_reasons == 0);
    evaluation_release(&e);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_model),
        cmocka_unit_test(of_a_label_unknown),
        cmocka_unit_test(of_a_fold),
        cmocka_unit_test(without),
    };
    return cmocka_run_group_tests_name("reasons", tests, NULL, NULL);
}
