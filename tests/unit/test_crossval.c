/* SPDX-License-Identifier: MIT */
/* crossval: the same whatever the number of jobs, and blind to the comments held out. */
#include "evals.h"
#include "tiny.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "eval/crossval.h"
#include "report/report.h"

static const struct span any = {NULL, 0};

static void run(struct evaluation *e, const struct corpus *c, const struct settings *set,
                struct span group, uint32_t n_folds)
{
    const struct crossval_options cv = {.n_folds = n_folds};
    const struct evaluation_options options = {.group = group};
    const struct span statement[] = {tiny_statement[0], tiny_statement[1], SPAN("on en parle")};
    struct stance_err err = {0};

    assert_in_range(c->n_targets, 1, sizeof statement / sizeof *statement);
    if (crossval_run(e, c, statement, set, &cv, &options, NULL, &err) < 0)
        fail_msg("%s", err.message);
}

static struct buf json_of(const struct corpus *c, const struct settings *set)
{
    struct evaluation e;
    struct buf out;

    run(&e, c, set, any, 4);
    out = report_of(&e, report_json, 50, set->n_jobs);
    evaluation_release(&e);
    return out;
}

static void deterministic(void **state)
{
    struct settings set = tiny_settings();
    struct corpus c;
    struct buf one, two, again;

    (void)state;
    tiny_corpus(&c);
    set.n_jobs = 1;
    one = json_of(&c, &set);
    again = json_of(&c, &set);
    set.n_jobs = 2;
    two = json_of(&c, &set);
    assert_string_equal(one.p, again.p);
    assert_string_equal(one.p, two.p);
    buf_release(&one);
    buf_release(&again);
    buf_release(&two);
    corpus_release(&c);
}

static void counts_add_up(void **state)
{
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c;
    uint64_t n_test = 0;

    (void)state;
    tiny_corpus(&c);
    run(&e, &c, &set, any, 4);
    assert_true(span_eq(e.grouped_by, SPAN("thread")));
    assert_int_equal(e.n_groups, TINY_COMMENTS / 3);
    assert_int_equal(e.n_systems, 5);
    for (size_t s = 0; s < e.n_systems; s++) {
        struct confusion all = counts_of(&e, s, EVALUATION_NONE);
        assert_int_equal(confusion_total(&all), TINY_COMMENTS);
        confusion_release(&all);
    }
    for (uint32_t f = 0; f < e.n_folds; f++) {
        assert_true(e.fold[f].c == 0.5 || e.fold[f].c == 2);
        assert_int_equal(e.fold[f].n_train + e.fold[f].n_test, TINY_COMMENTS);
        n_test += e.fold[f].n_test;
    }
    assert_int_equal(n_test, TINY_COMMENTS);
    /* `spying` never had "none": nobody may give it but who is blind to targets */
    for (size_t s = 0; s < e.n_systems; s++) {
        struct confusion spying = counts_of(&e, s, 1);
        if (s == find_system(&e, "model") || s == find_system(&e, "majority per target"))
            assert_int_equal(confusion_predicted(&spying, 2), 0);
        confusion_release(&spying);
    }
    /* the comments are all alike but for a word, and every author writes in several threads */
    assert_int_equal(e.n_notes, 3);
    assert_non_null(strstr(e.note[0].p, "90 comments have a near-duplicate in another thread"));
    assert_non_null(strstr(e.note[2].p, "90 of 90 held-out comments have an author"));
    evaluation_release(&e);
    corpus_release(&c);
}

/* Labels follow the thread alone, and all that a comment says is a filler word and a word
 * of its thread: one that, by threads, is never in a training side. */
