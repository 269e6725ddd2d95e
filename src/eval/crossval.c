/* SPDX-License-Identifier: MIT */
/*
 * crossval: the same trainsets serve all folds, since they hold counts and names but nothing
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
#include "model/arms.h"
#include "model/decide.h"
#include "model/family.h"
#include "model/solve.h"

struct crossval {
    struct evaluation *e;
    struct arms arms;   /* rows measured are those of the arm alone */
    uint32_t *label_at; /* per label of the corpus, that of the evaluation */
    size_t n_comments;  /* of the corpus */
    uint8_t *use;       /* per comment: labelled */
    uint8_t *left;      /* per comment: left out of some training side, see model/apart.h */
    struct split outer; /* of the comments measured */
    const struct stance_talk *talk;
    struct parts parts;   /* for the learning curve */
    uint64_t done, total; /* folds, for progress */
    uint64_t shared;      /* held-out comments whose author is on the training side too */
    uint64_t with_author;
    uint64_t unseen; /* held-out rows whose target the training side has no label for */
    bool whole_threads;
    uint32_t in_threads;  /* outer folds in which threads say something, see model/context.h */
    uint32_t n_together;  /* outer folds whose search chose the corpus too */
    uint32_t n_regrouped; /* outer folds whose inner ones are grouped otherwise */
    struct span regrouped_by;
};

/* What one pass over the outer folds fills. */
struct pass {
    size_t model, blind; /* systems */
    size_t alone;        /* the model without whole threads, where they are judged */
    struct majorities majorities;
    double part; /* of the training groups */
    bool whole;  /* the figures proper, no point of the learning curve */
};

/* One outer fold. */
struct outer_fold {
    struct crossval *v;
    const struct pass *pass;
    uint32_t fold;
    uint8_t *train;     /* per comment */
    uint8_t *train_own; /* per comment measured */
    uint8_t *use;       /* per row of the evaluation: held out */
    struct verdict verdict;
    struct fit fit;            /* of the arm chosen, as all that follows */
    uint64_t *may, *blind_may; /* [target][label]: see model/family.h */
    uint32_t *place;           /* held out: rows of the evaluation */
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

/* In the trainset of the arm chosen. */
static uint32_t row_at(const struct outer_fold *o, uint32_t place)
{
    return o->verdict.is_together ? o->v->arms.own.mark[place] : place;
}

/* In the evaluation. */
static uint32_t label_of(const struct outer_fold *o, uint32_t label)
{
    return o->verdict.is_together ? o->v->label_at[label] : label;
}

static void inner_step(void *arg)
{
    struct crossval *v = arg;

    v->done++;
    tell(v);
}

/* use: per comment measured. */
static bool can_split(const struct crossval *v, const uint8_t *use, struct span field)
{
    const struct trainset *t = &v->arms.alone;
    struct split s;
    int status = split_folds(&s, t->corpus, use, field, t->set.n_folds, t->set.seed, NULL);

    split_release(&s);
    return status == 0;
}

static int search_inside(struct outer_fold *o, struct stance_err *err)
{
    struct crossval *v = o->v;
    struct search_progress progress = {inner_step, v};
    struct span field = v->outer.field;
    int status;

    if (!can_split(v, o->train_own, field))
        field = (struct span){NULL, 0};
    status = arms_search(&o->verdict, &v->arms, o->train, field, &progress, err);
    if (status == 0 && field.p == NULL && o->pass->whole) {
        v->n_regrouped++;
        v->regrouped_by = o->verdict.s->split.field;
    }
    return status;
}

/* ---- the held-out rows ---- */

static int apply_pair(struct outer_fold *o, uint32_t pair, bool blind, double c,
                      struct machine *machine, struct stance_err *err)
{
    double *margin = blind ? o->blind_margin : o->margin;
    uint32_t *row = mem_array(o->n_rows, sizeof *row);
    double *value = mem_array(o->n_rows, sizeof *value);
    int status = solve_pair(&o->fit, pair, blind, 1, &c, machine, err);

