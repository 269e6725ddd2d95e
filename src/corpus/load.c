/* SPDX-License-Identifier: MIT */
/* load: see load.h. One pass; the corpus itself checks ids, labels and parents when sealed. */
#include "corpus/load.h"

#include <stdio.h>

#include "base/err.h"
#include "corpus/labels.h"
#include "corpus/source.h"

struct load {
    struct corpus *c;
    struct source *s;
    struct parsed parsed;
    struct labels labels;
    struct buf value; /* a decoded JSON value */
    struct frame frame;
    size_t comment;    /* of the record, in the corpus */
    bool textless;     /* a missing text is an empty one */
    bool added;        /* the comments are the user's own */
    bool spares;       /* the file is an audit, whose rows that are to estimate are left out */
    uint64_t n_spared; /* such rows */
    struct stance_err *err;
};

/* column: of the byte p in the record, 1 where p is NULL. */
static int bad(struct load *l, const char *p, const char *what)
{
    const char *start = l->parsed.record.p;
    uint64_t column = p != NULL && start != NULL ? (uint64_t)(p - start) + 1 : 1;
    return err_at(l->err, STANCE_DATA, source_name(l->s), l->frame.line, column, "%s", what);
}

static int check_status(struct load *l, enum parse_status status)
{
    const struct parsed *p = &l->parsed;

    switch (status) {
    case PARSE_OK:
        return 0;
    case PARSE_UNDECODABLE:
    case PARSE_UNPARSABLE:
        return err_at(l->err, STANCE_DATA, source_name(l->s), l->frame.line, p->at + 1, "%s",
                      p->message);
    case PARSE_BLANK:
        return l->textless ? 0 : bad(l, NULL, "the text is empty: nothing to learn or judge");
    case PARSE_DELETED:
        return l->textless ? 0 : bad(l, NULL, "the text is a deletion marker, not a comment");
    case PARSE_NO_TEXT:
        return l->textless ? 0 : bad(l, NULL, "the record has no text");
    }
    return 0;
}

static bool is_role(const struct load *l, struct span key)
{
    for (int r = 0; r < N_ROLES; r++) {
        const struct field *f = &l->s->schema.role[r];
        if (f->kind == FIELD_NAMED ? span_eq(span_of(f->name), key)
                                   : f->kind == FIELD_OPEN && fields_is_generic((enum role)r, key))
            return true;
    }
    return false;
}

static void keep_members(struct load *l, size_t comment)
{
    for (size_t i = 0; i < l->parsed.n_members; i++) {
        const struct json_member *m = &l->parsed.member[i];
        struct span value = labels_scalar(&m->value, &l->value);
        if (value.p != NULL && !is_role(l, m->key))
            corpus_extra(l->c, comment, m->key, value);
    }
}

static void keep_columns(struct load *l, size_t comment)
{
    static const struct span labels = {"stance.", 7};

    for (size_t i = 0; i < l->s->schema.n_columns && i < l->parsed.row.n; i++) {
        struct span name = l->s->schema.column[i], value = l->parsed.row.field[i];
        if (value.p != NULL && value.len != 0 && !is_role(l, name) &&
            (name.len <= labels.len || memcmp(name.p, labels.p, labels.len) != 0))
            corpus_extra(l->c, comment, name, value);
    }
}

static struct span field(const struct load *l, enum role role)
{
    const struct parsed_field *f = &l->parsed.role[role];
    return f->has ? f->text : (struct span){NULL, 0};
}

static void take_label(void *arg, struct span target, struct span label)
{
    struct load *l = arg;
    corpus_label(l->c, l->comment, target, label);
}

/* Whatever does not say that it was chosen for learning may have been drawn to estimate. */
static bool is_spared(struct load *l)
{
    const struct json_value *purpose =
        l->spares ? parsed_member(&l->parsed, SPAN("purpose")) : NULL;

    return l->spares &&
           (purpose == NULL || !span_eq(labels_scalar(purpose, &l->value), SPAN("train")));
}