static void thread_words(struct corpus *c)
{
    char id[16], thread[16], text[64];

    *c = (struct corpus){0};
    for (int i = 0; i < 48; i++) {
        int t = i / 4;
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(thread, sizeof thread, "t%02d", t);
        snprintf(text, sizeof text, "mot %c%c%c", 'a' + t, 'a' + t, 'a' + t);
        add_comment(c, id, thread, NULL, text, "ban", t % 2 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static double accuracy(const struct corpus *c, struct span field)
{
    struct settings set = tiny_settings();
    struct evaluation e;
    struct confusion all;
    double a;

    set.ngram = (struct ngram_settings){.word_max = 1};
    set.n_mixes = 1;
    set.mix[0] = (struct mix){.share = {[NGRAM_WORDS] = 1}};
    run(&e, c, &set, field, 4);
    all = counts_of(&e, 0, EVALUATION_NONE);
    a = confusion_accuracy(&all);
    confusion_release(&all);
    evaluation_release(&e);
    return a;
}

/* A thread's own word is worth everything where it leaks, and nothing where it does not:
 * then all held-out comments of a fold look alike, and a fold has as many of either label
 * as makes no difference. */
static void no_leak(void **state)
{
    struct corpus c;

    (void)state;
    thread_words(&c);
    assert_true(accuracy(&c, SPAN("id")) == 1);
    assert_true(accuracy(&c, SPAN("thread")) < 0.7);
    corpus_release(&c);
}

/* A word that one comment alone has helps neither it nor, by the idf, anybody: without
 * leak the held-out comments are all the same vector, whatever else they say. */
static void own_word(void **state)
{
    struct corpus c = {0};
    char id[16], text[64];

    (void)state;
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(text, sizeof text, "mot %c%c%c", 'a' + i % 20, 'a' + i / 20, 'x');
        add_comment(&c, id, NULL, NULL, text, "ban", i % 2 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&c, NULL), 0);
    assert_true(accuracy(&c, SPAN("id")) < 0.7);
    corpus_release(&c);
}

static void step(void *arg, const char *what, uint64_t done, uint64_t total)
{
    uint64_t *last = arg;

    assert_string_equal(what, "folds");
    assert_int_equal(total, 4 * (3 * 4 + 1)); /* two mixes, a second kernel, the blind one */
    assert_int_equal(done, *last + 1);
    *last = done;
}

static void progress(void **state)
{
    struct settings set = tiny_settings();
    uint64_t last = 0;
    const struct stance_talk talk = {.arg = &last, .progress = step};
    const struct crossval_options cv = {.n_folds = 4};
    struct evaluation e;
    struct corpus c;

    (void)state;
    tiny_corpus(&c);
    assert_int_equal(crossval_run(&e, &c, tiny_statement, &set, &cv, NULL, &talk, NULL), 0);
    assert_int_equal(last, 52);
    evaluation_release(&e);
    corpus_release(&c);
}

/* Two outer folds of four groups leave two on each training side: too few for three inner
 * folds, which are then made otherwise, and that is said. */
static void regrouped(void **state)
{
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c = {0};
    char id[16], thread[16];

    (void)state;
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(thread, sizeof thread, "t%d", i % 4);
        add_comment(&c, id, thread, NULL, i % 3 != 0 ? "oui" : "non", "ban",
                    i % 3 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&c, NULL), 0);
    run(&e, &c, &set, any, 2);
    assert_true(e.n_notes > 0);
    assert_non_null(
        strstr(e.note[0].p, "in 2 of 2 folds C was chosen on inner folds grouped by id"));
    evaluation_release(&e);
    corpus_release(&c);
}

/* Of 40 comments the first of each of 8 threads has an author, always the same. */
static void few_authors(void **state)
{
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c = {0};
    char id[16], thread[16];

    (void)state;
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(thread, sizeof thread, "t%d", i % 8);
        add_comment(&c, id, thread, i < 8 ? "a" : NULL, i % 3 != 0 ? "oui" : "non", "ban",
                    i % 3 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&c, NULL), 0);
    run(&e, &c, &set, any, 2);
    assert_true(has_note(&e, "8 of 8 held-out comments with a known author have one"));
    assert_true(has_note(&e, "of 32 the author is not known"));
    evaluation_release(&e);
    corpus_release(&c);
}

/* A target that lives in one thread is held out with it. */
static void unseen_target(void **state)
{
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c = {0};
    char id[16], thread[16];

    (void)state;
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(thread, sizeof thread, "t%d", i % 10);
        add_comment(&c, id, thread, NULL, i < 20 ? "oui" : "non", i % 10 == 0 ? "spying" : "ban",
                    i < 20 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(&c, NULL), 0);
    run(&e, &c, &set, any, 2);
    assert_non_null(
        strstr(e.note[0].p, "labels held out with all labels of their target: 4 of 40"));
    /* they are decided all the same, only not with how much certainty */
    for (size_t r = 0; r < e.n_rows; r++) {
        bool unseen = span_eq(e.target[e.row[r].target], SPAN("spying"));
        assert_true(e.system[0].label[r] < e.n_labels);
        assert_int_equal(isnan(e.system[0].p[r]) != 0, unseen);
    }
    evaluation_release(&e);
    corpus_release(&c);
}

