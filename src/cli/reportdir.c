/* SPDX-License-Identifier: MIT */
/* reportdir: see reportdir.h. Figures are written before the page, which speaks of them. */
#include "cli/reportdir.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/outfile.h"
#include "cli/output.h"

static const struct {
    const char *name;
    enum stance_report form;
} files[] = {
    {"figures.json", STANCE_REPORT_JSON},
    {"figures.tsv", STANCE_REPORT_TSV},
    {"index.html", STANCE_REPORT_HTML},
};

static const char *path_of(const char *folder, size_t file, struct buf *path)
{
    buf_reset(path);
    buf_addf(path, "%s/%s", folder, files[file].name);
    return buf_str(path);
}

int reportdir_prepare(const char *folder, struct stance_err *err)
{
    struct buf path = {0};
    struct stat st;
    int status = 0;

    if (mkdir(folder, 0777) < 0 && errno != EEXIST)
        return err_errno(err, folder, "cannot make the folder");
    if (stat(folder, &st) == 0 && !S_ISDIR(st.st_mode)) {
        errno = ENOTDIR;
        return err_errno(err, folder, "cannot put the report there");
    }
    for (size_t i = 0; i < sizeof files / sizeof *files && status == 0; i++)
        status = outfile_check(path_of(folder, i, &path), err);
    buf_release(&path);
    return status;
}

int reportdir_write(const char *folder, const struct stance_evaluation *evaluation,
                    struct stance_err *err)
{
    struct buf path = {0};
    int status = 0;

    for (size_t i = 0; i < sizeof files / sizeof *files && status == 0; i++) {
        struct output output;
        status = output_open(&output, path_of(folder, i, &path), err);
        if (status == 0) {
            status = stance_evaluation_write(evaluation, files[i].form, &output.sink, err);
            status = output_close(&output, status, err);
        }
    }
    buf_release(&path);
    return status;
}
