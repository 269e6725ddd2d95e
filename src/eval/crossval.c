/* SPDX-License-Identifier: MIT */
/*
 * crossval: one trainset serves all folds, since it holds counts and names but nothing
 * fitted. Inside an outer fold everything that is estimated (vocabulary, idf, C, support
 * vectors, sigmoids, majorities) comes from `train`, a mask of comments; the held-out rows
 * are only ever multiplied with the result. A point of the learning curve is the same with
 * fewer groups in the mask: those that come first in a seeded order, so that a larger part
 * holds the smaller ones.
 */
#include "eval/crossval.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/intern.h"
#include "base/mem.h"
#include "eval/baselines.h"
#include "eval/parts.h"
#include "eval/reasons.h"
#include "eval/surface.h"
#include "model/apart.h"
#include "model/decide.h"
#include "model/family.h"
#include "model/search.h"

struct crossval {
    struct evaluation *e;
    struct trainset set;
    struct corpus gold; /* of the rows measured */
    uint32_t *at;       /* per row of the evaluation, that of the trainset */
    uint8_t *use;       /* per comment: labelled */
    uint8_t *left;      /* per comment: left out of some training side, see model/apart.h */
    struct split outer;
    const struct stance_talk *talk;
    struct parts parts;   /* for the learning curve */
    uint64_t done, total; /* folds, for progress */
    uint64_t shared;      /* held-out comments whose author is on the training side too */
    uint64_t with_author;
    uint64_t unseen; /* held-out rows whose target the training side has no label for */
    bool whole_threads;
    uint32_t in_threads;  /* outer folds in which threads say something, see model/context.h */
    uint32_t n_regrouped; /* outer folds whose inner ones are grouped otherwise */
    struct span regrouped_by;
};

/* What one pass over the outer folds fills. */
struct pass {
    size_t model, blind; /* systems */
    struct majorities majorities;
    double part; /* of the training groups */
    bool whole;  /* the figures proper, no point of the learning curve */
};

/* One outer fold. */
struct outer_fold {
    struct crossval *v;
    const struct pass *pass;
    uint32_t fold;
    uint8_t *train; /* per comment */
    uint8_t *use;   /* per row of the evaluation: held out */
    struct fit fit;
    uint64_t *may, *blind_may; /* [target][label]: see model/family.h */
    uint32_t *row, *place;     /* held out: rows of the trainset, and of the evaluation */
    size_t n_rows, n_train;
    struct machine *machine;       /* per pair */
    double *margin, *blind_margin; /* [held-out row][pair] */
    double weight[CALIBRATE_MAX_LABELS], blind_weight[CALIBRATE_MAX_LABELS]; /* of the rules */
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
    uint8_t *dealt = apart_dealt(&v->set, train);
    int status =
        split_folds(&s, v->set.corpus, dealt, field, v->set.set.n_folds, v->set.set.seed, NULL);
    split_release(&s);
    free(dealt);
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
    if (status == 0 && field.p == NULL && o->pass->whole) {
        v->n_regrouped++;
        v->regrouped_by = s->split.field;
    }
    return status;
}

/* ---- the held-out rows ---- */

static int apply_pair(struct outer_fold *o, uint32_t pair, bool blind, double c,
                      struct machine *machine, struct stance_err *err)
{
    double *margin = blind ? o->blind_margin : o->margin;
    double *value = mem_array(o->n_rows, sizeof *value);
    int status = fit_pair(&o->fit, pair, blind, 1, &c, machine, err);

    if (status == 0)
        fit_margins(&o->fit, machine, 1, o->row, o->n_rows, blind, value);
    for (size_t i = 0; i < o->n_rows && status == 0; i++)
        margin[i * o->v->set.n_pairs + pair] = value[i];
    free(value);
    return status;
}

