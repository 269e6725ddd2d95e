/* SPDX-License-Identifier: MIT */
/*
 * quick: held against the scorer, which is the definition: the same label, but where two weighted
 * probabilities tie within rounding, and every probability within 1e-6. Before the tables are built
 * (cold) and after (warm), in whatever order, after whatever was read before: the same bits.
 */
#include "added.h"
#include "mixed.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <jansson.h>

#include "model/quick.h"

static const double near = 1e-6;

/* The three that are held against each other, for the same targets. */
struct trio {
    const struct model *m;
    uint32_t n;
    struct scorer *scorer;
    struct quick_tables *tables;
    struct quick *cold, *warm;
    uint64_t n_ties; /* labels that differ */
    double most;     /* by which probabilities differ */
};

static struct trio *trio_new(const struct model *m, const uint32_t *target,
                             const struct span *statement, uint32_t n)
{
    struct trio *t = calloc(1, sizeof *t);

    assert_non_null(t);
    t->m = m;
    t->n = n;
    t->scorer = scorer_new(m, target, statement, n);
    t->tables = quick_tables_new(m, target, statement, n);
    t->cold = quick_new(t->tables);
    t->warm = quick_new(t->tables);
    quick_warm(t->cold, false);
    quick_warm(t->warm, true);
    return t;
}

/* For all targets of the model. */
static struct trio *trio_of(const struct model *m)
{
    uint32_t *target = calloc(m->n_targets, sizeof *target);
    struct trio *t;

    assert_non_null(target);
    for (uint32_t i = 0; i < m->n_targets; i++)
        target[i] = i;
    t = trio_new(m, target, NULL, m->n_targets);
    free(target);
    return t;
}

static void trio_free(struct trio *t)
{
    quick_free(t->cold);
    quick_free(t->warm);
    quick_tables_free(t->tables);
    scorer_free(t->scorer);
    free(t);
}

static void same_bits(const struct decision *a, const struct decision *b, uint32_t n_labels)
{
    assert_int_equal(a->label, b->label);
    assert_memory_equal(a->p, b->p, n_labels * sizeof *a->p);
}

static double weighted(const struct decision *d, uint32_t label, const double *weight)
{
    return d->p[label] * weight[label];
}

/* Another label than the definition's is right only where the definition has both within what
 * probabilities may differ by. */
static void check_label(struct trio *t, uint32_t i, const struct decision *want,
                        const struct decision *got)
{
    const double *weight = scorer_rule(t->scorer, i, false);
    double gap = weighted(want, want->label, weight) - weighted(want, got->label, weight);

    assert_memory_equal(quick_rule(t->warm, i), weight, t->m->n_labels * sizeof *weight);
    assert_int_equal(got->label, decide_label(got->p, t->m->n_labels, weight));
    if (got->label == want->label)
        return;
    assert_true(gap <= near * (weight[want->label] + weight[got->label]));
    t->n_ties++;
}

static void check_probabilities(struct trio *t, struct span text, const struct decision *want,
                                const struct decision *got)
{
    for (uint32_t l = 0; l < t->m->n_labels; l++) {
        double apart = fabs(want->p[l] - got->p[l]);
        if (!(apart <= near))
            fail_msg("label %u: %.9f, not %.9f: %.*s", l, got->p[l], want->p[l],
                     (int)(text.len < 200 ? text.len : 200), text.p);
        t->most = apart > t->most ? apart : t->most;
    }
}

static void check(struct trio *t, struct span text)
{
    char *copy = exact(text);
    struct span s = {copy, text.len};

    scorer_read(t->scorer, s);
    quick_read(t->cold, s);
    quick_read(t->warm, s);
    for (uint32_t i = 0; i < t->n; i++) {
        struct decision want, cold, warm;
        scorer_decide(t->scorer, i, false, &want);
        quick_decide(t->cold, i, &cold);
        quick_decide(t->warm, i, &warm);
        same_bits(&cold, &warm, t->m->n_labels);
        check_probabilities(t, s, &want, &warm);
        check_label(t, i, &want, &warm);
    }
    free(copy);
}

/* ---- texts ---- */

