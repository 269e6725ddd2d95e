/* SPDX-License-Identifier: MIT */
/* train: one corpus, one model, whatever the order of its rows and the number of jobs. */
#include "small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/decide.h"
#include "model/scorer.h"

static struct model *must_train(const struct corpus *c, const struct settings *set)
{
    struct stance_err err = {0};
    struct model *m = train_on(c, set, &err);

    if (m == NULL)
        fail_msg("%s", err.message);
    return m;
}

static void same_model(const struct model *a, const struct model *b)
{
    assert_int_equal(a->image.len, b->image.len);
    assert_memory_equal(a->image.p, b->image.p, a->image.len);
}

/* The corpus of tiny.h with another order of rows and over several files. */
static void shuffled(struct corpus *to, const struct corpus *from, uint64_t seed)
{
    size_t *order = malloc(from->n_comments * sizeof *order);
    struct rng rng = {seed};
    char file[16];

    *to = (struct corpus){0};
    for (size_t i = 0; i < from->n_comments; i++)
        order[i] = i;
    for (size_t i = from->n_comments; i > 1; i--) {
        size_t j = rng_below(&rng, i), k = order[i - 1];
        order[i - 1] = order[j];
        order[j] = k;
    }
    for (size_t i = 0; i < from->n_comments; i++) {
        struct comment k = from->comment[order[i]];
        size_t at;
        k.extra = NULL;
        k.line = i + 1;
        snprintf(file, sizeof file, "f%d", (int)rng_below(&rng, 3));
        at = corpus_add(to, &k, span_of(file));
        for (size_t m = 0; m < from->n_marks; m++)
            if (from->mark[m].comment == order[i])
                corpus_label(to, at, from->target[from->mark[m].target],
                             from->label[from->mark[m].label]);
    }
    assert_int_equal(corpus_seal(to, NULL), 0);
    free(order);
}

static void order_of_rows(void **state)
{
    struct settings set = tiny_settings();
    struct corpus c, other;
    struct model *m, *n;

    (void)state;
    tiny_corpus(&c);
    m = must_train(&c, &set);
    for (uint64_t seed = 1; seed <= 4; seed++) {
        shuffled(&other, &c, seed);
        n = must_train(&other, &set);
        same_model(m, n);
        model_free(n);
        corpus_release(&other);
    }
    model_free(m);
    corpus_release(&c);
}

static void jobs(void **state)
{
    struct settings set = tiny_settings();
    struct corpus c;
    struct model *m, *n;

    (void)state;
    tiny_corpus(&c);
    set.n_jobs = 1;
    m = must_train(&c, &set);
    for (unsigned k = 0; k <= 3; k++) {
        set.n_jobs = k;
        n = must_train(&c, &set);
        same_model(m, n);
        model_free(n);
    }
    set.seed = 2;
    n = must_train(&c, &set);
    assert_true(n->image.len != m->image.len ||
                memcmp(n->image.p, m->image.p, m->image.len) != 0); /* calibrated on other folds */
    model_free(n);
    model_free(m);
    corpus_release(&c);
}

/* What a model says of a text for the target at this position. */
static struct decision judged(const struct model *m, const char *text, uint32_t target)
{
    struct scorer *s = scorer_new(m, &target, NULL, 1);
    struct decision d;

    scorer_read(s, span_of(text));
    scorer_decide(s, 0, false, &d);
    scorer_free(s);
    return d;
}

static void different_label_sets(void **state)
{
    struct settings set = tiny_settings();
    struct corpus c;
    struct model *m;
    struct decision d;

    (void)state;
    tiny_corpus(&c);
    m = must_train(&c, &set);
    assert_int_equal(m->n_pairs, 3);
    assert_true(m->seen[0 * 3 + 2] > 0);
    assert_true(m->seen[1 * 3 + 2] == 0);
    d = judged(m, "bof", 1); /* `spying` never had "none" */
    assert_int_not_equal(d.label, 2);
    assert_true(d.p[2] == 0);
    assert_true(fabs(d.p[0] + d.p[1] - 1) < 1e-12);
    assert_int_equal(judged(m, "lundi, c'est bof", 0).label, 2);
    assert_int_equal(judged(m, "samedi, c'est absurde", 0).label, 0);
    assert_int_equal(judged(m, "samedi, c'est excellent", 1).label, 1);
    model_free(m);
    corpus_release(&c);
}

