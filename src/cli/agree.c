/* SPDX-License-Identifier: MIT */
/* stance agree: what annotators' labels are worth, before a program is judged by them. */
#include "base/err.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"

struct agree {
    const char *group, *output;
    struct words comments;
    uint64_t resamples, seed, list, jobs;
    bool json;
    struct reading reading;
    struct term term;
};

static const struct option rows[] = {
    {"comments", 0, "FILE",
     "comments with id and thread, which the annotations lack; repeat for more files",
     AT_LIST(struct agree, comments), .path = true},
    {"annotator-field", 0, "NAME",
     "field that holds who labelled; without one, a file is the work of one",
     AT_TEXT(struct agree, reading.fields.annotator)},
    {"group", 0, "FIELD",
     "field whose values intervals keep whole; default: thread, else author, else each comment",
     AT_TEXT(struct agree, group)},
    {"resamples", 0, "N", "resamples for the intervals, default 1000; 0: no intervals",
     AT_COUNT(struct agree, resamples), .high = 1000000},
    {"seed", 0, "N", "seed of the resamples, default 1", AT_COUNT(struct agree, seed), .low = 1,
     .high = UINT64_MAX},
    {"list", 0, "N", "list the N comments and targets that annotators disagree on most",
     AT_COUNT(struct agree, list), .high = 1000000000},
    {"json", 0, NULL, "one JSON object instead of text", AT_FLAG(struct agree, json)},
    {"output-file", 'o', "FILE", "where the report goes instead of standard output",
     AT_TEXT(struct agree, output), .path = true},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no figure",
     AT_COUNT(struct agree, jobs), .high = 1024},
    {NULL},
};

static const struct option_group groups[] = {
    {"agree", rows, 0},
    {"Reading", reading_options, offsetof(struct agree, reading)},
    {"Labels", label_options, offsetof(struct agree, reading)},
    {"General", term_options, offsetof(struct agree, term)},
    {NULL},
};

static int report(const struct agree *a, const struct stance_agreement *agreement,
                  struct stance_err *err)
{
    struct output output;
    int r;

    if (output_open(&output, a->output, err) < 0)
        return -1;
    r = stance_agreement_write(agreement, (size_t)a->list, a->json, &output.sink, err);
    return output_close(&output, r, err);
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct agree *a = values;
    struct stance_talk talk = term_talk(&a->term);
    struct stance_input input = reading_input(&a->reading);
    struct stance_agree_options options = {.comments = a->comments.word,
                                           .n_comments = a->comments.n,
                                           .group = a->group,
                                           .n_resamples = (uint32_t)a->resamples,
                                           .no_intervals = a->resamples == 0,
                                           .seed = a->seed,
                                           .n_jobs = (unsigned)a->jobs};
    struct stance_agreement *agreement;
    int r = -1;

    if (n == 0)
        return err_set(err, STANCE_USAGE, "which annotations? Name at least one file");
    term_note_waiting(&a->term, operand, n);
    agreement = stance_agree(operand, n, &input, &options, &talk, err);
    term_end(&a->term);
    if (agreement != NULL)
        r = report(a, agreement, err);
    stance_agreement_free(agreement);
    return r;
}

static const struct agree defaults = {.resamples = 1000, .seed = 1};

const struct command agree_command = {
    .name = "agree",
    .summary = "measure how far annotators agree",
    .usage = "agree [OPTION]... FILE...",
    .about = "Compares the labels that annotators gave to the same comments: percent agreement, "
             "Cohen's kappa, Krippendorff's alpha, and the macro-F1 of one annotator judged by "
             "another, per target and pooled, with intervals that resample whole threads.",
    .groups = groups,
    .size = sizeof(struct agree),
    .defaults = &defaults,
    .run = run,
};
