/* SPDX-License-Identifier: MIT */
/*
 * output: where a command's results go, stdout or -o FILE, as a sink for the library.
 * A file is whole or stays as it was; what was written to stdout before a failure stays.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/buf.h"
#include "base/outfile.h"

#include <stance.h>

struct output {
    struct outfile *file;
    bool standard, live; /* stdout; a terminal, which gets every line at once */
    struct stance_sink sink;
};

/* path NULL or "-": stdout. `output` must not move while its sink is used. */
int output_open(struct output *output, const char *path, struct stance_err *err);

/* Ends what output_open began. result: of the work in between; where it is not 0 the output
 * is given up, err is left as it is, and result is returned. */
int output_close(struct output *output, int result, struct stance_err *err);

/* All of it: bytes to path, or a text to stdout. */
int output_bytes(const char *path, struct span bytes, struct stance_err *err);
int output_text(struct buf *text, struct stance_err *err);

#endif