/* Which fold a row was held out in, and how many there were. */
/* `ban` has favor and against, `spying` against and none. Who knows the target gives only its
 * labels; who is blind to it may give those of both: it is not to know more than it says. But
 * `topic`, which shares no label with them, is another question, and keeps its own. */
static void blind_labels(void **state)
{
    static const char *const word[] = {"oui", "non", "bof"};
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c = {0};
    char id[16], thread[16], text[32];
    size_t blind;
    uint64_t foreign = 0;

    (void)state;
    for (int i = 0; i < 120; i++) {
        int kind = i / 3 % 3; /* what is said; the last kind is twice as often about spying */
        bool spying = i % 3 != 0;
        const char *label = kind == 1   ? "against"
                            : kind == 0 ? (spying ? "against" : "favor")
                            : spying    ? "none"
                                        : "against";
        snprintf(id, sizeof id, "c%03d", i);
        snprintf(thread, sizeof thread, "t%d", i / 12);
        snprintf(text, sizeof text, "%s mot%d", word[kind], i % 7);
        add_comment(&c, id, thread, NULL, text, spying ? "spying" : "ban", label);
        id[0] = 'd';
        add_comment(&c, id, thread, NULL, text, "topic", kind == 2 ? "off" : "on");
    }
    assert_int_equal(corpus_seal(&c, NULL), 0);
    run(&e, &c, &set, any, 4);
    blind = find_system(&e, "target-blind");
    for (size_t r = 0; r < e.n_rows; r++) {
        bool spying = span_eq(e.target[e.row[r].target], SPAN("spying"));
        bool topic = span_eq(e.target[e.row[r].target], SPAN("topic"));
        struct span said = e.label[e.system[blind].label[r]];
        struct span never = spying ? SPAN("favor") : SPAN("none");
        assert_int_equal(topic, said.p[0] == 'o');
        if (topic)
            continue;
        assert_false(span_eq(e.label[e.system[0].label[r]], never));
        foreign += span_eq(said, never);
    }
    assert_true(foreign > 0);
    evaluation_release(&e);
    corpus_release(&c);
}

static void row_folds(void **state)
{
    struct settings set = tiny_settings();
    uint64_t n[4] = {0};
    struct evaluation e;
    struct corpus c;

    (void)state;
    tiny_corpus(&c);
    run(&e, &c, &set, any, 4);
    for (size_t r = 0; r < e.n_rows; r++) {
        assert_true(e.row_fold[r] < 4);
        n[e.row_fold[r]]++;
        /* threads of three comments */
        if (r % 3 != 0)
            assert_int_equal(e.row_fold[r], e.row_fold[r - 1]);
    }
    for (int f = 0; f < 4; f++)
        assert_int_equal(e.fold[f].n_test, n[f]);
    evaluation_release(&e);
    corpus_release(&c);
}

/* ---- the learning curve ---- */

static void learn(struct evaluation *e, const struct corpus *c, struct span group,
                  const double *part, size_t n_parts)
{
    const struct crossval_options cv = {.n_folds = 4, .part = part, .n_parts = n_parts};
    const struct evaluation_options options = {.group = group, .n_errors = 3};
    struct settings set = tiny_settings();
    struct stance_err err = {0};

    if (crossval_run(e, c, tiny_statement, &set, &cv, &options, NULL, &err) < 0)
        fail_msg("%s", err.message);
}

static void same_labels(const struct evaluation *a, size_t i, const struct evaluation *b, size_t j)
{
    assert_int_equal(a->n_rows, b->n_rows);
    assert_memory_equal(a->system[i].label, b->system[j].label, a->n_rows * sizeof(uint32_t));
}

/* Training rows of a point, where groups have three rows each: as many whole groups as the part
 * allows, the mean of the folds. */
static uint64_t rows_of_part(const struct evaluation *e, double part)
{
    uint64_t n = 0;

    for (uint32_t f = 0; f < e->n_folds; f++)
        n += 3 * (uint64_t)floor(part * (double)(e->fold[f].n_train / 3) + 1e-9);
    return n / e->n_folds;
}

/* Twenty threads of three comments in four folds: fifteen to learn from in each where folds are
 * equal, of which a quarter are three, a half seven and 0.8 twelve. */
