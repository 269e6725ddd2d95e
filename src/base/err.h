/* SPDX-License-Identifier: MIT */
/*
 * err: how a failure travels. A function that fails fills the caller's
 * struct stance_err once, at the place that knows most, and returns -1;
 * callers above pass it on untouched.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stance.h>

/* Both return -1, so that `return err_set(…)` is the whole error path. err may be NULL. */
int err_set(struct stance_err *err, enum stance_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int err_at(struct stance_err *err, enum stance_code code, const char *file, uint64_t line,
           uint64_t column, const char *fmt, ...) __attribute__((format(printf, 6, 7)));

/* code STANCE_SYSTEM, message "WHAT: text of errno", file as given (may be NULL). */
int err_errno(struct stance_err *err, const char *file, const char *what);

/* "stance: FILE:LINE:COLUMN: message\n" to stderr, leaving out what is empty. */
void err_print(const struct stance_err *err);

#endif
