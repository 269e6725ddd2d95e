/* SPDX-License-Identifier: MIT */
/* labelling: the two ways to give commands to a labelling: lines of a file, and a screen. */
#ifndef CLI_LABELLING_H
#define CLI_LABELLING_H

#include "base/buf.h"
#include "cli/term.h"

/* Carries out the commands of a file ("-": standard input), one a line, until its end or "quit";
 * what they answer goes to stdout. The first that cannot be done ends it: STANCE_DATA with file and
 * line; what was said before is saved. english: the names of labels. */
int labelling_script(struct stance_labelling *labelling, const char *path, bool english,
                     struct stance_err *err);

/* The text that the key g shows: the file at path; for NULL the guide that is installed, where it
 * speaks of every target of the labelling (as `ID`), else nothing. Tabs are blanks. */
int labelling_guide(const struct stance_labelling *labelling, const char *path, struct buf *text,
                    struct stance_err *err);

#endif