static bool target_is_unseen(const struct outer_fold *o, uint32_t target)
{
    uint32_t n = o->v->e->n_labels;

    for (uint32_t l = 0; l < n; l++)
        if (o->fit.seen[(size_t)target * n + l] != 0)
            return false;
    return true;
}

/* [held-out row][label], owned by the caller. */
static double *probabilities(const struct outer_fold *o, const struct search *s, bool blind)
{
    const struct trainset *t = &o->v->set;
    uint32_t n_labels = t->corpus->n_labels;
    const double *margin = blind ? o->blind_margin : o->margin;
    const uint64_t *may = blind ? o->blind_may : o->may;
    double *p = mem_array(o->n_rows * n_labels, sizeof *p);
    struct decision d;

    for (size_t i = 0; i < o->n_rows; i++) {
        decide(&d, t->pair, t->n_pairs, may + (size_t)t->row[o->row[i]].target * n_labels, n_labels,
               margin + i * t->n_pairs, blind ? s->blind_sigmoid : s->sigmoid, NULL);
        memcpy(p + i * n_labels, d.p, n_labels * sizeof *p);
    }
    return p;
}

/* Threads are judged as they would be in a dump, by what the fold holds out of them. */
static void judge_threads(const struct outer_fold *o, const struct search *s, double *p)
{
    const struct corpus *c = o->v->set.corpus;
    double *prior = mem_array((size_t)c->n_targets * c->n_labels, sizeof *prior);
    struct context context = {0};

    context_prior(o->fit.own, c->n_targets, c->n_labels, prior);
    for (size_t i = 0; i < o->n_rows; i++) {
        const struct mark *row = &o->v->set.row[o->row[i]];
        const struct comment *k = &c->comment[row->comment];
        if (!target_is_unseen(o, row->target))
            context_add(&context, row->target, k->thread, k->author, p + i * c->n_labels);
    }
    context_apply(&context, &s->context, prior, c->n_labels);
    context_release(&context);
    free(prior);
}

/* Labels of the evaluation are those of the corpus here, in one order. */
static void keep_all(const struct outer_fold *o, const struct search *s, bool blind)
{
    uint32_t n_labels = o->v->e->n_labels;
    size_t system = blind ? o->pass->blind : o->pass->model;
    double *p = probabilities(o, s, blind);

    if (!blind && o->v->whole_threads)
        judge_threads(o, s, p);
    for (size_t i = 0; i < o->n_rows; i++) {
        const double *of = p + i * n_labels;
        bool unseen = target_is_unseen(o, o->v->set.row[o->row[i]].target);
        evaluation_set(o->v->e, system, o->place[i],
                       decide_label(of, n_labels, blind ? o->blind_weight : o->weight),
                       unseen ? NULL : of);
    }
    free(p);
}

static void decide_all(const struct outer_fold *o, const struct search *s)
{
    struct evaluation *e = o->v->e;

    keep_all(o, s, false);
    if (o->pass->blind != EVALUATION_NO_SYSTEM)
        keep_all(o, s, true);
    if (!o->pass->whole)
        return;
    for (size_t i = 0; i < o->n_rows; i++)
        o->v->unseen += target_is_unseen(o, e->row[o->place[i]].target);
    o->v->in_threads += s->context.thread != 0 || s->context.author != 0;
    majorities_set(e, &o->pass->majorities, o->fit.own, o->use);
    reasons_of_fold(e, &o->fit, o->machine, o->v->at, o->use);
}

