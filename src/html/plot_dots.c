/* SPDX-License-Identifier: MIT */
/*
 * plot_dots: from left to right name, number of labels, dot with interval, figures in print.
 * The axis is that of the rows and the line together, with round ends inside 0 to 1: dots
 * stand for themselves by their place, so it need not begin at 0.
 */
#include "html/plots.h"

#include <math.h>

#include "html/markup.h"

enum {
    WIDTH = 480,
    NAME = 120,  /* at most, before names go above their rows */
    COUNT = 50,  /* column of numbers of labels */
    PRINT = 118, /* column of figures */
    GAP = 12,
    HEAD = 32,
    ROW = 24,
    TALL = 44,
    FOOT = 46
};

#define BOLD 1.1 /* times as wide */

struct layout {
    struct svg_axis axis;
    bool tall, mixed, bounds; /* judged and others; any interval */
    double count;             /* right edge of the column; 0: none */
    double row;
};

static void widen(double value, double *low, double *high)
{
    if (isfinite(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static void widen_by(const struct figure *f, double *low, double *high)
{
    widen(f->value, low, high);
    widen(f->low, low, high);
    widen(f->high, low, high);
}

static struct layout lay_out(const struct plot_dot *dot, size_t n, const struct plot_line *line)
{
    struct layout l = {.row = ROW};
    double low = INFINITY, high = -INFINITY, name = 40;
    bool counts = false;

    for (size_t i = 0; i < n; i++) {
        widen_by(&dot[i].figure, &low, &high);
        l.mixed |= dot[i].judged != dot[0].judged;
        name = fmax(name, svg_width(dot[i].name, SVG_LETTERS * (dot[i].judged ? BOLD : 1)));
        l.bounds |= isfinite(dot[i].figure.low);
        counts |= dot[i].n != 0;
    }
    if (line->name != NULL)
        widen_by(&line->figure, &low, &high);
    if (!isfinite(low))
        low = 0, high = 1;
    svg_axis_round(&l.axis, low, high, 0.2, 0, 1, 5);
    if (name > NAME + (counts ? 0 : COUNT)) {
        l.tall = true;
        l.row = TALL;
        name = 0;
    }
    l.count = counts ? name + COUNT : 0;
    l.axis.from = (counts ? l.count : name) + GAP;
    l.axis.to = WIDTH - PRINT - GAP;
    return l;
}

/* The line's name above it, kept between the columns. */
static void add_line(struct buf *out, const struct layout *l, const struct plot_line *line,
                     double bottom)
{
    struct buf text = {0};
    double x = svg_at(&l->axis, line->figure.value), half;

    if (isfinite(line->figure.low) && isfinite(line->figure.high)) {
        double from = svg_at(&l->axis, line->figure.low);
        svg_rect(out, "band", from, HEAD - 8, svg_at(&l->axis, line->figure.high) - from,
                 bottom - HEAD + 8);
    }
    svg_line(out, "ref", x, HEAD - 8, x, bottom);
    buf_addf(&text, "%s ", line->name);
    markup_figure(&text, line->figure.value, 2);
    half = svg_width(buf_span(&text), SVG_SMALL) / 2;
    x = fmax(l->axis.from - GAP / 2.0 + half, fmin(x, l->axis.to + GAP / 2.0 - half));
    svg_text(out, "s ref-name", x, HEAD - 14, SVG_MIDDLE, 0, buf_span(&text));
    buf_release(&text);
}

static void add_print(struct buf *text, const struct figure *f)
{
    buf_reset(text);
    markup_figure(text, f->value, 2);
    if (isfinite(f->low) && isfinite(f->high)) {
        buf_add_str(text, " (");
        markup_interval(text, f->low, f->high, 2);
        buf_add_char(text, ')');
    }
}

static void add_row(struct buf *out, const struct layout *l, const struct plot_dot *dot, double top)
{
    struct buf text = {0};
    double y = top + l->row - ROW / 2.0;
    const struct figure *f = &dot->figure;
    bool bold = dot->judged && l->mixed;

    svg_text(out, bold ? "t halo judged" : "t halo", 0, l->tall ? top + 15 : y + 4, SVG_START,
             l->tall ? WIDTH : 0, dot->name);
    if (dot->n != 0) {
        markup_count(&text, dot->n);
        svg_text(out, "s soft", l->count, y + 4, SVG_END, 0, buf_span(&text));
    }
    svg_interval_x(out, dot->judged ? "judged" : "other", dot->judged ? SVG_DISC : SVG_DIAMOND,
                   &l->axis, f->value, f->low, f->high, y);
    add_print(&text, f);
    svg_text(out, bold ? "s judged" : "s", WIDTH, y + 4, SVG_END, 0, buf_span(&text));
    buf_release(&text);
}

/* "model 0.64 (0.60–0.68); majority 0.22". */
static void describe(struct buf *desc, const struct plot_dot *dot, size_t n,
                     const struct plot_line *line)
{
    struct buf text = {0};

    for (size_t i = 0; i < n; i++) {
        add_print(&text, &dot[i].figure);
        buf_addf(desc, "%s%.*s ", i != 0 ? "; " : "", (int)dot[i].name.len, dot[i].name.p);
        buf_add_span(desc, buf_span(&text));
    }
    if (line->name != NULL) {
        add_print(&text, &line->figure);
        buf_addf(desc, "; line: %s ", line->name);
        buf_add_span(desc, buf_span(&text));
    }
    buf_release(&text);
}

/* Some of the rows, with an axis of their own. */
static void add_part(struct buf *out, struct plot_id id, const char *axis, const struct layout *l,
                     const struct plot_dot *dot, size_t n, const struct plot_line *line)
{
    double bottom = HEAD + l->row * (double)n + 4;
    struct buf desc = {0};

    describe(&desc, dot, n, line);
    svg_open(out, id.id, WIDTH, bottom + FOOT, id.title, buf_str(&desc));
    if (l->count > 0)
        svg_text(out, "s soft", l->count, HEAD - 14, SVG_END, 0, SPAN("labels"));
    svg_text(out, "s soft", WIDTH, HEAD - 14, SVG_END, 0,
             l->bounds ? SPAN("figure (interval)") : SPAN("figure"));
    svg_axis_x(out, &l->axis, bottom, HEAD - 4, SVG_FIGURE, axis);
    if (line->name != NULL && isfinite(line->figure.value))
        add_line(out, l, line, bottom);
    for (size_t i = 0; i < n; i++)
        add_row(out, l, &dot[i], HEAD + l->row * (double)i);
    svg_close(out);
    buf_release(&desc);
}

void plot_dots(struct buf *out, struct plot_id id, const char *axis, const struct plot_dot *dot,
               size_t n, const struct plot_line *line)
{
    struct layout l = lay_out(dot, n, line);

    for (size_t from = 0; from < n; from += PLOT_PART) {
        struct buf part = {0};
        buf_add_str(&part, id.id);
        if (from != 0)
            buf_addf(&part, "-%zu", from);
        add_part(out, (struct plot_id){buf_str(&part), id.title}, axis, &l, dot + from,
                 n - from < PLOT_PART ? n - from : PLOT_PART, line);
        buf_release(&part);
    }
}
