/* SPDX-License-Identifier: MIT */
/* explain, describe: sums that add up, and objects that parse. */
#include "tiny.h"

#include <math.h>
#include <stdlib.h>

#include <jansson.h>

#include "report/describe.h"
#include "report/explain.h"
#include "model/scorer.h"

static struct corpus corpus;
static struct model *model;

static int make_model(void **state)
{
    (void)state;
    tiny_corpus(&corpus);
    model = tiny_model(&corpus);
    return 0;
}

static int drop_model(void **state)
{
    (void)state;
    model_free(model);
    corpus_release(&corpus);
    return 0;
}

static json_t *parse(struct buf *text)
{
    json_error_t why;
    json_t *root = json_loadb(text->p, text->len, JSON_REJECT_DUPLICATES, &why);

    if (root == NULL)
        fail_msg("%s at %d: %s", why.text, why.position, buf_str(text));
    assert_int_equal(text->p[text->len - 1], '\n');
    buf_release(text);
    return root;
}

static double number(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    if (!json_is_number(v))
        fail_msg("no number '%s'", key);
    return json_number_value(v);
}

static const char *string(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    if (s == NULL)
        fail_msg("no string '%s'", key);
    return s;
}

static uint32_t label_of(const char *name)
{
    for (uint32_t l = 0; l < model->n_labels; l++)
        if (span_eq(model->label[l], span_of(name)))
            return l;
    fail_msg("no label %s", name);
    return 0;
}

static double margin_of(struct scorer *s, const json_t *pair)
{
    uint32_t a = label_of(string(pair, "positive")), b = label_of(string(pair, "negative"));

    for (uint32_t p = 0; p < model->n_pairs; p++)
        if (model->pair[p].a == a && model->pair[p].b == b)
            return scorer_margins(s, 0, false)[p];
    fail_msg("no such pair");
    return 0;
}

/* Σ product (shown and others) + intercept = margin = what the scorer decides by. */
static void check_pair(struct scorer *s, const json_t *pair, size_t n)
{
    const json_t *ngrams = json_object_get(pair, "ngrams"), *others, *g;
    double sum = number(pair, "intercept"), last = INFINITY;
    size_t i;

    assert_true(json_array_size(ngrams) <= n);
    json_array_foreach(ngrams, i, g)
    {
        double product = number(g, "product");
        assert_true(fabs(number(g, "value") * number(g, "weight") - product) < 1e-15);
        assert_true(fabs(product) <= last);
        last = fabs(product);
        sum += product;
    }
    others = json_object_get(pair, "others");
    sum += number(others, "product");
    if (n == SIZE_MAX)
        assert_int_equal(json_integer_value(json_object_get(others, "n")), 0);
    assert_true(fabs(sum - number(pair, "margin")) < 1e-9);
    assert_true(number(pair, "margin") == margin_of(s, pair));
}

static void check_comment(uint32_t target, const char *text, size_t n)
{
    struct buf out = {0};
    json_t *root, *one;
    const json_t *pairs, *pair, *p;
    struct scorer *s = scorer_new(model, &target, NULL, 1);
    struct decision d;
    double sum = 0;
    const char *key;
    size_t i;

    scorer_read(s, span_of(text));
    scorer_decide(s, 0, false, &d);
    explain_comment(model, target, span_of(text), n, true, &out);
    root = parse(&out);
    one = json_array_get(json_object_get(root, "targets"), 0);
    assert_int_equal(label_of(string(one, "label")), d.label);
    assert_true(number(one, "p") == d.p[d.label]);
    json_object_foreach(json_object_get(one, "probs"), key, p) sum += json_number_value(p);
    assert_true(fabs(sum - 1) < 1e-9);
    pairs = json_object_get(one, "pairs");
    assert_int_equal(json_array_size(pairs), target == 0 ? 3 : 1);
    json_array_foreach(pairs, i, pair) check_pair(s, pair, n != 0 ? n : SIZE_MAX);
    json_decref(root);
    scorer_free(s);
}

static void sums(void **state)
{
    static const char *const text[] = {"c'est absurde, excellent ou bof ?", "", "\xFF\x01zzz",
                                       "samedi, je ne sais pas, c'est excellent"};

    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (uint32_t target = 0; target < 2; target++)
            for (size_t n = 0; n < 8; n += 7)
                check_comment(target, text[i], n);
}