static const char *const texts[] = {
    "",
    " ",
    " \n\t\r ",
    "absurd",
    "a",
    "Je ne sais pas, c'est excellent !",
    "1 500 +1 % > > a \" /> 1\n500",
    "bof\nbof\nbof bof bof",
    "> je ne sais pas\n\n> > non\nqu'il est bof",
    "&gt; &amp;gt; &#49; 500 &quot; /&gt;",
    "un\xE2\x80\x8B mot\xC2\xAD coup\xC3\xA9 \xE2\x80\xA8 l\xC3\xA0",
    "\xFF\xC3 \xED\xA0\x80 \xF0\x9F\x98",
    "\x01\x02 \x7F bof \x7F\x1F",
    "mdr mdrrr lol looool xd XD haha hahaha aaaa",
    "😀😀😀 :) :-( ^^ \\o/",
    "http://a.b/c www.absurd.fr toto@titi.fr @toto #ban",
    "華為 好 Ελλάδα мир \xE2\x80\xAB\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7",
    "cœur cœur CŒUR ﬁn ½ … \xEF\xB7\xBA",
    "absurdabsurdabsurdabsurdabsurdabsurdabsurdabsurdabsurdabsurdabsurdabsurdabsurd",
    "l'avion l'avion, l'avion. L'Avion! d'accord) d'accord?",
    "« je » “ne” \"sais\" ''pas''",
};

static void check_texts(struct trio *t)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(t, span_of(texts[i]));
    check(t, SPAN("c'est\0absurd \0 \0bof"));
}

static void check_random(struct trio *t, uint64_t seed, int n)
{
    struct rng rng = {seed};
    struct buf b = {0};

    for (int i = 0; i < n; i++) {
        buf_reset(&b);
        mixed_text(&b, &rng, rng_below(&rng, i % 16 == 0 ? 400 : 30));
        check(t, b.len != 0 ? buf_span(&b) : SPAN(""));
    }
    buf_release(&b);
}

/* The piece again and again, up to a length of n. */
static void check_repeated(struct trio *t, const char *piece, size_t n)
{
    struct buf b = {0};

    while (b.len + strlen(piece) <= n)
        buf_add_str(&b, piece);
    check(t, buf_span(&b));
    buf_release(&b);
}

/* Lengths about those where the whole numbers give up: TALLY_MOST_TF times, QUICK_MOST_TEXT. */
static void check_long(struct trio *t)
{
    static const char *const piece[] = {"bof ",     "bof bof. ", "absurd, ", "\"",
                                        "\xC3\xA9", "a b c d ",  "! ",       "\xF0\x9F\x98\x80 ",
                                        "e",        "1 500\n"};

    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        size_t len = strlen(piece[i]);
        for (size_t n = 1021; n <= 1026; n++)
            check_repeated(t, piece[i], n * len);
        check_repeated(t, piece[i], QUICK_MOST_TEXT);
        check_repeated(t, piece[i], QUICK_MOST_TEXT + len);
    }
}

/* ---- models ---- */

static const struct ngram_settings defaults = {
    .word_max = 3, .char_min = 3, .char_max = 6, .skip_max = 2, .opening = 4};

static void small_models(void **state)
{
    static const struct ngram_settings sets[] = {
        {.word_max = 3, .char_min = 3, .char_max = 6, .skip_max = 2, .opening = 4},
        {.word_max = 1},
        {.word_max = 2, .skip_max = 2},
        {.word_max = 4, .char_min = 2, .char_max = 4},
        {.word_max = 1, .opening = 3},
        {.char_min = 2, .char_max = 10},
        {.char_min = 1, .char_max = 3},                 /* no index */
        {.word_max = 2, .char_min = 3, .char_max = 11}, /* nor here */
    };

    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct model *m = mixed_model(&sets[i], 2, i % 2 == 0);
        struct trio *t = trio_of(m);
        check_texts(t);
        check_random(t, i + 1, 100);
        if (i < 2 || i > 6)
            check_long(t);
        trio_free(t);
        model_free(m);
    }
}

/* Some targets of several, one twice, in any order, and one that the model does not have. */
static void targets(void **state)
{
    static const uint32_t asked[] = {3, 1, UINT32_MAX, 3, 0};
    static const struct span statement[] = {
        {"t3", 2}, {"t1", 2}, {"interdire la vente de tout", 26}, {"t3", 2}, {"t0", 2}};
    struct model *m = mixed_model(&defaults, 5, true);

    (void)state;
    for (uint32_t from = 0; from < 5; from++)
        for (uint32_t n = 1; n <= 5 - from; n++) {
            struct trio *t = trio_new(m, asked + from, statement + from, n);
            check_texts(t);
            check_random(t, 10 * from + n, 40);
            trio_free(t);
        }
    model_free(m);
}

