/* SPDX-License-Identifier: MIT */
/* stance label: people's labels for the rows of an audit, on a screen or by a script. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "cli/command.h"
#include "cli/labelling.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"
#include "tui/tui.h"

struct label {
    const char *annotator, *commands, *guide, *suggest, *merge, *import, *export;
    uint64_t twice;
    bool adjudicate, show_names, advance, ascii, no_pace, status, agreement, fold, replace;
    int lang;
    struct reading reading;
    struct term term;
};

static const char *const languages[] = {"fr", "en", NULL};

static const struct option rows[] = {
    {"annotator", 0, "NAME", "who labels; nobody sees the labels of others",
     AT_TEXT(struct label, annotator)},
    {"twice", 0, "N", "show only N rows, drawn by the audit's own lot: a second reading",
     AT_COUNT(struct label, twice), .low = 1, .high = 1000000000},
    {"adjudicate", 0, NULL, "show only rows where annotators differ; what is said there decides",
     AT_FLAG(struct label, adjudicate)},
    {"show-names", 0, NULL, "with --adjudicate: annotators by their names instead of A, B",
     AT_FLAG(struct label, show_names)},
    {"suggest", 0, "MODEL", "show what a model says; labels given beside it are marked so",
     AT_TEXT(struct label, suggest), .path = true},
    {"commands", 0, "FILE", "commands from a file instead of the screen, one a line",
     AT_TEXT(struct label, commands), .path = true},
    {NULL},
};

static const struct option screen_rows[] = {
    {"guide", 0, "FILE", "text that the key g shows after the definitions of the targets",
     AT_TEXT(struct label, guide), .path = true},
    {"lang", 0, "NAME", "language of labels and screen: fr, the default, or en",
     AT_CHOICE(struct label, lang), .choices = languages},
    {"advance", 0, NULL, "go on by itself once all targets of a comment are labelled",
     AT_FLAG(struct label, advance)},
    {"ascii", 0, NULL, "show '?' for what is not ASCII, for a terminal that is not UTF-8",
     AT_FLAG(struct label, ascii)},
    {"no-pace", 0, NULL, "do not show pace and time left", AT_FLAG(struct label, no_pace)},
    {NULL},
};

static const struct option file_rows[] = {
    {"status", 0, NULL, "print who has labelled how much, and what is undecided",
     AT_FLAG(struct label, status)},
    {"agreement", 0, NULL, "print how far annotators agree, as `stance agree` does",
     AT_FLAG(struct label, agreement)},
    {"merge", 0, "FILE", "bring in the labels of a copy of this audit",
     AT_TEXT(struct label, merge), .path = true},
    {"import", 0, "FILE", "bring in labels of a table or NDJSON: id, target, label, annotator",
     AT_TEXT(struct label, import), .path = true},
    {"replace", 0, NULL, "with --import: over other labels of the same annotator",
     AT_FLAG(struct label, replace)},
    {"export", 0, "FILE", "write the rows, with NAME's labels, as CSV for a spreadsheet",
     AT_TEXT(struct label, export), .path = true},
    {"fold", 0, NULL, "put what a crash left in the journal into the audit",
     AT_FLAG(struct label, fold)},
    {NULL},
};

static const struct option_group groups[] = {
    {"label", rows, 0},
    {"Screen", screen_rows, 0},
    {"Audit", file_rows, 0},
    {"Labels", label_options, offsetof(struct label, reading)},
    {"General", term_options, offsetof(struct label, term)},
    {NULL},
};

/* ---- the whole file ---- */

static int print_status(const char *path, struct stance_err *err)
{
    struct output output;

    if (output_open(&output, NULL, err) < 0)
        return -1;
    return output_close(&output, stance_audit_status(path, &output.sink, err), err);
}

static int print_agreement(const struct label *o, const char *path, const struct stance_talk *talk,
                           struct stance_err *err)
{
    struct stance_input input = reading_input(&o->reading);
    struct stance_agreement *agreement = stance_agree(&path, 1, &input, NULL, talk, err);
    struct output output;
    int r;

    if (agreement == NULL || output_open(&output, NULL, err) < 0) {
        stance_agreement_free(agreement);
        return -1;
    }
    r = stance_agreement_write(agreement, 10, false, &output.sink, err);
    stance_agreement_free(agreement);
    return output_close(&output, r, err);
}

static int export(const struct label *o, const char *path, struct stance_err *err)
{
    struct output output;

    if (o->annotator == NULL)
        return err_set(err, STANCE_USAGE, "whose labels? --export needs --annotator");
    if (output_open(&output, o->export, err) < 0)
        return -1;
    return output_close(&output, stance_audit_export(path, o->annotator, &output.sink, err), err);
}

