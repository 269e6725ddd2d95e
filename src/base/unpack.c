/* SPDX-License-Identifier: MIT */
/*
 * unpack: one block of stored bytes, refilled only when it is used up, so that the rest of
 * a stream is never moved. A stream is told by its content, since names lie.
 * Both formats may hold several members (frames) in a row: `between` is true where the
 * input may end, which is how a cut stream is told from a finished one.
 * gzip's zero padding after the last member is accepted, as gzip itself does; anything else
 * that follows is named, because it usually is the rest of a damaged dump.
 */
#include "base/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"

enum { BLOCK = 128 * 1024, ZSTD_WINDOW_LOG = 31 }; /* Pushshift dumps need 2 GiB windows */

struct unpack {
    int fd;
    struct span memory;
    char *file;
    unsigned char *block;
    size_t pos, end;
    uint64_t n_before; /* stored bytes in blocks used up */
    bool ended;        /* no stored byte after block[end) */
    bool begun, between;
    enum packing packing;
    z_stream gz;
    ZSTD_DStream *zstd;
};

struct unpack *unpack_new(int fd, struct span memory, const char *file)
{
    struct unpack *u = mem_zalloc(1, sizeof *u);
    u->fd = fd;
    u->memory = memory;
    u->file = mem_string(file);
    u->block = mem_alloc(BLOCK);
    u->between = true;
    return u;
}

void unpack_close(struct unpack *u)
{
    if (u == NULL)
        return;
    if (u->fd >= 0)
        close(u->fd);
    if (u->packing == PACKING_GZIP)
        inflateEnd(&u->gz);
    ZSTD_freeDStream(u->zstd);
    free(u->block);
    free(u->file);
    free(u);
}

uint64_t unpack_consumed(const struct unpack *u)
{
    return u->n_before + u->pos;
}

enum packing unpack_packing(const struct unpack *u)
{
    return u->packing;
}

static ssize_t raw_read(struct unpack *u, void *buf, size_t cap, struct stance_err *err)
{
    ssize_t n;

    if (u->fd < 0) {
        size_t len = u->memory.len < cap ? u->memory.len : cap;
        if (len != 0)
            memcpy(buf, u->memory.p, len);
        u->memory = (struct span){u->memory.p + len, u->memory.len - len};
        return (ssize_t)len;
    }
    do
        n = read(u->fd, buf, cap);
    while (n < 0 && errno == EINTR);
    return n < 0 ? err_errno(err, u->file, "cannot read") : n;
}

/* Adds bytes to the block (emptied first where it is used up). */
static int fill(struct unpack *u, struct stance_err *err)
{
    ssize_t n;

    if (u->pos == u->end) {
        u->n_before += u->pos;
        u->pos = u->end = 0;
    }
    n = raw_read(u, u->block + u->end, BLOCK - u->end, err);
    if (n < 0)
        return -1;
    u->ended = n == 0;
    u->end += (size_t)n;
    return 0;
}

static int begin(struct unpack *u, struct stance_err *err)
{
    const unsigned char *b = u->block;

    while (u->end < 4 && !u->ended)
        if (fill(u, err) < 0)
            return -1;
    u->begun = true;
    if (u->end >= 3 && b[0] == 0x1F && b[1] == 0x8B && b[2] == 8) {
        if (inflateInit2(&u->gz, 15 + 16) != Z_OK)
            return err_set(err, STANCE_INTERNAL, "zlib cannot start: out of memory");
        u->packing = PACKING_GZIP;
    } else if (u->end >= 4 && ((b[0] == 0x28 && b[1] == 0xB5 && b[2] == 0x2F && b[3] == 0xFD) ||
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

static int cut(struct unpack *u, const char *format, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, u->file, 0, 0,
                  "%s data ends too early, after %llu bytes: the file is cut", format,
                  (unsigned long long)unpack_consumed(u));
}

static int trailing(struct unpack *u, const char *format, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, u->file, 0, 0,
                  "trailing garbage after the %s data, at byte %llu of the file", format,
                  (unsigned long long)unpack_consumed(u) + 1);
}

/* After a gzip member: 1 where another follows, 0 at the end, -1 on garbage. */
static int next_member(struct unpack *u, struct stance_err *err)
{
    bool padded = false;

    for (;;) {
        while (u->pos < u->end && u->block[u->pos] == 0) {
            padded = true;
            u->pos++;
        }
        if (u->pos < u->end)
            break;
        if (u->ended)
            return 0;
        if (fill(u, err) < 0)
            return -1;
    }
    if (padded || u->block[u->pos] != 0x1F)
        return trailing(u, "gzip", err);
    inflateReset(&u->gz);
    return 1;
}

static ssize_t gzip_read(struct unpack *u, void *buf, size_t cap, struct stance_err *err)
{
    uInt room = cap < (1u << 30) ? (uInt)cap : 1u << 30;
    int r;

    u->gz.next_out = buf;
    u->gz.avail_out = room;
    while (u->gz.avail_out == room) {
        if (u->between && u->n_before + u->pos != 0) {
            r = next_member(u, err);
            if (r <= 0)
                return r;
        }
        u->between = false;
        if (u->pos == u->end && !u->ended && fill(u, err) < 0)
            return -1;
        u->gz.next_in = u->block + u->pos;
        u->gz.avail_in = (uInt)(u->end - u->pos);
        r = inflate(&u->gz, Z_NO_FLUSH);
        u->pos = u->end - u->gz.avail_in;
        if (r == Z_STREAM_END)
            u->between = true;
        else if (r == Z_BUF_ERROR && u->ended && u->pos == u->end)
            return cut(u, "gzip", err);
        else if (r != Z_OK && r != Z_BUF_ERROR)
            return err_at(err, STANCE_DATA, u->file, 0, 0,
                          "gzip data is damaged near byte %llu of the file: %s",
                          (unsigned long long)unpack_consumed(u),
                          u->gz.msg != NULL ? u->gz.msg : "bad stream");
    }
    return (ssize_t)(room - u->gz.avail_out);
}

static ssize_t zstd_read(struct unpack *u, void *buf, size_t cap, struct stance_err *err)
{
    ZSTD_outBuffer out = {buf, cap, 0};
    bool first = u->n_before + u->pos == 0;

    while (out.pos == 0) {
        ZSTD_inBuffer in;
        size_t r;

        if (u->pos == u->end && !u->ended && fill(u, err) < 0)
            return -1;
        if (u->between && u->pos == u->end && u->ended)
            return 0;
        in = (ZSTD_inBuffer){u->block, u->end, u->pos};
        r = ZSTD_decompressStream(u->zstd, &out, &in);
        if (ZSTD_isError(r) && u->between && !first)
            return trailing(u, "zstd", err);
        if (ZSTD_isError(r))
            return err_at(err, STANCE_DATA, u->file, 0, 0,
                          "zstd data is damaged near byte %llu of the file: %s",
                          (unsigned long long)unpack_consumed(u), ZSTD_getErrorName(r));
        if (in.pos == u->pos && out.pos == 0 && u->ended)
            return cut(u, "zstd", err);
        u->pos = in.pos;
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
        return gzip_read(u, buf, cap, err);
    if (u->packing == PACKING_ZSTD)
        return zstd_read(u, buf, cap, err);
    if (u->pos == u->end && !u->ended && fill(u, err) < 0)
        return -1;
    n = u->end - u->pos < cap ? u->end - u->pos : cap;
    memcpy(buf, u->block + u->pos, n);
    u->pos += n;
    return (ssize_t)n;
}
