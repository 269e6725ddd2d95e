/* SPDX-License-Identifier: MIT */
/*
 * stance sample: a random sample of a dump to be labelled, which remembers with what probability
 * each comment was drawn: the one thing that cannot be found out later.
 */
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "cli/command.h"
#include "cli/installed.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"

struct sample {
    const char *model, *output, *extend, *definitions, *articles, *plan;
    struct words by, targets;
    uint64_t n, uncertain, least, seed, jobs;
    double seconds;
    int allocation; /* 0: by population, 1: equal */
    bool threads;
    struct reading reading;
    struct term term;
};

static const char *const allocations[] = {"proportional", "equal", NULL};

static const struct option rows[] = {
    {"number", 'n', "N", "comments to draw at random (with --extend, more of them)",
     AT_COUNT(struct sample, n), .high = 10000000},
    {"output-file", 'o', "AUDIT", "the audit to write; default with --extend: that one",
     AT_TEXT(struct sample, output), .path = true},
    {"by", 0, "FIELD",
     "strata: week, month, day, year, a field, or predicted:TARGET (-m); repeat for finer ones",
     AT_LIST(struct sample, by)},
    {"allocate", 0, "HOW", "comments of each stratum: by its part of the dump, or equally many",
     AT_CHOICE(struct sample, allocation), .choices = allocations},
    {"min-per-stratum", 0, "N", "at least so many of each stratum, default 2",
     AT_COUNT(struct sample, least), .low = 1, .high = 100000},
    {"threads", 0, NULL, "draw whole threads, with about N comments in them",
     AT_FLAG(struct sample, threads)},
    {"extend", 0, "AUDIT", "enlarge this audit; what it has stays, labels too",
     AT_TEXT(struct sample, extend), .path = true},
    {"uncertain", 0, "N", "add N comments that the model (-m) is unsure of, to learn from",
     AT_COUNT(struct sample, uncertain), .high = 100000},
    {"plan", 0, "POINTS",
     "draw nothing: how many labels shares to ±POINTS need, and what -n can carry",
     AT_TEXT(struct sample, plan)},
    {"seconds-per-comment", 0, "S", "--plan: time to label a comment, default 30",
     AT_NUMBER(struct sample, seconds), .least = 1, .most = 3600},
    {"model", 'm', "MODEL", "its targets are to be labelled; it predicts strata and doubts",
     AT_TEXT(struct sample, model), .path = true},
    {"targets", 0, "FILE", "NDJSON of target definitions to be labelled instead of the model's",
     AT_TEXT(struct sample, definitions), .path = true},
    {"target", 't', "ID", "one of the targets to be labelled; repeat for more; default: all",
     AT_LIST(struct sample, targets)},
    {"target-field", 0, "NAME", "field that names each record's target, to be kept beside it",
     AT_TEXT(struct sample, reading.fields.target)},
    {"articles", 0, "FILE", "NDJSON of thread, title, summary, to be shown beside comments",
     AT_TEXT(struct sample, articles), .path = true},
    {"seed", 0, "N", "seed of the drawing, default 1", AT_COUNT(struct sample, seed), .low = 1,
     .high = UINT64_MAX},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no byte",
     AT_COUNT(struct sample, jobs), .high = 1024},
    {NULL},
};

static const struct option_group groups[] = {
    {"sample", rows, 0},
    {"Reading", reading_options, offsetof(struct sample, reading)},
    {"General", term_options, offsetof(struct sample, term)},
    {NULL},
};

static struct stance_sample_options options_of(const struct sample *s)
{
    return (struct stance_sample_options){.input = reading_input(&s->reading),
                                          .n = s->n,
                                          .by = s->by.word,
                                          .n_by = s->by.n,
                                          .equal = s->allocation == 1,
                                          .least = s->least,
                                          .threads = s->threads,
                                          .n_uncertain = s->uncertain,
                                          .targets = s->definitions,
                                          .target = s->targets.word,
                                          .n_targets = s->targets.n,
                                          .articles = s->articles,
                                          .seed = s->seed,
                                          .n_jobs = (unsigned)s->jobs,
                                          .plan_seconds = s->seconds};
}

/* "3", "±3", "+-3". */
static int read_points(const char *text, double *points, struct stance_err *err)
{
    static const char *const signs[] = {"±", "+-"};
    const char *rest = text;

    for (size_t i = 0; i < 2; i++)
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            rest = text + strlen(signs[i]);
    if (!num_f64(span_of(rest), points) || !(*points > 0) || *points > 50)
        return err_set(err, STANCE_USAGE, "--plan: '%s', expected points such as 3 or ±3 (to 50)",
                       text);
    return 0;
}

static int plan(struct sample *s, const struct stance_model *model, const char *const *operand,
                size_t n, struct stance_err *err)
{
    struct stance_sample_options options = options_of(s);
    struct stance_talk talk = term_talk(&s->term);
    struct output output;
    int r;

    if (read_points(s->plan, &options.plan_half, err) < 0 ||
        output_open(&output, s->output, err) < 0)
        return -1;
    r = stance_sample_plan(model, n != 0 ? operand : NULL, n, &options, &output.sink, &talk, err);
    term_end(&s->term);
    return output_close(&output, r, err);
}

static int draw(struct sample *s, const struct stance_model *model, const char *const *operand,
                size_t n, struct stance_err *err)
{
    struct stance_sample_options options = options_of(s);
    struct stance_talk talk = term_talk(&s->term);
    const char *path = s->output != NULL ? s->output : s->extend;
    int r;

    if (path == NULL || strcmp(path, "-") == 0)
        return err_set(err, STANCE_USAGE, "where to? An audit is a file: give -o AUDIT");
    if (s->n == 0 && s->uncertain == 0)
        return err_set(err, STANCE_USAGE, "how many comments? Give -n, or --plan to find out");
    if (outfile_check(path, err) < 0)
        return -1;
    term_note_waiting(&s->term, operand, n);
    r = stance_sample(model, n != 0 ? operand : NULL, n, &options, s->extend, path, &talk, err);
    term_end(&s->term);
    return r;
}

static bool wants_model(const struct sample *s)
{
    if (s->model != NULL || s->uncertain != 0)
        return true;
    return s->plan == NULL && s->definitions == NULL && s->extend == NULL;
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct sample *s = values;
    struct stance_model *model = NULL;
    int r;

    if (wants_model(s)) {
        model = installed_model(s->model, &s->term, err);
        if (model == NULL)
            return -1;
    }
    r = (s->plan != NULL ? plan : draw)(s, model, operand, n, err);
    stance_model_free(model);
    return r;
}

static const struct sample defaults = {.least = 2, .seed = 1, .seconds = 30};

const struct command sample_command = {
    .name = "sample",
    .summary = "draw a random sample of a dump, to be labelled",
    .usage = "sample [OPTION]... -n N -o AUDIT [DUMP...]\n"
             "sample [OPTION]... --extend AUDIT -n N [DUMP...]\n"
             "sample [OPTION]... --plan POINTS [-n N] [DUMP...]",
    .about = "Draws comments at random from a dump of any size and writes them, with the "
             "probability that each was drawn with and what they answer to, as an audit: label it "
             "with `stance label`, and `stance prevalence` tells the shares of the whole dump. "
             "Comments chosen for learning (--uncertain) are marked and never estimate anything.",
    .groups = groups,
    .size = sizeof(struct sample),
    .defaults = &defaults,
    .run = run,
};
