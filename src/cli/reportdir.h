/* SPDX-License-Identifier: MIT */
/* reportdir: an evaluation as a folder: index.html, figures.json, figures.tsv. */
#ifndef CLI_REPORTDIR_H
#define CLI_REPORTDIR_H

#include <stance.h>

/* Before long work: makes the folder where it is missing (not its parents), and sees whether
 * the files could be written. */
int reportdir_prepare(const char *folder, struct stance_err *err);

/* Each file is whole or stays as it was. */
int reportdir_write(const char *folder, const struct stance_evaluation *evaluation,
                    struct stance_err *err);

#endif
