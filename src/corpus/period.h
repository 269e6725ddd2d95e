/* SPDX-License-Identifier: MIT */
/* period: the day, week, month or year of a date as comments have it. */
#ifndef CORPUS_PERIOD_H
#define CORPUS_PERIOD_H

#include "base/buf.h"

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_YEAR, N_PERIODS };

/* "date:day" … "date:year" to a period; -1 for anything else. */
int period_named(struct span field);

/* "date:day" …, a literal. */
const char *period_field(enum period p);

/* Appends "2024-05-16", "2024-W20", "2024-05" or "2024" for a date that begins as in ISO 8601
 * (2024-05-16…), or is a number of seconds since 1970, in UTC. Weeks are those of ISO 8601: they
 * begin on Monday, and the first of a year has its first Thursday. False, and nothing appended,
 * where the date is written otherwise or is none. */
bool period_of(struct span date, enum period p, struct buf *out);

#endif
