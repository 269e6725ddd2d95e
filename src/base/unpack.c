/* SPDX-License-Identifier: MIT */
/*
 * unpack: a stream is told by its content, since names lie. zstd may hold several frames in a
 * row: `between` is true where the input may end, which is how a cut stream is told from a
 * finished one.
 */
#include "base/unpack.h"

#include <stdlib.h>

#include <zstd.h>

#include "base/gunzip.h"
#include "base/mem.h"
#include "base/stored.h"

enum { ZSTD_WINDOW_LOG = 31 }; /* Pushshift dumps need 2 GiB windows */

struct unpack {
    char *file;
    struct stored in;
    bool begun, between;
    enum packing packing;
    bool by_zlib;
    struct gunzip *gzip;
    ZSTD_DStream *zstd;
};

struct unpack *unpack_new(int fd, struct span memory, const char *file)
{
    struct unpack *u = mem_zalloc(1, sizeof *u);
    u->file = mem_string(file);
    stored_init(&u->in, fd, memory, u->file);
    u->between = true;
    return u;
}

void unpack_by_zlib(struct unpack *u)
{
    u->by_zlib = true;
}

void unpack_close(struct unpack *u)
{
    if (u == NULL)
        return;
    gunzip_free(u->gzip);
    ZSTD_freeDStream(u->zstd);
    stored_release(&u->in);
    free(u->file);
    free(u);
}

uint64_t unpack_consumed(const struct unpack *u)
{
    return stored_taken(&u->in);
}

enum packing unpack_packing(const struct unpack *u)
{
    return u->packing;
}

static int begin(struct unpack *u, struct stance_err *err)
{
    const unsigned char *b = u->in.block;

    while (u->in.end < 4 && !u->in.ended)
        if (stored_fill(&u->in, err) < 0)
            return -1;
    u->begun = true;
    if (u->in.end >= 3 && b[0] == 0x1F && b[1] == 0x8B && b[2] == 8) {
        u->gzip = gunzip_new(&u->in, u->by_zlib, err);
        if (u->gzip == NULL)
            return -1;
        u->packing = PACKING_GZIP;
    } else if (u->in.end >= 4 && ((b[0] == 0x28 && b[1] == 0xB5 && b[2] == 0x2F && b[3] == 0xFD) ||
                                  ((b[0] & 0xF0) == 0x50 && b[1] == 0x2A && b[2] == 0x4D &&
                                   b[3] == 0x18))) { /* or a skippable frame, as pzstd starts */
        u->zstd = ZSTD_createDStream();
        if (u->zstd == NULL)
            return err_set(err, STANCE_INTERNAL, "zstd cannot start: out of memory");
        ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
        u->packing = PACKING_ZSTD;
    }
    return 0;
}

static int cut(struct unpack *u, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, u->file, 0, 0,
                  "zstd data ends too early, after %llu bytes: the file is cut",
                  (unsigned long long)unpack_consumed(u));
}

static int trailing(struct unpack *u, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, u->file, 0, 0,
                  "trailing garbage after the zstd data, at byte %llu of the file",
                  (unsigned long long)unpack_consumed(u) + 1);
}

static ssize_t zstd_read(struct unpack *u, void *buf, size_t cap, struct stance_err *err)
{
    ZSTD_outBuffer out = {buf, cap, 0};
    bool first = unpack_consumed(u) == 0;

    while (out.pos == 0) {
        ZSTD_inBuffer in;
        size_t r;

        if (u->in.pos == u->in.end && !u->in.ended && stored_fill(&u->in, err) < 0)
            return -1;
        if (u->between && u->in.pos == u->in.end && u->in.ended)
            return 0;
        in = (ZSTD_inBuffer){u->in.block, u->in.end, u->in.pos};
        r = ZSTD_decompressStream(u->zstd, &out, &in);
        if (ZSTD_isError(r) && u->between && !first)
            return trailing(u, err);
        if (ZSTD_isError(r))
            return err_at(err, STANCE_DATA, u->file, 0, 0,
                          "zstd data is damaged near byte %llu of the file: %s",
                          (unsigned long long)unpack_consumed(u), ZSTD_getErrorName(r));
        if (in.pos == u->in.pos && out.pos == 0 && u->in.ended)
            return cut(u, err);
        u->in.pos = in.pos;
        u->between = r == 0;
        first = false;
    }
    return (ssize_t)out.pos;
}

ssize_t unpack_read(struct unpack *u, void *buf, size_t cap, struct stance_err *err)
{
    size_t n;

    if (!u->begun && begin(u, err) < 0)
        return -1;
    if (u->packing == PACKING_GZIP)
        return gunzip_read(u->gzip, buf, cap, err);
    if (u->packing == PACKING_ZSTD)
        return zstd_read(u, buf, cap, err);
    if (u->in.pos == u->in.end)
        return u->in.ended ? 0 : stored_read(&u->in, buf, cap, err);
    n = u->in.end - u->in.pos < cap ? u->in.end - u->in.pos : cap;
    memcpy(buf, u->in.block + u->in.pos, n);
    u->in.pos += n;
    return (ssize_t)n;
}
