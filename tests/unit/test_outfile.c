/* SPDX-License-Identifier: MIT */
/* outfile: the target is whole or untouched, and no temporary outlives the process. */
#include "helpers.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/outfile.h"

static char *path; /* "…/file" in a folder of its own, holding "old" */

static int make(void **state)
{
    (void)state;
    path = temp_file(SPAN("old"));
    return 0;
}

static int drop(void **state)
{
    (void)state;
    remove_temp(path);
    return 0;
}

static void holds(const char *expected)
{
    struct buf b = slurp(path);
    assert_string_equal(buf_str(&b), expected);
    buf_release(&b);
}

static int entries(void)
{
    char folder[128];
    DIR *d;
    int n = 0;

    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    d = opendir(folder);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void whole_or_absent(void **state)
{
    struct stance_err err = {0};
    struct outfile *f = outfile_open(path, &err);
    struct stat st;

    (void)state;
    assert_int_equal(outfile_write(f, SPAN("half"), &err), 0);
    assert_int_equal(entries(), 2);
    holds("old");
    outfile_abort(f);
    outfile_abort(NULL);
    assert_int_equal(entries(), 1);
    holds("old");
    chmod(path, 0600);
    f = outfile_open(path, &err);
    assert_int_equal(outfile_write(f, SPAN("new"), &err), 0);
    assert_int_equal(outfile_commit(f, &err), 0);
    holds("new");
    assert_int_equal(entries(), 1);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void new_file(void **state)
{
    struct stance_err err = {0};
    mode_t mask = umask(027);
    struct outfile *f;
    struct stat st;

    (void)state;
    unlink(path);
    f = outfile_open(path, &err);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(outfile_write(f, SPAN("0123456789"), &err), 0);
    assert_int_equal(outfile_commit(f, &err), 0);
    umask(mask);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 1000000);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void full_disk(void **state)
{
    struct stance_err err = {0};
    struct outfile *f = outfile_open("/dev/full", &err);

    (void)state;
    assert_non_null(f);
    assert_int_equal(outfile_write(f, SPAN("x"), &err), 0);
    assert_int_equal(outfile_commit(f, &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_non_null(strstr(err.message, "No space left"));
    assert_string_equal(err.file, "/dev/full");
}

/* A write larger than the buffer goes straight through; after a failure all else fails. */
static void large_writes(void **state)
{
    static char bytes[200000];
    struct stance_err err = {0};
    struct outfile *f = outfile_open(path, &err);
    struct stat st;

    (void)state;
    assert_int_equal(outfile_write(f, SPAN("x"), &err), 0);
    assert_int_equal(outfile_write(f, (struct span){bytes, sizeof bytes}, &err), 0);
    assert_int_equal(outfile_commit(f, &err), 0);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 1 + sizeof bytes);
    f = outfile_open("/dev/full", &err);
    assert_int_equal(outfile_write(f, (struct span){bytes, sizeof bytes}, &err), -1);
    assert_int_equal(outfile_write(f, SPAN("x"), &err), -1);
    assert_int_equal(outfile_commit(f, &err), -1);
}

static void standard_output(void **state)
{
    struct stance_err err = {0};
    int saved = dup(STDOUT_FILENO);
    FILE *target = fopen(path, "wb");
    struct outfile *f;

    (void)state;
    fflush(stdout);
    dup2(fileno(target), STDOUT_FILENO);
    f = outfile_open("-", &err);
    assert_int_equal(outfile_write(f, SPAN("out"), &err), 0);
    assert_int_equal(outfile_flush(f, &err), 0);
    assert_int_equal(outfile_commit(f, &err), 0);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    fclose(target);
    holds("out");
}

static void links(void **state)
{
    struct stance_err err = {0};
    char name[128];
    struct outfile *f;
    struct stat st;

    (void)state;
    snprintf(name, sizeof name, "%s-link", path);
    assert_int_equal(symlink(path, name), 0);
    f = outfile_open(name, &err);
    assert_int_equal(outfile_write(f, SPAN("through"), &err), 0);
    assert_int_equal(outfile_commit(f, &err), 0);
    assert_int_equal(lstat(name, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    holds("through");
    /* behind a link, too, the old file stays until the new one is whole */
    assert_int_equal(outfile_check(name, &err), 0);
    f = outfile_open(name, &err);
    assert_int_equal(outfile_write(f, SPAN("lost"), &err), 0);
    assert_int_equal(outfile_flush(f, &err), 0);
    holds("through");
    outfile_abort(f);
    holds("through");
    /* a link to nothing makes what it leads to */
    unlink(path);
    f = outfile_open(name, &err);
    assert_int_equal(outfile_write(f, SPAN("made"), &err), 0);
    assert_int_equal(outfile_commit(f, &err), 0);
    assert_int_equal(lstat(name, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    holds("made");
    unlink(name);
}

static void refused(void **state)
{
    struct stance_err err = {0};

    (void)state;
    assert_null(outfile_open("/tmp", &err));
    assert_non_null(strstr(err.message, "Is a directory"));
    assert_null(outfile_open("/nonexistent/x", &err));
    assert_int_equal(outfile_check("/nonexistent/x", &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_int_equal(outfile_check("/tmp", &err), -1);
    assert_int_equal(outfile_check(path, &err), 0);
    assert_int_equal(outfile_check("-", &err), 0);
    assert_int_equal(outfile_check("/dev/full", &err), 0);
    holds("old");
}

/* In a child: opens, writes, then ends in the given way. */
static int child(int signal_number)
{
    static struct outfile *volatile kept; /* static, so that the leak checker sees it at exit */
    struct stance_err err = {0};
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
        outfile_catch_signals();
        kept = outfile_open(path, &err);
        outfile_write(kept, SPAN("half"), &err);
        if (signal_number != 0)
            raise(signal_number);
        exit(7);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void removed_at_the_end(void **state)
{
    struct stance_err err = {0};
    static struct outfile *volatile mine;
    int status;

    (void)state;
    mine = outfile_open(path, &err);
    status = child(0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    assert_int_equal(entries(), 2); /* ours is still there, the child's is not */
    outfile_abort(mine);
    status = child(SIGTERM);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    assert_int_equal(entries(), 1);
    holds("old");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(whole_or_absent), TEST(new_file), TEST(full_disk), TEST(large_writes),
        TEST(standard_output), TEST(links),    TEST(refused),   TEST(removed_at_the_end),
    };
    return cmocka_run_group_tests_name("outfile", tests, NULL, NULL);
}
