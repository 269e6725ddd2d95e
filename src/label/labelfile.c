/* SPDX-License-Identifier: MIT */
/* labelfile: journal first, memory second, audit last. */
#include "label/labelfile.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "corpus/json.h"
#include "corpus/jsonout.h"
#include "corpus/utf8.h"

/* ---- memory ---- */

static void copy_values(const struct audit *a, struct audit_say *to, const struct audit_say *from)
{
    memcpy(to->label, from->label, a->n_targets * sizeof *to->label);
    memcpy(to->code, from->code, a->n_targets * sizeof *to->code);
    to->note = from->note;
    to->suggested = from->suggested;
    to->skipped = from->skipped;
}

struct audit_say labelfile_copy(struct labelfile *f, uint32_t row, uint32_t annotator, bool decides)
{
    struct audit_say copy = audit_say_empty(&f->audit, annotator, decides);
    const struct audit_row *r = &f->audit.row[row];

    for (size_t i = 0; i < r->n_says; i++)
        if (r->say[i].annotator == annotator && r->say[i].decides == decides)
            copy_values(&f->audit, &copy, &r->say[i]);
    return copy;
}

void labelfile_set(struct labelfile *f, uint32_t row, const struct audit_say *say)
{
    struct audit_say *place =
        audit_say_of(&f->audit, &f->audit.row[row], say->annotator, say->decides);

    copy_values(&f->audit, place, say);
    if (say->note.p != NULL)
        place->note = arena_copy(&f->audit.arena, say->note);
    f->dirty = true;
}

static void remember(struct labelfile *f, uint32_t row, const struct audit_say *say, bool undo)
{
    if (undo) {
        f->n_past -= f->n_past > 0;
        return;
    }
    MEM_GROW(f->past, f->past_cap, f->n_past + 1);
    f->past[f->n_past++] =
        (struct label_past){row, labelfile_copy(f, row, say->annotator, say->decides)};
}

/* ---- lines ---- */

static void add_line(const struct labelfile *f, uint32_t row, const struct audit_say *say,
                     bool undo, struct buf *out)
{
    buf_add_char(out, '{');
    jsonout_hex(out, "audit", f->audit.id);
    jsonout_text(out, "id", f->audit.row[row].comment.id);
    jsonout_key(out, "annotation");
    audit_add_say(&f->audit, say, out);
    if (undo)
        buf_add_str(out, ",\"undo\":true");
    audit_end_line(out, 0);
}

static bool text_of(struct span line, const char *key, struct buf *out)
{
    struct json_value v;

    buf_reset(out);
    return json_find(line, span_of(key), &v) && v.type == JSON_STRING &&
           json_string_decode(v.raw, out) == 0;
}

/* The row that a line speaks of; AUDIT_NONE with err filled. */
static uint32_t row_of(const struct labelfile *f, struct span line, uint64_t number,
                       struct stance_err *err)
{
    struct buf text = {0};
    uint32_t row = AUDIT_NONE;
    uint64_t id;

    if (!text_of(line, "audit", &text) || !num_hex64(buf_span(&text), &id) || id != f->audit.id)
        err_at(
            err, STANCE_DATA, f->journal.path, number, 0,
            "this journal is of another audit than the file beside it: put the right audit back, "
            "or move the journal away");
    else if (!text_of(line, "id", &text) ||
             (row = audit_find_row(&f->audit, buf_span(&text))) == AUDIT_NONE)
        err_at(err, STANCE_DATA, f->journal.path, number, 0,
               "the journal labels '%s', which the audit does not have", buf_str(&text));
    buf_release(&text);
    return row;
}

static int replay_line(struct labelfile *f, struct span line, uint64_t number,
                       struct stance_err *err)
{
    uint32_t row;
    struct json_value v;
    struct audit_say say;
    bool undo;