/* n comments, the label shows in the word. */
static void labelled(struct corpus *c, int n, const char *target, const char *const *label,
                     int n_labels)
{
    char id[32], thread[16], text[64];

    for (int i = 0; i < n; i++) {
        snprintf(id, sizeof id, "%s%03d", target, i);
        snprintf(thread, sizeof thread, "t%d", i / 2);
        snprintf(text, sizeof text, "%s dit le %d", label[i % n_labels], i);
        add_comment(c, id, thread, NULL, text, target, label[i % n_labels]);
    }
}

static void a_target_with_one_label(void **state)
{
    static const char *const two[] = {"oui", "non"}, *const one[] = {"oui"};
    struct settings set = tiny_settings();
    struct corpus c = {0};
    struct model *m;
    struct decision d;

    (void)state;
    labelled(&c, 20, "a", two, 2);
    labelled(&c, 20, "b", one, 1);
    assert_int_equal(corpus_seal(&c, NULL), 0);
    m = must_train(&c, &set);
    d = judged(m, "non dit le 3", 1);
    assert_int_equal(d.label, 1); /* oui is the only one it can have */
    assert_true(d.p[1] == 1 && d.p[0] == 0);
    assert_int_equal(judged(m, "non dit le 3", 0).label, 0);
    model_free(m);
    corpus_release(&c);
}

static void four_labels(void **state)
{
    static const char *const four[] = {"nord", "sud", "est", "ouest"};
    struct settings set = tiny_settings();
    struct corpus c = {0};
    struct model *m;

    (void)state;
    labelled(&c, 60, "a", four, 4);
    assert_int_equal(corpus_seal(&c, NULL), 0);
    m = must_train(&c, &set);
    assert_int_equal(m->n_pairs, 6);
    for (int i = 0; i < 4; i++) {
        struct decision d = judged(m, four[i], 0);
        double sum = 0;
        assert_true(span_eq(m->label[d.label], span_of(four[i])));
        for (int l = 0; l < 4; l++)
            sum += d.p[l];
        assert_true(fabs(sum - 1) < 1e-9);
    }
    model_free(m);
    corpus_release(&c);
}

/* Both comments of "rare" are in one thread: the fold that holds it out cannot learn it. */
static void a_pair_absent_in_a_fold(void **state)
{
    static const char *const two[] = {"oui", "non"};
    struct settings set = tiny_settings();
    struct corpus c = {0};
    struct model *m;

    (void)state;
    labelled(&c, 24, "a", two, 2);
    add_comment(&c, "r1", "alone", NULL, "rare en effet", "a", "rare");
    add_comment(&c, "r2", "alone", NULL, "rare aussi", "a", "rare");
    assert_int_equal(corpus_seal(&c, NULL), 0);
    m = must_train(&c, &set);
    assert_int_equal(m->n_pairs, 3);
    for (uint32_t p = 0; p < 3; p++)
        assert_true(isfinite(m->pairs[p].rho) && isfinite(m->pairs[p].sigmoid.a));
    assert_int_equal(m->seen[2], 2);
    model_free(m);
    corpus_release(&c);
}

static void refused(struct corpus *c, const struct settings *set, enum stance_code code,
                    const char *message)
{
    struct stance_err err = {0};

    assert_int_equal(corpus_seal(c, NULL), 0);
    assert_null(train_on(c, set, &err));
    assert_int_equal(err.code, code);
    if (strstr(err.message, message) == NULL)
        fail_msg("%s", err.message);
    corpus_release(c);
}

static void cannot_be_learnt(void **state)
{
    static const char *const one[] = {"oui"}, *const other[] = {"non"},
                             *const two[] = {"oui", "non"};
    struct settings set = tiny_settings();
    struct corpus c = {0};

    (void)state;
    add_comment(&c, "1", NULL, NULL, "a", NULL, NULL);
    refused(&c, &set, STANCE_DATA, "no labelled comment");
    labelled(&c, 20, "a", one, 1);
    refused(&c, &set, STANCE_DATA, "only one label, 'oui'");
    labelled(&c, 20, "a", one, 1);
    labelled(&c, 20, "b", other, 1);
    refused(&c, &set, STANCE_DATA, "no target has two labels");
    labelled(&c, 2, "a", two, 2);
    refused(&c, &set, STANCE_DATA, "");
    labelled(&c, 20, "a", two, 2);
    set.rule = RULE_F_AVG;
    refused(&c, &set, STANCE_USAGE, "--decide f-avg");
    set.rule = RULE_MACRO_F1;
    labelled(&c, 20, "a", two, 2);
    set.max_memory = 1000;
    refused(&c, &set, STANCE_USAGE, "--max-memory");
}

