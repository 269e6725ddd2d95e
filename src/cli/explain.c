/* SPDX-License-Identifier: MIT */
/*
 * stance explain: what the model goes by. Without a comment, its strongest n-grams; with
 * one (--text, a file or standard input), the n-grams of that comment that decided.
 */
#include "base/err.h"
#include "base/infile.h"
#include "cli/command.h"
#include "cli/installed.h"
#include "cli/output.h"

enum { MAX_TEXT = 16 << 20, CHUNK = 1 << 16 };

struct explain {
    const char *model, *target, *text, *output;
    uint64_t n;
    bool json;
    struct term term;
};

static const struct option rows[] = {
    {"model", 'm', "MODEL", "the model; default: $STANCE_MODEL, else the one installed",
     AT_TEXT(struct explain, model), .path = true},
    {"target", 't', "ID", "explain this target; default: each of the model",
     AT_TEXT(struct explain, target)},
    {"number", 'n', "N", "how many n-grams, default 20", AT_COUNT(struct explain, n), .low = 1,
     .high = 100000},
    {"text", 0, "TEXT", "the comment", AT_TEXT(struct explain, text), .may_be_empty = true},
    {"json", 0, NULL, "one JSON object instead of text", AT_FLAG(struct explain, json)},
    {"output-file", 'o', "FILE", "where the explanation goes instead of standard output",
     AT_TEXT(struct explain, output), .path = true},
    {NULL},
};

static const struct option_group groups[] = {
    {"explain", rows, 0},
    {"General", term_options, offsetof(struct explain, term)},
    {NULL},
};

/* The whole file as one comment. */
static int read_text(const char *path, struct buf *text, struct stance_err *err)
{
    struct infile *file = infile_open(path, ENCODING_AUTO, err);
    ssize_t n = file == NULL ? -1 : 1;

    while (n > 0 && text->len <= MAX_TEXT) {
        buf_room(text, CHUNK);
        n = infile_read(file, text->p + text->len, CHUNK, err);
        if (n > 0)
            text->len += (size_t)n;
    }
    if (n > 0)
        n = err_at(err, STANCE_DATA, infile_name(file), 0, 0, "too long for one comment (16 MiB)");
    infile_close(file);
    return n < 0 ? -1 : 0;
}

static int write_explanation(const struct explain *e, const struct stance_model *model,
                             const struct buf *text, struct stance_err *err)
{
    struct output output;
    size_t n = (size_t)e->n;
    int r;

    if (output_open(&output, e->output, err) < 0)
        return -1;
    if (text == NULL)
        r = stance_explain_model(model, e->target, n, e->json, &output.sink, err);
    else
        r = stance_explain_comment(model, e->target, text->len != 0 ? text->p : "", text->len, n,
                                   e->json, &output.sink, err);
    return output_close(&output, r, err);
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct explain *e = values;
    struct stance_model *model;
    struct buf text = {0};
    bool comment = e->text != NULL || n != 0;
    int r = 0;

    if (n + (e->text != NULL) > 1)
        return err_set(err, STANCE_USAGE, "one comment at a time: --text TEXT or one FILE");
    term_talk(&e->term);
    model = installed_model(e->model, &e->term, err);
    if (model == NULL)
        return -1;
    if (e->text != NULL)
        buf_add_str(&text, e->text);
    if (n != 0) {
        term_note_waiting(&e->term, operand, n);
        r = read_text(operand[0], &text, err);
    }
    if (r == 0)
        r = write_explanation(e, model, comment ? &text : NULL, err);
    buf_release(&text);
    stance_model_free(model);
    return r;
}

static const struct explain defaults = {.n = 20};

const struct command explain_command = {
    .name = "explain",
    .summary = "show the n-grams that decide",
    .usage = "explain [OPTION]... [--text TEXT | FILE]",
    .about = "Without a comment: the strongest n-grams of the model, per target and label. With "
             "one (--text, a file, or - for standard input): its n-grams that decided, each with "
             "value, weight and product.",
    .groups = groups,
    .size = sizeof(struct explain),
    .defaults = &defaults,
    .run = run,
};
