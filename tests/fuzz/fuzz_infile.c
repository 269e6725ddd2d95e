/* SPDX-License-Identifier: MIT */
/*
 * infile: large and small reads give the same bytes; what was transcoded is valid UTF-8. The
 * first byte chooses the encoding and the size of the small reads. A mebibyte is enough.
 */
#include "base/buf.h"
#include "base/infile.h"
#include "corpus/utf8.h"
#include "fuzz.h"

enum { ENOUGH = 1 << 20 };

/* 0 at the end, 1 where enough was read, -1 on error. */
static int read_all(struct span in, enum encoding e, size_t step, struct buf *out, bool *coded)
{
    char block[4096];
    struct infile *f = infile_memory(in, "input", e);
    struct stance_err err = {0};
    ssize_t n;

    while ((n = infile_read(f, block, step, &err)) > 0 && out->len < ENOUGH) {
        MUST((size_t)n <= step);
        buf_add(out, block, (size_t)n);
    }
    if (n < 0)
        MUST(err.code != STANCE_OK && err.message[0] != '\0');
    if (n == 0)
        MUST(infile_info(f).n_stored == in.len);
    *coded = infile_info(f).transcoded;
    infile_close(f);
    return n < 0 ? -1 : n > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf large = {0}, small = {0};
    bool coded;
    int r;

    if (size == 0)
        return 0;
    r = read_all(fuzz_span(data + 1, size - 1), (enum encoding)(data[0] % 4), 4096, &large, &coded);
    if (r == 0) {
        MUST(read_all(fuzz_span(data + 1, size - 1), (enum encoding)(data[0] % 4),
                      1u + data[0] / 4u, &small, &coded) == 0);
        MUST(span_eq(buf_span(&large), buf_span(&small)));
        MUST(!coded || utf8_valid(buf_span(&large)) == large.len);
    }
    buf_release(&large);
    buf_release(&small);
    return 0;
}