static void comment_text(void **state)
{
    struct buf out = {0};

    (void)state;
    explain_comment(model, UINT32_MAX, SPAN("c'est absurde"), 4, false, &out);
    buf_str(&out);
    assert_non_null(strstr(out.p, "ban: against\n"));
    assert_non_null(strstr(out.p, "spying: against\n"));
    assert_non_null(strstr(out.p, "against (+) or favor (-)\n"));
    assert_non_null(strstr(out.p, "  absurde\n"));
    assert_non_null(strstr(out.p, "(intercept)\n"));
    assert_non_null(strstr(out.p, "= margin\n"));
    buf_release(&out);
}

/* The first n-gram of a label, which here is the word that makes it, or a part of it. */
static void check_strongest(const json_t *label, const char *word)
{
    const json_t *ngrams = json_object_get(label, "ngrams"), *g;
    double last = INFINITY;
    bool found = false;
    size_t i;

    assert_int_equal(json_array_size(ngrams), 12);
    json_array_foreach(ngrams, i, g)
    {
        const char *s = string(g, "ngram");
        bool is_char = strncmp(s, "c:", 2) == 0;
        assert_string_equal(string(g, "space"), is_char                    ? "char"
                                                : s[0] == '^'              ? "opening"
                                                : strstr(s, " … ") != NULL ? "skip"
                                                                           : "word");
        if (is_char)
            assert_null(strchr(s, ' '));
        assert_true(number(g, "strength") > 0 && number(g, "strength") <= last);
        last = number(g, "strength");
        found = found || strcmp(s, word) == 0;
    }
    if (!found)
        fail_msg("'%s' is not among the strongest", word);
}

static void strongest(void **state)
{
    static const char *const word[] = {"absurde", "excellent", "bof"};
    struct buf out = {0};
    json_t *root, *targets, *labels;
    const json_t *label;
    size_t i;

    (void)state;
    explain_model(model, UINT32_MAX, 12, true, &out);
    root = parse(&out);
    targets = json_object_get(root, "targets");
    assert_int_equal(json_array_size(targets), 2);
    labels = json_object_get(json_array_get(targets, 0), "labels");
    assert_int_equal(json_array_size(labels), 3);
    json_array_foreach(labels, i, label) check_strongest(label, word[i]);
    labels = json_object_get(json_array_get(targets, 1), "labels");
    assert_int_equal(json_array_size(labels), 2);
    json_decref(root);
    explain_model(model, 1, 2, false, &out);
    buf_str(&out);
    assert_null(strstr(out.p, "\nban\n"));
    assert_non_null(strstr(out.p, "\nspying\n\n  toward against\n"));
    buf_release(&out);
}

static void described(void **state)
{
    struct buf out = {0};
    json_t *root, *ban;
    char checksum[16];

    (void)state;
    describe_json(model, &out);
    root = parse(&out);
    assert_string_equal(string(root, "format"), "2.1");
    assert_int_equal(json_integer_value(json_object_get(root, "bytes")), model->image.len);
    snprintf(checksum, sizeof checksum, "%08x", model->checksum);
    assert_string_equal(string(root, "checksum"), checksum);
    assert_string_equal(string(json_object_get(root, "meta"), "program"), "test");
    assert_string_equal(string(json_object_get(root, "meta"), "c"), "2");
    assert_int_equal(number(root, "trained_comments"), TINY_COMMENTS);
    ban = json_array_get(json_object_get(root, "targets"), 0);
    assert_string_equal(string(ban, "statement"), "interdire la vente");
    assert_int_equal(number(json_object_get(ban, "held_out"), "n"),
                     model->seen[0] + model->seen[1] + model->seen[2]);
    json_decref(root);
    describe_text(model, &out);
    buf_str(&out);
    assert_non_null(strstr(out.p, checksum));
    assert_non_null(strstr(out.p, "C was chosen on these folds"));
    assert_non_null(strstr(out.p, "\nprogram: test\n"));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums),
        cmocka_unit_test(comment_text),
        cmocka_unit_test(strongest),
        cmocka_unit_test(described),
    };
    return cmocka_run_group_tests_name("explain", tests, make_model, drop_model);
}