    if (utf8_valid(line) != line.len || !json_find(line, SPAN("annotation"), &v) ||
        v.type != JSON_OBJECT)
        return err_at(err, STANCE_DATA, f->journal.path, number, 0, "this is no line of a journal");
    row = row_of(f, line, number, err);
    if (row == AUDIT_NONE ||
        audit_parse_say(&f->audit, v.raw, f->journal.path, number, &say, err) < 0)
        return -1;
    undo = json_find(line, SPAN("undo"), &v);
    remember(f, row, &say, undo);
    labelfile_set(f, row, &say);
    f->replayed++;
    return 0;
}

static int replay(struct labelfile *f, struct span text, struct stance_err *err)
{
    uint64_t number = 0;
    const char *end;

    for (size_t at = 0; at < text.len; at = (size_t)(end - text.p) + 1) {
        end = memchr(text.p + at, '\n', text.len - at);
        if (replay_line(f, (struct span){text.p + at, (size_t)(end - text.p) - at}, ++number, err) <
            0)
            return -1;
    }
    return 0;
}

/* Which file stands at the path, and in which state; 0: none. */
static uint64_t print_of(const char *path)
{
    struct stat st;
    uint64_t part[5];

    if (stat(path, &st) < 0)
        return 0;
    part[0] = (uint64_t)st.st_dev;
    part[1] = (uint64_t)st.st_ino;
    part[2] = (uint64_t)st.st_size;
    part[3] = (uint64_t)st.st_mtim.tv_sec;
    part[4] = (uint64_t)st.st_mtim.tv_nsec;
    return hash_more(HASH_START, part, sizeof part);
}

/* The journal is read before the audit: what another process folds in between is then in both,
 * which does no harm, and not in none. */
static int read_both(struct labelfile *f, struct stance_err *err)
{
    struct buf lines = {0};
    int status = journal_read(&f->journal, &lines, &f->torn, err);

    f->print = print_of(f->path);
    if (status == 0)
        status = audit_read(&f->audit, f->path, err);
    if (status == 0)
        status = replay(f, buf_span(&lines), err);
    buf_release(&lines);
    return status;
}

/* ---- the file ---- */

int labelfile_look(struct labelfile *f, const char *path, struct stance_err *err)
{
    *f = (struct labelfile){.path = mem_string(path), .journal = {.fd = -1}};
    return journal_look(&f->journal, path, err) < 0 ? -1 : read_both(f, err);
}

/* The audit is read once before for its errors, so that a wrong name leaves no journal behind. */
int labelfile_open(struct labelfile *f, const char *path, struct stance_err *err)
{
    int status;

    *f = (struct labelfile){.path = mem_string(path), .journal = {.fd = -1}};
    if (strcmp(path, "-") == 0)
        return err_set(err, STANCE_USAGE, "an audit to label is a file, not standard input");
    status = audit_read(&f->audit, path, err);
    audit_release(&f->audit);
    if (status < 0 || journal_open(&f->journal, path, err) < 0 || read_both(f, err) < 0)
        return -1;
    return labelfile_fold(f, err);
}

int labelfile_fold(struct labelfile *f, struct stance_err *err)
{
    if (f->dirty && f->print != print_of(f->path))
        return err_at(err, STANCE_DATA, f->path, 0, 0,
                      "another program has written this audit meanwhile; the labels are safe in "
                      "the journal beside it: `stance label --fold %s` puts them in",
                      f->path);
    if (f->dirty && audit_write(&f->audit, f->path, err) < 0)
        return -1;
    if (f->dirty)
        f->print = print_of(f->path);
    f->dirty = false;
    return f->journal.len == 0 ? 0 : journal_empty(&f->journal, err);
}

void labelfile_release(struct labelfile *f)
{
    journal_release(&f->journal);
    audit_release(&f->audit);
    free(f->past);
    free(f->path);
    *f = (struct labelfile){.journal = {.fd = -1}};
}

int labelfile_put(struct labelfile *f, uint32_t row, const struct audit_say *say, bool undo,
                  struct stance_err *err)
{
    struct buf line = {0};
    int status;

    add_line(f, row, say, undo, &line);
    status = journal_add(&f->journal, buf_span(&line), err);
    buf_release(&line);
    if (status < 0)
        return -1;
    remember(f, row, say, undo);
    labelfile_set(f, row, say);
    return 0;
}
