/* SPDX-License-Identifier: MIT */
/* evaluate: the three ways to an evaluation, and what can be asked of one. */
#include <math.h>
#include <stdlib.h>

#include "api/types.h"
#include "base/err.h"
#include "base/mem.h"
#include "eval/crossval.h"
#include "report/figures.h"
#include "eval/holdout.h"
#include "eval/predictions.h"
#include "report/report.h"

struct stance_evaluation {
    struct evaluation data;
};

/* The evaluation, or NULL and nothing left of it where its making failed. */
static struct stance_evaluation *finish(struct stance_evaluation *e, int status)
{
    if (status == 0)
        return e;
    stance_evaluation_free(e);
    return NULL;
}

struct stance_evaluation *stance_evaluate_model(const struct stance_model *model,
                                                const struct stance_corpus *gold, unsigned n_jobs,
                                                const struct stance_talk *talk,
                                                struct stance_err *err)
{
    struct stance_evaluation *e = mem_zalloc(1, sizeof *e);
    return finish(e, holdout_run(&e->data, model->model, &gold->data, n_jobs, talk, err));
}

struct stance_evaluation *stance_cross_validate(const struct stance_corpus *corpus,
                                                uint32_t n_outer,
                                                const struct stance_train_options *options,
                                                const struct stance_talk *talk,
                                                struct stance_err *err)
{
    enum { USUAL_FOLDS = 5 };
    struct settings set;
    struct span group = {NULL, 0};
    struct span *statement;
    struct stance_evaluation *e;
    int status;

    if (n_outer == 1) {
        err_set(err, STANCE_USAGE, "cross-validation needs 2 folds or more");
        return NULL;
    }
    if (api_settings(options, &set, err) < 0)
        return NULL;
    if (options != NULL && options->group != NULL)
        group = span_of(options->group);
    statement = mem_array(corpus->data.n_targets, sizeof *statement);
    for (uint32_t t = 0; t < corpus->data.n_targets; t++)
        statement[t] = corpus->names[t].statement;
    e = mem_zalloc(1, sizeof *e);
    status = crossval_run(&e->data, &corpus->data, statement, &set, group,
                          n_outer != 0 ? n_outer : USUAL_FOLDS, talk, err);
    free(statement);
    return finish(e, status);
}

struct stance_evaluation *stance_evaluate_predictions(const char *const *path, size_t n_paths,
                                                      const struct stance_corpus *gold,
                                                      const struct stance_input *input,
                                                      const struct stance_talk *talk,
                                                      struct stance_err *err)
{
    static const char *const standard_input[] = {"-"};
    struct stance_evaluation *e = mem_zalloc(1, sizeof *e);

    (void)talk;
    return finish(e, predictions_run(&e->data, path != NULL ? path : standard_input,
                                     path != NULL ? n_paths : 1, &gold->data, input, err));
}

void stance_evaluation_free(struct stance_evaluation *evaluation)
{
    if (evaluation == NULL)
        return;
    evaluation_release(&evaluation->data);
    free(evaluation);
}

double stance_evaluation_macro_f1(const struct stance_evaluation *evaluation)
{
    struct confusion all = evaluation_pooled(&evaluation->data, EVALUATION_MODEL);
    double f = confusion_macro_f1(&all);

    confusion_release(&all);
    return f;
}

double stance_evaluation_f_avg(const struct stance_evaluation *evaluation)
{
    struct confusion all = evaluation_pooled(&evaluation->data, EVALUATION_MODEL);
    double f = figures_f_avg(evaluation->data.label, &all);

    confusion_release(&all);
    return f;
}

int stance_evaluation_write(const struct stance_evaluation *evaluation, bool json,
                            struct stance_sink *sink, struct stance_err *err)
{
    struct buf out = {0};
    int status;

    (json ? report_json : report_text)(&evaluation->data, &out);
    status = sink->write(sink->arg, out.p, out.len, err);
    buf_release(&out);
    return status;
}
