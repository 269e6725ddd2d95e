/* SPDX-License-Identifier: MIT */
/* classifier: the public calls, from any bytes to one label per target. */
#include "small.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"

static struct stance_model *model; /* targets ban and spying; none only for ban */

static int make_model(void **state)
{
    struct corpus c;

    (void)state;
    tiny_corpus(&c);
    model = public_model(tiny_model(&c));
    corpus_release(&c);
    return 0;
}

static int drop_model(void **state)
{
    (void)state;
    stance_model_free(model);
    return 0;
}

static struct stance_classifier *classifier(const char *const *target, size_t n, bool unseen)
{
    struct stance_err err = {0};
    struct stance_classifier *k = stance_classifier_new(model, target, n, unseen, &err);

    if (k == NULL)
        fail_msg("%s", err.message);
    return k;
}

/* Any bytes give a label and probabilities that add up to 1. */
static void judge(struct stance_classifier *k, struct span text, struct stance_prediction *out)
{
    char *copy = exact(text);

    stance_classify(k, copy, text.len, out);
    for (size_t i = 0; i < stance_classifier_n_targets(k); i++) {
        double sum = 0, best = 0;
        for (size_t l = 0; l < stance_model_n_labels(model); l++) {
            double p = out[i].probs[l];
            assert_true(p >= 0 && p <= 1);
            sum += p;
            best = p > best ? p : best;
        }
        assert_true(fabs(sum - 1) < 1e-9);
        if (!isnan(out[i].p))
            assert_true(out[i].p == best);
    }
    free(copy);
}

static void what_the_model_says(void **state)
{
    size_t none = 2;

    (void)state;
    assert_int_equal(stance_model_n_targets(model), 2);
    assert_int_equal(stance_model_n_labels(model), 3);
    assert_string_equal(stance_model_target(model, 0), "ban");
    assert_string_equal(stance_model_label(model, none), "none");
    assert_null(stance_model_target(model, 2));
    assert_null(stance_model_label(model, SIZE_MAX));
    assert_true(stance_model_seen(model, 0, none) > 0);
    assert_true(stance_model_seen(model, 1, none) == 0);
    assert_true(stance_model_seen(model, 2, 0) == 0);
    assert_true(stance_model_seen(model, 0, 3) == 0);
}

static void all_targets(void **state)
{
    struct stance_classifier *k = classifier(NULL, 0, false);
    struct stance_prediction p[2];

    (void)state;
    assert_int_equal(stance_classifier_n_targets(k), 2);
    judge(k, SPAN("samedi, c'est absurde"), p);
    assert_string_equal(p[0].target, "ban");
    assert_string_equal(p[0].label, "against");
    assert_string_equal(p[1].target, "spying");
    assert_string_equal(p[1].label, "against");
    assert_true(p[1].probs[2] == 0);
    judge(k,
          SPAN("SAMEDI C\xE2\x80\x99"
               "EST EXCELLENT"),
          p);
    assert_string_equal(p[0].label, "favor");
    stance_classifier_free(k);
    stance_classifier_free(NULL);
}

static void targets_asked_for(void **state)
{
    static const char *const twice[] = {"spying", "ban", "spying"};
    struct stance_classifier *k = classifier(twice, 3, false);
    struct stance_prediction p[3], both[2];

    (void)state;
    judge(k, SPAN("c'est absurde"), p);
    stance_classifier_free(k);
    k = classifier(NULL, 0, false);
    judge(k, SPAN("c'est absurde"), both);
    assert_true(p[0].p == both[1].p && p[1].p == both[0].p && p[2].p == p[0].p);
    stance_classifier_free(k);
}

static void unseen_target(void **state)
{
    static const char *const taxes[] = {"ban", "interdire la vente de tout"};
    struct stance_err err = {0};
    struct stance_classifier *k = stance_classifier_new(model, taxes, 2, false, &err);
    struct stance_prediction p[2];

    (void)state;
    assert_null(k);
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.message, "the model has no target 'interdire la vente de tout'; it "
                                     "has 'ban', 'spying'");
    assert_null(stance_classifier_new(model, taxes, 2, false, NULL));
    k = classifier(taxes, 2, true);
    judge(k, SPAN("c'est absurde"), p);
    assert_string_equal(p[1].target, taxes[1]);
    assert_string_equal(p[1].label, "against");
    assert_true(isnan(p[1].p) && !isnan(p[0].p));
    stance_classifier_free(k);
}

static void any_bytes(void **state)
{
    static const char *const odd[] = {
        "\xFF",        "\xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "c'est \xE9t\xE9 absurde",
        "\xEF\xBB\xBF"};
    struct stance_classifier *k = classifier(NULL, 0, false);
    struct stance_prediction p[2], q[2];
    struct rng rng = {1};
    char noise[300];

    (void)state;
    judge(k, SPAN(""), p);
    judge(k, SPAN(" \n"), q);
    assert_true(p[0].p == q[0].p); /* nothing to read: what labels weigh by themselves */
    judge(k, SPAN("c'est\0absurde"), p);
    judge(k, SPAN("c'est absurde"), q);
    assert_true(p[0].p == q[0].p); /* a NUL parts words, and what is behind it counts */
    judge(k, SPAN("\0\0\0"), p);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        judge(k, span_of(odd[i]), p);
    for (int i = 0; i < 300; i++) {
        for (size_t j = 0; j < sizeof noise; j++)
            noise[j] = (char)rng_u64(&rng);
        judge(k, (struct span){noise, (size_t)i}, p);
    }
    stance_classifier_free(k);
}

