/* SPDX-License-Identifier: MIT */
/* members: what the JSON of reports is made of. Each call adds the comma that is needed. */
#ifndef REPORT_MEMBERS_H
#define REPORT_MEMBERS_H

#include "base/buf.h"
#include "metrics/confusion.h"

void members_count(struct buf *out, const char *key, uint64_t n);
void members_number(struct buf *out, const char *key, double value);  /* NAN: null */
void members_string(struct buf *out, const char *key, struct span s); /* p NULL: null */
void members_strings(struct buf *out, const char *key, const struct span *s, size_t n);

/* "key": [ or {; key NULL: the next element of an array. Closed by the caller. */
void members_open(struct buf *out, const char *key, char bracket);

/* "confusion": [gold][predicted] counts. */
void members_confusion(struct buf *out, const struct confusion *c);

#endif
