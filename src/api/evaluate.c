/* SPDX-License-Identifier: MIT */
/* evaluate: the three ways to an evaluation, its figures, and what can be asked of it. */
#include <math.h>
#include <stdlib.h>

#include "api/types.h"
#include "base/err.h"
#include "base/mem.h"
#include "corpus/own.h"
#include "eval/humans.h"
#include "eval/crossval.h"
#include "eval/holdout.h"
#include "eval/predicted.h"
#include "eval/summary.h"
#include "html/html.h"
#include "report/report.h"

struct stance_evaluation {
    struct evaluation data;
    struct summary summary;
    /* while it is made */
    struct evaluation_options options;
    struct span *by;
};

static const struct stance_eval_options usual;

static struct stance_evaluation *begin(const struct stance_eval_options *o)
{
    struct stance_evaluation *e = mem_zalloc(1, sizeof *e);

    e->by = mem_array(o->n_by, sizeof *e->by);
    for (size_t i = 0; i < o->n_by; i++)
        e->by[i] = span_of(o->by[i]);
    e->options = (struct evaluation_options){.by = e->by,
                                             .n_by = o->n_by,
                                             .n_errors = o->n_errors,
                                             .show_text = o->show_text,
                                             .whole_threads = o->whole_threads};
    if (o->group != NULL)
        e->options.group = span_of(o->group);
    return e;
}

static uint32_t resamples(const struct stance_eval_options *o)
{
    if (o->no_intervals)
        return 0;
    return o->n_resamples != 0 ? o->n_resamples : SUMMARY_RESAMPLES;
}

static int check_options(const struct stance_eval_options *o, struct stance_err *err)
{
    if (o->n_resamples > SUMMARY_MOST_RESAMPLES)
        return err_set(err, STANCE_USAGE, "%u resamples, expected 1 to %d", o->n_resamples,
                       SUMMARY_MOST_RESAMPLES);
    return 0;
}

static int add_humans(struct stance_evaluation *e, const struct corpus *gold,
                      const struct stance_eval_options *o, const struct stance_talk *talk,
                      struct stance_err *err)
{
    static const struct stance_input usual_input;
    struct annotation_files files = {
        .path = o->annotations, .n_paths = o->n_annotations, .input = &usual_input};
    struct annotations a = {0};
    int status;

    if (o->n_annotations == 0)
        return 0;
    status = annotations_read(&a, &files, talk, err);
    if (status == 0)
        status = humans_find(&e->data, gold, &a, resamples(o), o->seed != 0 ? o->seed : 1,
                             o->n_jobs, err);
    annotations_release(&a);
    return status;
}

/* The evaluation with its figures, or NULL and nothing left of it where its making failed. */
static struct stance_evaluation *finish(struct stance_evaluation *e, int status,
                                        const struct corpus *gold,
                                        const struct stance_eval_options *o,
                                        const struct stance_talk *talk, struct stance_err *err)
{
    if (status < 0 || add_humans(e, gold, o, talk, err) < 0) {
        stance_evaluation_free(e);
        return NULL;
    }
    free(e->by);
    e->by = NULL;
    summary_make(&e->summary, &e->data, resamples(o), o->seed != 0 ? o->seed : 1, o->n_jobs, talk);
    return e;
}

struct stance_evaluation *stance_evaluate_model(const struct stance_model *model,
                                                const struct stance_corpus *gold,
                                                const struct stance_eval_options *options,
                                                const struct stance_talk *talk,
                                                struct stance_err *err)
{
    const struct stance_eval_options *o = options != NULL ? options : &usual;
    struct stance_evaluation *e;

    if (check_options(o, err) < 0)
        return NULL;
    e = begin(o);
    return finish(
        e, holdout_run(&e->data, model->model, &gold->data, &e->options, o->n_jobs, talk, err),
        &gold->data, o, talk, err);
}

