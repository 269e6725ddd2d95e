/* SPDX-License-Identifier: MIT */
/*
 * predrows: the framer cuts, csv and json take apart; here four names are looked up in
 * what they give. Input to be judged is not repaired: a record that cannot be read ends the
 * reading, because a row passed over would silently be one less to answer for.
 */
#include "eval/predrows.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/num.h"
#include "corpus/csv.h"
#include "corpus/frame.h"
#include "corpus/json.h"
#include "corpus/utf8.h"

enum { ID, TARGET, LABEL, P, N_NAMES };

static const struct span usual_name[N_NAMES] = {{"id", 2}, {"target", 6}, {"label", 5}, {"p", 1}};

enum { PEEK = 1 << 16 };

struct reader {
    const char *file;
    struct span name[N_NAMES]; /* looked up before the usual ones */
    bool lossy;
    struct form_guess guess;
    size_t column[N_NAMES]; /* CSV and TSV; SIZE_MAX where there is none */
    size_t n_columns;       /* 0 before the header line */
    struct csv_row row;
    struct buf fixed, text[N_NAMES];
    uint64_t line;
    int (*take)(void *arg, const struct predrow *row, struct stance_err *err);
    void *arg;
    struct stance_err *err;
};

static int bad(const struct reader *r, size_t at, const char *what, struct span detail)
{
    return err_at(r->err, STANCE_DATA, r->file, r->line, at + 1, "%s%s%.*s%s", what,
                  detail.len != 0 ? " '" : "", (int)detail.len, detail.len != 0 ? detail.p : "",
                  detail.len != 0 ? "'" : "");
}

static const struct span nothing = {NULL, 0};

static int give(const struct reader *r, struct span id, struct span target, struct span label,
                struct span p)
{
    struct predrow row = {
        .id = id, .target = target, .label = label, .p = NAN, .file = r->file, .line = r->line};

    if (id.len == 0)
        return bad(r, 0, "a prediction without id; expected a member or column", r->name[ID]);
    if (target.p != NULL && target.len == 0)
        return bad(r, 0, "a prediction without target, id", id);
    if (label.len == 0)
        row.label = nothing;
    if (p.len != 0 && (!num_f64(p, &row.p) || row.p < 0 || row.p > 1))
        return bad(r, 0, "expected a probability from 0 to 1, found", p);
    return r->take(r->arg, &row, r->err);
}

/* ---- CSV and TSV ---- */

static int split(struct reader *r, struct span record)
{
    size_t at;

    if (r->guess.form == FORM_TSV)
        csv_split_tsv(record, &r->row);
    else if (csv_split(record, r->guess.delimiter, &r->row, &at) < 0)
        return bad(r, at, "a quote that is never closed", nothing);
    return 0;
}

static int need_column(struct reader *r, int k)
{
    struct buf list = {0};

    if (r->column[k] != SIZE_MAX)
        return 0;
    for (size_t i = 0; i < r->n_columns; i++) {
        buf_add_str(&list, i != 0 ? ", " : "");
        buf_add_span(&list, r->row.field[i]);
    }
    err_at(r->err, STANCE_DATA, r->file, r->line, 1,
           "predictions need a column '%.*s'; the columns here are: %s", (int)r->name[k].len,
           r->name[k].p, buf_str(&list));
    buf_release(&list);
    return -1;
}

static size_t find_column(const struct reader *r, struct span name)
{
    for (size_t i = r->row.n; i > 0; i--)
        if (span_eq(utf8_trim(r->row.field[i - 1]), name))
            return i - 1;
    return SIZE_MAX;
}

static int read_header(struct reader *r, struct span record)
{
    if (split(r, record) < 0)
        return -1;
    r->n_columns = r->row.n;
    for (int k = 0; k < N_NAMES; k++) {
        r->column[k] = find_column(r, r->name[k]);
        if (r->column[k] == SIZE_MAX)
            r->column[k] = find_column(r, usual_name[k]);
    }
    return need_column(r, ID) < 0 || need_column(r, LABEL) < 0 ? -1 : 0;
}

static struct span cell(const struct reader *r, int k)
{
    return r->column[k] != SIZE_MAX ? r->row.field[r->column[k]] : nothing;
}

static int read_fields(struct reader *r, struct span record)
{
    struct span target;

    if (r->n_columns == 0)
        return read_header(r, record);
    if (split(r, record) < 0)
        return -1;
    if (r->row.n != r->n_columns)
        return err_at(r->err, STANCE_DATA, r->file, r->line, 1,
                      "%zu fields where the header has %zu", r->row.n, r->n_columns);
    target = cell(r, TARGET);
    if (r->column[TARGET] != SIZE_MAX && target.p == NULL)
        target = (struct span){"", 0};
    return give(r, cell(r, ID), target, cell(r, LABEL), cell(r, P));
}

/* ---- NDJSON ---- */

/* The text of a string, the digits of a number, and nothing for null. */
static int scalar(struct reader *r, const struct json_value *v, int k, struct span *out)
{
    struct buf *b = &r->text[k];

    buf_reset(b);
    *out = nothing;
    if (v->type == JSON_NULL)
        return 0;
    if (v->type == JSON_STRING)
        json_string_decode(v->raw, b);
    else if (v->type == JSON_NUMBER)
        buf_add_span(b, v->raw);
    else
        return bad(r, 0, "expected text, a number or null in", r->name[k]);
    buf_str(b); /* so that p is not NULL where the text is empty */
    *out = buf_span(b);
    return 0;
}

