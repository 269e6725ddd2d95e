/* SPDX-License-Identifier: MIT */
/*
 * cells: text in the columns of a terminal. A cluster is what is seen as one character: a letter
 * with its marks, the parts of an emoji, a flag; lines break between clusters and nowhere else.
 *
 * Terminals do not agree on the width of emoji sequences, and a program that counts otherwise than
 * its terminal garbles the line. So what they disagree on is not sent: joiners, variation selectors
 * and skin tones are left out, the parts of a family stand side by side. Widths are wcwidth()'s,
 * which needs LC_CTYPE of UTF-8.
 */
#ifndef TUI_CELLS_H
#define TUI_CELLS_H

#include "base/buf.h"

/* Reads one cluster of a non-empty text, returns its bytes; appends what is shown of it to out (may
 * be NULL) and sets *width, in columns. ascii: letters of Latin-1 lose their accents, what else is
 * not ASCII is '?'. */
size_t cells_next(struct span text, bool ascii, struct buf *out, int *width);

int cells_width(struct span text, bool ascii);

/* Appends as much of a text as fits in `room` columns, with "…" (ascii: "...") where it is cut.
 * Returns the columns used. */
int cells_fit(struct buf *out, struct span text, int room, bool ascii);

/* Lines of a text wrapped at `room` columns, 4 or more: at blanks, else between clusters. */
struct cells_line {
    size_t at, len; /* in the text of the page */
    int look;       /* as given */
};

struct cells_page {
    struct buf text; /* as shown */
    struct cells_line *line;
    size_t n, cap;
};

void cells_page_release(struct cells_page *p);
void cells_page_reset(struct cells_page *p);

/* Appends a text with line ends; lines after the first begin with `indent` blanks. At most `most`
 * lines (0: all), the last then ends in "…". */
void cells_add(struct cells_page *p, struct span text, int look, int room, int indent, size_t most,
               bool ascii);

#endif
