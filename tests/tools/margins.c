/* SPDX-License-Identifier: MIT */
/*
 * margins: are the margins of a model's collapsed weights what libsvm decides?
 *
 *     margins [-c C] CORPUS [TEST]
 *
 * Trains on CORPUS at one C and lets the scorer read the text of every comment of both files.
 * Beside each margin stands libsvm's own svm_predict_values() on the kernel values of the
 * same row with all training rows, for every label pair and for the target-blind machines
 * too. TEST takes part in neither vocabulary, idf nor training. A target that has no row in
 * CORPUS is also asked for as one that the model does not have, by its statement alone.
 *
 * Prints counts and the largest |difference| / max(1, |f|); exit 1 above 1e-9.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/types.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "model/pairsvm.h"
#include "model/scorer.h"

static const double TOLERANCE = 1e-9;

struct check {
    struct stance_corpus *corpus;
    struct trainset t;
    struct search search;
    struct fit fit;
    uint8_t *use;      /* per comment: of CORPUS */
    double *scored;    /* [blind][row][pair] */
    double *as_unseen; /* [row][pair], NAN where the target was trained on */
    double *libsvm;    /* [blind][row][pair] */
    uint64_t n_compared, n_unseen;
    double worst;
};

/* The training rows of one pair, as the solver got them. */
struct pair_rows {
    const struct check *k;
    uint32_t *row;
    int8_t *sign;
    size_t n, n_pos;
    struct kernel by;
    double *kernel; /* all rows × n */
};

static void solver_row(size_t i, double *value, void *arg)
{
    const struct pair_rows *p = arg;
    for (size_t j = 0; j < p->n; j++)
        value[j] = fit_kernel(&p->k->fit, &p->by, p->row[i], p->row[j]);
}

static void pick_rows(struct pair_rows *p, uint32_t pair)
{
    const struct trainset *t = &p->k->t;

    p->row = mem_array(t->n_rows, sizeof *p->row);
    p->sign = mem_array(t->n_rows, sizeof *p->sign);
    for (size_t r = 0; r < t->n_rows; r++) {
        bool pos = t->row[r].label == t->pair[pair].a;
        if (!p->k->use[t->row[r].comment] || (!pos && t->row[r].label != t->pair[pair].b))
            continue;
        p->row[p->n] = (uint32_t)r;
        p->sign[p->n++] = pos ? 1 : -1;
        p->n_pos += pos;
    }
}

static void kernel_row(size_t r, void *arg)
{
    struct pair_rows *p = arg;
    for (size_t i = 0; i < p->n; i++)
        p->kernel[r * p->n + i] = fit_kernel(&p->k->fit, &p->by, (uint32_t)r, p->row[i]);
}

static int ask_libsvm(const struct check *k, uint32_t pair, bool blind, double *value,
                      struct stance_err *err)
{
    const struct trainset *t = &k->t;
    struct pair_rows p = {.k = k, .by = fit_kernel_of(&k->fit, pair, blind)};
    struct pairsvm_problem *problem;
    double w_pos = 1, w_neg = 1;
    int status = 0;

    pick_rows(&p, pair);
    if (p.n_pos == 0 || p.n_pos == p.n) {
        for (size_t r = 0; r < t->n_rows; r++) /* as fit.h says; libsvm is not asked */
            value[r] = p.n == 0 ? 0 : p.n_pos == 0 ? -1 : 1;
    } else {
        if (t->set.class_weights == CLASS_WEIGHTS_BALANCED) {
            w_pos = (double)p.n / (2 * (double)p.n_pos);
            w_neg = (double)p.n / (2 * (double)(p.n - p.n_pos));
        }
        p.kernel = mem_array(t->n_rows * p.n, sizeof *p.kernel);
        jobs_run(0, t->n_rows, kernel_row, &p);
        problem = pairsvm_problem_new();
        pairsvm_problem_set(problem, p.n, p.sign, solver_row, &p, 0);
        status =
            pairsvm_reference(problem, t->set.c[0], w_pos, w_neg, t->n_rows, p.kernel, value, err);
        pairsvm_problem_free(problem);
    }
    free(p.kernel);
    free(p.row);
    free(p.sign);
    return status;
}

static int ask_libsvm_all(struct check *k, struct stance_err *err)
{
    const struct trainset *t = &k->t;
    double *value = mem_array(t->n_rows, sizeof *value);
    int status = 0;

    for (uint32_t b = 0; b < 2; b++)
        for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++) {
            status = ask_libsvm(k, pair, b == 1, value, err);
            for (size_t r = 0; r < t->n_rows && status == 0; r++)
                k->libsvm[(b * t->n_rows + r) * t->n_pairs + pair] = value[r];
        }
    free(value);
    return status;
}

static bool trained_target(const struct check *k, uint32_t target)
{
    const struct corpus *c = &k->corpus->data;
    uint64_t rows = 0;

    for (uint32_t l = 0; l < c->n_labels; l++)
        rows += k->fit.seen[(size_t)target * c->n_labels + l];
    return rows != 0;
}

