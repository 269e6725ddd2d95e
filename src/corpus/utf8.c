/* SPDX-License-Identifier: MIT */
/*
 * utf8: most bytes of a dump are ASCII, so many are looked at together; the rest goes one
 * character at a time through step(), which is the whole of table 3-7.
 */
#include "corpus/utf8.h"

#include "base/bytes.h"

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The bytes of the character at p (len > 0); where it is ill-formed, *ok is false and the
 * result is the length of its maximal subpart, at least 1. */
static size_t step(const unsigned char *p, size_t len, bool *ok)
{
    unsigned char c = p[0], low = 0x80, high = 0xBF;
    size_t need = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

    *ok = false;
    if (c >= 0x80 && (c < 0xC2 || c > 0xF4))
        return 1;
    if (c == 0xE0)
        low = 0xA0;
    else if (c == 0xED)
        high = 0x9F;
    else if (c == 0xF0)
        low = 0x90;
    else if (c == 0xF4)
        high = 0x8F;
    for (size_t i = 1; i < need; i++) {
        if (i >= len || !(i == 1 ? p[i] >= low && p[i] <= high : is_tail(p[i])))
            return i;
    }
    *ok = true;
    return need;
}

/* How many bytes of a block are whole characters of one byte or two (accents, as most of what is
 * not ASCII is here): 15 or 16, or, where there are others, those before the first that is not
 * ASCII. */
static size_t plain_bytes(bytes_block b)
{
    unsigned high = bytes_bits(~bytes_below(b, 0x80)), lead, tail;

    if (high == 0)
        return BYTES_BLOCK;
    tail = high & bytes_bits(bytes_below(b, 0xC0));
    lead = high & bytes_bits(bytes_below(b, 0xE0) & ~bytes_below(b, 0xC2));
    if (high == (lead | tail) && tail == (lead << 1 & 0xFFFF))
        return BYTES_BLOCK - (lead >> 15); /* the last one's tail is in the next block */
    return (size_t)__builtin_ctz(high);
}

size_t utf8_valid(struct span s)
{
    size_t i = 0, n;
    bool ok = true;

    while (i < s.len) {
        if (s.len - i >= BYTES_BLOCK) {
            n = plain_bytes(bytes_load(s.p + i));
            i += n;
            if (n >= BYTES_BLOCK - 1 || i == s.len)
                continue;
        }
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        n = step((const unsigned char *)s.p + i, s.len - i, &ok);
        if (!ok)
            return i;
        i += n;
    }
    return i;
}

void utf8_repair(struct span s, struct buf *out)
{
    bool ok;

    while (s.len != 0) {
        size_t good = utf8_valid(s), bad;
        buf_add(out, s.p, good);
        s = (struct span){s.p + good, s.len - good};
        if (s.len == 0)
            break;
        bad = step((const unsigned char *)s.p, s.len, &ok);
        buf_add_str(out, "\xEF\xBF\xBD");
        s = (struct span){s.p + bad, s.len - bad};
    }
}

static bool is_white(unsigned c)
{
    return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/* The code of a valid character of n bytes; characters of 4 bytes are never white: 'x'. */
static unsigned code(const unsigned char *p, size_t n)
{
    if (n == 1)
        return p[0];
    if (n == 2)
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    return n == 3 ? (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu) : 'x';
}

struct span utf8_trim(struct span s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t from = 0, to = s.len, n;
    bool ok;

    if (s.len == 0)
        return s; /* p may be NULL */
    while (from < to && (n = step(p + from, to - from, &ok), ok) && is_white(code(p + from, n)))
        from += n;
    while (to > from) {
        for (n = 1; n < 4 && to - n > from && is_tail(p[to - n]); n++)
            ;
        if (!is_white(code(p + to - n, n)))
            break;
        to -= n;
    }
    return (struct span){s.p + from, to - from};
}
