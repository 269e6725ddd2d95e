/* SPDX-License-Identifier: MIT */
/*
 * plots: the drawings of a page, each from plain numbers: whoever calls has chosen what to
 * show. Series differ by shape, dash and a word beside them, never by colour alone. Titles
 * and descriptions are for those who hear the page instead of seeing it.
 */
#ifndef HTML_PLOTS_H
#define HTML_PLOTS_H

#include "eval/summary.h"
#include "metrics/riskcurve.h"
#include "html/svg.h"

struct plot_id {
    const char *id; /* unique on the page */
    const char *title;
};

/* ---- A dot with its interval per row ---- */

enum { PLOT_PART = 20 }; /* rows of one drawing: what fits on a printed page */

struct plot_dot {
    struct span name;
    uint64_t n; /* 0: not said */
    struct figure figure;
    bool judged; /* what the page is about: filled and blue, others hollow and grey */
};

/* A value that all rows are held against. */
struct plot_line {
    const char *name; /* NULL: none */
    struct figure figure;
};

/* Names, numbers of labels, dots, and the figures in print. Names that are long stand above
 * their dots; many rows are several drawings on one scale, to be printed on several pages. */
void plot_dots(struct buf *out, struct plot_id id, const char *axis, const struct plot_dot *dot,
               size_t n, const struct plot_line *line);

/* ---- Curves ---- */

/* Share right against mean probability per bin, with Wilson's interval (1927), above the
 * number of rows of each bin. */
void plot_reliability(struct buf *out, struct plot_id id, const struct score_bin *bin);

/* Bounds of Wilson's score interval for `right` of n at 95 %. */
struct figure plot_wilson(uint64_t right, uint64_t n);

/* Accuracy of what is kept against the share kept; mark: points to be named. */
void plot_risk(struct buf *out, struct plot_id id, const struct risk_point *point, size_t n,
               const struct risk_point *mark, size_t n_marks);

struct plot_learning {
    double n_train; /* mean training labels */
    struct figure figure;
};

/* By rising n_train. */
void plot_learning(struct buf *out, struct plot_id id, const char *axis,
                   const struct plot_learning *point, size_t n);

#endif
