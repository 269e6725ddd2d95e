/* SPDX-License-Identifier: MIT */
/*
 * predrows: the framer cuts, csv and predjson take apart, predcols says what is what. Input to be
 * judged is not repaired: a record that cannot be read ends the reading, because a row passed
 * over would silently be one less to answer for.
 */
#include "predictions/predrows.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/csv.h"
#include "corpus/frame.h"
#include "corpus/utf8.h"
#include "predictions/predjson.h"

enum { PEEK = 1 << 16 };

struct reader {
    struct predcols_wanted wanted;
    bool lossy;
    struct form_guess guess;
    struct arena names;  /* of the columns of CSV and TSV */
    struct span *column; /* n_columns of them, 0 before the header line */
    size_t n_columns;
    struct predcols columns;
    struct csv_row row;
    struct predjson json;
    struct buf fixed;
    struct predgive give;
};

static const struct span nothing = {NULL, 0};

/* ---- CSV and TSV ---- */

static int split(struct reader *r, struct span record)
{
    size_t at;

    if (r->guess.form == FORM_TSV)
        csv_split_tsv(record, &r->row);
    else if (csv_split(record, r->guess.delimiter, &r->row, &at) < 0)
        return predgive_bad(&r->give, at, "a quote that is never closed", nothing);
    return 0;
}

static int lacks_column(struct reader *r, struct span name, const char *or_else)
{
    struct buf list = {0};

    for (size_t i = 0; i < r->n_columns; i++) {
        buf_add_str(&list, i != 0 ? ", " : "");
        buf_add_span(&list, r->column[i]);
    }
    err_at(r->give.err, STANCE_DATA, r->give.file, r->give.line, 1,
           "predictions need a column '%.*s'%s; the columns here are: %s", (int)name.len, name.p,
           or_else, buf_str(&list));
    buf_release(&list);
    return -1;
}

static int read_header(struct reader *r, struct span record)
{
    if (split(r, record) < 0)
        return -1;
    arena_release(&r->names);
    free(r->column);
    r->n_columns = r->row.n;
    r->column = mem_array(r->n_columns, sizeof *r->column);
    for (size_t i = 0; i < r->n_columns; i++)
        r->column[i] = arena_copy(&r->names, utf8_trim(r->row.field[i]));
    predcols_find(&r->columns, r->column, r->n_columns, &r->wanted);
    if (predgive_check_prefix(&r->give, &r->columns) < 0)
        return -1;
    if (r->columns.id == PREDCOLS_NONE)
        return lacks_column(r, r->wanted.id, "");
    if (r->columns.n_said == 0)
        return lacks_column(r, r->wanted.label, ", or one for each target");
    return 0;
}

static struct span cell(const struct reader *r, size_t column)
{
    return column != PREDCOLS_NONE ? r->row.field[column] : nothing;
}

/* A column that is there makes \N an empty target, which is none, and not any. */
static struct span own_target(const struct reader *r)
{
    struct span target = cell(r, r->columns.target);

    return r->columns.target != PREDCOLS_NONE && target.p == NULL ? SPAN("") : target;
}

static int give_fields(struct reader *r)
{
    const struct predcols *c = &r->columns;
    size_t k = 0;

    for (size_t i = 0; i < c->n_said; i++) {
        const struct predcols_said *said = &c->said[i];
        const struct predtext text = {.id = cell(r, c->id),
                                      .target =
                                          said->target.p != NULL ? said->target : own_target(r),
                                      .label = cell(r, said->label),
                                      .p = cell(r, said->p),
                                      .status = cell(r, c->status)};
        for (; k < c->n_probs && c->prob[k].said == i; k++)
            if (predgive_prob(&r->give, c->prob[k].label, cell(r, c->prob[k].column)) < 0)
                return -1;
        if (predgive_row(&r->give, &text) < 0)
            return -1;
    }
    return 0;
}