/* Of equals the first label by bytes; a label never seen is none of them. */
static void ties(void **state)
{
    static const struct label_pair pair[] = {{0, 1}, {0, 2}, {1, 2}};
    static const struct sigmoid even[] = {{0, 0}, {0, 0}, {0, 0}};
    static const struct sigmoid slope[] = {{-1, 0}, {-1, 0}, {-1, 0}};
    static const uint64_t all[] = {1, 1, 1}, last[] = {0, 5, 2}, unseen[] = {0, 0, 0},
                          only[] = {0, 0, 9};
    static const double zero[3], cycle[] = {1, -1, 1}, huge[] = {-1e300, -1e300, -1e300};
    struct decision d;

    (void)state;
    decide(&d, pair, 3, all, 3, zero, even, NULL);
    assert_int_equal(d.label, 0);
    for (int i = 0; i < 3; i++)
        assert_true(fabs(d.p[i] - 1.0 / 3) < 1e-9);
    decide(&d, pair, 3, last, 3, zero, even, NULL);
    assert_int_equal(d.label, 1);
    assert_true(d.p[0] == 0 && d.p[1] == 0.5 && d.p[2] == 0.5);
    decide(&d, pair, 3, unseen, 3, zero, even, NULL); /* a target never seen may have any label */
    assert_int_equal(d.label, 0);
    assert_true(d.p[2] > 0.3);
    decide(&d, pair, 3, only, 3, cycle, slope, NULL);
    assert_int_equal(d.label, 2);
    assert_true(d.p[2] == 1 && d.p[0] == 0 && d.p[1] == 0);
    decide(&d, pair, 3, all, 3, cycle, slope, NULL); /* 0 beats 1 beats 2 beats 0 */
    assert_int_equal(d.label, 0);
    decide(&d, pair, 3, all, 3, huge, slope, NULL);
    assert_int_equal(d.label, 2);
    assert_true(isfinite(d.p[2]) && d.p[2] > 0.99);
    decide(&d, pair, 0, all, 3, zero, even, NULL); /* no pair was ever learnt */
    assert_int_equal(d.label, 0);
}

/* Weights move the label, never a probability, and never to a label that may not be. */
static void weights(void **state)
{
    static const struct label_pair pair[] = {{0, 1}, {0, 2}, {1, 2}};
    static const struct sigmoid slope[] = {{-1, 0}, {-1, 0}, {-1, 0}};
    static const uint64_t all[] = {1, 1, 1}, last[] = {0, 5, 2};
    static const double margin[] = {1, 2, 1}, for_last[] = {.1, .1, 1}, for_first[] = {1, .1, .1};
    struct decision plain, d;

    (void)state;
    decide(&plain, pair, 3, all, 3, margin, slope, NULL);
    assert_int_equal(plain.label, 0);
    decide(&d, pair, 3, all, 3, margin, slope, for_last);
    assert_int_equal(d.label, 2);
    assert_memory_equal(d.p, plain.p, 3 * sizeof *d.p);
    assert_int_equal(decide_label(plain.p, 3, for_first), 0);
    decide(&d, pair, 3, last, 3, margin, slope, for_first);
    assert_int_equal(d.label, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_rows),
        cmocka_unit_test(jobs),
        cmocka_unit_test(different_label_sets),
        cmocka_unit_test(a_target_with_one_label),
        cmocka_unit_test(four_labels),
        cmocka_unit_test(a_pair_absent_in_a_fold),
        cmocka_unit_test(cannot_be_learnt),
        cmocka_unit_test(ties),
        cmocka_unit_test(weights),
    };
    return cmocka_run_group_tests_name("train", tests, NULL, NULL);
}
