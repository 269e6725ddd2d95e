/* SPDX-License-Identifier: MIT */
/*
 * labelfile: an audit together with its journal. A line of the journal holds all that one
 * annotator says of one row after a keystroke:
 *
 *   {"audit":…,"id":…,"annotation":{…},"undo":true,"check":…}
 *
 * so that to replay it is to put it in the place of what was said before, and to replay it twice
 * changes nothing: a crash between the writing of the audit and the emptying of the journal is
 * none.
 */
#ifndef LABEL_LABELFILE_H
#define LABEL_LABELFILE_H

#include "audit/audit.h"
#include "label/journal.h"

/* What was said of a row before a change. */
struct label_past {
    uint32_t row;
    struct audit_say say; /* of an annotator who may have said nothing */
};

struct labelfile {
    struct audit audit;
    struct journal journal;
    char *path;              /* of the audit */
    struct label_past *past; /* what an undo brings back, the last first to go */
    size_t n_past, past_cap;
    uint64_t replayed, torn; /* changes found in the journal; bytes dropped at its end */
    bool dirty;              /* the audit in memory differs from the file */
    uint64_t print;          /* of the file that was read: which, how long, when written */
};

/* Reads and locks the audit, replays its journal, and folds it. Release in any case, and give
 * no other than a labelfile of zeros or one released. */
int labelfile_open(struct labelfile *f, const char *path, struct stance_err *err);

/* Reads audit and journal as they are now, and changes and locks nothing. */
int labelfile_look(struct labelfile *f, const char *path, struct stance_err *err);

/* Writes the audit where it has changed, then empties the journal. STANCE_DATA, and the journal
 * stays, where another program has written the audit since it was read. */
int labelfile_fold(struct labelfile *f, struct stance_err *err);

/* What is in the journal stays there for the next. */
void labelfile_release(struct labelfile *f);

/* Saves what is said of a row: the journal first, then memory. An undo takes the last past away,
 * any other change adds one. Only for an open file. say is copied. */
int labelfile_put(struct labelfile *f, uint32_t row, const struct audit_say *say, bool undo,
                  struct stance_err *err);

/* A copy of what an annotator says of a row, or an empty one, in the audit's memory. */
struct audit_say labelfile_copy(struct labelfile *f, uint32_t row, uint32_t annotator,
                                bool decides);

/* A change in memory alone: for what is written as a whole by labelfile_fold(). */
void labelfile_set(struct labelfile *f, uint32_t row, const struct audit_say *say);

#endif
