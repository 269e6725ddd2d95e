/* SPDX-License-Identifier: MIT */
/*
 * stance prevalence: the shares of a dump, with intervals that hold, because a random sample of
 * it was labelled. Without one the answer is no, unless an assumption is asked for by name.
 */
#include "base/err.h"
#include "cli/command.h"
#include "cli/installed.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"

struct prevalence {
    const char *model, *audit, *output, *by, *topic, *html, *rows_file, *sum;
    struct words targets, train;
    int among, assume, methods; /* methods: 0 none, 1 French, 2 English */
    bool per_author, pool_error, beyond_dump, json, tsv, no_text, pseudonymize, merge;
    double level;
    uint64_t min_labels, seed, jobs, cross_fit;
    struct reading reading;
    struct term term;
};

static const char *const amongs[] = {"all", "on-topic", "taking-sides", NULL};
static const char *const assumptions[] = {"adjusted", "sld", "count", NULL};
static const char *const languages[] = {"fr", "en", NULL};

static const struct option rows[] = {
    {"model", 'm', "MODEL", "the model; default: $STANCE_MODEL, else the one installed",
     AT_TEXT(struct prevalence, model), .path = true},
    {"audit", 'a', "AUDIT", "the labelled sample of this dump, which `stance sample` drew",
     AT_TEXT(struct prevalence, audit), .path = true},
    {"target", 't', "ID", "a target to tell shares of; repeat for more; default: the audit's",
     AT_LIST(struct prevalence, targets)},
    {"target-field", 0, "NAME", "field that names each record's target: one share over all",
     AT_TEXT(struct prevalence, reading.fields.target)},
    {"by", 0, "FIELD", "shares per value of a field too, or per week, month, year, day, thread",
     AT_TEXT(struct prevalence, by)},
    {"among", 0, "WHICH",
     "the denominator: all comments, those on the topic, or those taking sides",
     AT_CHOICE(struct prevalence, among), .low = STANCE_AMONG_ALL, .choices = amongs},
    {"topic", 0, "ID", "the target whose label `on` tells what is on the topic; default: topic",
     AT_TEXT(struct prevalence, topic)},
    {"per-author", 0, NULL, "each author counts once, not each comment",
     AT_FLAG(struct prevalence, per_author)},
    {"pool-error", 0, NULL, "assume one error rate for all groups; a test of that is told",
     AT_FLAG(struct prevalence, pool_error)},
    {"beyond-dump", 0, NULL, "the threads of the dump stand for more of their kind",
     AT_FLAG(struct prevalence, beyond_dump)},
    {"assume-same-errors", 0, "METHOD",
     "without an audit, assume that the model errs here as in training (adjusted, sld), or count "
     "predicted labels (count, biased)",
     AT_CHOICE(struct prevalence, assume), .low = STANCE_ASSUME_ADJUSTED, .choices = assumptions},
    {"cross-fit", 0, "K", "train K models on the audit's own labels, each estimated by the others'",
     AT_COUNT(struct prevalence, cross_fit), .low = 2, .high = 100},
    {"train", 0, "FILE", "--cross-fit: labelled comments to learn from besides; repeat for more",
     AT_LIST(struct prevalence, train), .path = true},
    {"level", 0, "P", "level of the intervals, default 0.95", AT_NUMBER(struct prevalence, level),
     .least = 0.5, .most = 0.999},
    {"min-labels", 0, "N", "labels that a group must have to be told, default 30",
     AT_COUNT(struct prevalence, min_labels), .low = 2, .high = 1000000},
    {"sum", 0, "FILE", "write the sums of this piece of the dump instead of shares",
     AT_TEXT(struct prevalence, sum), .path = true},
    {"merge", 0, NULL, "the files are such sums: put them together",
     AT_FLAG(struct prevalence, merge)},
    {"seed", 0, "N", "seed of resamples and folds, default 1", AT_COUNT(struct prevalence, seed),
     .low = 1, .high = UINT64_MAX},
    {"jobs", 'j', "N", "threads; 0, the default: one per processor; changes no figure",
     AT_COUNT(struct prevalence, jobs), .high = 1024},
    {NULL},
};