static int read_record(struct load *l)
{
    struct comment k = {.line = l->frame.line, .added = l->added};

    if (l->frame.status == FRAME_OVERLONG)
        return bad(l, NULL, "the record is longer than --max-record, or a quote is not closed");
    if (check_status(l, parse_record(&l->s->schema, l->frame.record, &l->parsed)) < 0)
        return -1;
    if (is_spared(l)) {
        l->n_spared++;
        return 0;
    }
    k.id = field(l, ROLE_ID);
    if (k.id.p == NULL)
        return bad(l, NULL, "the record has no id");
    k.thread = field(l, ROLE_THREAD);
    k.parent = field(l, ROLE_PARENT);
    k.author = field(l, ROLE_AUTHOR);
    k.date = field(l, ROLE_DATE);
    k.text = field(l, ROLE_TEXT);
    if (k.text.p == NULL)
        k.text = SPAN("");
    l->comment = corpus_add(l->c, &k, span_of(source_name(l->s)));
    if (labels_read(&l->labels, &l->parsed) < 0)
        return bad(l, l->labels.place, l->labels.what);
    (l->s->form == FORM_NDJSON ? keep_members : keep_columns)(l, l->comment);
    return 0;
}

static int load_source(struct load *l)
{
    int got;

    if (l->s->was_page)
        return err_at(l->err, STANCE_DATA, source_name(l->s), 0, 0,
                      "this is a saved page, not a corpus: run 'stance import' on it first");
    while ((got = source_next(l->s, &l->frame, l->err)) > 0) {
        if (l->frame.status != FRAME_BLANK && read_record(l) < 0)
            return -1;
    }
    return got;
}

/* What was left out, and that nothing is left where that is so. */
static int tell_spared(const struct load *l, size_t n_marks, const struct stance_talk *talk)
{
    struct buf line = {0};

    if (l->n_spared == 0)
        return 0;
    if (l->c->n_marks == n_marks)
        return err_at(l->err, STANCE_DATA, source_name(l->s), 0, 0,
                      "nothing to learn from: its %llu comments drawn at random are to estimate, "
                      "and no other is labelled. --train-on-audit takes them; prevalence then "
                      "refuses them, unless it is to --cross-fit",
                      (unsigned long long)l->n_spared);
    buf_addf(&line,
             "%s: comments drawn at random, which are to estimate, left out of training: %llu "
             "(--train-on-audit takes them)",
             source_name(l->s), (unsigned long long)l->n_spared);
    if (talk != NULL && talk->note != NULL)
        talk->note(talk->arg, buf_str(&line));
    buf_release(&line);
    return 0;
}

static int load_file(struct corpus *c, const char *path, bool added,
                     const struct stance_input *input, const struct stance_talk *talk,
                     struct stance_err *err)
{
    struct source s;
    struct load l = {.c = c, .s = &s, .textless = input->textless, .added = added, .err = err};
    size_t n_marks = c->n_marks;
    int status;

    if ((l.textless ? source_open_textless(&s, path, input, talk, err)
                    : source_open(&s, path, input, talk, err)) < 0)
        return -1;
    l.labels = (struct labels){.schema = &s.schema,
                               .label_named = input->fields.label != NULL,
                               .take = take_label,
                               .arg = &l};
    l.spares = input->spare_audit && s.is_audit;
    status = load_source(&l);
    if (status == 0)
        status = tell_spared(&l, n_marks, talk);
    labels_release(&l.labels);
    parsed_release(&l.parsed);
    buf_release(&l.value);
    source_close(&s);
    return status;
}

/* A file without a label would bend nothing, unnoticed. */
static int load_added(struct corpus *c, const char *path, const struct stance_input *input,
                      const struct stance_talk *talk, struct stance_err *err)
{
    size_t n_marks = c->n_marks;

    if (load_file(c, path, true, input, talk, err) < 0)
        return -1;
    if (c->n_marks == n_marks)
        return err_at(err, STANCE_DATA, path, 0, 0, "no labelled comment to add: " LABELS_EXPECTED);
    return 0;
}

int corpus_load_files(struct corpus *c, const struct corpus_files *files,
                      const struct stance_input *input, const struct stance_talk *talk,
                      struct stance_err *err)
{
    for (size_t i = 0; i < files->n; i++)
        if (load_file(c, files->path[i], false, input, talk, err) < 0)
            return -1;
    if (c->n_comments == 0)
        return err_at(err, STANCE_DATA, files->n == 1 ? files->path[0] : NULL, 0, 0,
                      "not one comment in the corpus");
    for (size_t i = 0; i < files->n_added; i++)
        if (load_added(c, files->added[i], input, talk, err) < 0)
            return -1;
    if (corpus_seal(c, err) < 0)
        return -1;
    labels_note_missing(c->label, c->n_labels, talk);
    return 0;
}

int corpus_load(struct corpus *c, const char *const *path, size_t n,
                const struct stance_input *input, const struct stance_talk *talk,
                struct stance_err *err)
{
    struct corpus_files files = {.path = path, .n = n};

    return corpus_load_files(c, &files, input, talk, err);
}
