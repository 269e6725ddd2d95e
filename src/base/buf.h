/* SPDX-License-Identifier: MIT */
/*
 * buf: a growable run of bytes, owned; may hold NUL. {0} is a valid empty buf.
 * p is NULL until the first byte. Not NUL-terminated unless buf_str() was asked.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <string.h>

#include "base/span.h"

struct buf {
    char *p;
    size_t len, cap;
};

void buf_release(struct buf *b);            /* frees; b is {0} again */
void buf_grow(struct buf *b, size_t extra); /* what buf_room() does where there is none */
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_add_utf8(struct buf *b, unsigned codepoint); /* a valid scalar value */
const char *buf_str(struct buf *b);                   /* NUL-terminated view, borrowed */

/* Inline, since what is written goes through them a few bytes at a time. */

/* Space for `extra` more bytes. */
static inline void buf_room(struct buf *b, size_t extra)
{
    if (extra > b->cap - b->len)
        buf_grow(b, extra);
}

/* p may not lie inside b. */
static inline void buf_add(struct buf *b, const void *p, size_t len)
{
    if (len == 0)
        return;
    buf_room(b, len);
    memcpy(b->p + b->len, p, len);
    b->len += len;
}

static inline void buf_add_char(struct buf *b, char c)
{
    buf_room(b, 1);
    b->p[b->len++] = c;
}

static inline void buf_add_span(struct buf *b, struct span s)
{
    buf_add(b, s.p, s.len);
}

static inline void buf_add_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

static inline void buf_reset(struct buf *b)
{
    b->len = 0;
}

static inline struct span buf_span(const struct buf *b)
{
    return (struct span){b->p, b->len};
}

#endif
