/* SPDX-License-Identifier: MIT */
/*
 * frame: cuts a stream of bytes into records, counting lines. Serial and cheap; what is in
 * a record is the business of parse, which workers can do in parallel.
 *
 * A record ends at "\n" or "\r\n"; in CSV not inside quotes. The last may lack its end. A
 * lone "\r" is a byte like another, and so is NUL.
 */
#ifndef CORPUS_FRAME_H
#define CORPUS_FRAME_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/infile.h"
#include "corpus/form.h"

enum frame_status {
    FRAME_OK,
    FRAME_BLANK,   /* nothing but spaces (NDJSON: and tabs): no record, though it has a line */
    FRAME_OVERLONG /* longer than max_record, or an open quote made it so */
};

struct frame {
    struct span record;     /* terminator excluded; good until the next call. Where it is
                               over-long it may end in half a character: not for parsing */
    struct span terminator; /* "\n", "\r\n", or empty at the end of the input; a literal */
    size_t at;              /* after framer_keep: where it begins in what framer_take gives */
    uint64_t line;          /* of its first byte, from 1 */
    uint64_t n_lines;       /* 1; more where quoted fields of CSV hold line ends */
    uint64_t full_len;      /* bytes without terminator; above record.len where over-long */
    enum frame_status status;
    bool unclosed; /* CSV: cut at a line end although a quote was open */
};

struct framer;

enum { FRAME_MAX_RECORD = 1 << 20 }; /* the usual max_record: a mebibyte */

/* A source of bytes as infile_read is: up to cap bytes, 0 at the end, -1 with *err set. */
typedef ssize_t frame_read(void *arg, void *buf, size_t cap, struct stance_err *err);

/* max_record in bytes, above 0. `arg` is borrowed until framer_free. */
struct framer *framer_new(frame_read *read, void *arg, size_t max_record);
struct framer *framer_over(struct infile *in, size_t max_record);
void framer_free(struct framer *f);

/* Before the first framer_next: the first bytes of the input, up to `wanted`, without
 * consuming them. Good until the next call. -1 with *err set where reading fails. A large
 * `wanted` gives the whole of a page, which is not cut into records; it is too large where
 * first->len == wanted. */
int framer_peek(struct framer *f, size_t wanted, struct span *first, struct stance_err *err);

/* How to cut (FORM_NDJSON at first; FORM_PAGE cuts at lines). May change between records:
 * the header line of a CSV is one too. */
void framer_set_form(struct framer *f, enum form form, char delimiter);

/* 1 and a frame, 0 at the end, -1 with *err set where reading fails.
 * An over-long record is consumed whole, its first max_record bytes given. In CSV a quote
 * left open must not swallow the rest of a dump: past max_record bytes the record ends at
 * the next line end even inside quotes, and `unclosed` says so. */
int framer_next(struct framer *f, struct frame *frame, struct stance_err *err);

/* For who needs many records at once without copying them. From framer_keep on, records stay in
 * one run of memory until framer_take: this gives *b the first `upto` bytes of that run, and takes
 * b's memory for what comes after them. So a frame f, now at b->p + f.at, is good as long as b is;
 * `upto` is 0, or the end or the beginning (`at`) of the last record given, which in the second
 * case stays, at 0. Who never takes keeps the whole input. */
void framer_keep(struct framer *f);
void framer_take(struct framer *f, size_t upto, struct buf *b);

/* After framer_keep: where the next record will begin, which is where the last ended; and how
 * many bytes have been read beyond that. */
size_t framer_at(const struct framer *f);
size_t framer_ahead(const struct framer *f);

/* Records cut at a line end with a quote open, so far. */
uint64_t framer_unclosed(const struct framer *f);

#endif
