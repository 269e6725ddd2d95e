/* SPDX-License-Identifier: MIT */
/*
 * gunzip: zlib is the measure of what is read and what is said of it; ISA-L is the fast way for
 * members that are whole. zlib reads each header, ISA-L what follows it, CRC and length
 * included. Where that is not to ISA-L's liking, for whatever reason, nothing of the call is
 * kept: the member is read again by zlib from its start, up to the byte that the caller has
 * already and then on, and it is zlib that says what is wrong, and where. So a damaged member
 * costs twice, and a pipe, which cannot be read again, is left to zlib. One thing is read that zlib
 * refuses: codes for distances that are no whole set, and are not used, in data that have the
 * right length and CRC.
 *
 * zero padding after the last member is accepted, as gzip itself does; anything else that
 * follows is named, because it usually is the rest of a damaged dump.
 */
#include "base/gunzip.h"

#include <stdlib.h>

#ifdef STANCE_ISAL
#include <isa-l/igzip_lib.h>
#endif
#include <zlib.h>

#include "base/mem.h"

enum { MOST = 1 << 30, HEADER_READ = 128 }; /* of a call; of data_type after Z_BLOCK */

struct gunzip {
    struct stored *in;
    z_stream z;
    bool between;   /* the input may end here */
    uint64_t start; /* stored bytes before this member */
    uint64_t given; /* its bytes that the caller has */
    uint64_t skip;  /* its bytes that zlib gives a second time */
#ifdef STANCE_ISAL
    struct inflate_state *fast; /* NULL: by zlib alone */
    bool in_body;
#endif
};

struct gunzip *gunzip_new(struct stored *in, bool by_zlib, struct stance_err *err)
{
    struct gunzip *g = mem_zalloc(1, sizeof *g);

    g->in = in;
    g->between = true;
    if (inflateInit2(&g->z, 15 + 16) != Z_OK) {
        free(g);
        err_set(err, STANCE_INTERNAL, "zlib cannot start: out of memory");
        return NULL;
    }
#ifdef STANCE_ISAL
    if (!by_zlib && stored_again(in))
        g->fast = mem_alloc(sizeof *g->fast);
#else
    (void)by_zlib;
#endif
    return g;
}

void gunzip_free(struct gunzip *g)
{
    if (g == NULL)
        return;
    inflateEnd(&g->z);
#ifdef STANCE_ISAL
    free(g->fast);
#endif
    free(g);
}

static int trailing(const struct gunzip *g, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, g->in->file, 0, 0,
                  "trailing garbage after the gzip data, at byte %llu of the file",
                  (unsigned long long)stored_taken(g->in) + 1);
}

static int cut(const struct gunzip *g, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, g->in->file, 0, 0,
                  "gzip data ends too early, after %llu bytes: the file is cut",
                  (unsigned long long)stored_taken(g->in));
}

static int damaged(const struct gunzip *g, struct stance_err *err)
{
    return err_at(
        err, STANCE_DATA, g->in->file, 0, 0, "gzip data is damaged near byte %llu of the file: %s",
        (unsigned long long)stored_taken(g->in), g->z.msg != NULL ? g->z.msg : "bad stream");
}

/* After a member: 1 where another follows, 0 at the end, -1 on garbage. */
static int next_member(struct gunzip *g, struct stance_err *err)
{
    struct stored *in = g->in;
    bool padded = false;

    for (;;) {
        while (in->pos < in->end && in->block[in->pos] == 0) {
            padded = true;
            in->pos++;
        }
        if (in->pos < in->end)
            break;
        if (in->ended)
            return 0;
        if (stored_fill(in, err) < 0)
            return -1;
    }
    if (padded || in->block[in->pos] != 0x1F)
        return trailing(g, err);
    inflateReset(&g->z);
    return 1;
}

/* The first member, or another: 1, else 0 at the end or -1. */
static int begin_member(struct gunzip *g, struct stance_err *err)
{
    int r = stored_taken(g->in) != 0 ? next_member(g, err) : 1;

    if (r <= 0)
        return r;
    g->between = false;
    g->start = stored_taken(g->in);
    g->given = g->skip = 0;
    return 1;
}