static const struct option output_rows[] = {
    {"output-file", 'o', "FILE", "where the report goes instead of standard output",
     AT_TEXT(struct prevalence, output), .path = true},
    {"json", 0, NULL, "one JSON object instead of text", AT_FLAG(struct prevalence, json)},
    {"tsv", 0, NULL, "one line per share instead of text", AT_FLAG(struct prevalence, tsv)},
    {"html", 0, "FILE", "a page with the shares and their curve too",
     AT_TEXT(struct prevalence, html), .path = true},
    {"methods", 0, "LANGUAGE", "the methods paragraph, to be pasted, instead of text",
     AT_CHOICE(struct prevalence, methods), .low = 1, .choices = languages},
    {"rows", 0, "FILE", "what a reviewer needs to compute the shares again too",
     AT_TEXT(struct prevalence, rows_file), .path = true},
    {"no-text", 0, NULL, "--rows without the comments' texts", AT_FLAG(struct prevalence, no_text)},
    {"pseudonymize", 0, NULL, "--rows with ids and threads as hashes",
     AT_FLAG(struct prevalence, pseudonymize)},
    {NULL},
};

static const struct option_group groups[] = {
    {"prevalence", rows, 0},
    {"Output", output_rows, 0},
    {"Reading", reading_options, offsetof(struct prevalence, reading)},
    {"General", term_options, offsetof(struct prevalence, term)},
    {NULL},
};

static struct stance_prevalence_options options_of(const struct prevalence *c)
{
    return (struct stance_prevalence_options){.input = reading_input(&c->reading),
                                              .audit = c->audit,
                                              .target = c->targets.word,
                                              .n_targets = c->targets.n,
                                              .by = c->by,
                                              .among = (enum stance_among)c->among,
                                              .assume = (enum stance_assume)c->assume,
                                              .topic = c->topic,
                                              .per_author = c->per_author,
                                              .pool_error = c->pool_error,
                                              .beyond_dump = c->beyond_dump,
                                              .level = c->level,
                                              .min_labels = (uint32_t)c->min_labels,
                                              .seed = c->seed,
                                              .n_jobs = (unsigned)c->jobs,
                                              .cross_fit = (uint32_t)c->cross_fit};
}

static int write_form(const struct stance_prevalence *p, enum stance_prevalence_form form,
                      unsigned flags, const char *path, struct stance_err *err)
{
    struct output output;
    int r;

    if (output_open(&output, path, err) < 0)
        return -1;
    r = stance_prevalence_write(p, form, flags, &output.sink, err);
    return output_close(&output, r, err);
}

static enum stance_prevalence_form form_of(const struct prevalence *c)
{
    return c->json           ? STANCE_PREVALENCE_JSON
           : c->tsv          ? STANCE_PREVALENCE_TSV
           : c->methods == 1 ? STANCE_PREVALENCE_METHODS_FR
           : c->methods == 2 ? STANCE_PREVALENCE_METHODS_EN
                             : STANCE_PREVALENCE_TEXT;
}

static int report(const struct prevalence *c, const struct stance_prevalence *p,
                  struct stance_err *err)
{
    unsigned flags =
        (c->no_text ? STANCE_ROWS_NO_TEXT : 0u) | (c->pseudonymize ? STANCE_ROWS_PSEUDONYMIZE : 0u);

    if (c->rows_file != NULL && write_form(p, STANCE_PREVALENCE_ROWS, flags, c->rows_file, err) < 0)
        return -1;
    if (c->html != NULL && write_form(p, STANCE_PREVALENCE_HTML, 0, c->html, err) < 0)
        return -1;
    return write_form(p, form_of(c), 0, c->output, err);
}

