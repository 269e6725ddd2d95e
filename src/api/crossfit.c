/* SPDX-License-Identifier: MIT */
/* crossfit: see crossfit.h. */
#include "api/crossfit.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/rng.h"
#include "prevalence/golds.h"

/* ---- folds ---- */

struct dealt {
    uint64_t rank;
    uint32_t cluster;
};

static int by_rank(const void *a, const void *b)
{
    const struct dealt *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* Clusters are whole, in an order that the seed and their names give, dealt out in turn. */
static void deal(struct crossfit *x, const struct audit *a, uint64_t seed)
{
    struct intern clusters = {0};
    uint32_t *cluster = mem_array(a->n_rows, sizeof *cluster), *fold;
    struct dealt *order;

    x->fold = mem_zalloc(a->n_rows, sizeof *x->fold);
    for (size_t i = 0; i < a->n_rows; i++)
        if (!a->row[i].training)
            cluster[i] = intern_string(&clusters, a->row[i].cluster);
    order = mem_array(clusters.n, sizeof *order);
    fold = mem_array(clusters.n, sizeof *fold);
    for (uint32_t k = 0; k < clusters.n; k++)
        order[k] = (struct dealt){hash_mix(clusters.hash[k] ^ hash_mix(seed)), k};
    if (clusters.n != 0)
        qsort(order, clusters.n, sizeof *order, by_rank);
    for (uint32_t k = 0; k < clusters.n; k++)
        fold[order[k].cluster] = k % x->n;
    for (size_t i = 0; i < a->n_rows; i++)
        if (!a->row[i].training)
            x->fold[i] = fold[cluster[i]];
    free(order);
    free(fold);
    free(cluster);
    intern_release(&clusters);
}

/* ---- one fold's corpus ---- */

static void add_base(struct stance_corpus *c, const struct corpus *base)
{
    size_t *at = mem_array(base->n_comments, sizeof *at);

    for (size_t i = 0; i < base->n_comments; i++) {
        struct comment copy = base->comment[i];
        copy.extra = NULL;
        copy.added = false;
        at[i] = corpus_add(&c->data, &copy, base->file[base->comment[i].file]);
        for (const struct extra *e = base->comment[i].extra; e != NULL; e = e->next)
            corpus_extra(&c->data, at[i], e->key, e->value);
    }
    for (size_t i = 0; i < base->n_marks; i++)
        corpus_label(&c->data, at[base->mark[i].comment], base->target[base->mark[i].target],
                     base->label[base->mark[i].label]);
    free(at);
}

static struct span own_target_of(const struct audit_row *r, const char *member)
{
    for (const struct extra *e = r->comment.extra; e != NULL; e = e->next)
        if (span_eq(e->key, span_of(member)))
            return e->value;
    return (struct span){0};
}

static void add_row(struct stance_corpus *c, const struct audit *a, size_t i,
                    const char *own_target, bool added)
{
    const struct audit_row *r = &a->row[i];
    struct comment copy = r->comment;
    size_t at = SIZE_MAX;

    copy.extra = NULL;
    copy.added = added;
    copy.line = r->line;
    for (uint32_t t = 0; t < a->n_targets; t++) {
        uint32_t gold = audit_gold(a, r, t, NULL);
        struct span target = own_target != NULL ? own_target_of(r, own_target) : a->target[t].id;
        if (gold == AUDIT_NONE || target.p == NULL)
            continue;
        if (at == SIZE_MAX)
            at = corpus_add(&c->data, &copy, span_of(a->path));
        corpus_label(&c->data, at, target, a->target[t].label[gold].label);
    }
}

/* Names as the other corpus has them, else as the audit, else the target's own id. */
static void name_target(struct stance_corpus *c, uint32_t t, const struct stance_corpus *base,
                        const struct audit *a)
{
    struct target_names *n = &c->names[t];
    uint32_t n_labels = c->data.n_labels, from = UINT32_MAX;
    uint32_t there = audit_find_target(a, c->data.target[t]);

    n->display = mem_array((size_t)n_labels * MODEL_LANGS, sizeof *n->display);
    for (size_t k = 0; k < (size_t)n_labels * MODEL_LANGS; k++)
        n->display[k] = SPAN("");
    n->statement = c->data.target[t];
    n->definition = SPAN("");
    for (uint32_t k = 0; base != NULL && k < base->data.n_targets; k++)
        if (span_eq(base->data.target[k], c->data.target[t]))
            from = k;
    if (from != UINT32_MAX) {
        n->statement = base->names[from].statement;
        n->definition = base->names[from].definition;
    } else if (there != AUDIT_NONE) {
        n->statement =
            a->target[there].statement.p != NULL ? a->target[there].statement : n->statement;
        n->definition =
            a->target[there].definition.p != NULL ? a->target[there].definition : n->definition;
    }
}

static struct stance_corpus *fold_corpus(const struct crossfit *x, uint32_t k,
                                         const struct audit *a,
                                         const struct stance_prevalence_options *o,
                                         struct stance_err *err)
{
    struct stance_corpus *c = mem_zalloc(1, sizeof *c);

    if (o->corpus != NULL)
        add_base(c, &o->corpus->data);
    for (size_t i = 0; i < a->n_rows; i++)
        if (a->row[i].training || x->fold[i] != k)
            add_row(c, a, i, o->input.fields.target, o->corpus != NULL);
    if (corpus_seal(&c->data, err) < 0) {
        stance_corpus_free(c);
        return NULL;
    }
    c->names = mem_zalloc(c->data.n_targets, sizeof *c->names);
    for (uint32_t t = 0; t < c->data.n_targets; t++)
        name_target(c, t, o->corpus, a);
    return c;
}

/* ---- training ---- */

static bool same_labels(const struct model *a, const struct model *b, bool own_target)
{
    bool same = a->n_labels == b->n_labels && (own_target || a->n_targets == b->n_targets);

    for (uint32_t l = 0; same && l < a->n_labels; l++)
        same = span_eq(a->label[l], b->label[l]);
    for (uint32_t t = 0; same && !own_target && t < a->n_targets; t++)
        same = span_eq(a->target[t], b->target[t]);
    return same;
}

/* The other corpus may hold what the fold has left out. */
static int check_unseen(const struct crossfit *x, uint32_t k, const struct audit *a,
                        struct stance_err *err)
{
    uint64_t line = 0, n = golds_trained_on(x->model[k]->model, a, x->fold, k, &line);

    if (n == 0)
        return 0;
    return err_at(err, STANCE_DATA, a->path, line, 0,
                  "comments that are to estimate are in the other training corpus too, this one "
                  "the first of %llu: the folds would learn from them after all. Take them out of "
                  "it",
                  (unsigned long long)n);
}

int crossfit_train(struct crossfit *x, const struct audit *a,
                   const struct stance_prevalence_options *o, const struct stance_talk *talk,
                   struct stance_err *err)
{
    bool own = o->input.fields.target != NULL;

    *x = (struct crossfit){.n = o->cross_fit};
    x->model = mem_zalloc(x->n, sizeof *x->model);
    deal(x, a, o->seed != 0 ? o->seed : 1);
    for (uint32_t k = 0; k < x->n; k++) {
        struct stance_corpus *c = fold_corpus(x, k, a, o, err);
        if (c == NULL)
            return -1;
        api_note(talk, "model %u of %u learns from %zu comments", k + 1, x->n, c->data.n_comments);
        x->model[k] = stance_train(c, o->train, k == 0 ? talk : NULL, err);
        stance_corpus_free(c);
        if (x->model[k] == NULL || check_unseen(x, k, a, err) < 0)
            return -1;
        if (!same_labels(x->model[0]->model, x->model[k]->model, own))
            return err_at(err, STANCE_DATA, a->path, 0, 0,
                          "too few labels for so many folds: without one of them a target or a "
                          "label is not there at all");
    }
    return 0;
}

/* ---- judging ---- */

struct mean_judge {
    const struct crossfit *x;
    unsigned job;
    size_t n_targets;
    struct stance_prediction *one;
    double *p;
};

static size_t judge_mean(void *arg, struct span text, struct span target,
                         struct stance_prediction *out)
{
    struct mean_judge *j = arg;
    const struct model *m = j->x->model[0]->model;
    size_t n = 0;

    for (size_t i = 0; i < j->n_targets * m->n_labels; i++)
        j->p[i] = 0;
    for (uint32_t k = 0; k < j->x->n; k++) {
        const struct dump_judge *judge = &j->x->judges[k].judge[j->job];
        n = judge->judge(judge->arg, text, target, j->one);
        for (size_t t = 0; t < n; t++)
            for (uint32_t l = 0; l < m->n_labels; l++)
                j->p[t * m->n_labels + l] += j->one[t].probs[l] / j->x->n;
    }
    for (size_t t = 0; t < n; t++) {
        const double *p = j->p + t * m->n_labels;
        uint32_t best = 0;
        for (uint32_t l = 1; l < m->n_labels; l++)
            best = p[l] > p[best] ? l : best;
        out[t] = (struct stance_prediction){.target = j->one[t].target,
                                            .label = j->x->model[0]->label[best],
                                            .p = p[best],
                                            .probs = p};
    }
    return n;
}

int crossfit_judges(struct crossfit *x, const struct judges_wanted *wanted, unsigned n_jobs,
                    struct stance_err *err)
{
    size_t n_targets = wanted->n_targets != 0 ? wanted->n_targets : 1;
    size_t n_labels = x->model[0]->model->n_labels;

    x->n_jobs = n_jobs;
    x->judges = mem_zalloc(x->n, sizeof *x->judges);
    for (uint32_t k = 0; k < x->n; k++)
        if (judges_make(&x->judges[k], x->model[k], wanted, n_jobs, err) < 0)
            return -1;
    x->mean = mem_zalloc(n_jobs, sizeof *x->mean);
    x->judge = mem_zalloc(n_jobs, sizeof *x->judge);
    for (unsigned i = 0; i < n_jobs; i++) {
        x->mean[i] = (struct mean_judge){.x = x, .job = i, .n_targets = n_targets};
        x->mean[i].one = mem_array(n_targets, sizeof *x->mean[i].one);
        x->mean[i].p = mem_array(n_targets * n_labels, sizeof(double));
        x->judge[i] = (struct dump_judge){.arg = &x->mean[i], .judge = judge_mean};
    }
    return 0;
}

void crossfit_rows(struct crossfit *x, struct census *c, const char *own_target)
{
    const struct audit *a = c->spec.audit;
    size_t n_labels = c->spec.n_labels;
    struct stance_prediction *out = mem_array(c->spec.n_targets, sizeof *out);

    for (size_t i = 0; i < a->n_rows; i++) {
        const struct dump_judge *judge = &x->judges[x->fold[i]].judge[0];
        struct span target =
            own_target != NULL ? own_target_of(&a->row[i], own_target) : (struct span){0};
        if (a->row[i].training || c->row[i].n_found == 0)
            continue;
        judge->judge(judge->arg, a->row[i].comment.text, target, out);
        for (size_t t = 0; t < c->spec.n_targets; t++)
            for (size_t l = 0; l < n_labels; l++) {
                c->row[i].p[t * n_labels + l] = out[t].probs[l];
                if (span_eq(c->spec.label[l], span_of(out[t].label)))
                    c->row[i].predicted[t] = (uint32_t)l;
            }
    }
    free(out);
}

void crossfit_release(struct crossfit *x)
{
    for (uint32_t k = 0; k < x->n; k++) {
        if (x->judges != NULL)
            judges_release(&x->judges[k]);
        stance_model_free(x->model[k]);
    }
    for (unsigned i = 0; x->mean != NULL && i < x->n_jobs; i++) {
        free(x->mean[i].one);
        free(x->mean[i].p);
    }
    free(x->model);
    free(x->fold);
    free(x->judges);
    free(x->mean);
    free(x->judge);
    *x = (struct crossfit){0};
}
