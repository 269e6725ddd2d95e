/* SPDX-License-Identifier: MIT */
/*
 * annotrows: the corpus room reads the records; here is only who the annotator is. The first
 * record settles whether a file names its annotators, and all others must do as it does.
 */
#include "agree/annotrows.h"

#include "base/err.h"
#include "corpus/labels.h"
#include "corpus/source.h"

struct reader {
    const struct annotrows *want;
    struct source s;
    struct parsed parsed;
    struct labels labels;
    struct frame frame;
    struct buf annotator_text, group_text;
    struct span file_annotator; /* from the path; p NULL: it has none to give */
    bool settled;               /* the first record has been seen */
    struct annotrow row;
    const struct stance_talk *talk;
    struct stance_err *err;
};

static int bad(const struct reader *r, const char *place, const char *what)
{
    const char *start = r->parsed.record.p;
    uint64_t column = place != NULL && start != NULL ? (uint64_t)(place - start) + 1 : 1;

    return err_at(r->err, STANCE_DATA, source_name(&r->s), r->frame.line, column, "%s", what);
}

/* "dir/a1.csv.gz" is the work of "a1". */
static struct span name_of_file(const char *path)
{
    static const char *const packed[] = {".gz", ".zst"};
    const char *slash = strrchr(path, '/');
    struct span s = span_of(slash != NULL ? slash + 1 : path);

    if (span_eq(s, SPAN("-")))
        return (struct span){NULL, 0};
    for (size_t i = 0; i < 2; i++) {
        struct span end = span_of(packed[i]);
        if (s.len > end.len && span_eq((struct span){s.p + s.len - end.len, end.len}, end))
            s.len -= end.len;
    }
    for (size_t i = s.len; i-- > 1;)
        if (s.p[i] == '.')
            return (struct span){s.p, i};
    return s;
}

/* ---- fields that are no role of the corpus room ---- */

static struct span cell(const struct reader *r, size_t column)
{
    struct span v = column < r->parsed.row.n ? r->parsed.row.field[column] : SPAN("");
    return v.len != 0 ? v : (struct span){NULL, 0};
}

/* A column, or a member (a.b reaches into objects); p NULL where it is missing or empty. */
static struct span named_field(const struct reader *r, struct span name, struct buf *text)
{
    struct json_value v;
    struct span s = {NULL, 0};

    if (r->s.form == FORM_NDJSON) {
        if (json_find(r->parsed.record, name, &v))
            s = labels_scalar(&v, text);
        return s.len != 0 ? s : (struct span){NULL, 0};
    }
    for (size_t i = r->s.schema.n_columns; i-- > 0;)
        if (span_eq(r->s.schema.column[i], name))
            return cell(r, i);
    return s;
}

static struct span usual_field(struct reader *r, const char *usual)
{
    if (r->s.form == FORM_NDJSON) {
        for (size_t i = r->parsed.n_members; i-- > 0;)
            if (fields_same_name(r->parsed.member[i].key, usual))
                return labels_scalar(&r->parsed.member[i].value, &r->annotator_text);
        return (struct span){NULL, 0};
    }
    for (size_t i = r->s.schema.n_columns; i-- > 0;)
        if (fields_same_name(r->s.schema.column[i], usual))
            return cell(r, i);
    return (struct span){NULL, 0};
}

static struct span find_annotator(struct reader *r)
{
    static const char *const usual[] = {"annotator", "annotator_id", "annotateur", "coder",
                                        "rater"};
    const char *wanted = r->want->input->fields.annotator;
    struct span s = {NULL, 0};

    if (wanted != NULL)
        return named_field(r, span_of(wanted), &r->annotator_text);
    for (size_t i = 0; i < sizeof usual / sizeof *usual && s.len == 0; i++)
        s = usual_field(r, usual[i]);
    return s.len != 0 ? s : (struct span){NULL, 0};
}

/* ---- one record ---- */

static void tell_annotator(const struct reader *r)
{
    struct buf line = {0};

    if (r->talk == NULL || r->talk->note == NULL)
        return;
    buf_addf(&line, "%s names no annotator: it is read as the work of '%.*s'", source_name(&r->s),
             (int)r->file_annotator.len, r->file_annotator.p);
    r->talk->note(r->talk->arg, buf_str(&line));
    buf_release(&line);
}

static int settle_annotator(struct reader *r)
{
    struct span name = find_annotator(r);
    const char *wanted = r->want->input->fields.annotator;
    bool by_file = name.p == NULL;

    if (by_file && wanted != NULL)
        return err_at(r->err, STANCE_DATA, source_name(&r->s), r->frame.line, 1,
                      "the record has no \"%s\", which is to name its annotator", wanted);
    if (r->settled && by_file != r->row.named_by_file)
        return bad(r, NULL,
                   by_file ? "the record names no annotator, others of the file do"
                           : "the record names an annotator, the first of the file does not");
    if (by_file && r->file_annotator.p == NULL)
        return bad(r, NULL, "the record names no annotator, and standard input has no name");
    if (memchr(by_file ? "" : name.p, '\0', by_file ? 0 : name.len) != NULL)
        return bad(r, NULL, "a NUL in the name of an annotator");
    r->row.annotator = by_file ? r->file_annotator : name;
    r->row.named_by_file = by_file;
    if (by_file && !r->settled)
        tell_annotator(r);
    r->settled = true;
    return 0;
}

static struct span role(const struct reader *r, enum role k)
{
    const struct parsed_field *f = &r->parsed.role[k];
    const struct field *field = &r->s.schema.role[k];
    const char *annotator = r->want->input->fields.annotator;

