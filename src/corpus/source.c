/* SPDX-License-Identifier: MIT */
/*
 * source: columns are looked for in the header line, or, in NDJSON, in the first line that
 * is a JSON object. Lines before it are records all the same: they are only looked over,
 * not taken.
 */
#include "corpus/source.h"

#include <stdio.h>

#include "base/err.h"
#include "corpus/pagefile.h"
#include "corpus/utf8.h"

enum { PEEK = 1 << 16 };

enum encoding source_encoding(enum stance_encoding e)
{
    switch (e) {
    case STANCE_ENCODING_UTF8:
        return ENCODING_UTF8;
    case STANCE_ENCODING_WINDOWS_1252:
        return ENCODING_WINDOWS_1252;
    case STANCE_ENCODING_ISO_8859_15:
        return ENCODING_ISO_8859_15;
    case STANCE_ENCODING_AUTO:
        break;
    }
    return ENCODING_AUTO;
}

static struct fields_wanted wanted_of(const struct stance_fields *f)
{
    struct fields_wanted w = {{NULL}};
    w.name[ROLE_TEXT] = f->text;
    w.name[ROLE_ID] = f->id;
    w.name[ROLE_THREAD] = f->thread;
    w.name[ROLE_PARENT] = f->parent;
    w.name[ROLE_AUTHOR] = f->author;
    w.name[ROLE_DATE] = f->date;
    w.name[ROLE_TARGET] = f->target;
    w.name[ROLE_LABEL] = f->label;
    return w;
}

const char *source_name(const struct source *s)
{
    return infile_name(s->in);
}

static void place(const struct source *s, uint64_t line, struct stance_err *err)
{
    if (err != NULL && err->file[0] == '\0') {
        snprintf(err->file, sizeof err->file, "%s", source_name(s));
        err->line = line;
    }
}

static int find_in_header(struct source *s, const struct fields_wanted *w, struct stance_err *err)
{
    struct frame frame;
    int got = framer_next(s->framer, &frame, err);

    if (got < 0)
        return -1;
    if (got == 0) {
        s->empty = true;
        return 0;
    }
    if (frame.status == FRAME_OVERLONG)
        return err_at(err, STANCE_DATA, source_name(s), frame.line, 0,
                      "the header line is longer than a record may be");
    if (frame.status == FRAME_BLANK)
        return err_at(err, STANCE_DATA, source_name(s), frame.line, 0,
                      "the first line is blank, expected NDJSON or the names of columns");
    buf_add_span(&s->header, frame.record);
    buf_add_span(&s->header_end, frame.terminator);
    s->schema.line = frame.line;
    return schema_find(&s->schema, frame.record, w, err);
}

/* The next line of a block; false at its end. The last may be cut by the block. */
static bool next_line(struct span *rest, struct span *line)
{
    const char *end;

    if (rest->len == 0)
        return false;
    end = memchr(rest->p, '\n', rest->len);
    *line = (struct span){rest->p, end != NULL ? (size_t)(end - rest->p) : rest->len};
    rest->p += line->len + (end != NULL);
    rest->len -= line->len + (end != NULL);
    return true;
}

static int find_in_records(struct source *s, size_t max_record, const struct fields_wanted *w,
                           struct stance_err *err)
{
    struct span rest, line;
    uint64_t n = 0;

    /* one record may take all of max_record; a line after it then goes unseen, no matter */
    if (framer_peek(s->framer, max_record > PEEK ? max_record : PEEK, &rest, err) < 0)
        return -1;
    s->empty = true;
    while (next_line(&rest, &line)) {
        n++;
        if (n == 1 && s->is_audit)
            continue;
        if (line.len > 0 && line.p[line.len - 1] == '\r')
            line.len--;
        if (utf8_trim(line).len == 0)
            continue;
        s->empty = false;
        if (!json_whole_object(line))
            continue;
        s->schema.line = n;
        return schema_find(&s->schema, line, w, err);
    }
    if (s->empty)
        return 0;
    return err_at(err, STANCE_DATA, source_name(s), 1, 0,
                  "no line near its start is a JSON object, so no column can be found; "
                  "expected NDJSON, CSV, TSV or a saved page");
}

static void tell(const struct source *s, const struct stance_talk *talk)
{
    struct buf line = {0};

    if (talk == NULL || talk->note == NULL)
        return;
    buf_addf(&line, "reading %s as ", source_name(s));
    if (s->empty)
        buf_addf(&line, "%s: it is empty", form_name(s->form));
    else if (s->was_page)
        buf_add_str(&line, "the saved page of an article");
    else
        schema_describe(&s->schema, &line);
    talk->note(talk->arg, buf_str(&line));
    buf_release(&line);
}

