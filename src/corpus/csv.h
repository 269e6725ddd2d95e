/* SPDX-License-Identifier: MIT */
/*
 * csv: the fields of one record of CSV (RFC 4180, any delimiter) or of escaped TSV (as
 * PostgreSQL's COPY and ClickHouse's TabSeparated write it), and back.
 *
 * CSV: a field that starts with a quote runs to the next single quote; a doubled quote is
 * one quote. What follows a closing quote up to the delimiter is kept as it is, and a quote
 * inside an unquoted field is a character like another, since dumps hold both.
 * TSV: \t \n \r \\ are decoded, a field that is \N has no value; any other backslash stays.
 */
#ifndef CORPUS_CSV_H
#define CORPUS_CSV_H

#include "base/buf.h"

/* The fields of the last record split, reused from record to record. {0} is a valid empty
 * one. A field lies in the record itself or in `text`: good until the next split, as long
 * as the record is. field[i].p is NULL where the value is \N. */
struct csv_row {
    struct span *field;
    size_t n, cap;
    struct buf text;
};

void csv_row_release(struct csv_row *row);

/* Splits a record (terminator excluded). An empty record is one empty field. -1 where a
 * quote is not closed: *at is then its offset. */
int csv_split(struct span record, char delimiter, struct csv_row *row, size_t *at);
void csv_split_tsv(struct span record, struct csv_row *row);

/* The most frequent of , ; and tab outside quotes in a header line; ',' where none is. */
char csv_sniff(struct span header);

/* Appends a field, quoted only where it must be: delimiter, quote or line end inside. */
void csv_add_field(struct buf *out, struct span field, char delimiter);
void csv_add_tsv_field(struct buf *out, struct span field); /* field.p NULL: \N */

/* The automaton that says where a record may end; one for the splitter and the framer, so
 * that they cannot disagree. */
enum csv_state {
    CSV_START, /* at the start of a field */
    CSV_PLAIN, /* in an unquoted field, or after a closed quote */
    CSV_QUOTED,
    CSV_QUOTE /* after a quote in a quoted field: its end, or half of a doubled one */
};

static inline enum csv_state csv_step(enum csv_state state, char c, char delimiter)
{
    if (state == CSV_QUOTED)
        return c == '"' ? CSV_QUOTE : CSV_QUOTED;
    if (c == '"' && state != CSV_PLAIN)
        return CSV_QUOTED;
    return c == delimiter ? CSV_START : CSV_PLAIN;
}

#endif
