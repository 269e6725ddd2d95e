/* SPDX-License-Identifier: MIT */
/*
 * pagefile: a saved page as corpus NDJSON, one record per comment, in the page's order:
 *   {"id":"PAGE-01","thread":"PAGE","index":1,"date":"2020-08-03T10:19","text":…}
 * with "empty":true where the comment has no text, and on the first record the thread's
 * context, "article":{"title","text"}. PAGE is the file's name without folder and
 * extension.
 */
#ifndef CORPUS_PAGEFILE_H
#define CORPUS_PAGEFILE_H

#include "corpus/source.h"

/* The whole of an input, decoded; at most SOURCE_MAX_PAGE bytes. */
int pagefile_read(struct infile *in, struct buf *text, struct stance_err *err);

/* Appends the records of a page's text to `out`. `path` names it. Fails (STANCE_DATA) where
 * there is no comment; a page that announces another number of them is noted. */
int pagefile_records(struct span text, const char *path, struct buf *out,
                     const struct stance_talk *talk, struct stance_err *err);

#endif
