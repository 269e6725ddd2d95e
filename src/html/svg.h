/* SPDX-License-Identifier: MIT */
/*
 * svg: a small drawing layer for the plots of a page.
 *
 * Everything is written to a buf as it is drawn, in user units of a viewBox, so that a plot
 * shrinks to the width of a telephone; classes of html_style.c give strokes, colours and
 * sizes of letters. The width of a text is estimated for the widest of the common system
 * fonts: what fits by this estimate fits on the page.
 */
#ifndef HTML_SVG_H
#define HTML_SVG_H

#include <stdint.h>

#include "base/buf.h"

/* ---- Axes ---- */

/* From data to user units. */
struct svg_axis {
    double low, high; /* data, at the ends */
    double from, to;  /* user units, at the ends */
    double step;      /* between ticks; they are multiples of it */
    bool log;         /* ticks 1, 2, 5, 10, … */
};

/* Round ends around low to high, at least `least` apart, within `floor` and `ceiling` (which
 * are round themselves), with about n ticks. */
void svg_axis_round(struct svg_axis *a, double low, double high, double least, double floor,
                    double ceiling, int n);
double svg_at(const struct svg_axis *a, double value); /* values beyond the ends: at the end */

enum svg_number { SVG_FIGURE, SVG_PERCENT, SVG_COUNT };

/* A horizontal axis at y with ticks, numbers and title below (44 units), its grid lines up to
 * y_top; a vertical one at x, its title to be written by the caller. */
void svg_axis_x(struct buf *out, const struct svg_axis *a, double y, double y_top,
                enum svg_number format, const char *title);
void svg_axis_y(struct buf *out, const struct svg_axis *a, double x, double x_right,
                enum svg_number format);

/* ---- Text ---- */

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };
enum { SVG_LETTERS = 13, SVG_SMALL = 12 }; /* sizes of classes t and s, in units */

double svg_width(struct span s, double size);

/* Escaped; cut to `max` units (0: never) with "…" and the whole as a tooltip. `class`: "t",
 * "s", or either with more after it. */
void svg_text(struct buf *out, const char *class, double x, double y, enum svg_anchor anchor,
              double max, struct span s);

/* ---- Shapes ---- */

enum svg_marker { SVG_DISC, SVG_DIAMOND, SVG_SQUARE, SVG_TRIANGLE, SVG_CROSS, SVG_MARKERS };

void svg_line(struct buf *out, const char *class, double x1, double y1, double x2, double y2);
void svg_rect(struct buf *out, const char *class, double x, double y, double width, double height);
void svg_marker(struct buf *out, const char *class, enum svg_marker shape, double x, double y);

/* A horizontal or vertical interval with small ends, and its marker. Undefined bounds: the
 * marker alone; an undefined value: nothing. */
void svg_interval_x(struct buf *out, const char *class, enum svg_marker shape,
                    const struct svg_axis *a, double value, double low, double high, double y);
void svg_interval_y(struct buf *out, const char *class, enum svg_marker shape,
                    const struct svg_axis *a, double value, double low, double high, double x);

/* ---- The whole ---- */

/* id is unique on the page; title and desc are what a screen reader says. */
void svg_open(struct buf *out, const char *id, double width, double height, const char *title,
              const char *desc);
void svg_close(struct buf *out);

/* A number with one decimal at most, as coordinates are written. */
void svg_number(struct buf *out, double value);

#endif