/* One comment of a mebibyte, of one word or of many, and the classifier as good as before. */
static void long_comments(void **state)
{
    static const char *const piece[] = {"absurde ",         "a",  "\xC3\xA9",
                                        "\xF0\x9F\x98\x82", "!?", "\n"};
    struct stance_classifier *k = classifier(NULL, 0, false);
    struct stance_prediction before[2], p[2];

    (void)state;
    judge(k, SPAN("c'est excellent"), before);
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        struct buf b = {0};
        while (b.len < 1 << 20)
            buf_add_str(&b, piece[i]);
        judge(k, buf_span(&b), p);
        if (i == 0)
            assert_string_equal(p[0].label, "against");
        buf_release(&b);
    }
    judge(k, SPAN("c'est excellent"), p);
    assert_true(p[0].p == before[0].p && p[1].p == before[1].p);
    stance_classifier_free(k);
}

static void saved_and_loaded(void **state)
{
    char *path = temp_file(SPAN("an old model"));
    struct stance_err err = {0};
    struct stance_model *m;
    const char *a, *b;
    size_t n, k;

    (void)state;
    assert_null(stance_model_load(path, &err));
    assert_int_equal(err.code, STANCE_MODEL);
    assert_int_equal(stance_model_save(model, path, &err), 0);
    m = stance_model_load(path, &err);
    assert_non_null(m);
    stance_model_bytes(model, &a, &n);
    stance_model_bytes(m, &b, &k);
    assert_int_equal(n, k);
    assert_memory_equal(a, b, n);
    stance_model_free(m);
    stance_model_free(NULL);
    assert_int_equal(stance_model_save(model, "/nowhere/at all", &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_null(stance_model_load("/nowhere/at all", &err));
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_null(stance_model_load("/", &err));
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_null(stance_model_load("/dev/null", &err));
    assert_int_equal(err.code, STANCE_MODEL);
    remove_temp(path);
}

/* What the command line would not let through is refused here too, before any work. */
static void bad_options(const struct stance_corpus *c)
{
    static const double falling[] = {1, 0.5}, zero[] = {0, 1}, none[] = {NAN}, many[17] = {1};
    static const struct stance_train_options bad[] = {
        {.n_folds = 1},        {.c = falling, .n_c = 2}, {.c = zero, .n_c = 2},
        {.c = none, .n_c = 1}, {.c = many, .n_c = 17},   {.class_weights = 3},
        {.class_weights = -1},
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct stance_err err = {0};
        assert_null(stance_train(c, &bad[i], NULL, &err));
        assert_int_equal(err.code, STANCE_USAGE);
        err = (struct stance_err){0};
        assert_null(stance_cross_validate(c, 2, &bad[i], NULL, NULL, &err));
        assert_int_equal(err.code, STANCE_USAGE);
    }
}

/* Cross-validation has options of its own, and refuses those that are not its. */
static void bad_validation(const struct stance_corpus *c)
{
    static const double part[] = {0, 1, -0.5, NAN};
    const struct stance_train_options grouped = {.group = "thread"};
    struct stance_err err = {0};

    assert_null(stance_cross_validate(c, 2, &grouped, NULL, NULL, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_null(stance_cross_validate(c, 1, NULL, NULL, NULL, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        const struct stance_eval_options o = {.part = &part[i], .n_parts = 1};
        err = (struct stance_err){0};
        assert_null(stance_cross_validate(c, 2, NULL, &o, NULL, &err));
        assert_int_equal(err.code, STANCE_USAGE);
    }
}

/* A corpus from files to a model, as a program of somebody else would do it. */
static void from_files(void **state)
{
    struct buf b = {0};
    struct stance_err err = {0};
    struct stance_train_options o = {.n_folds = 2, .n_jobs = 2};
    struct stance_corpus *c;
    struct stance_model *m, *again;
    const char *p, *q, *paths[1];
    size_t n, k;
    char *path;

    (void)state;
    for (int i = 0; i < 24; i++)
        buf_addf(&b, "{\"id\":%d,\"text\":\"%s %d\",\"stance\":{\"ban\":\"%s\"}}\n", i,
                 i % 2 ? "oui" : "non", i, i % 2 ? "favor" : "against");
    path = temp_file(buf_span(&b));
    paths[0] = path;
    c = stance_corpus_load(paths, 1, NULL, NULL, NULL, &err);
    assert_non_null(c);
    m = stance_train(c, &o, NULL, &err);
    assert_non_null(m);
    again = stance_train(c, &o, NULL, &err);
    stance_model_bytes(m, &p, &n);
    stance_model_bytes(again, &q, &k);
    assert_int_equal(n, k);
    assert_memory_equal(p, q, n);
    stance_model_free(again);
    stance_model_free(m);
    o.group = "nothing";
    o.n_folds = 30;
    assert_null(stance_train(c, &o, NULL, &err));
    assert_int_equal(err.code, STANCE_DATA);
    bad_options(c);
    bad_validation(c);
    stance_corpus_free(c);
    assert_null(stance_corpus_load(paths, 1, path, NULL, NULL, &err));
    assert_int_equal(err.code, STANCE_DATA); /* no definitions of targets */
    remove_temp(path);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_model_says), cmocka_unit_test(all_targets),
        cmocka_unit_test(targets_asked_for),   cmocka_unit_test(unseen_target),
        cmocka_unit_test(any_bytes),           cmocka_unit_test(long_comments),
        cmocka_unit_test(saved_and_loaded),    cmocka_unit_test(from_files),
    };
    return cmocka_run_group_tests_name("classifier", tests, make_model, drop_model);
}
