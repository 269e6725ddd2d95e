/* SPDX-License-Identifier: MIT */
/*
 * journal: lines beside a file, each on the disk before the call returns; and the lock that keeps
 * a second process away. What lines mean is the caller's; here they are bytes that end in the
 * check of an audit's line.
 *
 * A crash leaves at most the last line torn. It was never said to be saved and is dropped. A line
 * before it that is not whole is damage, and nothing is dropped for it.
 */
#ifndef LABEL_JOURNAL_H
#define LABEL_JOURNAL_H

#include <stdint.h>

#include "base/buf.h"

#include <stance.h>

struct journal {
    char *path;
    int fd;
    uint64_t len;        /* of its whole lines */
    bool locked, broken; /* broken: what was written in vain could not be taken back */
};

/* Opens the journal of the audit at path, made where there is none, and locks it. STANCE_SYSTEM
 * naming the process where another has it. Release in any case: {.fd = -1} is an empty one. */
int journal_open(struct journal *j, const char *audit_path, struct stance_err *err);

/* The same for reading alone: no lock, and no journal is an empty one. */
int journal_look(struct journal *j, const char *audit_path, struct stance_err *err);

/* Its whole lines. *torn: bytes of a last line that is not whole; where the journal is locked they
 * are cut off. STANCE_DATA with its line where another is not whole. */
int journal_read(struct journal *j, struct buf *lines, uint64_t *torn, struct stance_err *err);

/* A line with its end. On failure the journal is as it was. */
int journal_add(struct journal *j, struct span line, struct stance_err *err);

/* Empties it: what it held is in the audit. */
int journal_empty(struct journal *j, struct stance_err *err);

/* Removes the file where it is empty and ours, and unlocks. */
void journal_release(struct journal *j);

#endif
