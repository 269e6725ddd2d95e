/* SPDX-License-Identifier: MIT */
/*
 * journal: one file descriptor, appended to and synced. The lock is on the journal and not on the
 * audit, because the audit is replaced by another file at every fold. The journal is removed at
 * the end, so a process that waited at open() may hold a file that has no name any more: it opens
 * anew until name and descriptor are one file.
 */
#include "label/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/audit.h"
#include "audit/behind.h"
#include "base/err.h"
#include "base/mem.h"

enum { TRIES = 100 };

static int refuse_second(const struct journal *j, const char *audit_path, struct stance_err *err)
{
    struct flock held = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    if (fcntl(j->fd, F_GETLK, &held) == 0 && held.l_type != F_UNLCK && held.l_pid > 0)
        return err_at(err, STANCE_SYSTEM, audit_path, 0, 0,
                      "another `stance label` has this audit open (process %ld): end it first, or "
                      "label a copy and bring it in with --merge",
                      (long)held.l_pid);
    return err_at(err, STANCE_SYSTEM, audit_path, 0, 0,
                  "another `stance label` has this audit open: end it first, or label a copy and "
                  "bring it in with --merge");
}

/* 1 where descriptor and name are one file and it is locked, 0 to try again. */
static int open_once(struct journal *j, const char *audit_path, struct stance_err *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat here, named;

    j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (j->fd < 0)
        return err_errno(err, j->path, "cannot open the journal");
    if (fcntl(j->fd, F_SETLK, &lock) < 0) {
        if (errno == EACCES || errno == EAGAIN)
            return refuse_second(j, audit_path, err);
        return err_errno(err, j->path, "cannot lock the journal");
    }
    if (fstat(j->fd, &here) == 0 && stat(j->path, &named) == 0 && here.st_ino == named.st_ino &&
        here.st_dev == named.st_dev)
        return 1;
    close(j->fd);
    j->fd = -1;
    return 0;
}

/* The name of a new journal must outlive a power cut as well. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash != NULL ? mem_copy(path, (size_t)(slash - path) + 1) : mem_copy(".", 1);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int journal_open(struct journal *j, const char *audit_path, struct stance_err *err)
{
    int got = 0;

    *j = (struct journal){.fd = -1, .path = audit_journal_path(audit_path)};
    for (int i = 0; got == 0 && i < TRIES; i++)
        got = open_once(j, audit_path, err);
    if (got == 0)
        return refuse_second(j, audit_path, err);
    if (got < 0)
        return -1;
    j->locked = true;
    sync_folder(j->path);
    return 0;
}

int journal_look(struct journal *j, const char *audit_path, struct stance_err *err)
{
    *j = (struct journal){.fd = -1, .path = audit_journal_path(audit_path)};
    j->fd = open(j->path, O_RDONLY | O_CLOEXEC);
    if (j->fd < 0 && errno != ENOENT)
        return err_errno(err, j->path, "cannot open the journal");
    return 0;
}

static int read_all(const struct journal *j, struct buf *out, struct stance_err *err)
{
    char piece[16384];
    ssize_t n = 1;
    off_t at = 0;

    while (j->fd >= 0 && n != 0) {
        n = pread(j->fd, piece, sizeof piece, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(err, j->path, "cannot read the journal");
        buf_add(out, piece, (size_t)n);
        at += n;
    }
    return 0;
}

/* The length of the whole lines; SIZE_MAX, with *line, where one before the last is not whole. */
static size_t whole_lines(struct span text, uint64_t *line)
{
    size_t at = 0;

    for (*line = 1; at < text.len; ++*line) {
        const char *end = memchr(text.p + at, '\n', text.len - at);
        size_t len = end != NULL ? (size_t)(end - text.p) - at : text.len - at;
        size_t next = at + len + (end != NULL);
        if (end == NULL || !audit_line_is_whole((struct span){text.p + at, len}))
            return next == text.len ? at : SIZE_MAX;
        at = next;
    }
    return at;
}

int journal_read(struct journal *j, struct buf *lines, uint64_t *torn, struct stance_err *err)
{
    uint64_t line;
    size_t whole;

    *torn = 0;
    buf_reset(lines);
    if (read_all(j, lines, err) < 0)
        return -1;
    whole = whole_lines(buf_span(lines), &line);
    if (whole == SIZE_MAX)
        return err_at(err, STANCE_DATA, j->path, line, 0,
                      "this line of the journal is damaged, and others follow it; nothing was "
                      "changed: take the line out to go on without what it says");
    *torn = lines->len - whole;
    lines->len = j->len = whole;
    if (*torn != 0 && j->locked && ftruncate(j->fd, (off_t)whole) < 0)
        return err_errno(err, j->path, "cannot cut the torn end of the journal");
    return 0;
}

static int write_all(int fd, struct span s)
{
    while (s.len > 0) {
        ssize_t n = write(fd, s.p, s.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        s.p += n;
        s.len -= (size_t)n;
    }
    return 0;
}

int journal_add(struct journal *j, struct span line, struct stance_err *err)
{
    if (j->broken)
        return err_at(err, STANCE_SYSTEM, j->path, 0, 0,
                      "not saved, and the journal cannot be set right: end here; what was saved "
                      "before is safe");
    if (write_all(j->fd, line) == 0 && fdatasync(j->fd) == 0) {
        j->len += line.len;
        return 0;
    }
    err_errno(err, j->path, "not saved");
    j->broken = ftruncate(j->fd, (off_t)j->len) < 0;
    return -1;
}

int journal_empty(struct journal *j, struct stance_err *err)
{
    if (ftruncate(j->fd, 0) < 0 || fsync(j->fd) < 0)
        return err_errno(err, j->path, "cannot empty the journal");
    j->len = 0;
    return 0;
}

void journal_release(struct journal *j)
{
    struct stat st;

    if (j->locked && fstat(j->fd, &st) == 0 && st.st_size == 0)
        unlink(j->path);
    if (j->fd >= 0)
        close(j->fd);
    free(j->path);
    *j = (struct journal){.fd = -1};
}