/* One call of zlib: more bytes, 0 where it needs another call, -1. */
static ssize_t inflate_some(struct gunzip *g, void *buf, uInt room, int flush,
                            struct stance_err *err)
{
    struct stored *in = g->in;
    int r;

    if (in->pos == in->end && !in->ended && stored_fill(in, err) < 0)
        return -1;
    g->z.next_in = in->block + in->pos;
    g->z.avail_in = (uInt)(in->end - in->pos);
    g->z.next_out = buf;
    g->z.avail_out = room;
    r = inflate(&g->z, flush);
    in->pos = in->end - g->z.avail_in;
    if (r == Z_STREAM_END)
        g->between = true;
    else if (g->z.avail_out != room)
        ; /* what is good before the damage is given first, and zlib says it again */
    else if (r == Z_BUF_ERROR && in->ended && in->pos == in->end)
        return cut(g, err);
    else if (r != Z_OK && r != Z_BUF_ERROR)
        return damaged(g, err);
    return (ssize_t)(room - g->z.avail_out);
}

/* The same without what the caller has already. */
static ssize_t by_zlib(struct gunzip *g, char *buf, uInt room, struct stance_err *err)
{
    ssize_t n = inflate_some(g, buf, room, Z_NO_FLUSH, err);
    size_t old;

    if (n <= 0 || g->skip == 0)
        return n;
    old = (uint64_t)n < g->skip ? (size_t)n : (size_t)g->skip;
    memmove(buf, buf + old, (size_t)n - old);
    g->skip -= old;
    return n - (ssize_t)old;
}

#ifdef STANCE_ISAL
static int go_back(struct gunzip *g, struct stance_err *err)
{
    free(g->fast);
    g->fast = NULL;
    g->between = false;
    g->skip = g->given;
    inflateReset(&g->z);
    return stored_back(g->in, g->start, err);
}

/* A header is read by zlib, up to the first block. */
static ssize_t read_header(struct gunzip *g, void *buf, uInt room, struct stance_err *err)
{
    ssize_t n = inflate_some(g, buf, room, Z_BLOCK, err);

    if (n < 0 || (g->z.data_type & HEADER_READ) == 0)
        return n;
    isal_inflate_init(g->fast);
    g->fast->crc_flag = ISAL_GZIP_NO_HDR_VER;
    g->in_body = true;
    return 0;
}

static ssize_t read_body(struct gunzip *g, void *buf, uInt room, struct stance_err *err)
{
    struct stored *in = g->in;
    int r;

    if (in->pos == in->end && !in->ended && stored_fill(in, err) < 0)
        return -1;
    g->fast->next_in = in->block + in->pos;
    g->fast->avail_in = (uint32_t)(in->end - in->pos);
    g->fast->next_out = buf;
    g->fast->avail_out = room;
    r = isal_inflate(g->fast);
    in->pos = in->end - g->fast->avail_in;
    if (r == ISAL_DECOMP_OK && g->fast->block_state == ISAL_BLOCK_FINISH) {
        g->between = true;
        g->in_body = false;
    } else if (r < 0 || (in->ended && g->fast->avail_out == room)) {
        return go_back(g, err);
    }
    return (ssize_t)(room - g->fast->avail_out);
}

static ssize_t read_some(struct gunzip *g, char *buf, uInt room, struct stance_err *err)
{
    if (g->fast == NULL)
        return by_zlib(g, buf, room, err);
    return g->in_body ? read_body(g, buf, room, err) : read_header(g, buf, room, err);
}
#else
static ssize_t read_some(struct gunzip *g, char *buf, uInt room, struct stance_err *err)
{
    return by_zlib(g, buf, room, err);
}
#endif

ssize_t gunzip_read(struct gunzip *g, void *buf, size_t cap, struct stance_err *err)
{
    uInt room = cap < MOST ? (uInt)cap : (uInt)MOST;
    ssize_t n;

    do {
        int r = g->between ? begin_member(g, err) : 1;
        if (r <= 0)
            return r;
        n = read_some(g, buf, room, err);
    } while (n == 0);
    if (n > 0)
        g->given += (uint64_t)n;
    return n;
}
