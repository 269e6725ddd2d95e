/* SPDX-License-Identifier: MIT */
/* helpers: see helpers.h. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

char *exact(struct span s)
{
    char *p = malloc(s.len != 0 ? s.len : 1);
    assert_non_null(p);
    if (s.len != 0)
        memcpy(p, s.p, s.len);
    return p;
}

char *temp_file(struct span bytes)
{
    char folder[] = "/tmp/stance-test-XXXXXX", *path = malloc(64);
    FILE *f;

    assert_non_null(mkdtemp(folder));
    snprintf(path, 64, "%s/file", folder);
    f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.len, f), bytes.len);
    assert_int_equal(fclose(f), 0);
    return path;
}

void remove_temp(char *path)
{
    char *slash = strrchr(path, '/');
    unlink(path);
    *slash = '\0';
    rmdir(path);
    free(path);
}

struct buf slurp(const char *path)
{
    struct buf b = {0};
    char block[4096];
    size_t n;
    FILE *f = fopen(path, "rb");

    if (f == NULL)
        fail_msg("cannot open %s", path);
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(&b, block, n);
    fclose(f);
    return b;
}

const char *test_path(const char *name)
{
    static char path[512];
    const char *root = getenv("STANCE_TESTS");
    snprintf(path, sizeof path, "%s/%s", root != NULL ? root : "tests", name);
    return path;
}

static struct span maybe(const char *s)
{
    return s != NULL ? span_of(s) : (struct span){NULL, 0};
}

void add_comment(struct corpus *c, const char *id, const char *thread, const char *author,
                 const char *text, const char *target, const char *label)
{
    struct comment k = {.id = span_of(id),
                        .thread = maybe(thread),
                        .author = maybe(author),
                        .text = span_of(text),
                        .line = c->n_comments + 1};
    size_t at = corpus_add(c, &k, SPAN("memory"));

    if (target != NULL)
        corpus_label(c, at, span_of(target), span_of(label));
}
