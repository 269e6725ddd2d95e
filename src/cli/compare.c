/* SPDX-License-Identifier: MIT */
/* stance compare: whether systems differ on the same gold by more than chance. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"

struct compare {
    const char *group, *metric, *output, *prefix;
    uint64_t resamples, rounds, seed, jobs;
    struct words targets;
    bool json, by_line;
    struct reading reading;
    struct term term;
};

static const struct option rows[] = {
    {"metric", 0, "NAME",
     "what to compare: macro_f1 (default), f_avg, accuracy, micro_f1, balanced_accuracy, mcc, "
     "kappa, "
     "log_loss, brier or ece",
     AT_TEXT(struct compare, metric)},
    {"group", 0, "FIELD",
     "field whose comments are exchanged and resampled together; id: each by itself; default: "
     "the thread, else the author, else each comment",
     AT_TEXT(struct compare, group)},
    {"rounds", 0, "N", "rounds of the randomization test, default 10000",
     AT_COUNT(struct compare, rounds), .low = 100, .high = 100000000},
    {"resamples", 0, "N", "bootstrap resamples for the intervals, default 1000; 0: no intervals",
     AT_COUNT(struct compare, resamples), .high = 1000000},
    {"seed", 0, "N", "seed of rounds and resamples, default 1", AT_COUNT(struct compare, seed),
     .low = 1, .high = UINT64_MAX},
    {"by-line", 0, NULL, "the files hold bare labels, one a line, in the order of the gold",
     AT_FLAG(struct compare, by_line)},
    {"prefix", 0, "TEXT", "what classify was told to put before its columns",
     AT_TEXT(struct compare, prefix), .may_be_empty = true},
    {"target", 't', "ID", "a target to compare on; repeat for more; default: all of the gold",
     AT_LIST(struct compare, targets)},
    {"json", 0, NULL, "one JSON object instead of text", AT_FLAG(struct compare, json)},
    {"output-file", 'o', "FILE", "where the report goes instead of standard output",
     AT_TEXT(struct compare, output), .path = true},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no figure",
     AT_COUNT(struct compare, jobs), .high = 1024},
    {NULL},
};

static const struct option_group groups[] = {
    {"compare", rows, 0},
    {"Reading", reading_options, offsetof(struct compare, reading)},
    {"Labels", label_options, offsetof(struct compare, reading)},
    {"General", term_options, offsetof(struct compare, term)},
    {NULL},
};

static struct stance_compare_options compare_options(const struct compare *c)
{
    return (struct stance_compare_options){
        .group = c->group,
        .metric = c->metric,
        .no_intervals = c->resamples == 0,
        .n_resamples = (uint32_t)c->resamples,
        .n_rounds = c->rounds,
        .seed = c->seed,
        .by_line = c->by_line,
        .n_jobs = (unsigned)c->jobs,
    };
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

/* Files by their names without folders, unless two would then be called the same. */
static const char **name_systems(const char *const *path, size_t n)
{
    const char **name = mem_array(n, sizeof *name);

    for (size_t i = 0; i < n; i++)
        name[i] = base_name(path[i]);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(base_name(path[i]), base_name(path[j])) == 0) {
                name[i] = path[i];
                name[j] = path[j];
            }
        }
    }
    return name;
}

static int compare(const struct compare *c, const struct stance_corpus *gold,
                   const char *const *path, size_t n, const struct stance_talk *talk,
                   struct stance_err *err)
{
    struct stance_compare_options options = compare_options(c);
    struct stance_input input = reading_input(&c->reading);
    const char **name;
    struct output output;
    int r;

    input.prefix = c->prefix;
    if (output_open(&output, c->output, err) < 0)
        return -1;
    name = name_systems(path, n);
    r = stance_compare(gold, path, name, n, &input, &options, c->json, &output.sink, talk, err);
    free(name);
    return output_close(&output, r, err);
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct compare *c = values;
    struct stance_talk talk = term_talk(&c->term);
    struct stance_corpus *gold;
    int r = -1;

    if (n < 3)
        return err_set(err, STANCE_USAGE,
                       "compare what? The gold labels, then predictions of two systems or more");
    term_note_waiting(&c->term, operand, n);
    gold = reading_gold(&c->reading, operand, 1, true, NULL, &c->targets, &talk, err);
    if (gold != NULL)
        r = compare(c, gold, operand + 1, n - 1, &talk, err);
    term_end(&c->term);
    stance_corpus_free(gold);
    return r;
}

static const struct compare defaults = {.resamples = 1000};

const struct command compare_command = {
    .name = "compare",
    .summary = "test whether systems differ by more than chance",
    .usage = "compare [OPTION]... GOLD PRED_A PRED_B...",
    .about = "Compares what two or more systems said of the same labelled comments: the figure "
             "of each, the difference of each pair with its interval, and p by randomization "
             "over whole groups; McNemar's test beside it where every row is a group; corrected "
             "for the number of pairs. Predictions come in the forms that eval --pred reads.",
    .groups = groups,
    .size = sizeof(struct compare),
    .defaults = &defaults,
    .run = run,
};
