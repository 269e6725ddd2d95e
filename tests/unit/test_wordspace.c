/* SPDX-License-Identifier: MIT */
/* wordspace: points worked out by hand, and a model that knows words only by their vectors. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "features/wordspace.h"
#include "model/scorer.h"
#include "model/search.h"
#include "model/solve.h"
#include "model/train.h"
#include "tiny.h"

enum { DIMS = 2 };

static const struct {
    const char *word;
    float row[DIMS];
} known[] = {
    {"excellent", {1, 0}}, {"absurde", {0, 1}},    {"formidable", {0.8F, 0.6F}},
    {"idiot", {0, 1}},     {"silencieux", {0, 0}},
};
enum { KNOWN = sizeof known / sizeof *known };

static void make_vectors(struct wordvec *w)
{
    *w = (struct wordvec){.n_dims = DIMS, .vector = malloc(KNOWN * DIMS * sizeof(float))};
    for (int i = 0; i < KNOWN; i++) {
        assert_int_equal(intern_string(&w->words, span_of(known[i].word)), i);
        memcpy(w->vector + i * DIMS, known[i].row, sizeof known[i].row);
    }
}

static void near(double a, double b)
{
    if (!(fabs(a - b) < 1e-7)) /* vectors are floats */
        fail_msg("%.17g is not %.17g", a, b);
}

/* Row i as a point; 0 where it has none. */
static void point_of(const struct matrix *x, uint32_t first, size_t i, double point[DIMS])
{
    point[0] = point[1] = 0;
    for (size_t e = x->start[i]; e < x->start[i + 1]; e++) {
        assert_true(x->id[e] >= first); /* there are no other n-grams here */
        point[x->id[e] - first] = x->value[e];
    }
}

static void by_hand(void **state)
{
    static const char *const text[] = {"excellent", "absurde formidable", "inconnu", "silencieux",
                                       "formidable"};
    const struct ngram_settings ngrams = {.vectors = 1};
    const struct weighting_settings set = {1, {[NGRAM_VECTORS] = 0.5}};
    const uint8_t use[] = {1, 1, 1, 1, 0};
    struct wordvec vec;
    struct intern v = {0};
    struct counts c = {0};
    struct counter *k = counter_new(&ngrams);
    struct weighting w;
    struct intern_view view;
    struct matrix x;
    uint32_t *word;
    double scale, p[5][DIMS], a, b, length, m;

    (void)state;
    make_vectors(&vec);
    wordspace_names(&vec, &v);
    for (int i = 0; i < 5; i++)
        counter_add(k, &c, &v, span_of(text[i]));
    view = intern_frozen(&v);
    weighting_fit(&w, &set, &c, use, &view);
    word = wordspace_fit(&w, &vec, &view, 4);
    near(w.idf[0], log(5.0 / 2) + 1);
    near(w.idf[3], log(5.0) + 1); /* idiot: in no comment, known all the same */
    assert_true(w.idf[4] == 0);   /* silencieux says nothing of its neighbours */
    assert_true(w.idf[v.n - 1] == 0 && word[v.n - 1] == UINT32_MAX); /* inconnu */
    wordspace_apply(&w, &vec, word, &c, use, &scale, &x);
    assert_int_equal(x.n_ids, w.n_ids + DIMS);
    for (int i = 0; i < 5; i++)
        point_of(&x, w.n_ids, (size_t)i, p[i]);
    /* absurde and formidable are in one comment each, of those fitted on */
    a = b = log(5.0 / 2) + 1;
    length = sqrt(a * a + b * b);
    m = (1 + ((b * .8) * (b * .8) + (a + b * .6) * (a + b * .6)) / (length * length)) / 4;
    near(scale, 1 / sqrt(m));
    near(p[0][0], sqrt(0.5 / m));
    near(p[1][0], sqrt(0.5 / m) * b * .8 / length);
    near(p[1][1], sqrt(0.5 / m) * (a + b * .6) / length);
    assert_true(p[2][0] == 0 && p[2][1] == 0 && p[3][0] == 0 && p[3][1] == 0);
    near(p[4][1] / p[4][0], .6 / .8); /* held out, where the vector leads */
    matrix_release(&x);
    weighting_release(&w);
    free(word);
    counts_release(&c);
    intern_release(&v);
    counter_free(k);
    wordvec_release(&vec);
}

