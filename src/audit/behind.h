/* SPDX-License-Identifier: MIT */
/*
 * behind: whether labels wait in the journal beside an audit, and where that is. Who reads labels
 * from an audit asks first: what stands in the file alone would be yesterday's.
 */
#ifndef AUDIT_BEHIND_H
#define AUDIT_BEHIND_H

#include <stance.h>

/* AUDIT.journal, beside the file that a link leads to. Owned by the caller; never NULL. */
char *audit_journal_path(const char *path);

/* -1, STANCE_DATA, where a journal waits: it says what to run. */
int audit_behind(const char *path, struct stance_err *err);

#endif
