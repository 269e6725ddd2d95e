/* SPDX-License-Identifier: MIT */
/* buf: see buf.h. Capacity doubles, so that appending is linear in all. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

void buf_release(struct buf *b)
{
    if (b == NULL)
        return;
    free(b->p);
    *b = (struct buf){0};
}

void buf_grow(struct buf *b, size_t extra)
{
    MEM_GROW(b->p, b->cap, b->len + extra);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    buf_room(b, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(b->p + b->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

void buf_add_utf8(struct buf *b, unsigned c)
{
    char *q;

    buf_room(b, 4);
    q = b->p + b->len;
    if (c < 0x80) {
        q[0] = (char)c;
        b->len += 1;
    } else if (c < 0x800) {
        q[0] = (char)(0xC0 | c >> 6);
        q[1] = (char)(0x80 | (c & 0x3F));
        b->len += 2;
    } else if (c < 0x10000) {
        q[0] = (char)(0xE0 | c >> 12);
        q[1] = (char)(0x80 | (c >> 6 & 0x3F));
        q[2] = (char)(0x80 | (c & 0x3F));
        b->len += 3;
    } else {
        q[0] = (char)(0xF0 | c >> 18);
        q[1] = (char)(0x80 | (c >> 12 & 0x3F));
        q[2] = (char)(0x80 | (c >> 6 & 0x3F));
        q[3] = (char)(0x80 | (c & 0x3F));
        b->len += 4;
    }
}

const char *buf_str(struct buf *b)
{
    buf_room(b, 1);
    b->p[b->len] = '\0';
    return b->p;
}