static int count_tasks(const struct label *o)
{
    return o->status + o->agreement + o->fold + (o->merge != NULL) + (o->import != NULL) +
           (o->export != NULL);
}

static int run_task(const struct label *o, const char *path, const struct stance_talk *talk,
                    struct stance_err *err)
{
    struct stance_input input = reading_input(&o->reading);

    if (o->status)
        return print_status(path, err);
    if (o->agreement)
        return print_agreement(o, path, talk, err);
    if (o->fold)
        return stance_audit_fold(path, talk, err);
    if (o->merge != NULL)
        return stance_audit_merge(path, o->merge, talk, err);
    if (o->import != NULL)
        return stance_audit_import(path, o->import, &input, o->annotator, o->replace, talk, err);
    return export(o, path, err);
}

/* ---- labelling ---- */

/* What is told before the screen covers it. */
static void keep_note(void *arg, const char *line)
{
    struct buf *notes = arg;

    if (notes->len != 0)
        buf_add_str(notes, "; ");
    buf_add_str(notes, line);
}

static bool has_screen(const struct label *o)
{
    return o->commands == NULL && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static int label_rows(const struct label *o, struct stance_labelling *l, const char *notice,
                      struct stance_err *err)
{
    struct tui_settings set = {.annotator = o->annotator,
                               .english = o->lang == 1,
                               .notice = notice,
                               .advance = o->advance,
                               .ascii = o->ascii,
                               .no_pace = o->no_pace};
    struct buf guide = {0};
    int r;

    if (!has_screen(o))
        return labelling_script(l, o->commands != NULL ? o->commands : "-", o->lang == 1, err);
    r = labelling_guide(l, o->guide, &guide, err);
    set.guide = buf_span(&guide);
    if (r == 0)
        r = tui_run(l, &set, err);
    buf_release(&guide);
    return r;
}

static int label(const struct label *o, const char *path, struct stance_model *model,
                 const struct stance_talk *talk, struct stance_err *err)
{
    struct stance_labelling_options options = {.annotator = o->annotator,
                                               .adjudicate = o->adjudicate,
                                               .names = o->show_names,
                                               .twice = o->twice,
                                               .model = model};
    struct buf notes = {0};
    struct stance_talk keep = {&notes, keep_note, NULL};
    struct stance_labelling *l =
        stance_labelling_open(path, &options, has_screen(o) ? &keep : talk, err);
    struct stance_err second = {0};
    int r = -1;

    if (l != NULL)
        r = label_rows(o, l, buf_str(&notes), err);
    buf_release(&notes);
    if (stance_labelling_close(l, &second) < 0 && r == 0) {
        *err = second;
        return -1;
    }
    return r;
}

static int check(const struct label *o, size_t n, struct stance_err *err)
{
    if (n != 1)
        return err_set(err, STANCE_USAGE, "which audit? Name one, as `stance sample` writes it");
    if (count_tasks(o) > 1)
        return err_set(
            err, STANCE_USAGE,
            "one at a time of --status, --agreement, --merge, --import, --export, --fold");
    if (o->replace && o->import == NULL)
        return err_set(err, STANCE_USAGE, "--replace goes with --import");
    if (o->show_names && !o->adjudicate)
        return err_set(err, STANCE_USAGE, "--show-names goes with --adjudicate");
    return 0;
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct label *o = values;
    struct stance_talk talk = term_talk(&o->term);
    struct stance_model *model = NULL;
    int r;

    if (check(o, n, err) < 0)
        return -1;
    if (count_tasks(o) == 1) {
        r = run_task(o, operand[0], &talk, err);
        term_end(&o->term);
        return r;
    }
    if (o->suggest != NULL && (model = stance_model_load(o->suggest, err)) == NULL)
        return -1;
    r = label(o, operand[0], model, &talk, err);
    stance_model_free(model);
    return r;
}

const struct command label_command = {
    .name = "label",
    .summary = "label the comments of an audit",
    .usage = "label [OPTION]... AUDIT --annotator NAME\nlabel [OPTION]... AUDIT",
    .about =
        "Shows the comments that `stance sample` drew, one after another with what they answer to, "
        "and takes a key per target. Every label is on the disk before the screen shows it; the "
        "key ? lists the keys.\n\n"
        "Where standard input is no terminal, or with --commands, lines are read instead of keys: "
        "label TARGET LABEL [CODE], code [TARGET] CODE, note TEXT, skip, undo, next, previous, "
        "open (the next that is not done), goto ID or #N, show, status, quit; - takes a label or "
        "code away.",
    .groups = groups,
    .size = sizeof(struct label),
    .run = run,
};