static void learning_curve(void **state)
{
    static const double part[] = {0.25, 0.5, 0.8};
    struct corpus c;
    struct evaluation e, one;

    (void)state;
    tiny_corpus(&c);
    learn(&e, &c, SPAN("thread"), part, 3);
    assert_int_equal(e.n_systems, 5 + 3);
    for (size_t i = 0; i < 3; i++) {
        const struct evaluation_system *s = &e.system[5 + i];
        assert_int_equal(s->kind, EVALUATION_LEARNING);
        assert_true(s->share == part[i]);
        assert_int_equal(s->n_train, rows_of_part(&e, part[i]));
        for (size_t r = 0; r < e.n_rows; r++)
            assert_true(s->label[r] < e.n_labels);
    }
    /* a point does not depend on what other points there are */
    learn(&one, &c, SPAN("thread"), part + 1, 1);
    same_labels(&e, 6, &one, 5);
    evaluation_release(&one);
    evaluation_release(&e);
    corpus_release(&c);
}

/* What is said of the whole is the same with and without points. */
static void whole_unaffected(void **state)
{
    static const double part[] = {0.5};
    struct corpus c;
    struct evaluation with, without;
    struct buf a, b;
    const char *curve;

    (void)state;
    tiny_corpus(&c);
    learn(&with, &c, any, part, 1);
    learn(&without, &c, any, NULL, 0);
    for (size_t s = 0; s < without.n_systems; s++)
        same_labels(&with, s, &without, s);
    a = report_of(&with, report_json, 50, 1);
    b = report_of(&without, report_json, 50, 1);
    curve = strstr(a.p, "\"learning_curve\"");
    assert_non_null(curve);
    assert_true((size_t)(curve - a.p) < b.len && memcmp(a.p, b.p, (size_t)(curve - a.p)) == 0);
    assert_string_equal(strstr(a.p, "\"aurc\""), strstr(b.p, "\"aurc\""));
    buf_release(&a);
    buf_release(&b);
    a = report_of(&with, report_tsv, 50, 1);
    b = report_of(&without, report_tsv, 50, 1);
    assert_string_equal(a.p, b.p);
    buf_release(&a);
    buf_release(&b);
    evaluation_release(&with);
    evaluation_release(&without);
    corpus_release(&c);
}

/* A part of one comment has nothing to choose C on: no point, and no failure. */
static void part_too_small(void **state)
{
    static const double part[] = {0.001, 0.5};
    struct corpus c;
    struct evaluation e;

    (void)state;
    tiny_corpus(&c);
    learn(&e, &c, SPAN("id"), part, 2);
    assert_int_equal(e.n_systems, 6);
    assert_true(e.system[5].share == 0.5);
    assert_true(has_note(&e, "learning curve: no point at 0.1 % of the training groups: "));
    evaluation_release(&e);
    corpus_release(&c);
}

static void refused(void **state)
{
    const struct evaluation_options by_thread = {.group = SPAN("thread")};
    const struct crossval_options few = {.n_folds = 4}, many = {.n_folds = 50};
    struct settings set = tiny_settings();
    struct stance_err err;
    struct evaluation e;
    struct corpus c = {0};

    (void)state;
    add_comment(&c, "a", NULL, NULL, "rien", NULL, NULL);
    assert_int_equal(corpus_seal(&c, NULL), 0);
    assert_int_equal(crossval_run(&e, &c, tiny_statement, &set, &few, NULL, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    evaluation_release(&e);
    corpus_release(&c);
    tiny_corpus(&c);
    assert_int_equal(crossval_run(&e, &c, tiny_statement, &set, &many, &by_thread, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "50 folds need as many groups"));
    evaluation_release(&e);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deterministic),    cmocka_unit_test(counts_add_up),
        cmocka_unit_test(no_leak),          cmocka_unit_test(own_word),
        cmocka_unit_test(progress),         cmocka_unit_test(regrouped),
        cmocka_unit_test(few_authors),      cmocka_unit_test(unseen_target),
        cmocka_unit_test(blind_labels),     cmocka_unit_test(refused),
        cmocka_unit_test(row_folds),        cmocka_unit_test(learning_curve),
        cmocka_unit_test(whole_unaffected), cmocka_unit_test(part_too_small),
    };
    return cmocka_run_group_tests_name("crossval", tests, NULL, NULL);
}
