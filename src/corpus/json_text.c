/* SPDX-License-Identifier: MIT */
/*
 * json_text: the inside of JSON strings, read and written. Decoding checks what it reads by
 * itself, so that it may be given any bytes.
 */
#include "corpus/json.h"

#include "base/bytes.h"
#include "corpus/utf8.h"

/* The four hexadecimal digits at p, or -1. */
static long four(const char *p, const char *end)
{
    long value = 0;

    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int c = (unsigned char)p[i], low = c | 0x20;
        int digit = c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* The \uXXXX whose digits stand at p, perhaps with its other half; returns the bytes read,
 * 0 where they are no digits. */
static size_t decode_unicode(const char *p, const char *end, struct buf *out)
{
    long c = four(p, end), low = -1;

    if (c < 0)
        return 0;
    if (c >= 0xD800 && c <= 0xDBFF && end - p >= 10 && p[4] == '\\' && p[5] == 'u')
        low = four(p + 6, end);
    if (low >= 0xDC00 && low <= 0xDFFF) {
        buf_add_utf8(out, (unsigned)(0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00)));
        return 10;
    }
    buf_add_utf8(out, c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : (unsigned)c);
    return 4;
}

/* The escape whose letter stands at p (there is one before `end`); 0 where it is none. */
static size_t decode_escape(const char *p, const char *end, struct buf *out)
{
    static const char name[] = "\"\\/bfnrt", meaning[] = "\"\\/\b\f\n\r\t";
    const char *found = memchr(name, *p, sizeof name - 1);
    size_t n;

    if (*p == 'u') {
        n = decode_unicode(p + 1, end, out);
        return n != 0 ? n + 1 : 0;
    }
    if (found == NULL)
        return 0;
    buf_add_char(out, meaning[found - name]);
    return 1;
}

int json_string_decode(struct span raw, struct buf *out)
{
    const char *p, *end, *slash;
    size_t n;

    if (raw.len < 2 || raw.p[0] != '"' || raw.p[raw.len - 1] != '"')
        return -1;
    p = raw.p + 1;
    end = raw.p + raw.len - 1;
    buf_room(out, raw.len);
    while (p < end && (slash = memchr(p, '\\', (size_t)(end - p))) != NULL) {
        buf_add(out, p, (size_t)(slash - p));
        n = slash + 1 < end ? decode_escape(slash + 1, end, out) : 0;
        if (n == 0)
            return -1;
        p = slash + 1 + n;
    }
    if (p < end)
        buf_add(out, p, (size_t)(end - p));
    return 0;
}

static void add_escape(struct buf *out, unsigned char c)
{
    static const char name[] = "btn\0fr", digit[] = "0123456789abcdef"; /* 0x08 to 0x0D */

    buf_add_char(out, '\\');
    if (c == '"' || c == '\\') {
        buf_add_char(out, (char)c);
    } else if (c >= 8 && c <= 13 && c != 11) {
        buf_add_char(out, name[c - 8]);
    } else {
        buf_add(out, "u00", 3);
        buf_add_char(out, digit[c >> 4]);
        buf_add_char(out, digit[c & 15]);
    }
}

static void add_escaped(struct buf *out, struct span text)
{
    for (;;) {
        size_t n = bytes_before_escape(text.p, text.len);
        buf_add(out, text.p, n);
        if (n == text.len)
            return;
        add_escape(out, (unsigned char)text.p[n]);
        text = (struct span){text.p + n + 1, text.len - n - 1};
    }
}

void json_add_string(struct buf *out, struct span text)
{
    struct buf repaired = {0};

    if (bytes_before_odd(text.p, text.len) == text.len) { /* as most keys and ids */
        buf_room(out, text.len + 2);
        out->p[out->len++] = '"';
        buf_add_span(out, text);
        out->p[out->len++] = '"';
        return;
    }
    if (utf8_valid(text) < text.len) {
        utf8_repair(text, &repaired);
        text = buf_span(&repaired);
    }
    buf_add_char(out, '"');
    add_escaped(out, text);
    buf_add_char(out, '"');
    buf_release(&repaired);
}
