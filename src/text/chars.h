/* SPDX-License-Identifier: MIT */
/* chars: a growable run of code points, and UTF-8 read into one. */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include <stdint.h>

#include "base/span.h"

#define CHAR_REPLACEMENT 0xFFFD

/* Owned; {0} is a valid empty one. c is NULL until the first code point. */
struct chars {
    int32_t *c;
    size_t n, cap;
};

void chars_release(struct chars *s);            /* may be NULL; s is {0} again */
void chars_room(struct chars *s, size_t extra); /* space for `extra` more */
void chars_add(struct chars *s, int32_t c);

/* The code point at i, 0 at the end and past it (a folded text holds no 0). */
static inline int32_t char_at(const struct chars *s, size_t i)
{
    return i < s->n ? s->c[i] : 0;
}

/* Reads one code point from the first bytes of a non-empty text and returns the number of
 * bytes it took. A byte that begins no valid UTF-8 (Unicode Standard, table 3-7) takes 1
 * and is read as U+FFFD. */
size_t char_decode(struct span text, int32_t *c);

/* Are these n code points the text `utf8`, or one of a list that ends with NULL? */
bool chars_eq(const int32_t *c, size_t n, const char *utf8);
bool chars_in(const int32_t *c, size_t n, const char *const *list);

#endif
