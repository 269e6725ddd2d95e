/* SPDX-License-Identifier: MIT */
/*
 * chars: see chars.h. Text is scanned as code points, four bytes each, because every
 * scanner looks a few of them ahead and back. A sequence is taken whole or not at all: of
 * a broken one each byte is bad on its own.
 */
#include "text/chars.h"

#include <stdlib.h>

#include "base/mem.h"

void chars_release(struct chars *s)
{
    if (s == NULL)
        return;
    free(s->c);
    *s = (struct chars){0};
}

void chars_room(struct chars *s, size_t extra)
{
    if (extra > s->cap - s->n)
        MEM_GROW(s->c, s->cap, s->n + extra);
}

void chars_add(struct chars *s, int32_t c)
{
    chars_room(s, 1);
    s->c[s->n++] = c;
}

/* The length that a first byte announces; 1 where it can begin nothing. */
static size_t announced(unsigned char first)
{
    if (first < 0xC2 || first > 0xF4)
        return 1;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* No overlong form, no surrogate, nothing past U+10FFFF. */
static bool in_range(int32_t c, size_t len)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return c >= least[len] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

size_t char_decode(struct span text, int32_t *c)
{
    const unsigned char *p = (const unsigned char *)text.p;
    size_t len = announced(p[0]), i = 1;
    int32_t v = p[0] & (0xFF >> (len + 1));

    if (p[0] < 0x80) {
        *c = p[0];
        return 1;
    }
    for (; i < len && i < text.len && (p[i] & 0xC0) == 0x80; i++)
        v = v << 6 | (p[i] & 0x3F);
    if (len > 1 && i == len && in_range(v, len)) {
        *c = v;
        return len;
    }
    *c = CHAR_REPLACEMENT;
    return 1;
}

bool chars_eq(const int32_t *c, size_t n, const char *utf8)
{
    struct span rest = span_of(utf8);
    size_t i = 0;
    int32_t d;

    while (rest.len != 0 && i < n) {
        size_t step = char_decode(rest, &d);
        if (d != c[i++])
            return false;
        rest = (struct span){rest.p + step, rest.len - step};
    }
    return rest.len == 0 && i == n;
}

bool chars_in(const int32_t *c, size_t n, const char *const *list)
{
    for (; *list != NULL; list++)
        if (chars_eq(c, n, *list))
            return true;
    return false;
}
