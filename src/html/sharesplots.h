/* SPDX-License-Identifier: MIT */
/*
 * sharesplots: the drawings of a page of shares. Axes are percent and begin at 0. Labels are told
 * apart by shape, dash and word; colour only helps. Private to shares*.c of this room.
 */
#ifndef HTML_SHARESPLOTS_H
#define HTML_SHARESPLOTS_H

#include "html/plots.h"

extern const char sharesplots_style[];

enum { SHARESPLOTS_SERIES = 4 }; /* labels in one curve, which have as many shapes */

/* ---- A dot with its interval per row ---- */

struct sharesplots_dot {
    struct span name;
    double value, low, high; /* bounds NAN: none */
    const char *refused;     /* said instead of figures; NULL */
    unsigned series;         /* its shape and colour */
};

/* Many rows are several drawings on one scale, as plot_dots() has them. */
void sharesplots_dots(struct buf *out, struct plot_id id, const char *axis,
                      const struct sharesplots_dot *dot, size_t n);

/* ---- Curves over time with their bands ---- */

struct sharesplots_time {
    struct span name; /* "2024-W20" */
    int64_t index;    /* of the period (sharestime.h), rising */
};

struct sharesplots_point {
    double value, low, high; /* value NAN: not told */
};

struct sharesplots_series {
    struct span name;
    const struct sharesplots_point *point; /* [n] */
};

/* Points are joined where their periods follow each other; what is not told leaves a gap, with a
 * cross on the axis. At most SHARESPLOTS_SERIES. */
void sharesplots_curve(struct buf *out, struct plot_id id, const char *title,
                       const struct sharesplots_time *time, size_t n,
                       const struct sharesplots_series *series, size_t n_series);

#endif