/* Each row's margins by the machine and by the model that it collapsed into. */
static void compare_all(const struct trainset *t, const uint8_t *use, const struct search *s,
                        const struct model *m)
{
    static const uint32_t targets[] = {0, 1};
    struct scorer *scorer = scorer_new(m, targets, NULL, 2);
    struct fit f;

    fit_open(&f, t, use, &search_best(s)->choice);
    for (uint32_t pair = 0; pair < t->n_pairs; pair++) {
        struct machine machine;
        const double c = t->set.c[search_best(s)->c];
        assert_int_equal(solve_pair(&f, pair, false, 1, &c, &machine, NULL), 0);
        for (uint32_t r = 0; r < t->n_rows; r++) {
            scorer_read(scorer, t->corpus->comment[t->row[r].comment].text);
            near(scorer_margins(scorer, t->row[r].target, false)[pair],
                 fit_margin(&f, &machine, r, false));
        }
        machines_release(&machine, 1);
    }
    fit_release(&f);
    scorer_free(scorer);
}

static uint32_t label_of(const struct model *m, const char *text)
{
    static const uint32_t ban = 0;
    struct scorer *s = scorer_new(m, &ban, NULL, 1);
    struct decision d;

    scorer_read(s, span_of(text));
    scorer_decide(s, 0, false, &d);
    scorer_free(s);
    return d.label;
}

static struct model *train_with(const struct wordvec *vec, enum solver solver)
{
    const struct span nothing[3 * MODEL_LANGS] = {{"", 0}, {"", 0}, {"", 0},
                                                  {"", 0}, {"", 0}, {"", 0}};
    struct target_names names[TINY_TARGETS];
    struct settings set = tiny_settings();
    struct corpus c;
    struct trainset t;
    struct search s;
    struct model *m;
    uint8_t *use;

    set.vectors = vec;
    set.solver = solver;
    set.n_vector_shares = 1;
    set.vector_share[0] = vec != NULL ? 0.3 : 0;
    tiny_corpus(&c);
    use = corpus_labelled(&c);
    for (int i = 0; i < TINY_TARGETS; i++)
        names[i] =
            (struct target_names){tiny_statement[i], {"", 0}, (struct span *)(uintptr_t)nothing};
    assert_int_equal(trainset_init(&t, &c, tiny_statement, &set, NULL), 0);
    assert_int_equal(search_run(&s, &t, use, (struct span){NULL, 0}, NULL, NULL), 0);
    m = train_model(&t, use, &s, names, SPAN("program=test\n"), NULL);
    assert_non_null(m);
    if (solver == SOLVER_LIBSVM)
        compare_all(&t, use, &s, m);
    search_release(&s);
    trainset_release(&t);
    free(use);
    corpus_release(&c);
    return m;
}

/* favor and against by words that no labelled comment has. */
static void words_by_their_vectors(void **state)
{
    static const enum solver solver[] = {SOLVER_LIBSVM, SOLVER_COORDINATE};
    struct wordvec vec;

    (void)state;
    make_vectors(&vec);
    for (int i = 0; i < 2; i++) {
        struct model *m = train_with(&vec, solver[i]), *without = train_with(NULL, solver[i]);
        assert_int_equal(label_of(m, "formidable"), 1);
        assert_int_equal(label_of(m, "idiot"), 0);
        assert_int_equal(label_of(without, "formidable"), label_of(without, "idiot"));
        assert_true(m->set.ngram.vectors == 1 && without->set.ngram.vectors == 0);
        model_free(m);
        model_free(without);
    }
    wordvec_release(&vec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand),
                                       cmocka_unit_test(words_by_their_vectors)};
    return cmocka_run_group_tests_name("wordspace", tests, NULL, NULL);
}
