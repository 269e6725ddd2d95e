/* SPDX-License-Identifier: MIT */
/*
 * pretoken: see pretoken.h. Which bytes are blank is found eight in a word and looked at 64 by 64.
 * Whether two pieces are one is asked of the byte before the blank and the byte after it, each of
 * which has a set of the constructs that it may be part of: only where the sets meet is looked
 * closer. What is not ASCII may be anything (a digit, a mark that vanishes), and so may an entity.
 *
 * Invariant: holding two pieces together is always right, cutting them only where no scanner of
 * tokenize.h looks from one into the other; so doubt keeps them together.
 */
#include "text/pretoken.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NUMBER = 1, RESIDUE = 2, QUOTE = 4, ANY = NUMBER | RESIDUE | QUOTE };

void pretokens_release(struct pretokens *p)
{
    free(p->piece);
    free(p->bound);
    *p = (struct pretokens){0};
}

/* ---- blanks ---- */

#define EACH(byte) (0x0101010101010101u * (byte))
#define HIGH       EACH(0x80u)

/* The high bit of each byte that is at most a blank, or DEL. */
static uint64_t blank_bytes(uint64_t w)
{
    uint64_t low = w & ~HIGH;
    uint64_t beyond = low + EACH(0x7Fu - ' '), del = low + EACH(1u);

    return (~beyond | del) & ~w & HIGH;
}

static uint64_t little_endian(const char *p)
{
    uint64_t w;

    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* Bit i: byte i of these 64 is blank. */
static uint64_t blanks(const char *p)
{
    uint64_t bits = 0;

    for (unsigned k = 0; k < 64; k += 8) {
        uint64_t high = blank_bytes(little_endian(p + k));
        bits |= ((high >> 7) * 0x0102040810204080u) >> 56 << k; /* the high bits, gathered */
    }
    return bits;
}

/* Writes `at` plus the place of each bit, and returns how many they are. */
static size_t list(uint64_t bits, size_t at, uint32_t *to)
{
    size_t n = (size_t)__builtin_popcountll(bits);

    for (; bits != 0; bits &= bits - 1)
        *to++ = (uint32_t)(at + (unsigned)__builtin_ctzll(bits));
    return n;
}

/* Where what lies between blanks begins and ends; returns how many there are. */
static size_t cut(struct span text, uint32_t *from, uint32_t *end)
{
    size_t n_from = 0, n_end = 0;
    uint64_t before = 1; /* was the last byte of the block before blank? */

    for (size_t at = 0; at < text.len; at += 64) {
        size_t left = text.len - at;
        char last[64] = {0}; /* blanks follow the end */
        const char *p = left < 64 ? memcpy(last, text.p + at, left) : text.p + at;
        uint64_t blank = blanks(p), shifted = blank << 1 | before;
        n_from += list(~blank & shifted, at, from + n_from);
        n_end += list(blank & ~shifted, at, end + n_end);
        before = blank >> 63;
    }
    if (n_end < n_from)
        end[n_end] = (uint32_t)text.len;
    return n_from;
}

/* ---- what reaches across a blank ---- */

/* What a piece may end in, by its last byte, and what it may begin with, by its first. */
#define DIGITS                                                                                     \
    ['0'] = NUMBER, ['1'] = NUMBER, ['2'] = NUMBER, ['3'] = NUMBER, ['4'] = NUMBER,                \
    ['5'] = NUMBER, ['6'] = NUMBER, ['7'] = NUMBER, ['8'] = NUMBER, ['9'] = NUMBER
static const uint8_t ends_in[0x80] = {DIGITS, ['"'] = RESIDUE, ['>'] = QUOTE, [';'] = ANY};
static const uint8_t begins_with[0x80] = {
    DIGITS, ['%'] = NUMBER, ['$'] = NUMBER, ['/'] = RESIDUE, ['>'] = QUOTE, ['&'] = ANY};

static unsigned end_of(unsigned char c)
{
    return c < 0x80 ? ends_in[c] : ANY;
}

static unsigned begin_of(unsigned char c)
{
    return c < 0x80 ? begins_with[c] : c != 0xC3 ? ANY : 0;
}

/* Characters that neither vanish nor are digits, quotes or signs of any kind that matters here:
 * U+00C0-00FF, « and », U+2010-2027, and the pictographs U+1F300-1F9FF. */
static bool is_settled(const unsigned char *c, size_t len)
{
    if (c[0] < 0x80)
        return false;
    if (c[0] == 0xC3)
        return true;
    if (c[0] == 0xC2)
        return len > 1 && (c[1] == 0xAB || c[1] == 0xBB);
    if (c[0] == 0xE2)
        return len > 2 && c[1] == 0x80 && c[2] >= 0x90 && c[2] <= 0xA7;
    return c[0] == 0xF0 && len > 3 && c[1] == 0x9F && c[2] >= 0x8C && c[2] <= 0xA7;
}

static bool ends_settled(const unsigned char *text, size_t end)
{
    size_t from = end - 1;

    while (from > 0 && end - from < 4 && (text[from] & 0xC0) == 0x80)
        from--;
    return is_settled(text + from, end - from);
}

static bool has_newline(const unsigned char *c, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (c[i] >= '\n' && c[i] <= '\r')
            return true;
    return false;
}

/* May a token hold what ends at `end` and what begins at `next`? */
static bool reaches(struct span text, size_t end, size_t next)
{
    const unsigned char *c = (const unsigned char *)text.p;

    if ((end_of(c[end - 1]) & begin_of(c[next])) == 0)
        return false;
    return !ends_settled(c, end) && !is_settled(c + next, text.len - next) &&
           !has_newline(c + end, next - end);
}

/* A piece that begins with a letter or a mark other than these has a token before anything could
 * ask where the line began. */
static bool asks_line(const unsigned char *c, size_t len)
{
    return c[0] == '>' || c[0] == '&' || (c[0] >= 0x80 && !is_settled(c, len));
}

/* end: where the piece before ended; 0: there is none. */
static enum pretoken_line line_of(struct span text, size_t end, size_t from)
{
    const unsigned char *c = (const unsigned char *)text.p;

    if (!asks_line(c + from, text.len - from))
        return PRETOKEN_WITHIN;
    return end == 0 || has_newline(c + end, from - end) ? PRETOKEN_FIRST : PRETOKEN_CARRIED;
}

/* Holds together what reaches across, and asks of the rest where its line began. Returns how many
 * there are then. */
static size_t join(struct pretoken *t, struct span text, const uint32_t *from, const uint32_t *end,
                   size_t n)
{
    size_t n_out = 0;

    for (size_t i = 0; i < n; i++) {
        enum pretoken_line line = PRETOKEN_WITHIN;
        if (begin_of((unsigned char)text.p[from[i]]) != 0) { /* few */
            if (i != 0 && reaches(text, end[i - 1], from[i])) {
                t[n_out - 1].len = end[i] - t[n_out - 1].from;
                continue;
            }
            line = line_of(text, i != 0 ? end[i - 1] : 0, from[i]);
        }
        t[n_out++] = (struct pretoken){from[i], end[i] - from[i], line};
    }
    return n_out;
}

void pretokens_of(struct pretokens *out, struct span text)
{
    size_t most = text.len / 2 + 1;

    MEM_GROW(out->piece, out->cap, most);
    MEM_GROW(out->bound, out->bound_cap, 2 * most);
    out->n = cut(text, out->bound, out->bound + most);
    out->n = join(out->piece, text, out->bound, out->bound + most, out->n);
}
