/* SPDX-License-Identifier: MIT */
/* cells: clusters by a few rules that are enough for what terminals can show. */
#define _XOPEN_SOURCE 700 /* wcwidth() */

#include "tui/cells.h"

#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

#include "base/mem.h"

enum { MOST_MARKS = 4, JOINER = 0x200D };

/* Well-formed UTF-8; anything else is one byte, U+FFFD. */
static size_t decode(struct span s, uint32_t *c)
{
    unsigned char b = (unsigned char)s.p[0];
    size_t n = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 0;

    *c = n == 1 ? b : n == 2 ? b & 0x1Fu : n == 3 ? b & 0xFu : b & 7u;
    if (n == 0 || n > s.len) {
        *c = 0xFFFD;
        return 1;
    }
    for (size_t i = 1; i < n; i++)
        *c = *c << 6 | ((unsigned char)s.p[i] & 0x3Fu);
    return n;
}

/* Shown nowhere alike, or nowhere at all. */
static bool is_left_out(uint32_t c)
{
    return c == JOINER || c == 0x200C || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0000 && c <= 0xE01EF);
}

static bool is_flag_half(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static int width_of(uint32_t c)
{
    return c < 0x20 || c == 0x7F ? -1 : wcwidth((wchar_t)c);
}

static void add_ascii(struct buf *out, uint32_t c)
{
    static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYPsaaaaaaaceeeeiiiidnooooo/ouuuuypy";
    char shown = '?';

    if (c < 0x80)
        shown = (char)c;
    else if (c >= 0xC0 && c <= 0xFF)
        shown = latin[c - 0xC0];
    else if (c == 0x2018 || c == 0x2019)
        shown = '\'';
    else if (c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D)
        shown = '"';
    else if (c == 0xA0 || c == 0x202F)
        shown = ' ';
    else if (c >= 0x2010 && c <= 0x2015)
        shown = '-';
    buf_add_char(out, shown);
}

/* The first code point of a cluster, or one that a joiner holds to it. */
static void add_base(struct buf *out, uint32_t c, bool ascii, int *width)
{
    int w = width_of(c);

    if (ascii) {
        add_ascii(out, c);
        ++*width;
        return;
    }
    if (is_left_out(c))
        return;
    if (w == 0) { /* a mark on nothing */
        buf_add_char(out, ' ');
        w = 1;
    }
    if (w < 0) {
        c = 0xFFFD;
        w = 1;
    }
    buf_add_utf8(out, c);
    *width += w;
}

size_t cells_next(struct span text, bool ascii, struct buf *out, int *width)
{
    struct buf scratch = {0};
    struct buf *to = out != NULL ? out : &scratch;
    uint32_t c, first;
    size_t n = decode(text, &first), marks = 0;
    bool joined = false;

    *width = 0;
    add_base(to, first, ascii, width);
    while (n < text.len) {
        size_t more = decode((struct span){text.p + n, text.len - n}, &c);
        bool half = is_flag_half(c) && is_flag_half(first);
        if (half)
            first = 0;
        else if (!joined && !is_left_out(c) && width_of(c) != 0)
            break;
        if ((joined || half) && !is_left_out(c) && !ascii)
            add_base(to, c, false, width);
        else if (!is_left_out(c) && !ascii && width_of(c) == 0 && marks++ < MOST_MARKS)
            buf_add_utf8(to, c);
        joined = c == JOINER;
        n += more;
    }
    buf_release(&scratch);
    return n;
}

int cells_width(struct span text, bool ascii)
{
    int all = 0, width;

    while (text.len > 0) {
        size_t n = cells_next(text, ascii, NULL, &width);
        all += width;
        text = (struct span){text.p + n, text.len - n};
    }
    return all;
}

int cells_fit(struct buf *out, struct span text, int room, bool ascii)
{
    int used = 0, width, dots = ascii ? 3 : 1;
    bool cut = cells_width(text, ascii) > room;

    while (text.len > 0) {
        size_t n = cells_next(text, ascii, NULL, &width);
        if (used + width > (cut ? room - dots : room))
            break;
        cells_next(text, ascii, out, &width);
        used += width;
        text = (struct span){text.p + n, text.len - n};
    }
    if (cut && room >= dots) {
        buf_add_str(out, ascii ? "..." : "…");
        used += dots;
    }
    return used;
}

/* ---- pages ---- */

void cells_page_release(struct cells_page *p)
{
    buf_release(&p->text);
    free(p->line);
    *p = (struct cells_page){0};
}

void cells_page_reset(struct cells_page *p)
{
    buf_reset(&p->text);
    p->n = 0;
}

/* How many bytes of a paragraph fit in a line: to the last blank, else to the last cluster. */
static size_t line_bytes(struct span s, int room, bool ascii)
{
    size_t at = 0, blank = 0;
    int used = 0, width;

    while (at < s.len) {
        size_t n = cells_next((struct span){s.p + at, s.len - at}, ascii, NULL, &width);
        if (used + width > room)
            return blank != 0 ? blank : at != 0 ? at : n;
        used += width;
        if (s.p[at] == ' ')
            blank = at + n;
        at += n;
    }
    return at;
}

static void add_line(struct cells_page *p, struct span s, int look, int indent, bool ascii)
{
    size_t at = p->text.len;
    int width;

    for (int i = 0; i < indent; i++)
        buf_add_char(&p->text, ' ');
    while (s.len > 0) {
        size_t n = cells_next(s, ascii, &p->text, &width);
        s = (struct span){s.p + n, s.len - n};
    }
    MEM_GROW(p->line, p->cap, p->n + 1);
    p->line[p->n++] = (struct cells_line){at, p->text.len - at, look};
}

/* The last line that is allowed, with what follows cut. */
static void add_last(struct cells_page *p, struct span s, int look, int room, int indent,
                     bool ascii)
{
    struct buf cut = {0}, rest = {0};

    for (size_t i = 0; i < s.len; i++)
        buf_add_char(&rest, s.p[i] == '\n' ? ' ' : s.p[i]);
    if (rest.len != 0)
        cells_fit(&cut, buf_span(&rest), room, ascii);
    add_line(p, cut.len != 0 ? buf_span(&cut) : SPAN(""), look, indent, ascii);
    buf_release(&cut);
    buf_release(&rest);
}

void cells_add(struct cells_page *p, struct span text, int look, int room, int indent, size_t most,
               bool ascii)
{
    size_t from = p->n;

    for (;;) {
        const char *end = text.len != 0 ? memchr(text.p, '\n', text.len) : NULL;
        struct span par = {text.p, end != NULL ? (size_t)(end - text.p) : text.len};
        int in = p->n > from ? indent : 0;
        size_t n = line_bytes(par, room - in, ascii);
        if (most != 0 && p->n - from + 1 == most) {
            add_last(p, text, look, room - in, in, ascii);
            return;
        }
        add_line(p, (struct span){par.p, n}, look, in, ascii);
        if (n == par.len && end == NULL)
            return;
        n += n == par.len; /* the line end */
        text = (struct span){text.p + n, text.len - n};
    }
}
