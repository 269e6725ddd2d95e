/* SPDX-License-Identifier: MIT */
/*
 * installed: looks for a model. A file that is there but damaged is an error, not a reason
 * to go on to the next: nobody should get other labels than the day before without a word.
 */
#include "cli/installed.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

#ifndef STANCE_DATADIR
#define STANCE_DATADIR "/usr/local/share/stance"
#endif
#define MODEL_NAME "tiktok-fr.stance"

/* Only `make static` defines them. */
extern const char stance_builtin_model[] __attribute__((weak));
extern const uint64_t stance_builtin_model_len __attribute__((weak));

/* "/usr/bin/stance" gives "/usr"; empty where the system does not tell. */
static void add_program_prefix(struct buf *out)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);

    for (int level = 0; level < 2; level++) {
        while (n > 0 && path[n - 1] != '/')
            n--;
        n -= n > 0;
    }
    if (n > 0)
        buf_add(out, path, (size_t)n);
}

/* The i-th place to look for a file, in out: where it was installed, or beside the program in the
 * folder of the sources that has it. False where there are no more. */
static bool place(int i, const char *folder, const char *name, struct buf *out)
{
    buf_reset(out);
    if (i == 0)
        buf_add_str(out, STANCE_DATADIR);
    else
        add_program_prefix(out);
    if (i == 1)
        buf_add_str(out, "/share/stance");
    else if (i == 2)
        buf_addf(out, "/%s", folder);
    buf_addf(out, "/%s", name);
    return i <= 2;
}

bool installed_guide(struct buf *path)
{
    for (int i = 0; place(i, "corpus", "GUIDE.md", path); i++)
        if (access(buf_str(path), F_OK) == 0)
            return true;
    return false;
}

static struct stance_model *load(const char *path, struct term *term, struct stance_err *err)
{
    struct stance_model *model = stance_model_load(path, err);

    if (model != NULL)
        term_note(term, "model: %s", path);
    return model;
}

static struct stance_model *load_builtin(struct term *term, struct stance_err *err)
{
    struct stance_model *model = stance_model_from_bytes(
        stance_builtin_model, (size_t)stance_builtin_model_len, "<built in>", err);

    if (model != NULL)
        term_note(term, "model: " MODEL_NAME ", built in");
    return model;
}

static struct stance_model *search(struct term *term, struct stance_err *err)
{
    struct stance_model *model = NULL;
    struct buf path = {0}, looked = {0};
    bool found = false;

    for (int i = 0; !found && place(i, "model", MODEL_NAME, &path); i++) {
        found = access(buf_str(&path), F_OK) == 0;
        if (found)
            model = load(buf_str(&path), term, err);
        buf_addf(&looked, ", %s", buf_str(&path));
    }
    if (!found)
        err_set(err, STANCE_MODEL,
                "no model given (-m MODEL) and none found; looked at $STANCE_MODEL (not set)%s",
                buf_str(&looked));
    buf_release(&path);
    buf_release(&looked);
    return model;
}

struct stance_model *installed_model(const char *path, struct term *term, struct stance_err *err)
{
    const char *wish = getenv("STANCE_MODEL");

    if (path != NULL)
        return stance_model_load(path, err);
    if (wish != NULL && wish[0] != '\0')
        return load(wish, term, err);
    if (stance_builtin_model != NULL)
        return load_builtin(term, err);
    return search(term, err);
}
