/* SPDX-License-Identifier: MIT */
/*
 * crossval: one trainset serves all folds, since it holds counts and names but nothing
 * fitted. Inside an outer fold everything that is estimated (vocabulary, idf, C, support
 * vectors, sigmoids, majorities) comes from `train`, a mask of comments; the held-out rows
 * are only ever multiplied with the result.
 */
#include "eval/crossval.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/intern.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "model/decide.h"
#include "model/search.h"

struct crossval {
    struct evaluation *e;
    struct trainset set;
    struct split outer;
    const struct stance_talk *talk;
    uint64_t done, total; /* folds, for progress */
    uint64_t shared;      /* held-out comments whose author is on the training side too */
    uint64_t with_author;
    uint64_t unseen;      /* held-out rows whose target the training side has no label for */
    uint32_t n_regrouped; /* outer folds whose inner ones are grouped otherwise */
    struct span regrouped_by;
};

/* One outer fold. */
struct outer_fold {
    struct crossval *v;
    uint32_t fold;
    uint8_t *train; /* per comment */
    struct fit fit;
    uint32_t *row; /* held out */
    size_t n_rows;
    struct machine machine; /* of the pair being applied */
    uint32_t pair;
    bool blind;
    double *margin, *blind_margin; /* [held-out row][pair] */
};

static void tell(struct crossval *v)
{
    if (v->talk != NULL && v->talk->progress != NULL)
        v->talk->progress(v->talk->arg, "folds", v->done, v->total);
}

static void inner_step(void *arg, uint32_t done, uint32_t total)
{
    struct crossval *v = arg;

    (void)done;
    (void)total;
    v->done++;
    tell(v);
}

static bool can_split(const struct crossval *v, const uint8_t *train, struct span field)
{
    struct split s;
    int status =
        split_folds(&s, v->set.corpus, train, field, v->set.set.n_folds, v->set.set.seed, NULL);
    split_release(&s);
    return status == 0;
}

static int search_inside(struct outer_fold *o, struct search *s, struct stance_err *err)
{
    struct crossval *v = o->v;
    struct search_progress progress = {inner_step, v};
    struct span field = v->outer.field;
    int status;

    if (!can_split(v, o->train, field))
        field = (struct span){NULL, 0};
    status = search_run(s, &v->set, o->train, field, &progress, err);
    if (status == 0 && field.p == NULL) {
        v->n_regrouped++;
        v->regrouped_by = s->split.field;
    }
    return status;
}

static void apply_to_row(size_t i, void *arg)
{
    struct outer_fold *o = arg;
    double *margin = o->blind ? o->blind_margin : o->margin;

    margin[i * o->v->set.n_pairs + o->pair] = fit_margin(&o->fit, &o->machine, o->row[i], o->blind);
}

static int apply_pair(struct outer_fold *o, uint32_t pair, bool blind, double c,
                      struct stance_err *err)
{
    int status = fit_pair(&o->fit, pair, blind, 1, &c, &o->machine, err);

    o->pair = pair;
    o->blind = blind;
    if (status == 0)
        jobs_run(o->v->set.set.n_jobs, o->n_rows, apply_to_row, o);
    machines_release(&o->machine, 1);
    return status;
}

static uint32_t decided(const struct outer_fold *o, size_t i, const double *margin,
                        const struct sigmoid *sigmoid, double *p)
{
    const struct trainset *t = &o->v->set;
    struct decision d;

    decide(&d, t->pair, t->n_pairs,
           o->fit.seen + (size_t)t->row[o->row[i]].target * t->corpus->n_labels,
           t->corpus->n_labels, margin + i * t->n_pairs, sigmoid);
    *p = d.p[d.label];
    return d.label;
}

static bool target_is_unseen(const struct outer_fold *o, uint32_t target)
{
    uint32_t n = o->v->e->n_labels;

    for (uint32_t l = 0; l < n; l++)
        if (o->fit.seen[(size_t)target * n + l] != 0)
            return false;
    return true;
}

/* Labels of the evaluation are those of the corpus here, in one order. */
static void count(const struct outer_fold *o, const struct search *s)
{
    struct evaluation *e = o->v->e;
    struct majorities majorities = majorities_of(e, o->fit.seen);
    double p, blind_p;

    for (size_t i = 0; i < o->n_rows; i++) {
        const struct mark *row = &o->v->set.row[o->row[i]];
        uint32_t label = decided(o, i, o->margin, s->sigmoid, &p);
        evaluation_add(e, EVALUATION_MODEL, row->target, row->label, label);
        evaluation_confide(e, row->target, p, label == row->label);
        evaluation_add_majorities(e, &majorities, row->target, row->label);
        o->v->unseen += target_is_unseen(o, row->target);
        if (e->n_targets > 1)
            evaluation_add(e, EVALUATION_BLIND, row->target, row->label,
                           decided(o, i, o->blind_margin, s->blind_sigmoid, &blind_p));
    }
    majorities_release(&majorities);
}

