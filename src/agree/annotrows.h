/* SPDX-License-Identifier: MIT */
/*
 * annotrows: files of annotations, record by record, as annotations.h describes them; and
 * files of comments that are read for their threads and authors alone.
 */
#ifndef AGREE_ANNOTROWS_H
#define AGREE_ANNOTROWS_H

#include "agree/annotations.h"

/* Each record is given once with target.p NULL, then once more for each of its labels. Spans
 * are good during the call. */
struct annotrow {
    struct annotated comment;
    struct span annotator; /* p NULL in a file of comments */
    bool named_by_file;    /* the annotator, by want of a field */
    struct span target, label;
    const char *file;
    uint64_t line;
};

struct annotrows {
    const struct stance_input *input;
    const char *group; /* as annotation_files.group */
    bool only_comments;
    bool with_comments; /* others say what the threads and authors are */
    /* may fail where target.p is NULL only */
    int (*take)(void *arg, const struct annotrow *row, struct stance_err *err);
    void *arg;
};

int annotrows_read(const struct annotrows *want, const char *path, const struct stance_talk *talk,
                   struct stance_err *err);

#endif