/* Twelve targets of three pairs are more than a row has lanes; ten fill one. A target among many
 * has the weights of all in its lanes. */
static void many_targets(void **state)
{
    static const uint32_t n_targets[] = {10, 11, 12, 80};
    uint32_t one = 7;

    (void)state;
    for (size_t i = 0; i < sizeof n_targets / sizeof *n_targets; i++) {
        struct model *m = mixed_model(&defaults, n_targets[i], false);
        struct trio *t = trio_of(m);
        check_texts(t);
        check_random(t, i + 1, 60);
        if (n_targets[i] == 12)
            check_long(t);
        trio_free(t);
        t = trio_new(m, &one, NULL, 1);
        check_texts(t);
        check_random(t, i + 1, 60);
        trio_free(t);
        model_free(m);
    }
}

static struct model *must_train(const struct corpus *c, const struct settings *set)
{
    struct stance_err err = {0};
    struct model *m = train_on(c, set, &err);

    if (m == NULL)
        fail_msg("%s", err.message);
    return m;
}

/* Comments were added to the corpus: weights of two domains, labels that a target may not have. */
static void added_comments(void **state)
{
    static const double share[] = {0, 0.25, 1};
    static const uint32_t asked[] = {ADDED_TOPIC, UINT32_MAX, ADDED_NEW};
    static const struct span statement[] = {{"topic", 5}, {"fermer", 6}, {"new", 3}};

    (void)state;
    for (size_t i = 0; i < 2 * sizeof share / sizeof *share; i++) {
        struct settings set = added_settings(share[i / 2], SOLVER_LIBSVM);
        struct corpus c;
        struct model *m;
        struct trio *t, *some;
        added_corpus(&c, i % 2 == 0);
        m = must_train(&c, &set);
        t = trio_of(m);
        some = trio_new(m, asked, statement, 3);
        for (size_t k = 0; k < c.n_comments; k++) {
            check(t, c.comment[k].text);
            check(some, c.comment[k].text);
        }
        check_texts(t);
        check_random(some, i + 1, 40);
        trio_free(t);
        trio_free(some);
        model_free(m);
        corpus_release(&c);
    }
}

/* Words that have vectors are a space of their own. */
static void word_vectors(void **state)
{
    static const char *const word[] = {"excellent", "absurd", "absurde", "bof",
                                       "je",        "non",    "toto"};
    enum { DIMS = 3, N = sizeof word / sizeof *word };
    struct wordvec vec = {.n_dims = DIMS, .vector = malloc(sizeof(float[N][DIMS]))};
    struct settings set = tiny_settings();
    struct rng rng = {4};
    struct corpus c;
    struct model *m;
    struct trio *t;

    (void)state;
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(intern_string(&vec.words, span_of(word[i])), i);
        for (uint32_t k = 0; k < DIMS; k++)
            vec.vector[i * DIMS + k] = (float)rng_normal(&rng) / 2;
    }
    set.vectors = &vec;
    set.n_vector_shares = 1;
    set.vector_share[0] = 0.3;
    tiny_corpus(&c);
    m = must_train(&c, &set);
    assert_int_equal(m->set.ngram.vectors, 1);
    t = trio_of(m);
    check_texts(t);
    check_random(t, 1, 200);
    for (size_t k = 0; k < c.n_comments; k++)
        check(t, c.comment[k].text);
    trio_free(t);
    model_free(m);
    corpus_release(&c);
    wordvec_release(&vec);
}

/* Of a model for hundreds of targets one is asked for. */
static void one_of_hundreds(void **state)
{
    uint32_t one = 100;
    struct model *m = mixed_model(&defaults, 200, false);
    struct trio *t = trio_new(m, &one, NULL, 1);

    (void)state;
    check_texts(t);
    check_random(t, 1, 1000);
    trio_free(t);
    model_free(m);
}

/* Pairs with a gap are more than the characters of a text: its quotes make one twice, and no n-gram
 * but that pair counts them here. */
