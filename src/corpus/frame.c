/* SPDX-License-Identifier: MIT */
/*
 * frame: one buffer; hold[start … ) is the record being cut, hold[scan … ) what no rule has
 * looked at yet. A refill moves the record to the front, so the buffer never grows past
 * max_record and a block, however long a record is: of the bytes beyond max_record only
 * their number is kept (and the last one, which may be the '\r' of "\r\n").
 * What is kept for framer_take lies before it, and only the memory grows then.
 * Where a record ends depends on the bytes alone, never on the sizes of the reads.
 */
#include "corpus/frame.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "corpus/csv.h"

enum { BLOCK = 128 * 1024, KEPT = 2 * BLOCK };

struct framer {
    frame_read *read;
    void *arg;
    size_t max_record;
    enum form form;
    char delimiter;
    char *hold;
    size_t start, scan, end, cap;
    uint64_t dropped; /* bytes of this record cut out of the buffer, between max and scan */
    enum csv_state state;
    bool ended;
    bool keep; /* hold[0 … ) is not yet taken: nothing moves to the front */
    uint64_t line, unclosed;
};

static ssize_t read_infile(void *arg, void *buf, size_t cap, struct stance_err *err)
{
    return infile_read(arg, buf, cap, err);
}

struct framer *framer_new(frame_read *read, void *arg, size_t max_record)
{
    struct framer *f = mem_zalloc(1, sizeof *f);
    f->read = read;
    f->arg = arg;
    f->max_record = max_record;
    f->delimiter = ',';
    f->line = 1;
    f->cap = BLOCK;
    f->hold = mem_alloc(f->cap);
    return f;
}

struct framer *framer_over(struct infile *in, size_t max_record)
{
    return framer_new(read_infile, in, max_record);
}

void framer_free(struct framer *f)
{
    if (f == NULL)
        return;
    free(f->hold);
    free(f);
}

void framer_set_form(struct framer *f, enum form form, char delimiter)
{
    f->form = form;
    f->delimiter = delimiter;
}

uint64_t framer_unclosed(const struct framer *f)
{
    return f->unclosed;
}

/* Forgets the bytes past max_record that have been scanned, but for the last. */
static void drop_excess(struct framer *f)
{
    size_t keep = f->start + f->max_record;

    if (f->scan <= keep + 1)
        return;
    memmove(f->hold + keep, f->hold + f->scan - 1, f->end - f->scan + 1);
    f->dropped += f->scan - 1 - keep;
    f->end -= f->scan - 1 - keep;
    f->scan = keep + 1;
}

static int refill(struct framer *f, struct stance_err *err)
{
    ssize_t n;

    drop_excess(f);
    if (f->start != 0 && !f->keep) {
        memmove(f->hold, f->hold + f->start, f->end - f->start);
        f->scan -= f->start;
        f->end -= f->start;
        f->start = 0;
    }
    if (f->cap - f->end < BLOCK / 2)
        MEM_GROW(f->hold, f->cap, f->end + BLOCK);
    n = f->read(f->arg, f->hold + f->end, f->cap - f->end, err);
    if (n < 0)
        return -1;
    f->ended = n == 0;
    f->end += (size_t)n;
    return 0;
}

void framer_keep(struct framer *f)
{
    f->keep = true;
    f->end -= f->scan;
    memmove(f->hold, f->hold + f->scan, f->end);
    f->start = f->scan = 0;
    MEM_GROW(f->hold, f->cap, KEPT);
}

void framer_take(struct framer *f, size_t upto, struct buf *b)
{
    struct buf given = {f->hold, upto, f->cap};
    size_t rest = f->end - upto;

    buf_reset(b);
    buf_room(b, rest > KEPT ? rest : KEPT);
    memcpy(b->p, f->hold + upto, rest);
    f->hold = b->p;
    f->cap = b->cap;
    f->end = rest;
    f->start = f->scan -= upto;
    *b = given;
}

size_t framer_at(const struct framer *f)
{
    return f->scan;
}

size_t framer_ahead(const struct framer *f)
{
    return f->end - f->scan;
}

