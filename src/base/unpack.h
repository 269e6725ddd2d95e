/* SPDX-License-Identifier: MIT */
/*
 * unpack: raw bytes of a file or of memory, decompressed where their first bytes say gzip
 * or zstd. The lower half of infile; nobody else needs it.
 */
#ifndef BASE_UNPACK_H
#define BASE_UNPACK_H

#include <sys/types.h>

#include "base/err.h"
#include "base/span.h"

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD };

struct unpack;

/* Takes over fd (closed by unpack_close) unless it is -1: then the bytes are those of
 * `memory`, borrowed. `file` names the input in messages; copied. Never fails. */
struct unpack *unpack_new(int fd, struct span memory, const char *file);
/* Before the first read: gzip by zlib alone, so that tests can compare (gunzip.h). */
void unpack_by_zlib(struct unpack *u);
void unpack_close(struct unpack *u); /* NULL is fine */

/* Up to cap (> 0) bytes; 0 at the end, -1 on error: STANCE_SYSTEM where the system cannot
 * read, STANCE_DATA where the compressed data are cut, damaged or followed by others. */
ssize_t unpack_read(struct unpack *u, void *buf, size_t cap, struct stance_err *err);

uint64_t unpack_consumed(const struct unpack *u);    /* bytes taken as they are stored */
enum packing unpack_packing(const struct unpack *u); /* known after the first read */

#endif