static void pairs_alone(void **state)
{
    const struct ngram_settings set = {.skip_max = 2};
    struct model *m = mixed_model(&set, 2, false);
    struct trio *t = trio_of(m);
    struct buf b = {0};

    (void)state;
    for (size_t n = 32760; n <= 33300; n += 20) {
        buf_reset(&b);
        buf_add_str(&b, "je ne sais pas, c'est bof \"je\" ");
        for (size_t i = 0; i < n; i++)
            buf_add_char(&b, '"');
        check(t, buf_span(&b));
    }
    buf_release(&b);
    trio_free(t);
    model_free(m);
}

/* ---- what was read before ---- */

/* What a quick says of each text of the table and of random ones, one decision a target. */
static struct decision *said(struct quick *q, const struct model *m, bool backward)
{
    enum { N_RANDOM = 200 };
    size_t n_texts = sizeof texts / sizeof *texts, n = n_texts + N_RANDOM;
    struct decision *d = calloc(n * m->n_targets, sizeof *d);
    struct buf b = {0};

    assert_non_null(d);
    for (size_t k = 0; k < n; k++) {
        size_t i = backward ? n - 1 - k : k;
        struct rng rng = {1000 + i};
        struct span text = i < n_texts ? span_of(texts[i]) : SPAN("");
        buf_reset(&b);
        mixed_text(&b, &rng, 1 + rng_below(&rng, 30));
        if (i >= n_texts)
            text = buf_span(&b);
        quick_read(q, text);
        for (uint32_t t = 0; t < m->n_targets; t++)
            quick_decide(q, t, &d[i * m->n_targets + t]);
    }
    buf_release(&b);
    return d;
}

static void expect_said(struct quick *q, const struct model *m, bool backward,
                        const struct decision *want)
{
    size_t n = (sizeof texts / sizeof *texts + 200) * m->n_targets;
    struct decision *got = said(q, m, backward);

    for (size_t i = 0; i < n; i++)
        same_bits(&want[i], &got[i], m->n_labels);
    free(got);
}

/* n distinct pieces, of five letters a part. */
static void fill(struct quick *q, unsigned from, unsigned n, unsigned n_parts)
{
    static const char *const part[] = {"excel", "absur", "espio", "eleph", "avion", "accor",
                                       "ellen", "bsurd", "pionn", "phone", "celle", "aussi",
                                       "nous-", "vous-", "nt-ab", "t-esp"};
    struct buf b = {0};

    for (unsigned i = from; i < from + n; i++) {
        for (unsigned k = 0; k < n_parts; k++)
            buf_add_str(&b, part[(k < 5 ? i >> 4 * k : i * 2654435761u >> 4 * (k % 5)) & 15]);
        buf_add_char(&b, ' ');
        if (b.len + 64 > QUICK_MOST_TEXT || i + 1 == from + n) {
            quick_read(q, buf_span(&b));
            buf_reset(&b);
        }
    }
    buf_release(&b);
}

/* There is room for a hundred thousand long pieces; once half of it is full, only what comes a
 * second time is kept, and of a quarter of a million that came once, which ones is forgotten too.
 */
static void forgetting(void **state)
{
    struct model *m = mixed_model(&defaults, 10, true);
    struct trio *t = trio_of(m);
    struct decision *want = said(t->cold, m, false);

    (void)state;
    expect_said(t->warm, m, false, want);
    expect_said(t->warm, m, true, want); /* in another order, each for the second time */
    expect_said(t->cold, m, true, want);
    fill(t->warm, 0, 80000, 12);
    expect_said(t->warm, m, false, want);
    fill(t->warm, 0, 300000, 5);
    fill(t->warm, 80000, 80000, 12);
    fill(t->warm, 80000, 80000, 12);
    expect_said(t->warm, m, true, want);
    fill(t->warm, 0, 80000, 12);
    expect_said(t->warm, m, false, want);
    free(want);
    trio_free(t);
    model_free(m);
}

/* Left to itself it becomes warm after QUICK_WARM bytes; two that share tables each do. */
static void becomes_warm(void **state)
{
    struct model *m = mixed_model(&defaults, 2, true);
    struct trio *t = trio_of(m);
    struct quick *other = quick_new(t->tables), *third = quick_new(t->tables);
    struct decision *want = said(t->cold, m, false);

    (void)state;
    for (int i = 0; i < 12; i++) {
        expect_said(other, m, i % 2 != 0, want);
        if (i % 3 == 0)
            expect_said(third, m, false, want);
    }
    quick_free(other);
    quick_free(third);
    quick_free(NULL);
    quick_tables_free(NULL);
    free(want);
    trio_free(t);
    model_free(m);
}

