/* SPDX-License-Identifier: MIT */
/*
 * outfile: output that is whole or absent.
 *
 * The bytes go to a temporary file beside the target, which outfile_commit syncs and
 * renames over it: until then the old file stays as it was. A symbolic link stays one, and
 * the file that it leads to is the target. A device, a pipe or a link to nothing is written
 * in place instead, as is "-" (or /dev/stdout), the standard output.
 * Every write is checked. All failures are STANCE_SYSTEM with the system's text.
 */
#ifndef BASE_OUTFILE_H
#define BASE_OUTFILE_H

#include "base/err.h"
#include "base/span.h"

struct outfile;

/* NULL on failure. The mode is that of the file replaced, else 0666 less the umask. */
struct outfile *outfile_open(const char *path, struct stance_err *err);

/* 0, or -1; buffered, so that a full disk may show at a later write or at the commit.
 * After a failure every further write, and the commit, fails too. */
int outfile_write(struct outfile *f, struct span bytes, struct stance_err *err);

/* Hands to the system what is buffered (for a reader at the other end of a pipe). */
int outfile_flush(struct outfile *f, struct stance_err *err);

/* Makes the output final. Frees f whatever happens; on failure the target is untouched
 * (or, where it is written in place, incomplete). */
int outfile_commit(struct outfile *f, struct stance_err *err);

/* Forgets the output and frees f; NULL is fine. */
void outfile_abort(struct outfile *f);

/* Before long work: 0 where outfile_open would succeed as far as can be told without
 * touching anything, -1 where the folder is missing or not writable or the target is a
 * folder. */
int outfile_check(const char *path, struct stance_err *err);

/* The program's, not the library's: from now on SIGINT, SIGTERM and SIGHUP remove the
 * temporary files before they end the process as usual. A signal that was ignored stays
 * so. (At a normal exit temporaries are removed in any case.) */
void outfile_catch_signals(void);

#endif
