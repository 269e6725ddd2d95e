/* SPDX-License-Identifier: MIT */
/* summary: the notes that end a classification. */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include "cli/term.h"

/* Counts per target and label, and of every status but ok that occurred. Nothing where no
 * record was read. */
void summary_note(const struct stance_tally *tally, struct term *term);

#endif