/* A page is read whole and replaced by its records. */
static int turn_page(struct source *s, const char *path, const struct stance_talk *talk,
                     struct stance_err *err)
{
    struct buf text = {0};
    struct span first;
    struct frame frame;
    int got;

    framer_set_form(s->framer, FORM_PAGE, ',');
    while ((got = framer_next(s->framer, &frame, err)) > 0) {
        if (frame.status == FRAME_OVERLONG || text.len + frame.record.len > SOURCE_MAX_PAGE) {
            got = err_at(err, STANCE_DATA, source_name(s), frame.line, 0,
                         "a line of the page, or all of it, is too long");
            break;
        }
        buf_add_span(&text, frame.record);
        buf_add_span(&text, frame.terminator);
    }
    if (got == 0)
        got = pagefile_records(buf_span(&text), path, &s->page, talk, err);
    buf_release(&text);
    if (got < 0)
        return -1;
    framer_free(s->framer);
    s->pages = infile_memory(buf_span(&s->page), infile_name(s->in), ENCODING_UTF8);
    s->framer = framer_over(s->pages, SOURCE_MAX_PAGE);
    s->form = s->schema.form = FORM_NDJSON;
    s->was_page = true;
    framer_set_form(s->framer, FORM_NDJSON, ',');
    return framer_peek(s->framer, 1, &first, err);
}

/* The first line of an audit says how it was drawn: no record. */
static bool is_audit(const struct source *s, struct span first)
{
    static const char head[] = "{\"stance_audit\":";

    return s->form == FORM_NDJSON && first.len >= sizeof head - 1 &&
           memcmp(first.p, head, sizeof head - 1) == 0;
}

static int find_columns(struct source *s, const char *path, const struct stance_input *input,
                        const struct stance_talk *talk, struct stance_err *err)
{
    size_t max_record = input->max_record != 0 ? input->max_record : FRAME_MAX_RECORD;
    struct fields_wanted w = wanted_of(&input->fields);
    struct form_guess guess;
    struct span first;

    if (framer_peek(s->framer, PEEK, &first, err) < 0)
        return -1;
    guess = form_sniff(first, path);
    s->form = s->schema.form = guess.form;
    s->delimiter = s->schema.delimiter = guess.delimiter;
    s->schema.lossy = input->lossy;
    s->schema.file = source_name(s);
    framer_set_form(s->framer, guess.form, guess.delimiter);
    if (first.len == 0) {
        s->empty = true;
        return 0;
    }
    s->is_audit = is_audit(s, first);
    if (s->form == FORM_PAGE) {
        if (turn_page(s, path, talk, err) < 0)
            return -1;
        max_record = SOURCE_MAX_PAGE;
        w = (struct fields_wanted){{NULL}};
    }
    return s->form == FORM_NDJSON ? find_in_records(s, max_record, &w, err)
                                  : find_in_header(s, &w, err);
}

static int open_source(struct source *s, const char *path, const struct stance_input *input,
                       const struct stance_talk *talk, struct stance_err *err)
{
    size_t max_record = input->max_record != 0 ? input->max_record : FRAME_MAX_RECORD;

    s->in = infile_open(path, source_encoding(input->encoding), err);
    if (s->in == NULL)
        return -1;
    s->framer = framer_over(s->in, max_record);
    if (find_columns(s, path, input, talk, err) < 0) {
        place(s, 0, err);
        source_close(s);
        return -1;
    }
    tell(s, talk);
    return 0;
}

int source_open(struct source *s, const char *path, const struct stance_input *input,
                const struct stance_talk *talk, struct stance_err *err)
{
    *s = (struct source){0};
    return open_source(s, path, input, talk, err);
}

int source_open_textless(struct source *s, const char *path, const struct stance_input *input,
                         const struct stance_talk *talk, struct stance_err *err)
{
    *s = (struct source){.schema.textless = true};
    return open_source(s, path, input, talk, err);
}

int source_next(struct source *s, struct frame *frame, struct stance_err *err)
{
    int got = framer_next(s->framer, frame, err);

    if (got > 0 && s->is_audit && frame->line == 1)
        got = framer_next(s->framer, frame, err);
    if (got < 0)
        place(s, 0, err);
    return got;
}

void source_close(struct source *s)
{
    if (s == NULL)
        return;
    framer_free(s->framer);
    infile_close(s->pages);
    infile_close(s->in);
    buf_release(&s->page);
    schema_release(&s->schema);
    buf_release(&s->header);
    buf_release(&s->header_end);
    *s = (struct source){0};
}