int framer_peek(struct framer *f, size_t wanted, struct span *first, struct stance_err *err)
{
    while (f->end - f->start < wanted && !f->ended)
        if (refill(f, err) < 0)
            return -1;
    *first = (struct span){f->hold + f->start, f->end - f->start};
    if (first->len > wanted)
        first->len = wanted;
    return 0;
}

/* Each scan moves f->scan past the record's '\n' and returns true, or to the end. */
static bool scan_line(struct framer *f)
{
    const char *p = f->hold + f->scan;
    const char *q = memchr(p, '\n', f->end - f->scan);

    f->scan = q != NULL ? (size_t)(q - f->hold) + 1 : f->end;
    return q != NULL;
}

/* At a '\n': it ends the record unless a quote is open and the record still short. */
static bool ends_csv(struct framer *f, size_t at, enum csv_state state, struct frame *out)
{
    out->unclosed = state == CSV_QUOTED;
    if (out->unclosed && at - f->start + f->dropped <= f->max_record) {
        out->unclosed = false;
        out->n_lines++;
        return false;
    }
    f->scan = at + 1;
    return true;
}

/* hold[i … ) stands inside quotes: true where a line end there ends the record (*i is then
 * of no use), else *i is at the next quote or at the end of what there is. */
static bool skip_quoted(struct framer *f, size_t *i, struct frame *out)
{
    const char *p = f->hold + *i, *end = f->hold + f->end;
    const char *quote = memchr(p, '"', (size_t)(end - p));
    const char *stop = quote != NULL ? quote : end;

    while ((p = memchr(p, '\n', (size_t)(stop - p))) != NULL) {
        if (ends_csv(f, (size_t)(p - f->hold), CSV_QUOTED, out))
            return true;
        p++;
    }
    *i = (size_t)(stop - f->hold);
    return false;
}

static bool scan_csv(struct framer *f, struct frame *out)
{
    const char *p = f->hold;
    const size_t end = f->end; /* copies: the compiler cannot know that p is not f */
    const char delimiter = f->delimiter;
    enum csv_state state = f->state;

    for (size_t i = f->scan; i < end; i++) {
        if (state == CSV_QUOTED) { /* most bytes of text */
            if (skip_quoted(f, &i, out))
                return true;
            if (i == end)
                break;
        }
        if (state == CSV_PLAIN) { /* most of the rest */
            i += bytes_before(p + i, end - i, delimiter, '\n', '\n', '\n');
            if (i == end)
                break;
        }
        if (p[i] == '\n' && ends_csv(f, i, state, out))
            return true;
        if (state != CSV_PLAIN || p[i] == delimiter)
            state = csv_step(state, p[i], delimiter);
    }
    f->scan = end;
    f->state = state;
    return false;
}

static bool is_blank(const struct framer *f, struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (c != ' ' && !(f->form == FORM_NDJSON && (c == '\t' || c == '\r')))
            return false;
    }
    return true;
}

/* hold[start … scan) is the record with its terminator, if `closed`. */
static void fill_frame(struct framer *f, struct frame *out, bool closed)
{
    const char *p = f->hold + f->start;
    size_t len = f->scan - f->start, n_end = 0;

    if (closed)
        n_end = len >= 2 && p[len - 2] == '\r' ? 2 : 1;
    out->at = f->start;
    out->terminator = (struct span){&"\r\n"[2 - n_end], n_end};
    out->full_len = len - n_end + f->dropped;
    out->record = (struct span){p, out->full_len < f->max_record ? len - n_end : f->max_record};
    out->line = f->line;
    if (out->full_len > f->max_record || out->unclosed)
        out->status = FRAME_OVERLONG;
    else
        out->status = is_blank(f, out->record) ? FRAME_BLANK : FRAME_OK;
    f->line += out->n_lines;
    f->unclosed += out->unclosed;
}

int framer_next(struct framer *f, struct frame *frame, struct stance_err *err)
{
    bool closed;

    *frame = (struct frame){.n_lines = 1};
    f->start = f->scan;
    f->dropped = 0;
    f->state = CSV_START;
    for (;;) {
        closed = f->form == FORM_CSV ? scan_csv(f, frame) : scan_line(f);
        if (closed || f->ended)
            break;
        if (refill(f, err) < 0)
            return -1;
    }
    if (!closed && f->scan == f->start)
        return 0;
    fill_frame(f, frame, closed);
    return 1;
}
