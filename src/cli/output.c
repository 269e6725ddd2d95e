/* SPDX-License-Identifier: MIT */
/* output: base/outfile behind the library's sink. */
#include "cli/output.h"

#include <string.h>
#include <unistd.h>

static int write_sink(void *arg, const char *p, size_t len, struct stance_err *err)
{
    struct output *output = arg;

    if (outfile_write(output->file, (struct span){p, len}, err) < 0)
        return -1;
    return output->live ? outfile_flush(output->file, err) : 0;
}

int output_open(struct output *output, const char *path, struct stance_err *err)
{
    if (path == NULL)
        path = "-";
    output->standard = strcmp(path, "-") == 0;
    output->live = output->standard && isatty(STDOUT_FILENO);
    output->sink = (struct stance_sink){output, write_sink};
    output->file = outfile_open(path, err);
    return output->file == NULL ? -1 : 0;
}

int output_close(struct output *output, int result, struct stance_err *err)
{
    if (result == 0)
        return outfile_commit(output->file, err);
    if (output->standard)
        outfile_flush(output->file, NULL); /* the failure to tell is the first one */
    outfile_abort(output->file);
    return result;
}

int output_bytes(const char *path, struct span bytes, struct stance_err *err)
{
    struct output output;

    if (output_open(&output, path, err) < 0)
        return -1;
    return output_close(&output, outfile_write(output.file, bytes, err), err);
}

int output_text(struct buf *text, struct stance_err *err)
{
    return output_bytes(NULL, buf_span(text), err);
}
