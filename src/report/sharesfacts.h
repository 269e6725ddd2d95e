/* SPDX-License-Identifier: MIT */
/* sharesfacts: what shares rest on, as table and page have it: dump, audit, model, method,
 * denominator, interval, each in a line of plain text. */
#ifndef REPORT_SHARESFACTS_H
#define REPORT_SHARESFACTS_H

#include "report/shareswords.h"

enum { SHARESFACTS = 6 };

/* Appends what the i-th fact says; what it is called, or NULL (and nothing appended) where these
 * shares have none. */
const char *sharesfacts_add(const struct shares *s, int i, struct buf *out);

#endif