/* Two scorers: of all targets by position, and of all targets by statement alone. */
static void ask_scorer(struct check *k, const struct model *m)
{
    const struct corpus *c = &k->corpus->data;
    const struct trainset *t = &k->t;
    size_t bytes = t->n_pairs * sizeof(double);
    uint32_t *known = mem_array(c->n_targets, sizeof *known);
    uint32_t *unknown = mem_array(c->n_targets, sizeof *unknown);
    struct scorer *s, *u;

    for (uint32_t i = 0; i < c->n_targets; i++) {
        known[i] = i;
        unknown[i] = UINT32_MAX;
    }
    s = scorer_new(m, known, NULL, c->n_targets);
    u = scorer_new(m, unknown, t->statement, c->n_targets);
    for (size_t r = 0; r < t->n_rows; r++) {
        struct span text = c->comment[t->row[r].comment].text;
        uint32_t target = t->row[r].target;
        bool unseen = !trained_target(k, target);
        scorer_read(s, text);
        memcpy(k->scored + r * t->n_pairs, scorer_margins(s, target, false), bytes);
        memcpy(k->scored + (t->n_rows + r) * t->n_pairs, scorer_margins(s, target, true), bytes);
        if (unseen)
            scorer_read(u, text);
        for (uint32_t p = 0; p < t->n_pairs; p++)
            k->as_unseen[r * t->n_pairs + p] = unseen ? scorer_margins(u, target, false)[p] : NAN;
    }
    scorer_free(s);
    scorer_free(u);
    free(known);
    free(unknown);
}

static void compare_one(struct check *k, double got, double want)
{
    double off = fabs(got - want) / fmax(1, fabs(want));

    k->n_compared++;
    if (!(off <= k->worst)) /* NAN is the worst of all and stays */
        k->worst = off;
}

static void compare(struct check *k)
{
    size_t n = k->t.n_rows * k->t.n_pairs;

    for (size_t i = 0; i < 2 * n; i++)
        compare_one(k, k->scored[i], k->libsvm[i]);
    for (size_t i = 0; i < n; i++)
        if (!isnan(k->as_unseen[i])) {
            compare_one(k, k->as_unseen[i], k->libsvm[i]);
            k->n_unseen++;
        }
}

static int run(struct check *k, const struct settings *set, struct stance_err *err)
{
    struct stance_corpus *c = k->corpus;
    struct span *statement = mem_array(c->data.n_targets, sizeof *statement);
    struct model *m = NULL;
    size_t n;
    int status = -1;

    for (uint32_t i = 0; i < c->data.n_targets; i++)
        statement[i] = c->names[i].statement;
    if (trainset_init(&k->t, &c->data, statement, set, err) == 0 &&
        search_run(&k->search, &k->t, k->use, (struct span){NULL, 0}, NULL, err) == 0)
        m = train_model(&k->t, k->use, &k->search, c->names, SPAN("program=margins\n"), err);
    if (m != NULL) {
        n = k->t.n_rows * k->t.n_pairs;
        k->scored = mem_array(2 * n, sizeof *k->scored);
        k->libsvm = mem_array(2 * n, sizeof *k->libsvm);
        k->as_unseen = mem_array(n, sizeof *k->as_unseen);
        fit_open(&k->fit, &k->t, k->use, &(struct choice){0});
        ask_scorer(k, m);
        status = ask_libsvm_all(k, err);
        if (status == 0)
            compare(k);
    }
    model_free(m);
    free(statement);
    return status;
}

static void report(const struct check *k)
{
    const struct corpus *c = &k->corpus->data;
    size_t trained = 0;

    for (size_t r = 0; r < k->t.n_rows; r++)
        trained += k->use[k->t.row[r].comment];
    printf("C %g: %zu training rows, %zu test rows, %u targets, %u labels, %u pairs; "
           "%llu margins compared, %llu of them by statement alone; "
           "largest |difference| / max(1, |f|): %.2e\n",
           k->t.set.c[0], trained, k->t.n_rows - trained, c->n_targets, c->n_labels, k->t.n_pairs,
           (unsigned long long)k->n_compared, (unsigned long long)k->n_unseen, k->worst);
}

static void check_release(struct check *k)
{
    fit_release(&k->fit);
    search_release(&k->search);
    trainset_release(&k->t);
    stance_corpus_free(k->corpus);
    free(k->use);
    free(k->scored);
    free(k->libsvm);
    free(k->as_unseen);
}

int main(int argc, char **argv)
{
    struct settings set = settings_default();
    struct check k = {0};
    struct stance_err err = {0};
    const char *const *path;
    int status, at = 1;
    double c = 1;

    if (argc > 2 && strcmp(argv[1], "-c") == 0) {
        c = strtod(argv[2], NULL);
        at = 3;
    }
    if (argc - at < 1 || argc - at > 2 || !(c > 0)) {
        fputs("usage: margins [-c C] CORPUS [TEST]\n", stderr);
        return STANCE_USAGE;
    }
    set.n_mixes = set.n_kernels = 1; /* the choice that fit_open() is given */
    set.n_c = 1;
    set.c[0] = c;
    set.n_folds = 2;
    path = (const char *const *)(argv + at);
    k.corpus = stance_corpus_load(path, (size_t)(argc - at), NULL, NULL, NULL, &err);
    status = k.corpus != NULL ? 0 : -1;
    if (status == 0) {
        const struct corpus *data = &k.corpus->data;
        k.use = mem_zalloc(data->n_comments, 1);
        for (size_t i = 0; i < data->n_comments; i++)
            k.use[i] = span_eq(data->file[data->comment[i].file], span_of(path[0]));
        status = run(&k, &set, &err);
    }
    if (status == 0)
        report(&k);
    else
        fprintf(stderr, "margins: %s\n", err.message);
    status = status < 0 ? (int)err.code : k.worst <= TOLERANCE ? 0 : 1;
    check_release(&k);
    return status;
}