static int read_fields(struct reader *r, struct span record)
{
    if (r->n_columns == 0)
        return read_header(r, record);
    if (split(r, record) < 0)
        return -1;
    if (r->row.n != r->n_columns)
        return err_at(r->give.err, STANCE_DATA, r->give.file, r->give.line, 1,
                      "%zu fields where the header has %zu", r->row.n, r->n_columns);
    return give_fields(r);
}

/* ---- files ---- */

static int read_record(struct reader *r, const struct frame *f)
{
    struct span record = f->record;
    size_t valid;

    r->give.line = f->line;
    if (f->status == FRAME_BLANK)
        return 0;
    if (f->status == FRAME_OVERLONG)
        return predgive_bad(&r->give, 0,
                            f->unclosed ? "a quote that is never closed" : "the record is too long",
                            nothing);
    valid = utf8_valid(record);
    if (valid != record.len && !r->lossy)
        return err_at(r->give.err, STANCE_DATA, r->give.file, f->line, valid + 1, UTF8_REFUSED,
                      (unsigned char)record.p[valid]);
    if (valid != record.len) {
        buf_reset(&r->fixed);
        utf8_repair(record, &r->fixed);
        record = buf_span(&r->fixed);
    }
    return r->guess.form == FORM_NDJSON ? predjson_read(&r->json, record) : read_fields(r, record);
}

static int read_frames(struct reader *r, struct framer *framer, const char *path)
{
    struct span first;
    struct frame frame;
    int status = framer_peek(framer, PEEK, &first, r->give.err);

    if (status < 0)
        return -1;
    r->guess = form_sniff(first, path);
    if (r->guess.form == FORM_PAGE)
        return err_at(r->give.err, STANCE_DATA, r->give.file, 0, 0,
                      "a saved page holds no predictions; expected CSV, TSV or NDJSON");
    framer_set_form(framer, r->guess.form, r->guess.delimiter);
    while (status == 0 && (status = framer_next(framer, &frame, r->give.err)) > 0)
        status = read_record(r, &frame);
    return status;
}

static int read_file(struct reader *r, const char *path, const struct stance_input *input)
{
    static const enum encoding encodings[] = {ENCODING_AUTO, ENCODING_UTF8, ENCODING_WINDOWS_1252,
                                              ENCODING_ISO_8859_15};
    size_t max = input->max_record != 0 ? input->max_record : FRAME_MAX_RECORD;
    struct infile *in = infile_open(path, encodings[input->encoding], r->give.err);
    struct framer *framer;
    int status;

    if (in == NULL)
        return -1;
    r->give.file = infile_name(in);
    r->n_columns = 0;
    framer = framer_over(in, max);
    status = read_frames(r, framer, path);
    framer_free(framer);
    infile_close(in);
    return status;
}

static struct span named(const char *wanted, const char *usual)
{
    return span_of(wanted != NULL ? wanted : usual);
}

static void release(struct reader *r)
{
    arena_release(&r->names);
    free(r->column);
    predcols_release(&r->columns);
    csv_row_release(&r->row);
    predjson_release(&r->json);
    buf_release(&r->fixed);
    predgive_release(&r->give);
}

int predrows_read(const char *const *path, size_t n_paths, const struct span *about, size_t n_about,
                  const struct stance_input *input,
                  int (*take)(void *arg, const struct predrow *row, struct stance_err *err),
                  void *arg, struct stance_err *err)
{
    static const struct stance_input usual;
    const struct stance_input *in = input != NULL ? input : &usual;
    const struct stance_fields *f = &in->fields;
    struct reader r = {.wanted = {.id = named(f->id, "id"),
                                  .target = named(f->target, "target"),
                                  .label = named(f->label, "label"),
                                  .prefix = named(in->prefix, ""),
                                  .about = about,
                                  .n_about = n_about},
                       .lossy = in->lossy,
                       .give = {.take = take, .arg = arg, .err = err}};
    int status = 0;

    r.give.id_name = r.wanted.id;
    r.json.give = &r.give;
    r.json.wanted = &r.wanted;
    for (size_t i = 0; i < n_paths && status == 0; i++)
        status = read_file(&r, path[i], in);
    release(&r);
    return status;
}
