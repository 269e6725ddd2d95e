/* SPDX-License-Identifier: MIT */
/*
 * markup: what data looks like in HTML and in SVG, where the same rules hold.
 *
 * Everything that comes from data goes through markup_text(), whatever it is: &, <, >, " and '
 * become references, so that the text may stand between tags and in attributes alike, and
 * control characters (C0, DEL, C1, the marks that turn the direction of writing) become '?'.
 * Figures have '−' for minus and '–' where they are undefined; counts are parted in
 * thousands by a narrow space that does not break.
 */
#ifndef HTML_MARKUP_H
#define HTML_MARKUP_H

#include <stdint.h>

#include "base/buf.h"

void markup_text(struct buf *out, struct span s);

/* The same of a text of several lines: line feeds and tabs stay, CR LF becomes LF. */
void markup_lines(struct buf *out, struct span s);

/* At most `max` characters, then "…": a whole <span class=name>, with all of it as its title
 * where it was cut. */
void markup_name(struct buf *out, struct span s, size_t max);

void markup_count(struct buf *out, uint64_t n);                    /* 1 482 */
void markup_plural(struct buf *out, uint64_t n, const char *noun); /* "1 group", "2 groups" */

void markup_figure(struct buf *out, double value, int decimals);
void markup_percent(struct buf *out, double share, int decimals); /* .25 as "25 %" */

/* "0.60–0.68", "−0.02 to 0.05" where a bound is negative; nothing where one is undefined. */
void markup_interval(struct buf *out, double low, double high, int decimals);

/* s up to its `n`th character. */
struct span markup_head(struct span s, size_t n);

#endif
