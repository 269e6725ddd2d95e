/* SPDX-License-Identifier: MIT */
/*
 * merge: labels from elsewhere into an audit: those of a copy of it, or of a table. All is checked
 * before anything is changed; each thing that cannot be is a line of talk->note, and their number
 * the error (STANCE_DATA).
 */
#ifndef LABEL_MERGE_H
#define LABEL_MERGE_H

#include "label/labelfile.h"

/* file is open; other has been read by labelfile_look(). *taken: changed says. */
int merge_audit(struct labelfile *file, const struct labelfile *other, uint64_t *taken,
                const struct stance_talk *talk, struct stance_err *err);

struct merge_table {
    const char *path;
    const struct stance_input *input;
    const char *annotator; /* whose labels they are where the table does not say; or NULL */
    bool replace;          /* labels that an annotator has already given differently */
};

int merge_labels(struct labelfile *file, const struct merge_table *table, uint64_t *taken,
                 const struct stance_talk *talk, struct stance_err *err);

/* One line to talk->note; talk may be NULL. */
void label_note(const struct stance_talk *talk, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
