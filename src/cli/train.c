/* SPDX-License-Identifier: MIT */
/*
 * stance train: labelled comments to a model file. The model is the result; what was found
 * and decided on the way (rows, folds, C, figures) are notes on stderr, so that `-o -` can
 * be piped. Whether the output can be written is asked before the long work, without
 * touching the old file, which stays until the new one is whole.
 */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/outfile.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"
#include "cli/training.h"

struct train {
    const char *output;
    uint64_t jobs;
    struct reading reading;
    struct training training;
    struct term term;
};

static const struct option rows[] = {
    {"output-file", 'o', "MODEL", "where the model goes; - is standard output",
     AT_TEXT(struct train, output), .path = true},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no byte of the model",
     AT_COUNT(struct train, jobs), .high = 1024},
    {NULL},
};

static const struct option_group groups[] = {
    {"train", rows, 0},
    {"Training", training_options, offsetof(struct train, training)},
    {"Reading", reading_options, offsetof(struct train, reading)},
    {"Labels", label_options, offsetof(struct train, reading)},
    {"General", term_options, offsetof(struct train, term)},
    {NULL},
};

static int check_output(const char *path, struct stance_err *err)
{
    if (path == NULL)
        return err_set(err, STANCE_USAGE, "where to? -o MODEL is missing");
    if (strcmp(path, "-") == 0 && isatty(STDOUT_FILENO))
        return err_set(err, STANCE_USAGE, "a model is not text: -o - is for a pipe or a file");
    return outfile_check(path, err);
}

static int save(const struct stance_model *model, const char *path, struct stance_err *err)
{
    struct span bytes;

    stance_model_bytes(model, &bytes.p, &bytes.len);
    return output_bytes(path, bytes, err);
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct train *train = values;
    struct stance_talk talk = term_talk(&train->term);
    struct stance_train_options options = training_train(&train->training, train->jobs);
    struct stance_input input = reading_input(&train->reading);
    struct stance_corpus *corpus = NULL;
    struct stance_model *model = NULL;
    int r = -1;

    if (n == 0)
        return err_set(err, STANCE_USAGE, "which corpus? Name at least one file, or -");
    if (check_output(train->output, err) < 0)
        return -1;
    term_note_waiting(&train->term, operand, n);
    corpus = training_corpus(&train->training, operand, n, &input, &talk, err);
    if (corpus != NULL)
        model = stance_train(corpus, &options, &talk, err);
    term_end(&train->term);
    if (model != NULL)
        r = save(model, train->output, err);
    stance_model_free(model);
    stance_corpus_free(corpus);
    return r;
}

const struct command train_command = {
    .name = "train",
    .summary = "train a model from labelled comments",
    .usage = "train [OPTION]... -o MODEL CORPUS...",
    .about = "Reads labelled comments (NDJSON, CSV or TSV, plain, gzip or zstd; - is standard "
             "input), chooses C by cross-validation that keeps threads whole, and writes a model. "
             "The same corpus, options and seed give the same bytes, whatever the order of the "
             "rows. What was found and decided is told on standard error.",
    .groups = groups,
    .size = sizeof(struct train),
    .run = run,
};
