/* SPDX-License-Identifier: MIT */
/*
 * vectors: word vectors from the comments of unlabelled dumps. Files are read twice, so that
 * standard input will not do; records without a text that can be read are passed over, as
 * `classify` passes over them.
 */
#include "api/types.h"

#include <string.h>

#include "base/err.h"
#include "corpus/source.h"

struct dumps {
    const char *const *path;
    size_t n, at; /* at: of the file that is open, or of the next one */
    struct source source;
    bool open;
    bool told; /* each file's form, once */
    struct parsed parsed;
    const struct stance_talk *talk;
};

static void close_source(struct dumps *d)
{
    if (d->open)
        source_close(&d->source);
    d->open = false;
}

static int restart(void *arg, struct stance_err *err)
{
    struct dumps *d = arg;

    (void)err;
    d->told = d->at != 0;
    close_source(d);
    d->at = 0;
    return 0;
}

/* 1: a source is open; 0: none is left. */
static int open_next(struct dumps *d, struct stance_err *err)
{
    static const struct stance_input usual;

    if (d->at == d->n)
        return 0;
    if (source_open(&d->source, d->path[d->at], &usual, d->told ? NULL : d->talk, err) < 0)
        return -1;
    d->open = true;
    return 1;
}

static int next(void *arg, struct span *text, struct stance_err *err)
{
    struct dumps *d = arg;
    struct frame frame;
    int got;

    for (;;) {
        if (!d->open && (got = open_next(d, err)) <= 0)
            return got;
        got = source_next(&d->source, &frame, err);
        if (got < 0)
            return -1;
        if (got == 0) {
            close_source(d);
            d->at++;
        } else if (frame.status == FRAME_OK &&
                   parse_record(&d->source.schema, frame.record, &d->parsed) == PARSE_OK) {
            *text = d->parsed.role[ROLE_TEXT].text;
            return 1;
        }
    }
}

static int check_paths(const struct stance_train_options *o, struct stance_err *err)
{
    for (size_t i = 0; i < o->n_unlabelled; i++)
        if (strcmp(o->unlabelled[i], "-") == 0)
            return err_set(err, STANCE_USAGE,
                           "word vectors need two passes, and standard input has one: name a file");
    return 0;
}

int api_vectors(struct wordvec *vectors, struct settings *set,
                const struct stance_train_options *options, const struct stance_talk *talk,
                struct stance_err *err)
{
    struct dumps d = {.talk = talk};
    const struct wordvec_texts texts = {&d, restart, next};
    struct wordvec_settings how = wordvec_default();
    int status;

    *vectors = (struct wordvec){0};
    if (options == NULL || options->n_unlabelled == 0)
        return 0;
    if (check_paths(options, err) < 0)
        return -1;
    d.path = options->unlabelled;
    d.n = options->n_unlabelled;
    status = wordvec_learn(vectors, &how, &texts, set->n_jobs, talk, err);
    if (status == 0)
        set->vectors = vectors;
    close_source(&d);
    parsed_release(&d.parsed);
    return status;
}
