/* SPDX-License-Identifier: MIT */
/*
 * html: an evaluation as one page for people: figures with their intervals, plots, tables,
 * the errors to read, and how to read all of it.
 *
 * The page needs nothing else: styles and drawings are in it, no script, nothing that is
 * fetched. It says no date and no path: the same evaluation gives the same bytes. A section
 * without data is left out. Everything that comes from data is escaped (markup.h).
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "eval/summary.h"

/* With more targets than the first, one table and one plot stand for a section of each; with
 * more than the second, the plot has those with the most labels. */
enum { HTML_MANY_TARGETS = 12, HTML_PLOT_ROWS = 40 };

void report_html(const struct summary *s, struct buf *out);

#endif
