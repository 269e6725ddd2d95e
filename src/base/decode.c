/* SPDX-License-Identifier: MIT */
/*
 * decode: four small decoders instead of iconv, because glibc's iconv loads its tables as
 * shared modules from the system's gconv folder: a static binary, or one on a machine
 * without them, could read UTF-8 only. Invariant: between two calls `half` holds the 0-3
 * bytes of a UTF-16 character that is not complete, and nothing else is remembered.
 */
#include "base/decode.h"

#include <stdint.h>
#include <string.h>

#define REPLACEMENT 0xFFFDu

static const struct {
    const char *name;
    enum encoding encoding;
} names[] = {
    {"auto", ENCODING_AUTO},
    {"utf-8", ENCODING_UTF8},
    {"windows-1252", ENCODING_WINDOWS_1252},
    {"iso-8859-15", ENCODING_ISO_8859_15},
    {"utf8", ENCODING_UTF8},
    {"cp1252", ENCODING_WINDOWS_1252},
    {"latin-9", ENCODING_ISO_8859_15},
};

/* 0x80 … 0x9F of windows-1252; the five holes have no meaning (WHATWG maps them to C1
 * controls, which no one ever meant in a comment). */
static const uint16_t windows_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static bool same_name(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        char c = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
        if (c != *b)
            return false;
    }
    return *a == *b;
}

bool encoding_by_name(const char *name, enum encoding *encoding)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (same_name(name, names[i].name)) {
            *encoding = names[i].encoding;
            return true;
        }
    return false;
}

const char *encoding_name(enum encoding encoding)
{
    static const char *const name[] = {"auto",        "utf-8",    "windows-1252",
                                       "iso-8859-15", "utf-16le", "utf-16be"};
    return name[encoding];
}

static bool starts(const char *p, size_t len, const char *mark, size_t n)
{
    return len >= n && memcmp(p, mark, n) == 0;
}

bool encoding_find(enum encoding declared, const char *p, size_t len, enum encoding *found,
                   size_t *mark)
{
    *found = declared == ENCODING_AUTO ? ENCODING_UTF8 : declared;
    *mark = 0;
    if (*found == ENCODING_UTF8 && starts(p, len, "\xEF\xBB\xBF", 3))
        *mark = 3;
    if (declared != ENCODING_AUTO || *mark != 0)
        return true;
    if (starts(p, len, "\xFF\xFE\0\0", 4) || starts(p, len, "\0\0\xFE\xFF", 4))
        return false;
    if (starts(p, len, "\xFF\xFE", 2) || starts(p, len, "\xFE\xFF", 2)) {
        *found = (unsigned char)p[0] == 0xFF ? ENCODING_UTF16LE : ENCODING_UTF16BE;
        *mark = 2;
    }
    return true;
}

static char *put(char *out, unsigned c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

static unsigned latin_9(unsigned c)
{
    static const uint16_t changed[8][2] = {{0xA4, 0x20AC}, {0xA6, 0x160}, {0xA8, 0x161},
                                           {0xB4, 0x17D},  {0xB8, 0x17E}, {0xBC, 0x152},
                                           {0xBD, 0x153},  {0xBE, 0x178}};
    for (size_t i = 0; i < 8; i++)
        if (changed[i][0] == c)
            return changed[i][1];
    return c;
}

static char *run_table(const struct decode *d, const unsigned char *in, size_t len, char *out)
{
    for (size_t i = 0; i < len; i++) {
        unsigned c = in[i];
        if (d->from == ENCODING_ISO_8859_15)
            c = latin_9(c);
        else if (c >= 0x80 && c < 0xA0)
            c = windows_1252[c - 0x80];
        out = put(out, c);
    }
    return out;
}

static unsigned unit(const struct decode *d, const unsigned char *p)
{
    unsigned first = p[0], second = p[1];
    return d->from == ENCODING_UTF16LE ? second << 8 | first : first << 8 | second;
}

/* One character of at least two bytes; *used is 0 where its second half is missing. */
static char *put_utf16(const struct decode *d, const unsigned char *p, size_t len, size_t *used,
                       char *out)
{
    unsigned c = unit(d, p), low;

    *used = 2;
    if (c < 0xD800 || c > 0xDFFF)
        return put(out, c);
    if (c > 0xDBFF)
        return put(out, REPLACEMENT);
    if (len < 4) {
        *used = 0;
        return out;
    }
    low = unit(d, p + 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return put(out, REPLACEMENT);
    *used = 4;
    return put(out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
}

/* Writes the whole characters that `half` holds, keeping what is not complete. */
static char *flush_half(struct decode *d, unsigned char *joint, char *out)
{
    size_t used = 2;

    while (d->n_half >= 2 && (out = put_utf16(d, joint, d->n_half, &used, out), used != 0)) {
        memmove(joint, joint + used, d->n_half - used);
        d->n_half -= used;
    }
    return out;
}

static char *run_utf16(struct decode *d, const unsigned char *in, size_t len, char *out)
{
    unsigned char joint[4];
    size_t i = 0, used;

    memcpy(joint, d->half, sizeof d->half);
    while (d->n_half != 0 && i < len) { /* a character cut by the last call's end */
        joint[d->n_half++] = in[i++];
        out = flush_half(d, joint, out);
    }
    memcpy(d->half, joint, sizeof d->half);
    while (d->n_half == 0 && len - i >= 2) {
        out = put_utf16(d, in + i, len - i, &used, out);
        if (used == 0)
            break;
        i += used;
    }
    if (i < len) {
        memcpy(d->half, in + i, len - i);
        d->n_half = len - i;
    }
    return out;
}

size_t decode_run(struct decode *d, const char *in, size_t len, bool last, char *out)
{
    const unsigned char *bytes = (const unsigned char *)in;
    char *end = out;

    switch (d->from) {
    case ENCODING_AUTO:
    case ENCODING_UTF8:
        if (len != 0)
            memcpy(out, in, len);
        return len;
    case ENCODING_WINDOWS_1252:
    case ENCODING_ISO_8859_15:
        return (size_t)(run_table(d, bytes, len, out) - out);
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        break;
    }
    end = run_utf16(d, bytes, len, out);
    if (last && d->n_half >= 2) /* a high surrogate with nothing after it */
        end = put(end, REPLACEMENT);
    if (last && d->n_half % 2 == 1)
        end = put(end, REPLACEMENT);
    if (last)
        d->n_half = 0;
    return (size_t)(end - out);
}
