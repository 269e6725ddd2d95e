/* SPDX-License-Identifier: MIT */
/*
 * chunk: the container of a model file: a header, a table of chunks, the chunks.
 * Byte for byte in model/FORMAT.md. Nothing in it is compressed, so that a chunk can be
 * used where it lies in a mapped file.
 *
 * Reading checks in this order, each with its own message (code STANCE_MODEL): enough
 * bytes, magic, major version, file size, checksum of header and table, chunks one after
 * the other to the very end of the file, zero padding, checksum of each chunk.
 */
#ifndef MODEL_CHUNK_H
#define MODEL_CHUNK_H

#include "base/buf.h"

#include <stance.h>

enum { CHUNK_MAJOR = 2, CHUNK_MINOR = 1, CHUNK_MAX = 64 };
enum { CHUNK_OPTIONAL = 1 }; /* flag: a reader that does not know the chunk may pass over it */

struct chunk {
    char id[4];
    uint32_t flags;
    struct span bytes; /* 8-byte aligned */
};

/* Header, table and chunks appended to an empty buf. */
void chunk_write(struct buf *out, const struct chunk *chunk, size_t n);

struct chunk_file {
    struct chunk chunk[CHUNK_MAX];
    size_t n;
    uint16_t minor;
    uint32_t checksum; /* of header and table, which hold the chunks' own checksums */
};

/* Spans of the chunks point into `image`, which must be 8-byte aligned. `name` is for
 * messages only. */
int chunk_read(struct chunk_file *f, struct span image, const char *name, struct stance_err *err);

/* The chunk of this id, or NULL. */
const struct chunk *chunk_find(const struct chunk_file *f, const char *id);

#endif