static int apply_all(struct outer_fold *o, const struct search *s, struct stance_err *err)
{
    const struct trainset *t = &o->v->set;
    struct machine blind;
    double c = t->set.c[search_best(s)->c];
    int status = 0;

    fit_open(&o->fit, t, o->train, &search_best(s)->choice);
    o->machine = mem_zalloc(t->n_pairs, sizeof *o->machine);
    for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++) {
        if (!t->held[pair]) /* no row measured may have either label */
            continue;
        status = apply_pair(o, pair, false, c, &o->machine[pair], err);
        if (status == 0 && o->pass->blind != EVALUATION_NO_SYSTEM) {
            status = apply_pair(o, pair, true, c, &blind, err);
            machines_release(&blind, 1);
        }
    }
    o->may = family_allowed(o->fit.own, t->corpus->n_targets, t->corpus->n_labels);
    o->blind_may = family_counts(o->fit.own, t->corpus->n_targets, t->corpus->n_labels);
    rule_weights(o->fit.own, t->corpus->n_targets, t->corpus->n_labels, s->exponent, o->weight);
    rule_weights(o->fit.own, t->corpus->n_targets, t->corpus->n_labels, s->blind_exponent,
                 o->blind_weight);
    if (status == 0)
        decide_all(o, s);
    free(o->may);
    free(o->blind_may);
    for (uint32_t pair = 0; pair < t->n_pairs; pair++)
        if (t->held[pair])
            machines_release(&o->machine[pair], 1);
    free(o->machine);
    fit_release(&o->fit);
    return status;
}

/* ---- one outer fold ---- */

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

static void find_training_side(struct outer_fold *o)
{
    const struct crossval *v = o->v;
    uint8_t *held = mem_zalloc(v->gold.n_comments, 1);

    o->train = mem_zalloc(v->gold.n_comments, 1);
    for (size_t i = 0; i < v->gold.n_comments; i++) {
        held[i] = v->outer.fold[i] == o->fold;
        o->train[i] = v->use[i] && !held[i];
    }
    apart_leave(&v->set, v->outer.field, held, o->train, o->pass->whole ? v->left : NULL);
    free(held);
}

static void part(struct outer_fold *o)
{
    const struct trainset *t = &o->v->set;
    size_t n = o->v->e->n_rows;

    find_training_side(o);
    o->use = mem_zalloc(n, 1);
    o->row = mem_array(n, sizeof *o->row);
    o->place = mem_array(n, sizeof *o->place);
    for (size_t r = 0; r < n; r++) {
        o->use[r] = o->v->outer.fold[o->v->gold.mark[r].comment] == o->fold;
        if (!o->use[r])
            continue;
        o->place[o->n_rows] = (uint32_t)r;
        o->row[o->n_rows++] = o->v->at[r];
    }
    if (!o->pass->whole)
        parts_thin(&o->v->parts, o->pass->part, o->train);
    for (size_t r = 0; r < t->n_rows; r++)
        o->n_train += o->train[t->row[r].comment];
    o->margin = mem_zalloc(o->n_rows * t->n_pairs, sizeof *o->margin);
    o->blind_margin = mem_zalloc(o->n_rows * t->n_pairs, sizeof *o->blind_margin);
}

static void note_fold(struct outer_fold *o, const struct search *search)
{
    struct crossval *v = o->v;

    if (!o->pass->whole) {
        v->e->system[o->pass->model].n_train += o->n_train;
        return;
    }
    v->e->fold[o->fold] =
        (struct evaluation_fold){v->set.set.c[search_best(search)->c], o->n_train, o->n_rows};
    for (size_t i = 0; i < o->n_rows; i++)
        v->e->row_fold[o->place[i]] = o->fold;
    count_authors(o);
}

static int run_fold(struct crossval *v, const struct pass *pass, uint32_t fold,
                    struct stance_err *err)
{
    struct outer_fold o = {.v = v, .pass = pass, .fold = fold};
    struct search search = {0};
    int status;

    part(&o);
    status = search_inside(&o, &search, err);
    if (status == 0)
        status = apply_all(&o, &search, err);
    if (status == 0) {
        note_fold(&o, &search);
        v->done++;
        tell(v);
    }
    search_release(&search);
    free(o.train);
    free(o.use);
    free(o.row);
    free(o.place);
    free(o.margin);
    free(o.blind_margin);
    return status;
}

/* ---- all folds ---- */

