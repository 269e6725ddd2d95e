/* SPDX-License-Identifier: MIT */
/* load: see load.h. One pass; the corpus itself checks ids, labels and parents when sealed. */
#include "corpus/load.h"

#include <stdio.h>

#include "base/err.h"
#include "corpus/source.h"

struct load {
    struct corpus *c;
    struct source *s;
    struct parsed parsed;
    struct buf value; /* a decoded JSON value */
    struct frame frame;
    bool label_named; /* the caller says which member is the label */
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
        return bad(l, NULL, "the text is empty: nothing to learn or judge");
    case PARSE_DELETED:
        return bad(l, NULL, "the text is a deletion marker, not a comment");
    case PARSE_NO_TEXT:
        return bad(l, NULL, "the record has no text");
    }
    return 0;
}

/* A scalar as text: a string decoded, a number or truth value as it stands. p NULL for
 * null, objects and arrays. Good until the next call. */
static struct span scalar(struct load *l, const struct json_value *v)
{
    if (v->type == JSON_NULL || v->type == JSON_OBJECT || v->type == JSON_ARRAY)
        return (struct span){NULL, 0};
    if (v->type != JSON_STRING)
        return v->raw;
    buf_reset(&l->value);
    buf_room(&l->value, 1); /* an empty string is not NULL */
    json_string_decode(v->raw, &l->value);
    return buf_span(&l->value);
}

/* A name goes out as a C string and as a column: with a NUL two of them would look alike. */
static int add_label(struct load *l, size_t comment, struct span target, struct span label)
{
    if (target.len == 0)
        return bad(l, NULL, "a target without a name");
    if (memchr(target.p, '\0', target.len) != NULL || memchr(label.p, '\0', label.len) != NULL)
        return bad(l, NULL, "a NUL in the name of a target or label");
    corpus_label(l->c, comment, target, label);
    return 0;
}

static int label_object(struct load *l, size_t comment, const struct json_value *object)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    int got = json_walk_begin(&walk, object->raw, &e);

    while (got == 0 && (got = json_walk_next(&walk, &m, &e)) > 0) {
        struct span label = scalar(l, &m.value);
        got = 0;
        if (m.value.type != JSON_STRING && m.value.type != JSON_NULL)
            got = bad(l, m.value.raw.p, "a label must be a string: {\"stance\": {TARGET: LABEL}}");
        else if (label.p != NULL && label.len > 0)
            got = add_label(l, comment, m.key, label);
        if (got < 0)
            break;
    }
    json_walk_release(&walk);
    return got;
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

static int read_members(struct load *l, size_t comment)
{
    for (size_t i = 0; i < l->parsed.n_members; i++) {
        const struct json_member *m = &l->parsed.member[i];
        struct span value;
        if (span_eq(m->key, SPAN("stance")) && m->value.type == JSON_OBJECT) {
            if (label_object(l, comment, &m->value) < 0)
                return -1;
            continue;
        }
        value = is_role(l, m->key) ? (struct span){NULL, 0} : scalar(l, &m->value);
        if (value.p != NULL)
            corpus_extra(l->c, comment, m->key, value);
    }
    return 0;
}

static int read_columns(struct load *l, size_t comment)
{
    static const struct span labels = {"stance.", 7};

    for (size_t i = 0; i < l->s->schema.n_columns && i < l->parsed.row.n; i++) {
        struct span name = l->s->schema.column[i], value = l->parsed.row.field[i];
        if (value.p == NULL || value.len == 0)
            continue;
        if (name.len > labels.len && memcmp(name.p, labels.p, labels.len) == 0) {
            name = (struct span){name.p + labels.len, name.len - labels.len};
            if (add_label(l, comment, name, value) < 0)
                return -1;
        } else if (!is_role(l, name)) {
            corpus_extra(l->c, comment, name, value);
        }
    }
    return 0;
}

static struct span field(const struct load *l, enum role role)
{
    const struct parsed_field *f = &l->parsed.role[role];
    return f->has ? f->text : (struct span){NULL, 0};
}

/* The columns of NDJSON are found in its first record, where "stance" may be an object; a
 * flat "label" further down is one all the same. p NULL where there is none. */
static struct span flat_label(struct load *l)
{
    const struct json_value *v = l->s->form == FORM_NDJSON && !l->label_named
                                     ? parsed_member(&l->parsed, SPAN("label"))
                                     : NULL;
    struct span label = v != NULL && v->type == JSON_STRING ? scalar(l, v) : SPAN("");

    return label.len > 0 ? label : (struct span){NULL, 0};
}

/* A "label" beside a "stance" object may be anything; without one it is a label. */
static bool labels_are_nested(const struct load *l)
{
    const struct json_value *v =
        l->s->form == FORM_NDJSON ? parsed_member(&l->parsed, SPAN("stance")) : NULL;

    return v != NULL && v->type == JSON_OBJECT;
}

static int read_record(struct load *l)
{
    struct span label = {NULL, 0}, target;
    struct comment k = {.line = l->frame.line};
    size_t comment;

    if (l->frame.status == FRAME_OVERLONG)
        return bad(l, NULL, "the record is longer than --max-record, or a quote is not closed");
    if (check_status(l, parse_record(&l->s->schema, l->frame.record, &l->parsed)) < 0)
        return -1;
    k.id = field(l, ROLE_ID);
    if (k.id.p == NULL)
        return bad(l, NULL, "the record has no id");
    k.thread = field(l, ROLE_THREAD);
    k.parent = field(l, ROLE_PARENT);
    k.author = field(l, ROLE_AUTHOR);
    k.date = field(l, ROLE_DATE);
    k.text = field(l, ROLE_TEXT);
    comment = corpus_add(l->c, &k, span_of(source_name(l->s)));
    label = field(l, ROLE_LABEL);
    target = field(l, ROLE_TARGET);
    if (label.p == NULL && target.p != NULL)
        label = flat_label(l);
    if (label.p != NULL && target.p == NULL && !labels_are_nested(l))
        return bad(l, NULL, "a label without a target");
    if (label.p != NULL && target.p != NULL && add_label(l, comment, target, label) < 0)
        return -1;
    return l->s->form == FORM_NDJSON ? read_members(l, comment) : read_columns(l, comment);
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

static int load_file(struct corpus *c, const char *path, const struct stance_input *input,
                     const struct stance_talk *talk, struct stance_err *err)
{
    struct source s;
    struct load l = {.c = c, .s = &s, .label_named = input->fields.label != NULL, .err = err};
    int status;

    if (source_open(&s, path, input, talk, err) < 0)
        return -1;
    status = load_source(&l);
    parsed_release(&l.parsed);
    buf_release(&l.value);
    source_close(&s);
    return status;
}

int corpus_load(struct corpus *c, const char *const *path, size_t n,
                const struct stance_input *input, const struct stance_talk *talk,
                struct stance_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (load_file(c, path[i], input, talk, err) < 0)
            return -1;
    if (c->n_comments == 0)
        return err_at(err, STANCE_DATA, n == 1 ? path[0] : NULL, 0, 0,
                      "not one comment in the corpus");
    return corpus_seal(c, err);
}
