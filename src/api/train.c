/* SPDX-License-Identifier: MIT */
/* train: search and training in one call, and the account of what was done. */
#include "api/account.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/rest.h"

struct steps {
    const struct stance_talk *talk;
    uint32_t done, total;
};

static void step(void *arg)
{
    struct steps *s = arg;
    if (s->talk != NULL && s->talk->progress != NULL)
        s->talk->progress(s->talk->arg, "folds", ++s->done, s->total);
}

/* Of the targets and labels of the arm chosen; the spans stay the corpus'. */
static struct target_names *names_of(const struct account *a, const struct target_names *all)
{
    const struct corpus *c = a->t->corpus;
    const struct own *own = &a->arms->own;
    struct target_names *names = mem_array(c->n_targets, sizeof *names);

    for (uint32_t t = 0; t < c->n_targets; t++) {
        const struct target_names *from = &all[a->v->is_together ? t : own->target[t]];
        names[t] = *from;
        names[t].display = mem_array((size_t)c->n_labels * MODEL_LANGS, sizeof(struct span));
        for (uint32_t l = 0; l < c->n_labels; l++)
            memcpy(names[t].display + l * MODEL_LANGS,
                   from->display + (a->v->is_together ? l : own->label[l]) * MODEL_LANGS,
                   MODEL_LANGS * sizeof(struct span));
    }
    return names;
}

static struct model *train_chosen(const struct account *a, const struct target_names *all,
                                  struct span meta, struct stance_err *err)
{
    struct target_names *names = names_of(a, all);
    struct model *m = train_model(a->t, a->v->use, a->s, names, meta, err);

    for (uint32_t t = 0; t < a->t->corpus->n_targets; t++)
        free(names[t].display);
    free(names);
    return m;
}

static struct model *train_searched(const struct stance_corpus *corpus, const struct arms *arms,
                                    const struct verdict *v, const uint8_t *use,
                                    const struct stance_talk *talk, struct stance_err *err)
{
    bool both = arms->n > 1;
    struct account account = {.arms = arms,
                              .v = v,
                              .read = both ? &arms->together : &arms->alone,
                              .use = both ? use : v->use_alone,
                              .t = v->t,
                              .s = v->s,
                              .talk = talk};
    struct account *a = &account;
    struct buf meta = {0};
    struct model *m;

    account_make(a);
    account_meta(&meta, a);
    m = train_chosen(a, corpus->names, buf_span(&meta), err);
    if (m != NULL) {
        account_tell(a);
        api_note(a->talk, "model: %u n-grams, %zu bytes, checksum %08x", m->vocab.n, m->image.len,
                 m->checksum);
    }
    buf_release(&meta);
    account_release(a);
    return m;
}

/* Before the folds: it tells why memory is kept to and time is not. */
static void tell_solver(const struct trainset *t, const struct stance_talk *talk)
{
    if (t->solver == SOLVER_COORDINATE && t->set.solver == SOLVER_AUTO)
        api_note(talk, TRAINSET_SWITCHED, t->matrix_memory / 1048576,
                 (double)t->set.max_memory / 1048576);
}

static struct model *train_arms(const struct stance_corpus *corpus, const struct arms *arms,
                                struct span field, const struct stance_talk *talk,
                                struct stance_err *err)
{
    struct steps steps = {talk, 0, arms_steps(arms)};
    struct search_progress progress = {step, &steps};
    uint8_t *use = corpus_labelled(&corpus->data);
    struct verdict v;
    struct model *m = NULL;

    tell_solver(arms->n > 1 ? &arms->together : &arms->alone, talk);
    if (arms_search(&v, arms, use, field, &progress, err) == 0 &&
        rest_calibrate(v.s, v.t, v.use, field, err) == 0)
        m = train_searched(corpus, arms, &v, use, talk, err);
    verdict_release(&v);
    free(use);
    return m;
}

struct stance_model *stance_train(const struct stance_corpus *corpus,
                                  const struct stance_train_options *options,
                                  const struct stance_talk *talk, struct stance_err *err)
{
    struct settings set;
    struct wordvec vectors;
    struct span field = {NULL, 0}, *statement;
    struct arms arms;
    struct model *m = NULL;

    if (api_settings(options, &set, err) < 0)
        return NULL;
    if (api_vectors(&vectors, &set, options, talk, err) < 0) {
        wordvec_release(&vectors);
        return NULL;
    }
    if (options != NULL && options->group != NULL)
        field = span_of(options->group);
    statement = mem_array(corpus->data.n_targets, sizeof *statement);
    for (uint32_t i = 0; i < corpus->data.n_targets; i++)
        statement[i] = corpus->names[i].statement;
    if (arms_init(&arms, &corpus->data, statement, &set, err) == 0)
        m = train_arms(corpus, &arms, field, talk, err);
    arms_release(&arms);
    wordvec_release(&vectors);
    free(statement);
    return api_wrap_model(m);
}
