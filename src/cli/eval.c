/* SPDX-License-Identifier: MIT */
/*
 * stance eval: one report, three ways to come by predictions: a model (-m), the settings of
 * training under nested cross-validation (--cv), or any other program's file (--pred).
 */
#include "base/err.h"
#include "base/num.h"
#include "base/outfile.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/reportdir.h"
#include "cli/term.h"
#include "cli/training.h"

struct eval {
    const char *model, *output, *predictions, *folder, *prefix;
    uint64_t cv, jobs, resamples, errors;
    struct words pred, gold, by, annotations, targets;
    struct numbers learning;
    int form; /* enum stance_report */
    bool by_line, show_text, whole_threads;
    double min_macro_f1;
    struct reading reading;
    struct training training;
    struct term term;
};

static const struct option rows[] = {
    {"model", 'm', "MODEL", "evaluate this model", AT_TEXT(struct eval, model), .path = true},
    {"cv", 0, "N",
     "evaluate the settings of training by N outer folds; everything is chosen "
     "inside each",
     AT_COUNT(struct eval, cv), .low = 2, .high = 1000},
    {"pred", 0, "FILE",
     "evaluate predictions of any program: records of id, target, label and, "
     "if there are, p and p_LABEL, or whatever classify writes; repeat for more files",
     AT_LIST(struct eval, pred), .path = true},
    {"gold", 0, "FILE", "with --pred: the labelled comments; repeat for more files",
     AT_LIST(struct eval, gold), .path = true},
    {"whole-threads", 0, NULL,
     "with -m or --cv: judge each comment together with the others of its thread",
     AT_FLAG(struct eval, whole_threads)},
    {"by-line", 0, NULL,
     "with --pred: the files hold bare labels, one a line, in the order of the gold",
     AT_FLAG(struct eval, by_line)},
    {"prefix", 0, "TEXT", "with --pred: what classify was told to put before its columns",
     AT_TEXT(struct eval, prefix), .may_be_empty = true},
    {"target", 't', "ID", "a target to evaluate; repeat for more; default: all of the gold",
     AT_LIST(struct eval, targets)},
    {"by", 0, "FIELD", "figures per value of this field too; repeat for more fields",
     AT_LIST(struct eval, by)},
    {"resamples", 0, "N", "bootstrap resamples for the intervals, default 1000; 0: no intervals",
     AT_COUNT(struct eval, resamples), .high = 1000000},
    {"learning-curve", 0, "P1,P2,...",
     "with --cv: train on these parts of the groups too, each above 0 and below 1",
     AT_GRID(struct eval, learning), .high = 20, .least = 1e-6, .most = 0.999999},
    {"annotations", 0, "FILE",
     "labels of several annotators: says how far people agree; repeat for more files",
     AT_LIST(struct eval, annotations), .path = true},
    {"errors", 0, "N", "list the N most confident errors, with the n-grams that decided",
     AT_COUNT(struct eval, errors), .high = 10000},
    {"show-text", 0, NULL, "and with the comments' texts", AT_FLAG(struct eval, show_text)},
    {"report", 0, "DIR", "write a folder with the report as a web page and all figures",
     AT_TEXT(struct eval, folder), .path = true},
    {"predictions", 0, "FILE", "write what was said of each row, in the form that --pred reads",
     AT_TEXT(struct eval, predictions), .path = true},
    {"json", 0, NULL, "one JSON object instead of text", AT_SET(struct eval, form),
     .low = STANCE_REPORT_JSON},
    {"tsv", 0, NULL, "one table of all figures instead of text", AT_SET(struct eval, form),
     .low = STANCE_REPORT_TSV},
    {"min-macro-f1", 0, "X", "exit 1 where the macro-F1 is below X",
     AT_NUMBER(struct eval, min_macro_f1), .most = 1},
    {"output-file", 'o', "FILE", "where the report goes instead of standard output",
     AT_TEXT(struct eval, output), .path = true},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no figure",
     AT_COUNT(struct eval, jobs), .high = 1024},
    {NULL},
};