    /* "user" may be who wrote the comment, unless it is who labelled it */
    if (!f->has ||
        (annotator != NULL && field->name != NULL && strcmp(field->name, annotator) == 0))
        return (struct span){NULL, 0};
    return f->text;
}

static void find_comment(struct reader *r)
{
    struct annotated *k = &r->row.comment;
    const char *group = r->want->group;

    k->thread = k->author = k->field = (struct span){NULL, 0};
    if (r->want->with_comments && !r->want->only_comments)
        return;
    k->thread = role(r, ROLE_THREAD);
    k->author = role(r, ROLE_AUTHOR);
    if (group != NULL)
        k->field = named_field(r, span_of(group), &r->group_text);
}

static void take_label(void *arg, struct span target, struct span label)
{
    struct reader *r = arg;

    r->row.target = target;
    r->row.label = label;
    r->want->take(r->want->arg, &r->row, NULL);
}

static int check_record(struct reader *r)
{
    const struct parsed *p = &r->parsed;

    if (r->frame.status == FRAME_OVERLONG)
        return bad(r, NULL, "the record is longer than --max-record, or a quote is not closed");
    switch (parse_record(&r->s.schema, r->frame.record, &r->parsed)) {
    case PARSE_UNDECODABLE:
    case PARSE_UNPARSABLE:
        return err_at(r->err, STANCE_DATA, source_name(&r->s), r->frame.line, p->at + 1, "%s",
                      p->message);
    case PARSE_OK:
    case PARSE_BLANK:
    case PARSE_DELETED:
    case PARSE_NO_TEXT: /* the text is nothing to us */
        break;
    }
    return p->role[ROLE_ID].has ? 0 : bad(r, NULL, "the record has no id");
}

/* ---- an audit: what each annotator said stands in the row ---- */

static int take_said(struct reader *r, struct span say)
{
    struct annotrow *row = &r->row;
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    struct json_value v;
    struct buf label = {0};
    int status = 0;

    buf_reset(&r->annotator_text);
    if (!json_find(say, SPAN("annotator"), &v) || v.type != JSON_STRING ||
        json_string_decode(v.raw, &r->annotator_text) < 0)
        return bad(r, say.p, "an annotation by nobody");
    row->annotator = buf_span(&r->annotator_text);
    if (json_find(say, SPAN("decides"), &v) || !json_find(say, SPAN("stance"), &v))
        return 0; /* a decision is no reading */
    row->target = row->label = (struct span){NULL, 0};
    status = r->want->take(r->want->arg, row, r->err);
    if (status == 0 && json_walk_begin(&walk, v.raw, &e) == 0)
        while (json_walk_next(&walk, &m, &e) > 0) {
            buf_reset(&label);
            if (m.value.type == JSON_STRING && json_string_decode(m.value.raw, &label) == 0)
                take_label(r, m.key, buf_span(&label));
        }
    json_walk_release(&walk);
    buf_release(&label);
    return status;
}

static int read_audit_row(struct reader *r)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    struct json_value v;
    int status = 0;

    if (!json_find(r->parsed.record, SPAN("annotations"), &v) || v.type != JSON_ARRAY)
        return 0;
    find_comment(r);
    if (json_walk_begin(&walk, v.raw, &e) == 0)
        while (status == 0 && json_walk_next(&walk, &m, &e) > 0)
            status = take_said(r, m.value.raw);
    json_walk_release(&walk);
    return status;
}

static int read_record(struct reader *r)
{
    struct annotrow *row = &r->row;

    if (check_record(r) < 0)
        return -1;
    row->comment.id = r->parsed.role[ROLE_ID].text;
    row->line = r->frame.line;
    if (r->s.is_audit && !r->want->only_comments)
        return read_audit_row(r);
    if (!r->want->only_comments && settle_annotator(r) < 0)
        return -1;
    row->target = row->label = (struct span){NULL, 0};
    find_comment(r);
    if (r->want->take(r->want->arg, row, r->err) < 0)
        return -1;
    if (!r->want->only_comments && labels_read(&r->labels, &r->parsed) < 0)
        return bad(r, r->labels.place, r->labels.what);
    return 0;
}

static int read_records(struct reader *r)
{
    int got;

    if (r->s.was_page && !r->want->only_comments)
        return err_at(r->err, STANCE_DATA, source_name(&r->s), 0, 0,
                      "a saved page holds no annotations; expected NDJSON, CSV or TSV");
    while ((got = source_next(&r->s, &r->frame, r->err)) > 0)
        if (r->frame.status != FRAME_BLANK && read_record(r) < 0)
            return -1;
    return got;
}

/* A name given for one kind of file may be missing from the other. */
static struct stance_input input_of(const struct annotrows *want)
{
    struct stance_input input = *want->input;

    input.fields.text = input.fields.parent = input.fields.date = "";
    if (want->only_comments)
        input.fields.target = input.fields.label = "";
    else if (want->with_comments)
        input.fields.thread = input.fields.author = "";
    return input;
}

int annotrows_read(const struct annotrows *want, const char *path, const struct stance_talk *talk,
                   struct stance_err *err)
{
    struct stance_input input = input_of(want);
    struct reader r = {.want = want, .talk = talk, .err = err};
    int status;

    if (source_open_textless(&r.s, path, &input, talk, err) < 0)
        return -1;
    r.file_annotator = name_of_file(path);
    r.row.file = source_name(&r.s);
    r.labels = (struct labels){.schema = &r.s.schema,
                               .label_named = input.fields.label != NULL,
                               .take = take_label,
                               .arg = &r};
    status = read_records(&r);
    labels_release(&r.labels);
    parsed_release(&r.parsed);
    buf_release(&r.annotator_text);
    buf_release(&r.group_text);
    source_close(&r.s);
    return status;
}
