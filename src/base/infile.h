/* SPDX-License-Identifier: MIT */
/*
 * infile: a source of bytes of UTF-8, whatever the input is packed or encoded in.
 *
 * gzip (members in a row too) and zstd (frames in a row, windows to 2 GiB) are told by the
 * content, not by the name. UTF-8 comes out as it is, without its byte order mark and NOT
 * validated: each record is, later, where its line is known. Other encodings are transcoded.
 */
#ifndef BASE_INFILE_H
#define BASE_INFILE_H

#include <sys/types.h>

#include "base/decode.h"
#include "base/unpack.h"

struct infile;

/* path "-" is standard input, named "<stdin>" in messages. NULL where the file is missing,
 * unreadable or a folder (STANCE_SYSTEM with the system's text). Nothing is read yet. */
struct infile *infile_open(const char *path, enum encoding encoding, struct stance_err *err);

/* The same over bytes in memory, borrowed until infile_close; `name` is for messages. */
struct infile *infile_memory(struct span bytes, const char *name, enum encoding encoding);

/* 1 … cap bytes (cap > 0) into buf, 0 at the end, -1 on error: STANCE_SYSTEM where reading
 * fails; STANCE_DATA for gzip or zstd data that is cut, damaged or followed by garbage, and
 * for UTF-32. After an error the next read fails again or ends. */
ssize_t infile_read(struct infile *f, void *buf, size_t cap, struct stance_err *err);

void infile_close(struct infile *f); /* NULL is fine */

/* The name used in messages; borrowed. */
const char *infile_name(const struct infile *f);

struct infile_info {
    uint64_t n_stored;      /* bytes taken from the file, as they are stored */
    uint64_t n_plain;       /* bytes after decompression, before transcoding */
    uint64_t size;          /* of the file, 0 where unknown (a pipe) */
    enum packing packing;   /* this and the rest: known after the first read */
    enum encoding encoding; /* as found, never ENCODING_AUTO after the first read */
    bool transcoded;        /* the bytes given are not those of the file */
    bool had_mark;          /* a byte order mark was dropped */
};

struct infile_info infile_info(const struct infile *f);

#endif