static const struct option_group groups[] = {
    {"eval", rows, 0},
    {"Training", training_options, offsetof(struct eval, training)},
    {"Reading", reading_options, offsetof(struct eval, reading)},
    {"Labels", label_options, offsetof(struct eval, reading)},
    {"General", term_options, offsetof(struct eval, term)},
    {NULL},
};

static int check_ways(const struct eval *e, size_t n, struct stance_err *err)
{
    struct training rest = e->training;
    int ways = (e->model != NULL) + (e->cv != 0) + (e->pred.n != 0);

    /* definitions may come with any gold; groups and seed are those of resamples too */
    rest.targets = rest.group = NULL;
    rest.seed = 0;
    if (ways != 1)
        return err_set(err, STANCE_USAGE, "evaluate what? One of -m MODEL, --cv N, --pred FILE");
    if (e->cv == 0 && !training_is_default(&rest))
        return err_set(err, STANCE_USAGE, "the options of training need --cv N");
    if (e->cv == 0 && e->learning.n != 0)
        return err_set(err, STANCE_USAGE, "--learning-curve needs --cv N");
    if (e->by_line && e->pred.n == 0)
        return err_set(err, STANCE_USAGE, "--by-line goes with --pred");
    if (e->prefix != NULL && e->pred.n == 0)
        return err_set(err, STANCE_USAGE, "--prefix goes with --pred");
    if (e->whole_threads && e->pred.n != 0)
        return err_set(err, STANCE_USAGE, "--whole-threads goes with -m or --cv");
    if (e->show_text && e->errors == 0)
        return err_set(err, STANCE_USAGE, "--show-text goes with --errors N");
    if (e->pred.n == 0 && e->gold.n != 0)
        return err_set(err, STANCE_USAGE, "--gold goes with --pred; else name the files alone");
    if (e->pred.n != 0 && n != 0)
        return err_set(err, STANCE_USAGE, "each file needs its --pred or --gold before it");
    if (e->pred.n != 0 ? e->gold.n == 0 : n == 0)
        return err_set(err, STANCE_USAGE, "which labelled comments? Name at least one file");
    return 0;
}

static struct stance_eval_options eval_options(const struct eval *e)
{
    return (struct stance_eval_options){
        .group = e->training.group,
        .by = e->by.word,
        .n_by = e->by.n,
        .no_intervals = e->resamples == 0,
        .n_resamples = (uint32_t)e->resamples,
        .seed = e->training.seed,
        .n_errors = (uint32_t)e->errors,
        .show_text = e->show_text,
        .part = e->learning.number,
        .n_parts = e->learning.n,
        .whole_threads = e->whole_threads,
        .by_line = e->by_line,
        .annotations = e->annotations.word,
        .n_annotations = e->annotations.n,
        .n_jobs = (unsigned)e->jobs,
    };
}

static struct stance_evaluation *evaluate_model(const struct eval *e,
                                                const struct stance_corpus *corpus,
                                                const struct stance_eval_options *options,
                                                const struct stance_talk *talk,
                                                struct stance_err *err)
{
    struct stance_model *model = stance_model_load(e->model, err);
    struct stance_evaluation *evaluation = NULL;

    if (model != NULL)
        evaluation = stance_evaluate_model(model, corpus, options, talk, err);
    stance_model_free(model);
    return evaluation;
}

static struct stance_evaluation *evaluate(struct eval *e, const struct stance_corpus *corpus,
                                          const struct stance_talk *talk, struct stance_err *err)
{
    struct stance_train_options train = training_train(&e->training, e->jobs);
    struct stance_eval_options options = eval_options(e);
    struct stance_input input = reading_input(&e->reading);

    train.group = NULL;
    input.prefix = e->prefix;
    if (e->model != NULL)
        return evaluate_model(e, corpus, &options, talk, err);
    if (e->cv != 0)
        return stance_cross_validate(corpus, (uint32_t)e->cv, &train, &options, talk, err);
    return stance_evaluate_predictions(e->pred.word, e->pred.n, corpus, &input, &options, talk,
                                       err);
}

