/* SPDX-License-Identifier: MIT */
/*
 * stored: the bytes of a file or of memory as they are stored, a block at a time, and how many
 * of them have been taken. For unpack and what it decompresses with; nobody else needs it.
 */
#ifndef BASE_STORED_H
#define BASE_STORED_H

#include <sys/types.h>

#include "base/err.h"
#include "base/span.h"

/* block[pos … end) is not yet taken: who takes of it moves pos. */
struct stored {
    const char *file; /* its name in messages; borrowed */
    unsigned char *block;
    size_t pos, end;
    bool ended; /* no stored byte after block[end) */
    /* the rest is for the functions below */
    int fd;
    struct span memory;
    uint64_t n_before; /* bytes in blocks used up */
    off_t origin;      /* where fd stood; -1 where it cannot be read again */
};

/* Takes over fd (closed by stored_release) unless it is -1: then the bytes are those of
 * `memory`, borrowed. */
void stored_init(struct stored *s, int fd, struct span memory, const char *file);
void stored_release(struct stored *s);

/* Adds bytes to the block (emptied first where it is used up), or finds that it has ended. -1
 * with STANCE_SYSTEM where the system cannot read. */
int stored_fill(struct stored *s, struct stance_err *err);

/* Up to cap (> 0) bytes straight to buf, past the block, which must be used up; 0 at the end. */
ssize_t stored_read(struct stored *s, void *buf, size_t cap, struct stance_err *err);

uint64_t stored_taken(const struct stored *s);

/* Whether what was taken can be taken again: of a pipe it cannot. */
bool stored_again(const struct stored *s);

/* Goes back to where `taken` bytes had been taken. Only where stored_again(). */
int stored_back(struct stored *s, uint64_t taken, struct stance_err *err);

#endif
