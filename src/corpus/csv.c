/* SPDX-License-Identifier: MIT */
/*
 * csv: written by hand because libcsv is stale and knows neither where a record may end in
 * a stream nor escaped TSV. One automaton (csv_step) of four states.
 * Invariant: decoded text is never longer than the record, so row->text gets its room once
 * and spans into it stay good.
 */
#include "corpus/csv.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/mem.h"

void csv_row_release(struct csv_row *row)
{
    if (row == NULL)
        return;
    free(row->field);
    buf_release(&row->text);
    *row = (struct csv_row){0};
}

static void begin(struct csv_row *row, struct span record)
{
    row->n = 0;
    buf_reset(&row->text);
    buf_room(&row->text, record.len);
}

static void add(struct csv_row *row, const char *p, size_t len)
{
    MEM_GROW(row->field, row->cap, row->n + 1);
    row->field[row->n++] = (struct span){p, len};
}

/* Adds the bytes up to the next `stop`, or to the end; returns where that is. */
static size_t add_until(struct span record, size_t i, char stop, struct buf *text)
{
    const char *p = record.p + i, *q = memchr(p, stop, record.len - i);
    size_t n = q != NULL ? (size_t)(q - p) : record.len - i;

    buf_add(text, p, n);
    return i + n;
}

/* The quoted field at record.p[i]; returns where it ends (a delimiter or record.len), or
 * SIZE_MAX where its quote is not closed. The same steps as csv_step, in strides. */
static size_t split_quoted(struct span record, size_t i, char delimiter, struct csv_row *row)
{
    size_t from = row->text.len;

    for (;;) {
        i = add_until(record, i + 1, '"', &row->text);
        if (i == record.len)
            return SIZE_MAX;
        i++; /* past the quote, which closes the field unless it is the first of two */
        if (i == record.len || record.p[i] != '"')
            break;
        buf_add_char(&row->text, '"');
    }
    i = add_until(record, i, delimiter, &row->text);
    add(row, row->text.p + from, row->text.len - from);
    return i;
}

static size_t split_plain(struct span record, size_t i, char delimiter, struct csv_row *row)
{
    const char *p = record.p + i;
    const char *q = i < record.len ? memchr(p, delimiter, record.len - i) : NULL;
    size_t len = q != NULL ? (size_t)(q - p) : record.len - i;

    add(row, p, len);
    return i + len;
}

int csv_split(struct span record, char delimiter, struct csv_row *row, size_t *at)
{
    size_t i = 0, end;

    begin(row, record);
    if (record.p == NULL)
        record = SPAN("");
    for (;; i = end + 1) {
        if (i < record.len && record.p[i] == '"')
            end = split_quoted(record, i, delimiter, row);
        else
            end = split_plain(record, i, delimiter, row);
        if (end == SIZE_MAX) {
            *at = i;
            return -1;
        }
        if (end >= record.len)
            return 0;
    }
}

static int unescaped(char c)
{
    switch (c) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case '\\':
        return '\\';
    default:
        return -1;
    }
}

static void add_tsv(struct csv_row *row, const char *p, size_t len)
{
    size_t from = row->text.len;

    if (len == 0 || memchr(p, '\\', len) == NULL) {
        add(row, p, len);
        return;
    }
    if (len == 2 && p[0] == '\\' && p[1] == 'N') {
        add(row, NULL, 0);
        return;
    }
    for (size_t i = 0; i < len;) {
        int c;
        i = add_until((struct span){p, len}, i, '\\', &row->text);
        if (i == len)
            break;
        c = i + 1 < len ? unescaped(p[i + 1]) : -1;
        buf_add_char(&row->text, c >= 0 ? (char)c : '\\');
        i += c >= 0 ? 2 : 1;
    }
    add(row, row->text.p + from, row->text.len - from);
}

void csv_split_tsv(struct span record, struct csv_row *row)
{
    size_t i = 0;

    begin(row, record);
    if (record.p == NULL)
        record = SPAN("");
    for (;;) {
        const char *p = record.p + i;
        const char *q = i < record.len ? memchr(p, '\t', record.len - i) : NULL;
        size_t len = q != NULL ? (size_t)(q - p) : record.len - i;
        add_tsv(row, p, len);
        if (q == NULL)
            return;
        i += len + 1;
    }
}

char csv_sniff(struct span header)
{
    static const char candidate[] = {',', ';', '\t'};
    size_t count[3] = {0}, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < header.len; i++) {
        quoted ^= header.p[i] == '"';
        for (size_t k = 0; k < 3; k++)
            count[k] += !quoted && header.p[i] == candidate[k];
    }
    for (size_t k = 1; k < 3; k++)
        if (count[k] > count[best])
            best = k;
    return candidate[best];
}

/* With each quote twice. */
static void add_quoted(struct buf *out, struct span field)
{
    const char *p = field.p, *end = field.p + field.len, *quote;

    buf_add_char(out, '"');
    while ((quote = memchr(p, '"', (size_t)(end - p))) != NULL) {
        buf_add(out, p, (size_t)(quote + 1 - p));
        buf_add_char(out, '"');
        p = quote + 1;
    }
    buf_add(out, p, (size_t)(end - p));
    buf_add_char(out, '"');
}

void csv_add_field(struct buf *out, struct span field, char delimiter)
{
    if (bytes_before(field.p, field.len, delimiter, '"', '\n', '\r') == field.len)
        buf_add_span(out, field);
    else
        add_quoted(out, field);
}

void csv_add_tsv_field(struct buf *out, struct span field)
{
    if (field.p == NULL) {
        buf_add_str(out, "\\N");
        return;
    }
    for (;;) {
        size_t n = bytes_before(field.p, field.len, '\t', '\n', '\r', '\\');
        char c;
        buf_add(out, field.p, n);
        if (n == field.len)
            return;
        c = field.p[n];
        buf_add_char(out, '\\');
        buf_add_char(out, (char)(c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\'));
        field = (struct span){field.p + n + 1, field.len - n - 1};
    }
}