static int write_form(const struct stance_evaluation *evaluation, enum stance_report form,
                      const char *path, struct stance_err *err)
{
    struct output output;
    int r;

    if (output_open(&output, path, err) < 0)
        return -1;
    r = stance_evaluation_write(evaluation, form, &output.sink, err);
    return output_close(&output, r, err);
}

static int report(const struct eval *e, const struct stance_evaluation *evaluation,
                  struct stance_err *err)
{
    if (e->folder != NULL && reportdir_write(e->folder, evaluation, err) < 0)
        return -1;
    if (e->predictions != NULL &&
        write_form(evaluation, STANCE_REPORT_PREDICTIONS, e->predictions, err) < 0)
        return -1;
    return write_form(evaluation, (enum stance_report)e->form, e->output, err);
}

/* The answer to --min-macro-f1; an undefined figure reaches nothing. */
static int gate(const struct eval *e, const struct stance_evaluation *evaluation,
                struct stance_err *err)
{
    double reached = stance_evaluation_macro_f1(evaluation);
    struct buf text = {0};

    if (e->min_macro_f1 < 0 || reached >= e->min_macro_f1)
        return 0;
    buf_add_str(&text, "macro-F1 is ");
    num_add_fixed(&text, reached, 4);
    buf_add_str(&text, ", below the ");
    num_add_f64(&text, e->min_macro_f1);
    buf_add_str(&text, " asked for");
    err_set(err, STANCE_NO, "%s", buf_str(&text));
    buf_release(&text);
    return -1;
}

/* Before long work: that its results can be written. */
static int check_outputs(const struct eval *e, struct stance_err *err)
{
    if (e->predictions != NULL && outfile_check(e->predictions, err) < 0)
        return -1;
    if (e->output != NULL && outfile_check(e->output, err) < 0)
        return -1;
    return e->folder != NULL ? reportdir_prepare(e->folder, err) : 0;
}

static struct stance_corpus *read_corpus(const struct eval *e, const char *const *path, size_t n,
                                         const struct stance_talk *talk, struct stance_err *err)
{
    struct stance_input input = reading_input(&e->reading);

    input.textless = e->pred.n != 0;
    return reading_kept(training_corpus(&e->training, path, n, &input, talk, err), &e->targets,
                        err);
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct eval *e = values;
    struct stance_talk talk = term_talk(&e->term);
    struct stance_evaluation *evaluation = NULL;
    struct stance_corpus *corpus;
    int r = -1;

    if (check_ways(e, n, err) < 0 || check_outputs(e, err) < 0)
        return -1;
    if (e->pred.n != 0) {
        operand = e->gold.word;
        n = e->gold.n;
    }
    term_note_waiting(&e->term, operand, n);
    corpus = read_corpus(e, operand, n, &talk, err);
    if (corpus != NULL)
        evaluation = evaluate(e, corpus, &talk, err);
    term_end(&e->term);
    if (evaluation != NULL && report(e, evaluation, err) == 0)
        r = gate(e, evaluation, err);
    stance_evaluation_free(evaluation);
    stance_corpus_free(corpus);
    return r;
}

static const struct eval defaults = {.min_macro_f1 = -1, .resamples = 1000};

const struct command eval_command = {
    .name = "eval",
    .summary = "evaluate a model, training settings, or predictions",
    .usage = "eval [OPTION]... -m MODEL GOLD...\n"
             "eval [OPTION]... --cv N CORPUS...\n"
             "eval [OPTION]... --pred PRED... --gold GOLD...",
    .about = "Compares predictions with labelled comments: counts, precision, recall and F1 per "
             "target and pooled, beside baselines. With --cv the folds keep threads (or --group) "
             "whole, and vocabulary, C and calibration are made anew inside each.",
    .groups = groups,
    .size = sizeof(struct eval),
    .defaults = &defaults,
    .run = run,
};
