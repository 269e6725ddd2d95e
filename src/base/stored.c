/* SPDX-License-Identifier: MIT */
/*
 * stored: one block, refilled only when it is used up, so that the rest of a stream is never
 * moved.
 */
#include "base/stored.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { BLOCK = 128 * 1024 };

/* Where a regular file stands; others cannot go back, or not to the same bytes. */
static off_t origin_of(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? lseek(fd, 0, SEEK_CUR) : -1;
}

void stored_init(struct stored *s, int fd, struct span memory, const char *file)
{
    *s = (struct stored){.file = file, .fd = fd, .memory = memory};
    s->origin = fd >= 0 ? origin_of(fd) : 0;
    s->block = mem_alloc(BLOCK);
}

void stored_release(struct stored *s)
{
    if (s->fd >= 0)
        close(s->fd);
    free(s->block);
    *s = (struct stored){.fd = -1};
}

/* Memory is given from its start: what was taken of it is counted anyway. */
static ssize_t read_memory(const struct stored *s, void *buf, size_t cap)
{
    size_t from = (size_t)s->n_before + s->end, len = s->memory.len - from;

    if (len > cap)
        len = cap;
    if (len != 0)
        memcpy(buf, s->memory.p + from, len);
    return (ssize_t)len;
}

static ssize_t read_raw(const struct stored *s, void *buf, size_t cap, struct stance_err *err)
{
    ssize_t n;

    if (s->fd < 0)
        return read_memory(s, buf, cap);
    do
        n = read(s->fd, buf, cap);
    while (n < 0 && errno == EINTR);
    return n < 0 ? err_errno(err, s->file, "cannot read") : n;
}

int stored_fill(struct stored *s, struct stance_err *err)
{
    ssize_t n;

    if (s->pos == s->end) {
        s->n_before += s->pos;
        s->pos = s->end = 0;
    }
    n = read_raw(s, s->block + s->end, BLOCK - s->end, err);
    if (n < 0)
        return -1;
    s->ended = n == 0;
    s->end += (size_t)n;
    return 0;
}

ssize_t stored_read(struct stored *s, void *buf, size_t cap, struct stance_err *err)
{
    ssize_t n;

    s->n_before += s->pos;
    s->pos = s->end = 0;
    n = read_raw(s, buf, cap, err);
    s->ended = n == 0;
    s->n_before += n > 0 ? (uint64_t)n : 0;
    return n;
}

uint64_t stored_taken(const struct stored *s)
{
    return s->n_before + s->pos;
}

bool stored_again(const struct stored *s)
{
    return s->origin >= 0;
}

int stored_back(struct stored *s, uint64_t taken, struct stance_err *err)
{
    if (s->fd >= 0 && lseek(s->fd, s->origin + (off_t)taken, SEEK_SET) < 0)
        return err_errno(err, s->file, "cannot read again");
    s->n_before = taken;
    s->pos = s->end = 0;
    s->ended = false;
    return 0;
}
