/* SPDX-License-Identifier: MIT */
/*
 * outfile: temporary, fsync, rename, fsync of the folder.
 * Invariant: from its creation to its rename or removal the temporary's path stands in one
 * of the slots of `live`, which the exit and signal handlers walk; signals are held back
 * while file and slot change together. The name is made by us and opened with O_EXCL and
 * 0666, because that is the one way to get the umask's mode without changing the umask,
 * which is the whole process's.
 * A slot remembers its process: a forked child that exits leaves its parent's files alone.
 */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { ROOM = 64 * 1024, MAX_LIVE = 16, MAX_PATH = 4096, TRIES = 1000 };

struct outfile {
    char *path;   /* as given, for messages */
    char *target; /* what is replaced: path, or the file that a link there leads to */
    char *temp;   /* NULL where the target is written in place */
    int fd, slot;
    bool failed;
    struct buf text; /* not yet written */
};

static struct {
    volatile sig_atomic_t used;
    pid_t owner;
    char path[MAX_PATH];
} live[MAX_LIVE];
static pthread_mutex_t live_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t at_exit_once = PTHREAD_ONCE_INIT;
static const int caught[] = {SIGINT, SIGTERM, SIGHUP};

/* Safe in a signal handler: getpid and unlink only. */
static void remove_live(void)
{
    for (int i = 0; i < MAX_LIVE; i++)
        if (live[i].used && live[i].owner == getpid()) {
            unlink(live[i].path);
            live[i].used = 0;
        }
}

static void on_signal(int number)
{
    int saved = errno;
    remove_live();
    signal(number, SIG_DFL);
    raise(number);
    errno = saved;
}

