/* SPDX-License-Identifier: MIT */
/*
 * infile: unpack below, decode above. The first block is collected until its first four
 * bytes are known, since a pipe may give them one at a time; then UTF-8 goes straight through
 * and the other encodings go through a second buffer (`text`), which holds what the caller
 * had no room for.
 */
#include "base/infile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { CHUNK = 64 * 1024, MARK_ROOM = 4 };

struct infile {
    struct unpack *unpack;
    char *name;
    enum encoding declared;
    struct decode decode;
    struct infile_info info;
    bool begun, ended;
    char *chunk; /* decompressed bytes not yet decoded or given: chunk[pos … end) */
    size_t pos, end;
    struct buf text; /* decoded bytes not yet given: text[given … len) */
    size_t given;
};

static struct infile *start(int fd, struct span memory, const char *name, enum encoding encoding)
{
    struct infile *f = mem_zalloc(1, sizeof *f);
    f->unpack = unpack_new(fd, memory, name);
    f->name = mem_string(name);
    f->declared = encoding;
    f->info.encoding = encoding;
    f->chunk = mem_alloc(CHUNK);
    return f;
}

struct infile *infile_open(const char *path, enum encoding encoding, struct stance_err *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "<stdin>" : path;
    int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct infile *f;
    struct stat st;

    if (fd < 0) {
        err_errno(err, name, "cannot open");
        return NULL;
    }
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        errno = EISDIR;
        err_errno(err, name, "cannot read");
        return NULL;
    }
    f = start(fd, (struct span){NULL, 0}, name, encoding);
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
        f->info.size = (uint64_t)st.st_size;
    return f;
}

struct infile *infile_memory(struct span bytes, const char *name, enum encoding encoding)
{
    struct infile *f = start(-1, bytes, name, encoding);
    f->info.size = bytes.len;
    return f;
}

void infile_close(struct infile *f)
{
    if (f == NULL)
        return;
    unpack_close(f->unpack);
    buf_release(&f->text);
    free(f->chunk);
    free(f->name);
    free(f);
}

const char *infile_name(const struct infile *f)
{
    return f->name;
}

struct infile_info infile_info(const struct infile *f)
{
    struct infile_info info = f->info;
    info.n_stored = unpack_consumed(f->unpack);
    info.packing = unpack_packing(f->unpack);
    return info;
}

static int more(struct infile *f, struct stance_err *err)
{
    ssize_t n;

    if (f->pos == f->end)
        f->pos = f->end = 0;
    n = unpack_read(f->unpack, f->chunk + f->end, CHUNK - f->end, err);
    if (n < 0)
        return -1;
    f->ended = n == 0;
    f->end += (size_t)n;
    f->info.n_plain += (uint64_t)n;
    return 0;
}

static int begin(struct infile *f, struct stance_err *err)
{
    size_t mark;

    while (f->end < MARK_ROOM && !f->ended)
        if (more(f, err) < 0)
            return -1;
    if (!encoding_find(f->declared, f->chunk, f->end, &f->info.encoding, &mark))
        return err_at(err, STANCE_DATA, f->name, 0, 0,
                      "text is in UTF-32, expected UTF-8, UTF-16, windows-1252 or iso-8859-15");
    f->begun = true;
    f->pos = mark;
    f->info.had_mark = mark != 0;
    f->info.transcoded = f->info.encoding != ENCODING_UTF8;
    f->decode.from = f->info.encoding;
    return 0;
}

/* Takes up to cap bytes of [from … from + have). */
static size_t take(void *buf, size_t cap, const char *from, size_t have)
{
    size_t n = have < cap ? have : cap;
    if (n != 0)
        memcpy(buf, from, n);
    return n;
}

static ssize_t read_decoded(struct infile *f, void *buf, size_t cap, struct stance_err *err)
{
    size_t n;

    while (f->given == f->text.len) {
        bool was_ended = f->ended;
        if (f->pos == f->end && !f->ended && more(f, err) < 0)
            return -1;
        if (was_ended && f->pos == f->end)
            return 0;
        f->given = 0;
        buf_reset(&f->text);
        buf_room(&f->text, DECODE_GROWTH * (f->end - f->pos + 3) + 6);
        f->text.len =
            decode_run(&f->decode, f->chunk + f->pos, f->end - f->pos, f->ended, f->text.p);
        f->pos = f->end;
    }
    n = take(buf, cap, f->text.p + f->given, f->text.len - f->given);
    f->given += n;
    return (ssize_t)n;
}

/* UTF-8 is unpacked where it is wanted. */
static ssize_t read_through(struct infile *f, void *buf, size_t cap, struct stance_err *err)
{
    ssize_t n;

    if (f->ended)
        return 0;
    n = unpack_read(f->unpack, buf, cap, err);
    f->ended = n == 0;
    f->info.n_plain += n > 0 ? (uint64_t)n : 0;
    return n;
}

ssize_t infile_read(struct infile *f, void *buf, size_t cap, struct stance_err *err)
{
    size_t n;

    if (!f->begun && begin(f, err) < 0)
        return -1;
    if (f->info.transcoded)
        return read_decoded(f, buf, cap, err);
    if (f->pos == f->end)
        return read_through(f, buf, cap, err);
    n = take(buf, cap, f->chunk + f->pos, f->end - f->pos);
    f->pos += n;
    return (ssize_t)n;
}
