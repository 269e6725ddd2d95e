/* SPDX-License-Identifier: MIT */
/* labelguide: the installed guide is about the targets of our corpus, and shown for no others. */
#include <string.h>

#include "base/infile.h"
#include "cli/installed.h"
#include "cli/labelling.h"

enum { LONGEST = 4 << 20 };

static int read_text(const char *path, struct buf *text, struct stance_err *err)
{
    struct infile *f = infile_open(path, ENCODING_AUTO, err);
    char piece[8192];
    ssize_t n = 0;

    if (f == NULL)
        return -1;
    while (text->len < LONGEST && (n = infile_read(f, piece, sizeof piece, err)) > 0)
        for (ssize_t i = 0; i < n; i++)
            if (piece[i] != '\r')
                buf_add_char(text, piece[i] == '\t' ? ' ' : piece[i]);
    infile_close(f);
    return n < 0 ? -1 : 0;
}

static bool speaks_of_all(const struct stance_labelling *l, struct buf *text)
{
    size_t n;
    const struct stance_labelled_target *target = stance_labelling_targets(l, &n);
    bool all = true;

    for (size_t i = 0; i < n; i++) {
        struct buf name = {0};
        buf_addf(&name, "`%s`", target[i].id);
        all &= strstr(buf_str(text), buf_str(&name)) != NULL;
        buf_release(&name);
    }
    return all;
}

int labelling_guide(const struct stance_labelling *labelling, const char *path, struct buf *text,
                    struct stance_err *err)
{
    struct buf found = {0};

    if (path != NULL)
        return read_text(path, text, err);
    if (installed_guide(&found) &&
        (read_text(buf_str(&found), text, NULL) < 0 || !speaks_of_all(labelling, text)))
        buf_reset(text);
    buf_release(&found);
    return 0;
}