    for (size_t i = 0; i < o->n_rows; i++)
        row[i] = row_at(o, o->place[i]);
    if (status == 0)
        solve_pair_margins(&o->fit, machine, 1, row, o->n_rows, blind, value);
    for (size_t i = 0; i < o->n_rows && status == 0; i++)
        margin[i * o->verdict.t->n_pairs + pair] = value[i];
    free(row);
    free(value);
    return status;
}

/* target: of the arm chosen. */
static bool target_is_unseen(const struct outer_fold *o, uint32_t target)
{
    uint32_t n = o->verdict.t->corpus->n_labels;

    for (uint32_t l = 0; l < n; l++)
        if (o->fit.seen[(size_t)target * n + l] != 0)
            return false;
    return true;
}

/* A label that no comment measured has may not be given, so its probability is 0. p: per label of
 * the arm chosen. */
static void say(const struct outer_fold *o, size_t system, size_t i, const double *p,
                const double *weight)
{
    const struct trainset *t = o->verdict.t;
    uint32_t n_labels = t->corpus->n_labels;
    double of[CALIBRATE_MAX_LABELS] = {0};
    bool unseen = target_is_unseen(o, t->row[row_at(o, o->place[i])].target);

    for (uint32_t l = 0; l < n_labels; l++)
        if (label_of(o, l) != OWN_NONE)
            of[label_of(o, l)] = p[l];
    evaluation_set(o->v->e, system, o->place[i], label_of(o, decide_label(p, n_labels, weight)),
                   unseen ? NULL : of);
}

/* [held-out row][label], by the numbers of the arm chosen; owned by the caller. */
static double *probabilities(const struct outer_fold *o, bool blind)
{
    const struct trainset *t = o->verdict.t;
    const struct search *s = o->verdict.s;
    uint32_t n_labels = t->corpus->n_labels;
    const double *margin = blind ? o->blind_margin : o->margin;
    const uint64_t *may = blind ? o->blind_may : o->may;
    double *p = mem_array(o->n_rows * n_labels, sizeof *p);
    struct decision d;

    for (size_t i = 0; i < o->n_rows; i++) {
        uint32_t target = t->row[row_at(o, o->place[i])].target;
        decide(&d, t->pair, t->n_pairs, may + (size_t)target * n_labels, n_labels,
               margin + i * t->n_pairs, blind ? s->blind_sigmoid : s->sigmoid, NULL);
        memcpy(p + i * n_labels, d.p, n_labels * sizeof *p);
    }
    return p;
}

/* Threads are judged as they would be in a dump, by what the fold holds out of them. */
static void judge_threads(const struct outer_fold *o, double *p)
{
    const struct trainset *t = o->verdict.t;
    const struct corpus *c = t->corpus;
    double *prior = mem_array((size_t)c->n_targets * c->n_labels, sizeof *prior);
    struct context context = {0};

    context_prior(o->fit.own, c->n_targets, c->n_labels, prior);
    for (size_t i = 0; i < o->n_rows; i++) {
        const struct mark *row = &t->row[row_at(o, o->place[i])];
        const struct comment *k = &c->comment[row->comment];
        if (!target_is_unseen(o, row->target))
            context_add(&context, row->target, k->thread, k->author, p + i * c->n_labels);
    }
    context_apply(&context, &o->verdict.s->context, prior, c->n_labels);
    context_release(&context);
    free(prior);
}

/* What one of the systems says of all rows. */
static void keep_all(const struct outer_fold *o, size_t system, bool blind, bool in_threads)
{
    uint32_t n_labels = o->verdict.t->corpus->n_labels;
    double *p;

    if (system == EVALUATION_NO_SYSTEM)
        return;
    p = probabilities(o, blind);
    if (in_threads)
        judge_threads(o, p);
    for (size_t i = 0; i < o->n_rows; i++)
        say(o, system, i, p + i * n_labels, blind ? o->blind_weight : o->weight);
    free(p);
}

/* What the comments measured have on the training side, by the numbers of the evaluation. */
static uint64_t *count_own(const struct outer_fold *o)
{
    const struct trainset *t = &o->v->arms.alone;
    uint32_t n_labels = t->corpus->n_labels;
    uint64_t *seen = mem_zalloc((size_t)t->corpus->n_targets * n_labels, sizeof *seen);

    for (size_t r = 0; r < t->n_rows; r++)
        if (o->train_own[t->row[r].comment])
            seen[(size_t)t->row[r].target * n_labels + t->row[r].label]++;
    return seen;
}

static void set_baselines(const struct outer_fold *o)
{
    struct evaluation *e = o->v->e;
    uint64_t *seen = count_own(o);

    majorities_set(e, &o->pass->majorities, seen, o->use);
    free(seen);
}

static void explain(const struct outer_fold *o)
{
    const struct own *own = &o->v->arms.own;
    struct reasons_at at = {NULL, NULL};

    if (o->verdict.is_together)
        at = (struct reasons_at){own->mark, own->label};
    reasons_of_fold(o->v->e, &o->fit, o->machine, &at, o->use);
}

static void decide_all(const struct outer_fold *o)
{
    const struct context_rule *rule = &o->verdict.s->context;

    keep_all(o, o->pass->model, false, o->v->whole_threads);
    keep_all(o, o->pass->alone, false, false);
    keep_all(o, o->pass->blind, true, false);
    if (!o->pass->whole)
        return;
    for (size_t i = 0; i < o->n_rows; i++)
        o->v->unseen += target_is_unseen(o, o->verdict.t->row[row_at(o, o->place[i])].target);
    o->v->in_threads += rule->thread != 0 || rule->author != 0;
    set_baselines(o);
    explain(o);
}

static int apply_all(struct outer_fold *o, struct stance_err *err)
{
    const struct trainset *t = o->verdict.t;
    const struct search *s = o->verdict.s;
    struct machine blind;
    double c = t->set.c[search_best(s)->c];
    int status = 0;

    fit_open(&o->fit, t, o->verdict.use, &search_best(s)->choice);
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
        decide_all(o);
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
    const struct corpus *c = o->verdict.t->corpus, *measured = &o->v->arms.own.c;
    struct intern known = {0};
    struct intern_view view;

    for (size_t i = 0; i < c->n_comments; i++)
        if (o->verdict.use[i] && c->comment[i].author.p != NULL)
            intern_string(&known, c->comment[i].author);
    view = intern_frozen(&known);
    for (size_t i = 0; i < measured->n_comments; i++) {
        struct span author = measured->comment[i].author;
        if (o->v->outer.fold[i] != o->fold || author.p == NULL)
            continue;
        o->v->with_author++;
        o->v->shared += view.n != 0 && intern_find(&view, author, hash_span(author)) != INTERN_NONE;
    }
    intern_release(&known);
}

/* Of the comments measured, and with the corpus that these were added to. */
static void find_training_side(struct outer_fold *o)
{
    const struct crossval *v = o->v;
    const struct own *own = &v->arms.own;
    uint8_t *held = mem_zalloc(v->n_comments, 1);

    o->train = mem_array(v->n_comments, 1);
    o->train_own = mem_zalloc(own->c.n_comments, 1);
    memcpy(o->train, v->use, v->n_comments);
    for (size_t i = 0; i < own->c.n_comments; i++) {
        held[own->comment[i]] = v->outer.fold[i] == o->fold;
        o->train_own[i] = v->use[own->comment[i]] && v->outer.fold[i] != o->fold;
    }
    if (!o->pass->whole)
        parts_thin(&v->parts, o->pass->part, o->train_own);
    for (size_t i = 0; i < own->c.n_comments; i++)
        o->train[own->comment[i]] = o->train_own[i];
    if (v->arms.n > 1)
        apart_leave(&v->arms.together, v->outer.field, held, o->train,
                    o->pass->whole ? v->left : NULL);
    free(held);
}

static void part(struct outer_fold *o)
{
    size_t n = o->v->e->n_rows;

    find_training_side(o);
    o->use = mem_zalloc(n, 1);
    o->place = mem_array(n, sizeof *o->place);
    for (size_t r = 0; r < n; r++) {
        o->use[r] = o->v->outer.fold[o->v->arms.alone.row[r].comment] == o->fold;
        if (o->use[r])
            o->place[o->n_rows++] = (uint32_t)r;
    }
}

static void open_margins(struct outer_fold *o)
{
    const struct trainset *t = o->verdict.t;

    for (size_t r = 0; r < t->n_rows; r++)
        o->n_train += o->verdict.use[t->row[r].comment];
    o->margin = mem_zalloc(o->n_rows * t->n_pairs, sizeof *o->margin);
    o->blind_margin = mem_zalloc(o->n_rows * t->n_pairs, sizeof *o->blind_margin);
}

static void note_fold(struct outer_fold *o)
{
    struct crossval *v = o->v;

    if (!o->pass->whole) {
        v->e->system[o->pass->model].n_train += o->n_train;
        return;
    }
    v->e->fold[o->fold] = (struct evaluation_fold){
        o->verdict.t->set.c[search_best(o->verdict.s)->c], o->n_train, o->n_rows};
    v->n_together += o->verdict.is_together;
    for (size_t i = 0; i < o->n_rows; i++)
        v->e->row_fold[o->place[i]] = o->fold;
    count_authors(o);
}

static int run_fold(struct crossval *v, const struct pass *pass, uint32_t fold,
                    struct stance_err *err)
{
    struct outer_fold o = {.v = v, .pass = pass, .fold = fold};
    int status;