static void count_authors(struct outer_fold *o)
{
    const struct corpus *c = o->v->set.corpus;
    struct intern known = {0};
    struct intern_view view;

    for (size_t i = 0; i < c->n_comments; i++)
        if (o->train[i] && c->comment[i].author.p != NULL)
            intern_string(&known, c->comment[i].author);
    view = intern_frozen(&known);
    for (size_t i = 0; i < c->n_comments; i++) {
        struct span author = c->comment[i].author;
        if (o->v->outer.fold[i] != o->fold || author.p == NULL)
            continue;
        o->v->with_author++;
        o->v->shared += view.n != 0 && intern_find(&view, author, hash_span(author)) != INTERN_NONE;
    }
    intern_release(&known);
}

static void part(struct outer_fold *o)
{
    const struct trainset *t = &o->v->set;

    o->train = mem_zalloc(t->corpus->n_comments, 1);
    o->row = mem_array(t->n_rows, sizeof *o->row);
    for (size_t i = 0; i < t->corpus->n_comments; i++)
        o->train[i] = o->v->outer.fold[i] != o->fold && o->v->outer.fold[i] != SPLIT_UNUSED;
    for (size_t r = 0; r < t->n_rows; r++)
        if (!o->train[t->row[r].comment])
            o->row[o->n_rows++] = (uint32_t)r;
    o->margin = mem_zalloc(o->n_rows * t->n_pairs, sizeof *o->margin);
    o->blind_margin = mem_zalloc(o->n_rows * t->n_pairs, sizeof *o->blind_margin);
}

static int apply_all(struct outer_fold *o, const struct search *s, struct stance_err *err)
{
    const struct trainset *t = &o->v->set;
    double c = t->set.c[s->best];
    int status = 0;

    fit_open(&o->fit, t, o->train);
    for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++) {
        status = apply_pair(o, pair, false, c, err);
        if (status == 0 && o->v->e->n_targets > 1)
            status = apply_pair(o, pair, true, c, err);
    }
    if (status == 0)
        count(o, s);
    fit_release(&o->fit);
    return status;
}

static int run_fold(struct crossval *v, uint32_t fold, struct stance_err *err)
{
    struct outer_fold o = {.v = v, .fold = fold};
    struct search search = {0};
    int status;

    part(&o);
    status = search_inside(&o, &search, err);
    if (status == 0)
        status = apply_all(&o, &search, err);
    if (status == 0) {
        v->e->fold[fold] =
            (struct evaluation_fold){v->set.set.c[search.best], v->set.n_rows - o.n_rows, o.n_rows};
        count_authors(&o);
        v->done++;
        tell(v);
    }
    search_release(&search);
    free(o.train);
    free(o.row);
    free(o.margin);
    free(o.blind_margin);
    return status;
}

static void note_all(const struct crossval *v)
{
    struct evaluation *e = v->e;

    if (v->outer.cuts_threads)
        evaluation_note(e,
                        "folds cut threads: there are too few for %u folds, or some comment is "
                        "in none; the figures may be too good",
                        e->n_folds);
    if (v->n_regrouped != 0)
        evaluation_note(e,
                        "in %u of %u folds C was chosen on inner folds grouped by %.*s: too few "
                        "groups by %.*s",
                        v->n_regrouped, e->n_folds, (int)v->regrouped_by.len, v->regrouped_by.p,
                        (int)v->outer.field.len, v->outer.field.p);
    if (v->unseen != 0)
        evaluation_note(e,
                        "%llu of %zu labels were held out with all labels of their target: "
                        "decided by the target's name alone",
                        (unsigned long long)v->unseen, v->set.n_rows);
    if (v->with_author != 0)
        evaluation_note(e,
                        "%llu of %llu held-out comments have an author who also wrote comments "
                        "trained on",
                        (unsigned long long)v->shared, (unsigned long long)e->n_comments);
    else if (!span_eq(v->outer.field, SPAN("author")))
        evaluation_note(e, "no authors are given: whether folds share any cannot be told");
}

static int run_all(struct crossval *v, struct span field, struct stance_err *err)
{
    struct evaluation *e = v->e;
    uint8_t *use = corpus_labelled(v->set.corpus);
    int status =
        split_folds(&v->outer, v->set.corpus, use, field, e->n_folds, v->set.set.seed, err);

    free(use);
    if (status == 0) {
        e->n_groups = v->outer.n_groups;
        e->grouped_by = arena_copy(&e->arena, v->outer.field);
    }
    for (uint32_t fold = 0; fold < e->n_folds && status == 0; fold++)
        status = run_fold(v, fold, err);
    if (status == 0)
        note_all(v);
    split_release(&v->outer);
    return status;
}

int crossval_run(struct evaluation *e, const struct corpus *corpus, const struct span *statement,
                 const struct settings *set, struct span field, uint32_t n_outer,
                 const struct stance_talk *talk, struct stance_err *err)
{
    struct crossval v = {.e = e, .talk = talk};
    int status = evaluation_open(e, EVALUATION_CROSSVAL, corpus, NULL, 0, field, err);

    if (status == 0)
        status = trainset_init(&v.set, corpus, statement, set, err);
    if (status == 0) {
        v.total = (uint64_t)n_outer * (set->n_folds + 1);
        e->n_folds = n_outer;
        e->fold = mem_zalloc(n_outer, sizeof *e->fold);
        e->baselines_from = "the labels of each fold's training side";
        status = run_all(&v, field, err);
    }
    trainset_release(&v.set);
    return status;
}