static int check_cross_validation(uint32_t n_outer, const struct stance_train_options *train,
                                  const struct stance_eval_options *o, struct stance_err *err)
{
    if (n_outer == 1)
        return err_set(err, STANCE_USAGE, "cross-validation needs 2 folds or more");
    if (train != NULL && train->group != NULL)
        return err_set(err, STANCE_USAGE, "what folds keep whole is an option of the evaluation");
    for (size_t i = 0; i < o->n_parts; i++)
        if (!(o->part[i] > 0 && o->part[i] < 1))
            return err_set(err, STANCE_USAGE,
                           "points of a learning curve are parts above 0 and below 1");
    return 0;
}

struct stance_evaluation *stance_cross_validate(const struct stance_corpus *corpus,
                                                uint32_t n_outer,
                                                const struct stance_train_options *train,
                                                const struct stance_eval_options *options,
                                                const struct stance_talk *talk,
                                                struct stance_err *err)
{
    enum { USUAL_FOLDS = 5 };
    const struct stance_eval_options *o = options != NULL ? options : &usual;
    struct crossval_options cv = {n_outer != 0 ? n_outer : USUAL_FOLDS, o->part, o->n_parts};
    struct settings set;
    struct wordvec vectors;
    struct span *statement;
    struct stance_evaluation *e;
    struct own gold;
    int status;

    if (check_options(o, err) < 0 || check_cross_validation(n_outer, train, o, err) < 0 ||
        api_settings(train, &set, err) < 0)
        return NULL;
    if (api_vectors(&vectors, &set, train, talk, err) < 0) {
        wordvec_release(&vectors);
        return NULL;
    }
    statement = mem_array(corpus->data.n_targets, sizeof *statement);
    for (uint32_t t = 0; t < corpus->data.n_targets; t++)
        statement[t] = corpus->names[t].statement;
    e = begin(o);
    status = crossval_run(&e->data, &corpus->data, statement, &set, &cv, &e->options, talk, err);
    free(statement);
    wordvec_release(&vectors);
    own_make(&gold, &corpus->data);
    e = finish(e, status, &gold.c, o, talk, err);
    own_release(&gold);
    return e;
}

struct stance_evaluation *stance_evaluate_predictions(const char *const *path, size_t n_paths,
                                                      const struct stance_corpus *gold,
                                                      const struct stance_input *input,
                                                      const struct stance_eval_options *options,
                                                      const struct stance_talk *talk,
                                                      struct stance_err *err)
{
    static const char *const standard_input[] = {"-"};
    const struct stance_eval_options *o = options != NULL ? options : &usual;
    struct stance_evaluation *e;

    if (check_options(o, err) < 0)
        return NULL;
    if (path != NULL && n_paths == 0) {
        err_set(err, STANCE_USAGE, "no file of predictions");
        return NULL;
    }
    e = begin(o);
    return finish(e,
                  predicted_run(&e->data, path != NULL ? path : standard_input,
                                path != NULL ? n_paths : 1, o->by_line, &gold->data, input,
                                &e->options, err),
                  &gold->data, o, talk, err);
}

void stance_evaluation_free(struct stance_evaluation *evaluation)
{
    if (evaluation == NULL)
        return;
    summary_release(&evaluation->summary);
    evaluation_release(&evaluation->data);
    free(evaluation->by);
    free(evaluation);
}

static double pooled(const struct stance_evaluation *evaluation, enum metric m)
{
    return evaluation->summary.view[0].cell[0].figure[m].value;
}

double stance_evaluation_macro_f1(const struct stance_evaluation *evaluation)
{
    return pooled(evaluation, METRIC_MACRO_F1);
}

double stance_evaluation_f_avg(const struct stance_evaluation *evaluation)
{
    return pooled(evaluation, METRIC_F_AVG);
}

int stance_evaluation_write(const struct stance_evaluation *evaluation, enum stance_report form,
                            struct stance_sink *sink, struct stance_err *err)
{
    static void (*const write[])(const struct summary *, struct buf *) = {report_text, report_json,
                                                                          report_tsv, report_html};
    struct buf out = {0};
    int status;

    if (form == STANCE_REPORT_PREDICTIONS)
        report_predictions(&evaluation->data, &out);
    else
        write[form](&evaluation->summary, &out);
    status = sink->write(sink->arg, out.p, out.len, err);
    buf_release(&out);
    return status;
}
