/* SPDX-License-Identifier: MIT */
/*
 * jsonout: JSON as files of ours have it: no blanks, members in a fixed order. Each call adds the
 * comma that is needed. key NULL: the next element of an array.
 */
#ifndef CORPUS_JSONOUT_H
#define CORPUS_JSONOUT_H

#include <stdint.h>

#include "base/buf.h"

void jsonout_key(struct buf *out, const char *key);
void jsonout_open(struct buf *out, const char *key, char bracket); /* { or [; the caller closes */
void jsonout_text(struct buf *out, const char *key, struct span s);
void jsonout_count(struct buf *out, const char *key, uint64_t n);
void jsonout_real(struct buf *out, const char *key, double value); /* reads back as the same */
void jsonout_hex(struct buf *out, const char *key, uint64_t n);    /* "16 digits" */

/* The same where s.p is not NULL. */
void jsonout_maybe(struct buf *out, const char *key, struct span s);

/* "key" is data. */
void jsonout_named(struct buf *out, struct span key, struct span s);

#endif