static void note_split(void *arg, const char *line)
{
    evaluation_note(arg, "%s", line);
}

/* A comment without an author may have one of those trained on: that is not told as a no. */
static void note_authors(const struct crossval *v)
{
    struct evaluation *e = v->e;

    if (v->with_author == e->n_comments)
        evaluation_note(e,
                        "%llu of %u held-out comments have an author who also wrote comments "
                        "trained on",
                        (unsigned long long)v->shared, e->n_comments);
    else if (v->with_author != 0)
        evaluation_note(e,
                        "%llu of %llu held-out comments with a known author have one who also "
                        "wrote comments trained on; of %llu the author is not known",
                        (unsigned long long)v->shared, (unsigned long long)v->with_author,
                        (unsigned long long)(e->n_comments - v->with_author));
    else if (!span_eq(v->outer.field, SPAN("author")))
        evaluation_note(e, "no authors are given: whether folds share any cannot be told");
}

static void note_added(const struct crossval *v)
{
    const struct trainset *t = &v->set;
    size_t n_left = 0;

    if (t->n_domains == 1)
        return;
    evaluation_note(v->e,
                    "measured on %zu labels of added comments; the %zu others are trained on in "
                    "every fold",
                    t->n_own, t->n_rows - t->n_own);
    for (size_t i = 0; i < v->gold.n_comments; i++)
        n_left += v->left[i];
    if (n_left != 0)
        evaluation_note(v->e, APART_LEFT, n_left, (int)v->outer.field.len, v->outer.field.p);
}

static void note_all(const struct crossval *v)
{
    struct evaluation *e = v->e;

    if (v->set.solver == SOLVER_COORDINATE && v->set.set.solver == SOLVER_AUTO)
        evaluation_note(e, TRAINSET_SWITCHED, v->set.matrix_memory / 1048576,
                        (double)v->set.set.max_memory / 1048576);
    note_added(v);
    if (v->whole_threads)
        evaluation_note(e,
                        "each comment is judged together with the others of its thread that its "
                        "fold holds out; in %u of %u folds they say something",
                        v->in_threads, e->n_folds);
    if (v->outer.cuts_threads)
        evaluation_note(e,
                        "folds cut threads: there are too few for %u folds, or some comment is "
                        "in none; the figures may be too good",
                        e->n_folds);
    split_tell_copies(&v->outer, note_split, e);
    if (v->n_regrouped != 0)
        evaluation_note(e,
                        "in %u of %u folds C was chosen on inner folds grouped by %.*s: too few "
                        "groups by %.*s",
                        v->n_regrouped, e->n_folds, (int)v->regrouped_by.len, v->regrouped_by.p,
                        (int)v->outer.field.len, v->outer.field.p);
    if (v->unseen != 0)
        evaluation_note(e,
                        "labels held out with all labels of their target: %llu of %zu, decided by "
                        "the target's name alone, without a probability",
                        (unsigned long long)v->unseen, e->n_rows);
    note_authors(v);
}

static int run_whole(struct crossval *v, struct stance_err *err)
{
    struct evaluation *e = v->e;
    struct pass pass = {.part = 1, .whole = true};
    int status = 0;

    e->fold = mem_zalloc(e->n_folds, sizeof *e->fold);
    e->row_fold = mem_zalloc(e->n_rows, sizeof *e->row_fold);
    pass.model = evaluation_add(e, EVALUATION_JUDGED, SPAN("model"), "", true);
    pass.blind = blind_add(e);
    pass.majorities = majorities_add(e, "each fold's training side");
    for (uint32_t fold = 0; fold < e->n_folds && status == 0; fold++)
        status = run_fold(v, &pass, fold, err);
    if (status == 0) {
        reasons_finish(e);
        note_all(v);
        surface_add(e, &v->gold, e->row_fold, e->n_folds);
    }
    return status;
}

