/* SPDX-License-Identifier: MIT */
/*
 * gunzip: the members of a gzip stream, decompressed one after the other.
 *
 * By ISA-L where the program was built with it and the bytes can be read again, which takes half
 * the time; by zlib anywhere else, with the same bytes, messages and positions. For unpack;
 * nobody else needs it.
 */
#ifndef BASE_GUNZIP_H
#define BASE_GUNZIP_H

#include "base/stored.h"

struct gunzip;

/* Over bytes of which none has been taken, borrowed until gunzip_free. by_zlib: by nothing else,
 * so that tests can compare. NULL with STANCE_INTERNAL where zlib cannot start. */
struct gunzip *gunzip_new(struct stored *in, bool by_zlib, struct stance_err *err);
void gunzip_free(struct gunzip *g); /* NULL is fine */

/* As unpack_read. */
ssize_t gunzip_read(struct gunzip *g, void *buf, size_t cap, struct stance_err *err);

#endif