    part(&o);
    status = search_inside(&o, err);
    if (status == 0) {
        open_margins(&o);
        status = apply_all(&o, err);
    }
    if (status == 0) {
        note_fold(&o);
        v->done++;
        tell(v);
    }
    verdict_release(&o.verdict);
    free(o.train);
    free(o.train_own);
    free(o.use);
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
    size_t n_left = 0;

    if (!v->arms.own.apart)
        return;
    evaluation_note(v->e,
                    "measured on %zu labels of added comments; the corpus was trained on too in %u "
                    "of %u folds, as chosen inside each",
                    v->arms.alone.n_rows, v->n_together, v->e->n_folds);
    for (size_t i = 0; i < v->n_comments; i++)
        n_left += v->left[i];
    if (n_left != 0)
        evaluation_note(v->e, APART_LEFT, n_left, (int)v->outer.field.len, v->outer.field.p);
}

static void note_all(const struct crossval *v)
{
    struct evaluation *e = v->e;
    const struct trainset *t = v->arms.n > 1 ? &v->arms.together : &v->arms.alone;

    if (t->solver == SOLVER_COORDINATE && t->set.solver == SOLVER_AUTO)
        evaluation_note(e, TRAINSET_SWITCHED, t->matrix_memory / 1048576,
                        (double)t->set.max_memory / 1048576);
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
    pass.alone = v->whole_threads ? alone_add(e) : EVALUATION_NO_SYSTEM;
    pass.blind = blind_add(e);
    pass.majorities = majorities_add(e, "each fold's training side");
    for (uint32_t fold = 0; fold < e->n_folds && status == 0; fold++)
        status = run_fold(v, &pass, fold, err);
    if (status == 0) {
        reasons_finish(e);
        note_all(v);
        surface_add(e, &v->arms.own.c, e->row_fold, e->n_folds);
    }
    return status;
}

static int run_point(struct crossval *v, double part, struct stance_err *err)
{
    struct evaluation *e = v->e;
    struct pass pass = {.part = part, .blind = EVALUATION_NO_SYSTEM, .alone = EVALUATION_NO_SYSTEM};
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

    parts_make(&v->parts, v->e, &v->arms.own.c, v->arms.alone.set.seed);
    status = run_whole(v, err);
    for (size_t i = 0; i < cv->n_parts && status == 0; i++)
        status = run_point(v, cv->part[i], err);
    parts_release(&v->parts);
    return status;
}

static int open_all(struct crossval *v, const struct crossval_options *cv,
                    const struct evaluation_options *options, struct stance_err *err)
{
    const struct trainset *t = &v->arms.alone;
    struct evaluation_options by = *options;
    struct stance_err why = {0};
    uint8_t *use = corpus_labelled(t->corpus);
    int status = split_folds_apart(&v->outer, t->corpus, use, options->group, t->copy_of,
                                   cv->n_folds, t->set.seed, &why);

    free(use);
    if (status < 0)
        err_set(err, why.code, "%s%s", v->arms.own.apart ? APART_OF : "", why.message);
    by.group = v->outer.field;
    if (status == 0)
        status = evaluation_open(v->e, EVALUATION_CROSSVAL, t->corpus, NULL, 0, &by, err);
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
    struct crossval v = {
        .e = e, .talk = talk, .whole_threads = o->whole_threads, .n_comments = corpus->n_comments};
    int status = arms_init(&v.arms, corpus, statement, set, err);

    *e = (struct evaluation){0};
    if (status == 0) {
        v.total = (uint64_t)cv->n_folds * (arms_steps(&v.arms) + 1) * (1 + cv->n_parts);
        v.use = corpus_labelled(corpus);
        v.left = mem_zalloc(corpus->n_comments, 1);
        v.label_at = own_labels(&v.arms.own, corpus->n_labels);
        status = open_all(&v, cv, o, err);
    }
    if (status == 0)
        status = run_all(&v, cv, err);
    split_release(&v.outer);
    arms_release(&v.arms);
    free(v.label_at);
    free(v.use);
    free(v.left);
    return status;
}