/* ---- the shipped model ---- */

static struct trio *shipped(struct model **m)
{
    char path[1024];
    struct stance_err err = {0};

    snprintf(path, sizeof path, "%s", test_path("../model/tiktok-fr.stance"));
    if (access(path, R_OK) != 0)
        return NULL;
    *m = model_load(path, &err);
    if (*m == NULL)
        fail_msg("%s", err.message);
    return trio_of(*m);
}

static size_t check_line(struct trio *t, struct span line)
{
    json_t *object = json_loadb(line.p, line.len, JSON_ALLOW_NUL, NULL);
    json_t *text = json_object_get(object, "text");
    size_t n = 0;

    for (size_t i = 0; i < 2 && !json_is_string(text); i++)
        text = json_object_get(object, i == 0 ? "body" : "comment");
    if (json_is_string(text)) {
        check(t, (struct span){json_string_value(text), json_string_length(text)});
        n = 1;
    }
    json_decref(object);
    return n;
}

/* Every line of a file; of what is no JSON the line itself is a text. Returns how many texts. */
static size_t check_file(struct trio *t, const char *path, bool any)
{
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t cap = 0, n = 0;

    assert_non_null(f);
    for (ssize_t len; (len = getline(&line, &cap, f)) > 0;) {
        struct span s = {line, (size_t)len};
        if (line[0] == '{') {
            n += check_line(t, s);
        } else if (any) {
            check(t, s);
            n++;
        }
    }
    free(line);
    fclose(f);
    return n;
}

static void gold(void **state)
{
    static const char *const file[] = {"dev", "test", "train"};
    struct model *m;
    struct trio *t = shipped(&m);
    size_t n = 0;

    (void)state;
    if (t == NULL)
        skip();
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        char name[64], path[1024];
        snprintf(name, sizeof name, "../corpus/gold/%s.ndjson", file[i]);
        snprintf(path, sizeof path, "%s", test_path(name));
        n += check_file(t, path, false);
    }
    assert_int_equal(n, 6452);
    assert_int_equal(t->n_ties, 0);
    print_message("%zu texts, probabilities at most %.1e apart\n", n, t->most);
    trio_free(t);
    model_free(m);
}

static void shipped_any(void **state)
{
    struct model *m;
    struct trio *t = shipped(&m);

    (void)state;
    if (t == NULL)
        skip();
    check_texts(t);
    check_random(t, 1, 1000);
    check_long(t);
    trio_free(t);
    model_free(m);
}

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), k = strlen(end);

    return n >= k && strcmp(name + n - k, end) == 0;
}

/* Every plain file below a folder. */
static size_t check_folder(struct trio *t, const char *folder)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        char path[4096];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (ends_in(path, ".ndjson") || ends_in(path, ".jsonl") || ends_in(path, ".csv") ||
            ends_in(path, ".tsv") || ends_in(path, ".txt"))
            n += check_file(t, path, true);
        else
            n += check_folder(t, path);
    }
    if (d != NULL)
        closedir(d);
    return n;
}

static void outside(void **state)
{
    const char *folder = getenv("STANCE_DATA");
    struct model *m;
    struct trio *t;
    size_t n;

    (void)state;
    if (folder == NULL || folder[0] == '\0')
        skip();
    t = shipped(&m);
    if (t == NULL)
        skip();
    n = check_folder(t, folder);
    assert_int_not_equal(n, 0);
    print_message("%zu texts, %llu ties, probabilities at most %.1e apart\n", n,
                  (unsigned long long)t->n_ties, t->most);
    trio_free(t);
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_models), cmocka_unit_test(targets),
        cmocka_unit_test(many_targets), cmocka_unit_test(added_comments),
        cmocka_unit_test(word_vectors), cmocka_unit_test(one_of_hundreds),
        cmocka_unit_test(pairs_alone),  cmocka_unit_test(forgetting),
        cmocka_unit_test(becomes_warm), cmocka_unit_test(shipped_any),
        cmocka_unit_test(gold),         cmocka_unit_test(outside),
    };
    return cmocka_run_group_tests_name("quick", tests, NULL, NULL);
}
