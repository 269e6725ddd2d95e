/* SPDX-License-Identifier: MIT */
/* bounds: a figure with its interval, as text and as JSON. */
#ifndef REPORT_BOUNDS_H
#define REPORT_BOUNDS_H

#include "base/buf.h"
#include "eval/summary.h"

enum { BOUNDS_WIDTH = 19 }; /* "0.624  0.591–0.655" and a blank before it */

/* The value, and its interval where there are `intervals` in the table: without any the value
 * is right-aligned, as its head is. "–" where undefined, blank where one interval is missing. */
void bounds_text(struct buf *out, struct figure f, size_t width, bool intervals);

/* For the end of a line, where there is room for minus signs and two digits: the value aligned
 * as the column of bounds_text() is, then the interval as wide as it is. */
void bounds_last(struct buf *out, struct figure f);

/* The same without padding: "0.624 (0.591–0.655)". */
void bounds_inline(struct buf *out, struct figure f);

/* Members "value", "low", "high" of an open object, with a prefix; the first without it where
 * the prefix is empty, else called as the prefix is. */
void bounds_json(struct buf *out, const char *prefix, struct figure f);

#endif