static int member(struct reader *r, struct span object, int k, struct span *out)
{
    struct json_value v;

    *out = nothing;
    if (!json_find(object, r->name[k], &v) && !json_find(object, usual_name[k], &v))
        return 0;
    return scalar(r, &v, k, out);
}

/* {TARGET: {"label", "p"}} or {TARGET: LABEL}. */
static int read_predicted(struct reader *r, struct span id, struct span predicted)
{
    struct json_error why = {0, ""};
    struct json_walk walk = {0};
    struct json_member m;
    struct span label, p, target;
    int status = json_walk_begin(&walk, predicted, &why) < 0 || walk.array
                     ? bad(r, 0, "expected an object of targets in 'predicted'", nothing)
                     : 0;

    while (status == 0 && (status = json_walk_next(&walk, &m, &why)) > 0) {
        target = m.key;
        p = nothing; /* a bare label has none */
        if (m.value.type != JSON_OBJECT)
            status = scalar(r, &m.value, LABEL, &label);
        else if ((status = member(r, m.value.raw, LABEL, &label)) == 0)
            status = member(r, m.value.raw, P, &p);
        if (status == 0)
            status = give(r, id, target, label, p);
    }
    json_walk_release(&walk);
    return status;
}

static int check_json(struct reader *r, struct span record)
{
    struct json_error why;
    struct json_walk walk = {0};
    struct json_member m;
    int status = json_walk_begin(&walk, record, &why);

    if (status == 0 && walk.array) {
        json_walk_release(&walk);
        return bad(r, 0, "expected a JSON object", nothing);
    }
    while (status == 0 && (status = json_walk_next(&walk, &m, &why)) > 0)
        status = 0;
    if (status < 0)
        bad(r, why.at, why.message, nothing);
    json_walk_release(&walk);
    return status;
}

static int read_object(struct reader *r, struct span record)
{
    struct json_value predicted;
    struct span id, target, label, p;

    if (check_json(r, record) < 0 || member(r, record, ID, &id) < 0)
        return -1;
    if (json_find(record, SPAN("predicted"), &predicted) && predicted.type == JSON_OBJECT)
        return read_predicted(r, id, predicted.raw);
    if (member(r, record, TARGET, &target) < 0 || member(r, record, LABEL, &label) < 0 ||
        member(r, record, P, &p) < 0)
        return -1;
    return give(r, id, target, label, p);
}

/* ---- files ---- */

static int read_record(struct reader *r, const struct frame *f)
{
    struct span record = f->record;
    size_t valid;

    r->line = f->line;
    if (f->status == FRAME_BLANK)
        return 0;
    if (f->status == FRAME_OVERLONG)
        return bad(r, 0, f->unclosed ? "a quote that is never closed" : "the record is too long",
                   nothing);
    valid = utf8_valid(record);
    if (valid != record.len && !r->lossy)
        return bad(r, valid, "invalid UTF-8", nothing);
    if (valid != record.len) {
        buf_reset(&r->fixed);
        utf8_repair(record, &r->fixed);
        record = buf_span(&r->fixed);
    }
    return r->guess.form == FORM_NDJSON ? read_object(r, record) : read_fields(r, record);
}

static int read_frames(struct reader *r, struct framer *framer, const char *path)
{
    struct span first;
    struct frame frame;
    int status = framer_peek(framer, PEEK, &first, r->err);

    if (status < 0)
        return -1;
    r->guess = form_sniff(first, path);
    if (r->guess.form == FORM_PAGE)
        return err_at(r->err, STANCE_DATA, r->file, 0, 0,
                      "a saved page holds no predictions; expected CSV, TSV or NDJSON");
    framer_set_form(framer, r->guess.form, r->guess.delimiter);
    while (status == 0 && (status = framer_next(framer, &frame, r->err)) > 0)
        status = read_record(r, &frame);
    return status;
}

static int read_file(struct reader *r, const char *path, const struct stance_input *input)
{
    static const enum encoding encodings[] = {ENCODING_AUTO, ENCODING_UTF8, ENCODING_WINDOWS_1252,
                                              ENCODING_ISO_8859_15};
    size_t max = input != NULL && input->max_record != 0 ? input->max_record : FRAME_MAX_RECORD;
    struct infile *in = infile_open(path, encodings[input != NULL ? input->encoding : 0], r->err);
    struct framer *framer;
    int status;

    if (in == NULL)
        return -1;
    r->file = infile_name(in);
    r->n_columns = 0;
    framer = framer_over(in, max);
    status = read_frames(r, framer, path);
    framer_free(framer);
    infile_close(in);
    return status;
}

static struct span named(const char *wanted, int k)
{
    return wanted != NULL ? span_of(wanted) : usual_name[k];
}

int predrows_read(const char *const *path, size_t n_paths, const struct stance_input *input,
                  int (*take)(void *arg, const struct predrow *row, struct stance_err *err),
                  void *arg, struct stance_err *err)
{
    static const struct stance_fields usual;
    const struct stance_fields *f = input != NULL ? &input->fields : &usual;
    struct reader r = {
        .name = {named(f->id, ID), named(f->target, TARGET), named(f->label, LABEL), usual_name[P]},
        .lossy = input != NULL && input->lossy,
        .take = take,
        .arg = arg,
        .err = err};
    int status = 0;

    for (size_t i = 0; i < n_paths && status == 0; i++)
        status = read_file(&r, path[i], input);
    csv_row_release(&r.row);
    buf_release(&r.fixed);
    for (int k = 0; k < N_NAMES; k++)
        buf_release(&r.text[k]);
    return status;
}
