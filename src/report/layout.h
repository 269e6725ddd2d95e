/* SPDX-License-Identifier: MIT */
/*
 * layout: columns of text and the odd bit of JSON that reports are made of.
 *
 * Widths are in code points, which is the width on a terminal for the letters that labels
 * and targets are written in. Control characters in names come out as '?'.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include <stdint.h>

#include "base/buf.h"

enum { LAYOUT_WIDTH = 80 }; /* columns of a report */

size_t layout_width(struct span s);

/* Padded with spaces to `width`; longer text is cut and ends in "…". */
void layout_left(struct buf *out, struct span s, size_t width);
void layout_right(struct buf *out, struct span s, size_t width);

/* A name at the head of a line of figures, behind two blanks: one that is longer than `width`
 * stands on lines of its own, so that names which begin alike can be told apart. */
void layout_name(struct buf *out, struct span name, size_t width);

void layout_count(struct buf *out, uint64_t n, size_t width);

/* "1 group", "2 groups". */
void layout_counted(struct buf *out, uint64_t n, const char *noun);

/* Right-aligned with so many decimals; NAN as "–". */
void layout_figure(struct buf *out, double value, int decimals, size_t width);

/* Takes trailing spaces away and ends the line. */
void layout_end(struct buf *out);

/* "741 comments, 1482 gold labels, 30 groups by thread": what a report is about. */
void layout_subject(struct buf *out, uint64_t n_comments, uint64_t n_rows, const char *row,
                    uint64_t n_groups, struct span grouped_by);

/* A paragraph: `lead`, then words in lines of LAYOUT_WIDTH, further lines indented to where
 * the first word began; ends with a newline. Longer words are broken. */
void layout_paragraph(struct buf *out, const char *lead, struct span text);

/* s with control characters made '?'. */
void layout_clean(struct buf *out, struct span s);

/* `, ` unless what stands before opens an object or an array. */
void layout_comma(struct buf *out);

/* The comma, "key": */
void layout_key(struct buf *out, struct span key);

/* With all its digits; NAN as null. */
void layout_json_f64(struct buf *out, double value);

#endif
