/* SPDX-License-Identifier: MIT */
/*
 * buf: a growable run of bytes, owned; may hold NUL. {0} is a valid empty buf.
 * p is NULL until the first byte. Not NUL-terminated unless buf_str() was asked.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/span.h"

struct buf {
    char *p;
    size_t len, cap;
};

void buf_release(struct buf *b);                        /* frees; b is {0} again */
void buf_room(struct buf *b, size_t extra);             /* space for `extra` more bytes */
void buf_add(struct buf *b, const void *p, size_t len); /* p may not lie inside b */
void buf_add_char(struct buf *b, char c);
void buf_add_str(struct buf *b, const char *s);
void buf_add_span(struct buf *b, struct span s);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_add_utf8(struct buf *b, unsigned codepoint); /* a valid scalar value */
const char *buf_str(struct buf *b);                   /* NUL-terminated view, borrowed */

static inline void buf_reset(struct buf *b)
{
    b->len = 0;
}

static inline struct span buf_span(const struct buf *b)
{
    return (struct span){b->p, b->len};
}

#endif