static int run_point(struct crossval *v, double part, struct stance_err *err)
{
    struct evaluation *e = v->e;
    struct pass pass = {.part = part, .blind = EVALUATION_NO_SYSTEM};
    struct stance_err why = {0};
    int status = 0;

    pass.model = evaluation_add(e, EVALUATION_LEARNING, SPAN("model"), "", false);
    e->system[pass.model].share = part;
    for (uint32_t fold = 0; fold < e->n_folds && status == 0; fold++)
        status = run_fold(v, &pass, fold, &why);
    if (status == 0) {
        e->system[pass.model].n_train /= e->n_folds;
        return 0;
    }
    evaluation_drop(e);
    if (why.code != STANCE_DATA) {
        if (err != NULL)
            *err = why;
        return -1;
    }
    evaluation_note(e, "learning curve: no point at %.4g %% of the training groups: %s", 100 * part,
                    why.message);
    return 0;
}

static int run_all(struct crossval *v, const struct crossval_options *cv, struct stance_err *err)
{
    int status;

    parts_make(&v->parts, v->e, &v->gold, v->set.set.seed);
    status = run_whole(v, err);
    for (size_t i = 0; i < cv->n_parts && status == 0; i++)
        status = run_point(v, cv->part[i], err);
    parts_release(&v->parts);
    return status;
}

/* Rows are in the corpus' order, so those measured come one after the other in the trainset. */
static void find_rows(struct crossval *v)
{
    const struct trainset *t = &v->set;
    size_t n = 0;

    v->gold = corpus_added(t->corpus);
    v->at = mem_array(v->gold.n_marks, sizeof *v->at);
    v->use = corpus_labelled(t->corpus);
    v->left = mem_zalloc(t->corpus->n_comments, 1);
    for (size_t r = 0; r < t->n_rows; r++)
        if (trainset_owns(t, t->row[r].comment))
            v->at[n++] = (uint32_t)r;
}

static int open_all(struct crossval *v, const struct crossval_options *cv,
                    const struct evaluation_options *options, struct stance_err *err)
{
    struct evaluation_options by = *options;
    struct stance_err why = {0};
    uint8_t *dealt;
    int status;

    find_rows(v);
    dealt = apart_dealt(&v->set, v->use);
    status = split_folds_apart(&v->outer, v->set.corpus, dealt, options->group, v->set.copy_of,
                               cv->n_folds, v->set.set.seed, &why);
    free(dealt);
    if (status < 0)
        err_set(err, why.code, "%s%s", v->set.n_domains > 1 ? APART_OF : "", why.message);
    by.group = v->outer.field;
    if (status == 0)
        status = evaluation_open(v->e, EVALUATION_CROSSVAL, &v->gold, NULL, 0, &by, err);
    if (status == 0 && options->group.p == NULL && !v->outer.cuts_threads)
        evaluation_note_unthreaded(v->e);
    v->e->n_folds = cv->n_folds;
    return status;
}

int crossval_run(struct evaluation *e, const struct corpus *corpus, const struct span *statement,
                 const struct settings *set, const struct crossval_options *cv,
                 const struct evaluation_options *options, const struct stance_talk *talk,
                 struct stance_err *err)
{
    static const struct evaluation_options usual = {.n_errors = 0};
    const struct evaluation_options *o = options != NULL ? options : &usual;
    struct crossval v = {.e = e, .talk = talk, .whole_threads = o->whole_threads};
    int status = trainset_init(&v.set, corpus, statement, set, err);

    *e = (struct evaluation){0};
    v.total = (uint64_t)cv->n_folds * (search_steps(&v.set) + 1) * (1 + cv->n_parts);
    if (status == 0)
        status = open_all(&v, cv, o, err);
    if (status == 0)
        status = run_all(&v, cv, err);
    split_release(&v.outer);
    trainset_release(&v.set);
    free(v.gold.mark);
    free(v.at);
    free(v.use);
    free(v.left);
    return status;
}