void outfile_catch_signals(void)
{
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction old, action = {.sa_handler = on_signal};
        sigemptyset(&action.sa_mask);
        if (sigaction(caught[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(caught[i], &action, NULL);
    }
}

static void remove_at_exit(void)
{
    atexit(remove_live);
}

static void hold_signals(sigset_t *old)
{
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        sigaddset(&held, caught[i]);
    pthread_sigmask(SIG_BLOCK, &held, old);
    pthread_mutex_lock(&live_lock);
}

static void release_signals(const sigset_t *old)
{
    pthread_mutex_unlock(&live_lock);
    pthread_sigmask(SIG_SETMASK, old, NULL);
}

static int free_slot(void)
{
    for (int i = 0; i < MAX_LIVE; i++)
        if (!live[i].used)
            return i;
    return -1;
}

/* Opens "PATH.tmp-PID-N" and enters it into a slot; errno on failure. */
static int open_temp(struct outfile *f)
{
    struct buf name = {0};
    sigset_t old;
    int slot;

    pthread_once(&at_exit_once, remove_at_exit);
    hold_signals(&old);
    slot = free_slot();
    errno = slot < 0 ? EMFILE : 0;
    for (int i = 0; i < TRIES && slot >= 0 && f->fd < 0 && (i == 0 || errno == EEXIST); i++) {
        buf_reset(&name);
        buf_addf(&name, "%s.tmp-%ld-%d", f->target, (long)getpid(), i);
        errno = ENAMETOOLONG;
        if (name.len < MAX_PATH)
            f->fd = open(buf_str(&name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (f->fd >= 0) {
        f->slot = slot;
        f->temp = mem_copy(name.p, name.len);
        memcpy(live[slot].path, f->temp, name.len + 1);
        live[slot].owner = getpid();
        live[slot].used = 1;
    }
    release_signals(&old);
    buf_release(&name);
    return f->fd < 0 ? -1 : 0;
}

/* The temporary is gone, by rename or removal. */
static void leave_slot(struct outfile *f, bool remove)
{
    sigset_t old;

    if (f->temp == NULL)
        return;
    hold_signals(&old);
    if (remove)
        unlink(f->temp);
    live[f->slot].used = 0;
    release_signals(&old);
}

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0;
}

/* The file to replace; owned by the caller. A link is followed, so that it stays a link and
 * the file behind it is not emptied before its successor is whole: it may be the input. The
 * links below /dev and /proc lead to what is already open, and are written in place. */
static char *target_of(const char *path)
{
    struct stat st;
    char *real = NULL, *target;

    if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode) && strncmp(path, "/dev/", 5) != 0 &&
        strncmp(path, "/proc/", 6) != 0)
        real = realpath(path, NULL);
    target = mem_string(real != NULL ? real : path);
    free(real);
    return target;
}

static int open_any(struct outfile *f)
{
    struct stat st;

    if (is_standard(f->path))
        f->fd = dup(STDOUT_FILENO);
    else if (lstat(f->target, &st) != 0)
        return errno == ENOENT ? open_temp(f) : -1;
    else if (S_ISDIR(st.st_mode))
        errno = EISDIR;
    else if (!S_ISREG(st.st_mode))
        f->fd = open(f->target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    else if (open_temp(f) == 0 && fchmod(f->fd, st.st_mode & 0777) != 0)
        return -1; /* a private file must not come back readable by all */
    return f->fd < 0 ? -1 : 0;
}

struct outfile *outfile_open(const char *path, struct stance_err *err)
{
    struct outfile *f = mem_zalloc(1, sizeof *f);

    f->path = mem_string(path);
    f->target = target_of(path);
    f->fd = -1;
    if (open_any(f) < 0) {
        err_errno(err, path, "cannot write");
        outfile_abort(f);
        return NULL;
    }
    buf_room(&f->text, ROOM);
    return f;
}

static int fail(struct outfile *f, const char *what, struct stance_err *err)
{
    f->failed = true;
    return err_errno(err, strcmp(f->path, "-") == 0 ? "<stdout>" : f->path, what);
}

static int write_all(struct outfile *f, const char *p, size_t len, struct stance_err *err)
{
    while (len != 0) {
        ssize_t n = write(f->fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(f, "cannot write", err);
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

int outfile_flush(struct outfile *f, struct stance_err *err)
{
    size_t len = f->text.len;

    if (f->failed) {
        errno = EIO;
        return fail(f, "an earlier write failed", err);
    }
    buf_reset(&f->text);
    return write_all(f, f->text.p, len, err);
}

int outfile_write(struct outfile *f, struct span bytes, struct stance_err *err)
{
    if (f->failed || bytes.len > ROOM - f->text.len)
        if (outfile_flush(f, err) < 0)
            return -1;
    if (bytes.len >= ROOM)
        return write_all(f, bytes.p, bytes.len, err);
    buf_add_span(&f->text, bytes);
    return 0;
}

/* Owned by the caller. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? mem_string(".") : mem_copy(path, (size_t)(slash - path) + 1);
}

/* Without it a crash may undo the rename; where the system cannot, it is no failure. */
static void sync_folder(const char *path)
{
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static int finish(struct outfile *f, struct stance_err *err)
{
    int fd = f->fd;

    if (outfile_flush(f, err) < 0)
        return -1;
    /* pipes and terminals cannot be synced */
    if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
        return fail(f, "cannot write", err);
    f->fd = -1;
    if (close(fd) != 0)
        return fail(f, "cannot close", err);
    if (f->temp == NULL)
        return 0;
    if (rename(f->temp, f->target) != 0)
        return fail(f, "cannot rename the temporary file", err);
    leave_slot(f, false);
    free(f->temp);
    f->temp = NULL;
    sync_folder(f->target);
    return 0;
}

int outfile_commit(struct outfile *f, struct stance_err *err)
{
    int r = finish(f, err);
    outfile_abort(f); /* frees; removes the temporary where it is still there */
    return r;
}

void outfile_abort(struct outfile *f)
{
    if (f == NULL)
        return;
    if (f->fd >= 0)
        close(f->fd);
    leave_slot(f, true);
    buf_release(&f->text);
    free(f->temp);
    free(f->path);
    free(f->target);
    free(f);
}

static int check_target(const char *path, const char *target, struct stance_err *err)
{
    struct stat st;
    char *folder;
    int r;

    if (lstat(target, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return err_errno(err, path, "cannot write");
    }
    if (lstat(target, &st) == 0 && !S_ISREG(st.st_mode) && access(target, F_OK) == 0)
        return access(target, W_OK) == 0 ? 0 : err_errno(err, path, "cannot write");
    folder = folder_of(target);
    r = access(folder, W_OK | X_OK);
    free(folder);
    return r == 0 ? 0 : err_errno(err, path, "cannot write into its folder");
}

int outfile_check(const char *path, struct stance_err *err)
{
    char *target;
    int r;

    if (is_standard(path))
        return 0;
    target = target_of(path);
    r = check_target(path, target, err);
    free(target);
    return r;
}
