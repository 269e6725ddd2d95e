/* SPDX-License-Identifier: MIT */
/* form: which of the four forms of input a stream of bytes is in. */
#ifndef CORPUS_FORM_H
#define CORPUS_FORM_H

#include "base/span.h"

enum form {
    FORM_NDJSON, /* one JSON object per line */
    FORM_CSV,    /* RFC 4180 with a header line; the delimiter is beside */
    FORM_TSV,    /* a header line, then tabs; \t \n \r \\ \N escaped, so one record per line */
    FORM_PAGE    /* the saved text of an article's page with its comments (page.h) */
};

struct form_guess {
    enum form form;
    char delimiter; /* ',' ';' or tab; for FORM_CSV and FORM_TSV */
};

/* "ndjson", "jsonl", "csv", "tsv", "page"; false where the name is none of them. */
bool form_by_name(const char *name, enum form *form);
const char *form_name(enum form form);

/* From the first block of the decoded input (some tens of kilobytes, or all of it) and its
 * path (may be NULL), in this order:
 *   1. '{' first (after white space), or '[' without such an extension as below: NDJSON;
 *   2. an extension .ndjson .jsonl .csv .tsv .tab (before .gz, .zst) settles the rest;
 *   3. comment headers of a page (page_looks_like), unless the first line has a cell with a
 *      well-known column name: a page;
 *   4. a first line whose best delimiter is the tab: TSV, or CSV with tabs where fields of
 *      the block are quoted;
 *   5. else CSV with the delimiter found.
 * Always an answer: what is no header line shows when its columns are looked for. */
struct form_guess form_sniff(struct span first_block, const char *path);

#endif
