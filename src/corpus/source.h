/* SPDX-License-Identifier: MIT */
/*
 * source: one input, opened: its form told, its columns found, its records ready to be
 * taken one by one. What `train`, `eval` and `classify` read with.
 */
#ifndef CORPUS_SOURCE_H
#define CORPUS_SOURCE_H

#include "base/infile.h"
#include "corpus/frame.h"
#include "corpus/parse.h"

struct source {
    struct infile *in;
    struct framer *framer;
    struct schema schema; /* settled unless `empty` */
    enum form form;       /* never FORM_PAGE: a page is turned into its NDJSON */
    bool was_page;
    bool is_audit; /* of `stance sample`: its first line, the manifest, was passed over */
    char delimiter;
    struct buf header;     /* CSV and TSV: the header line as it stood */
    struct buf header_end; /* and its line end */
    bool empty;            /* not one record to find columns in */
    struct infile *pages;  /* over `page`; NULL but for a page */
    struct buf page;       /* the records of a page, which are read instead of it */
};

/* path "-" is standard input. note (may be NULL) is told in one line what was found. On
 * failure nothing is left open. */
int source_open(struct source *s, const char *path, const struct stance_input *input,
                const struct stance_talk *talk, struct stance_err *err);

/* The same for files that need no text: annotations, and tables of ids. A page is read too. */
int source_open_textless(struct source *s, const char *path, const struct stance_input *input,
                         const struct stance_talk *talk, struct stance_err *err);

/* As framer_next: 1 and a record, 0 at the end, -1. */
int source_next(struct source *s, struct frame *frame, struct stance_err *err);

enum { SOURCE_MAX_PAGE = 64 << 20 }; /* bytes */

void source_close(struct source *s);

/* The public name of an encoding to the inner one. */
enum encoding source_encoding(enum stance_encoding e);

const char *source_name(const struct source *s);

#endif
