/* SPDX-License-Identifier: MIT */
/*
 * stance classify: a filter from comments to comments with labels. One record out per
 * record in, whatever happens to it; what happened is counted at the end, on stderr.
 */
#include "base/err.h"
#include "cli/command.h"
#include "cli/installed.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/summary.h"

struct classify {
    const char *model, *output, *prefix;
    struct words targets;
    bool allow_unseen, longform, flat, probs, whole_threads, strict;
    int form; /* enum stance_form */
    double min_p;
    uint64_t jobs;
    struct reading reading;
    struct term term;
};

static const char *const forms[] = {"ndjson", "csv", "tsv", NULL};

static const struct option rows[] = {
    {"model", 'm', "MODEL", "the model; default: $STANCE_MODEL, else the one installed",
     AT_TEXT(struct classify, model), .path = true},
    {"output-file", 'o', "FILE", "where the records go instead of standard output",
     AT_TEXT(struct classify, output), .path = true},
    {"target", 't', "ID", "a target to label; repeat for more; default: all of the model",
     AT_LIST(struct classify, targets)},
    {"target-field", 0, "NAME", "field that names each record's target",
     AT_TEXT(struct classify, reading.fields.target)},
    {"allow-unseen", 0, NULL, "accept targets the model was not trained on, without probability",
     AT_FLAG(struct classify, allow_unseen)},
    {"whole-threads", 0, NULL,
     "judge each comment together with the others of its thread, whose records must follow one "
     "another",
     AT_FLAG(struct classify, whole_threads)},
    {"output", 0, "FORM", "form of the output; default: as the input",
     AT_CHOICE(struct classify, form), .low = STANCE_FORM_NDJSON, .choices = forms},
    {"long", 0, NULL, "one line per record and target", AT_FLAG(struct classify, longform)},
    {"flat", 0, NULL, "NDJSON: flat keys, as the columns of CSV", AT_FLAG(struct classify, flat)},
    {"probs", 0, NULL, "the probability of every label", AT_FLAG(struct classify, probs)},
    {"prefix", 0, "TEXT", "put before the names of added columns", AT_TEXT(struct classify, prefix),
     .may_be_empty = true},
    {"min-p", 0, "P", "status abstain where the label's probability is below P",
     AT_NUMBER(struct classify, min_p), .most = 1},
    {"strict", 0, NULL, "exit 3, at the end, where a record could not be read",
     AT_FLAG(struct classify, strict)},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no byte of the output",
     AT_COUNT(struct classify, jobs), .high = 1024},
    {NULL},
};

static const struct option_group groups[] = {
    {"classify", rows, 0},
    {"Reading", reading_options, offsetof(struct classify, reading)},
    {"General", term_options, offsetof(struct classify, term)},
    {NULL},
};

static struct stance_dump_options dump_options(const struct classify *c)
{
    return (struct stance_dump_options){
        .input = reading_input(&c->reading),
        .target = c->targets.word,
        .n_targets = c->targets.n,
        .allow_unseen = c->allow_unseen,
        .output = (enum stance_form)c->form,
        .longform = c->longform,
        .flat = c->flat,
        .probs = c->probs,
        .prefix = c->prefix,
        .min_p = c->min_p,
        .whole_threads = c->whole_threads,
        .strict = c->strict,
        .n_jobs = (unsigned)c->jobs,
    };
}

static int classify(struct classify *c, const struct stance_model *model,
                    const char *const *operand, size_t n, struct stance_err *err)
{
    struct stance_dump_options options = dump_options(c);
    struct stance_talk talk = term_talk(&c->term);
    struct stance_tally tally = {0};
    struct output output;
    int r;

    if (output_open(&output, c->output, err) < 0)
        return -1;
    term_note_waiting(&c->term, operand, n);
    r = stance_classify_files(model, &options, n != 0 ? operand : NULL, n, &output.sink, &tally,
                              &talk, err);
    r = output_close(&output, r, err);
    term_end(&c->term);
    summary_note(&tally, &c->term);
    stance_tally_release(&tally);
    return r;
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct classify *c = values;
    struct stance_model *model;
    int r;

    if (c->targets.n != 0 && c->reading.fields.target != NULL)
        return err_set(err, STANCE_USAGE, "--target and --target-field exclude each other");
    if (c->whole_threads && c->reading.fields.target != NULL)
        return err_set(err, STANCE_USAGE, "--whole-threads and --target-field exclude each other");
    model = installed_model(c->model, &c->term, err);
    if (model == NULL)
        return -1;
    r = classify(c, model, operand, n, err);
    stance_model_free(model);
    return r;
}

const struct command classify_command = {
    .name = "classify",
    .summary = "label the comments of a dump",
    .usage = "classify [OPTION]... [FILE...]",
    .about = "Reads comments (NDJSON, CSV or TSV; plain, gzip or zstd) from the files, or from "
             "standard input where there is none or -, and writes each record again, in the same "
             "order, with a stance per target. A record that cannot be labelled says why in its "
             "status. Counts of predicted labels end the run on standard error; they are not "
             "shares: classifiers err unevenly.",
    .groups = groups,
    .size = sizeof(struct classify),
    .run = run,
};
