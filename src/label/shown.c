/* SPDX-License-Identifier: MIT */
/* shown: code point by code point, against short tables. */
#include "label/shown.h"

#include <stdint.h>

#include "corpus/utf8.h"
#include "text/chars.h"

struct range {
    int32_t first, last;
};

static bool in(int32_t c, const struct range *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= r[i].first && c <= r[i].last)
            return true;
    return false;
}

static bool ends_line(int32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Invisible, and nothing is lost with them. */
static bool vanishes(int32_t c)
{
    static const struct range r[] = {{0xAD, 0xAD},     {0x200B, 0x200B},   {0x2060, 0x2064},
                                     {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}, {0x180E, 0x180E}};

    return in(c, r, sizeof r / sizeof *r);
}

/* Would change what is seen of the text around it. */
static bool is_written_out(int32_t c)
{
    static const struct range r[] = {{0x80, 0x9F},     {0x61C, 0x61C},   {0x200E, 0x200F},
                                     {0x202A, 0x202E}, {0x2066, 0x206F}, {0xFFF9, 0xFFFB}};

    return in(c, r, sizeof r / sizeof *r);
}

static void add_char(struct buf *out, int32_t c)
{
    if (c == '\t')
        buf_add_str(out, "  ");
    else if (c < 0x20)
        buf_add_utf8(out, 0x2400 + (unsigned)c);
    else if (c == 0x7F)
        buf_add_utf8(out, 0x2421);
    else if (is_written_out(c))
        buf_addf(out, "<U+%04X>", (unsigned)c);
    else if (!vanishes(c))
        buf_add_utf8(out, (unsigned)c);
}

void shown_add(struct buf *out, struct span text)
{
    int32_t c;

    for (size_t i = 0; i < text.len;) {
        i += char_decode((struct span){text.p + i, text.len - i}, &c);
        if (!ends_line(c)) {
            add_char(out, c);
            continue;
        }
        if (c == '\r' && i < text.len && text.p[i] == '\n')
            i++;
        buf_add_char(out, '\n');
    }
}

void shown_add_line(struct buf *out, struct span text)
{
    size_t from = out->len;

    shown_add(out, utf8_trim((struct span){text.p, utf8_valid(text)}));
    for (size_t i = from; i < out->len; i++)
        if (out->p[i] == '\n')
            out->p[i] = ' ';
}