static int check(const struct prevalence *c, size_t n, struct stance_err *err)
{
    if (c->json + c->tsv + (c->methods != 0) > 1)
        return err_set(err, STANCE_USAGE, "--json, --tsv and --methods exclude one another");
    if ((c->no_text || c->pseudonymize) && c->rows_file == NULL)
        return err_set(err, STANCE_USAGE, "--no-text and --pseudonymize are for --rows");
    if (c->rows_file != NULL && c->assume != STANCE_ASSUME_NOTHING)
        return err_set(err, STANCE_USAGE, "--rows are those of an audit; nothing is assumed then");
    if (c->model != NULL && c->cross_fit != 0)
        return err_set(err, STANCE_USAGE, "--cross-fit trains its models itself: no --model");
    if (c->train.n != 0 && c->cross_fit == 0)
        return err_set(err, STANCE_USAGE, "--train is for --cross-fit");
    if (c->cross_fit != 0 && (c->merge || c->sum != NULL))
        return err_set(err, STANCE_USAGE, "--cross-fit needs the whole dump: no --sum, no --merge");
    if (c->merge && n == 0)
        return err_set(err, STANCE_USAGE, "--merge: which files of sums? Name at least one");
    if (c->merge && c->sum != NULL)
        return err_set(err, STANCE_USAGE, "--merge and --sum exclude each other");
    return 0;
}

static struct stance_prevalence *estimate(struct prevalence *c, const struct stance_model *model,
                                          const struct stance_prevalence_options *options,
                                          const char *const *operand, size_t n,
                                          const struct stance_talk *talk, struct stance_err *err)
{
    if (c->merge)
        return stance_prevalence_merge(model, operand, n, options, talk, err);
    term_note_waiting(&c->term, operand, n);
    return stance_prevalence_take(model, n != 0 ? operand : NULL, n, options, talk, err);
}

static int run_with(struct prevalence *c, const struct stance_model *model,
                    const struct stance_corpus *corpus, const char *const *operand, size_t n,
                    struct stance_err *err)
{
    struct stance_talk talk = term_talk(&c->term);
    struct stance_prevalence_options options = options_of(c);
    struct stance_prevalence *p;
    int r = -1;

    options.corpus = corpus;
    if (c->sum != NULL) {
        r = stance_prevalence_sum(model, n != 0 ? operand : NULL, n, &options, c->sum, &talk, err);
        term_end(&c->term);
        return r;
    }
    p = estimate(c, model, &options, operand, n, &talk, err);
    term_end(&c->term);
    if (p != NULL)
        r = report(c, p, err);
    stance_prevalence_free(p);
    return r;
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct prevalence *c = values;
    static const struct reading plain;
    static const struct words all;
    struct stance_corpus *corpus = NULL;
    struct stance_model *model = NULL;
    struct stance_talk talk = term_talk(&c->term);
    int r = -1;

    if (check(c, n, err) < 0)
        return -1;
    if (c->train.n != 0) {
        corpus = reading_gold(&plain, c->train.word, c->train.n, false, NULL, &all, &talk, err);
        if (corpus == NULL)
            return -1;
    }
    if (c->cross_fit == 0)
        model = installed_model(c->model, &c->term, err);
    if (c->cross_fit != 0 || model != NULL)
        r = run_with(c, model, corpus, operand, n, err);
    stance_model_free(model);
    stance_corpus_free(corpus);
    return r;
}

static const struct prevalence defaults = {.level = 0.95, .min_labels = 30, .seed = 1};

const struct command prevalence_command = {
    .name = "prevalence",
    .alias = "share",
    .summary = "tell which share of a dump takes which stance",
    .usage = "prevalence [OPTION]... --audit=AUDIT [DUMP...]",
    .about = "Tells the share of comments per target and label, with an interval that holds: the "
             "model reads the whole dump, and the audit, a random sample that people labelled, "
             "corrects what it gets wrong. The better the model, the narrower the interval; a "
             "useless one leaves that of the labels alone. Without a labelled sample of this dump "
             "there is no share: exit 1.",
    .groups = groups,
    .size = sizeof(struct prevalence),
    .defaults = &defaults,
    .run = run,
};
