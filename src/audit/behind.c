/* SPDX-License-Identifier: MIT */
/* behind: a journal that is there and not empty holds what the audit does not. */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "audit/behind.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

char *audit_journal_path(const char *path)
{
    char *real = realpath(path, NULL);
    struct buf name = {0};
    char *copy;

    buf_addf(&name, "%s.journal", real != NULL ? real : path);
    copy = mem_copy(name.p, name.len);
    buf_release(&name);
    free(real);
    return copy;
}

int audit_behind(const char *path, struct stance_err *err)
{
    char *journal = audit_journal_path(path);
    struct stat st;
    bool waits = stat(journal, &st) == 0 && st.st_size > 0;

    free(journal);
    if (!waits)
        return 0;
    return err_at(err, STANCE_DATA, path, 0, 0,
                  "labels wait in the journal beside this audit: end the labelling, or run `stance "
                  "label --fold %s`",
                  path);
}
