/* SPDX-License-Identifier: MIT */
/*
 * sharescurve: a line with its band per label. A run is as many points as follow each other and are
 * told; a run of one point is its interval alone. Words stand at the right end, pushed apart where
 * lines end close together.
 */
#include "html/sharesplots.h"

#include <math.h>

#include "html/markup.h"
#include "report/shareswords.h"

enum {
    WIDTH = 480,
    LEFT = 46,
    RIGHT = 352,
    TOP = 32,
    BOTTOM = 270,
    LINE = 16,
    CLOSE = 9,
    ROOM = WIDTH - RIGHT - 22
};

#define BOLD (1.1 * SVG_LETTERS)

struct drawing {
    struct buf *out;
    struct svg_axis x, y;
    const struct sharesplots_time *time;
    size_t n;
};

static bool told(const struct sharesplots_point *p)
{
    return isfinite(p->value);
}

static double bound(double value, double otherwise)
{
    return isfinite(value) ? value : otherwise;
}

static double x_of(const struct drawing *d, size_t i)
{
    return svg_at(&d->x, (double)d->time[i].index);
}

static void add_point(const struct drawing *d, size_t i, double value)
{
    svg_number(d->out, x_of(d, i));
    buf_add_char(d->out, ',');
    svg_number(d->out, svg_at(&d->y, value));
    buf_add_char(d->out, ' ');
}

static struct drawing lay_out(struct buf *out, const struct sharesplots_time *time, size_t n,
                              const struct sharesplots_series *series, size_t n_series)
{
    struct drawing d = {.out = out, .time = time, .n = n};
    double high = 0;

    for (size_t k = 0; k < n_series; k++)
        for (size_t i = 0; i < n; i++)
            if (told(&series[k].point[i]))
                high = fmax(high, bound(series[k].point[i].high, series[k].point[i].value));
    svg_axis_round(&d.y, 0, high, 0.05, 0, 1, 5);
    d.y.from = BOTTOM;
    d.y.to = TOP;
    d.x = (struct svg_axis){.low = (double)time[0].index,
                            .high = (double)time[n - 1].index,
                            .from = LEFT + 8,
                            .to = RIGHT - 8};
    if (n == 1) { /* in the middle */
        d.x.low -= 1;
        d.x.high += 1;
    }
    return d;
}

/* ---- Axis of time: names where there is room ---- */

static void add_time(const struct drawing *d)
{
    double taken = -1e9;

    for (size_t i = 0; i < d->n; i++) {
        double x = x_of(d, i), half = svg_width(d->time[i].name, SVG_SMALL) / 2;
        if (x - half < taken)
            continue;
        svg_line(d->out, "axis", x, BOTTOM, x, BOTTOM + 4);
        svg_text(d->out, "s", x, BOTTOM + 18, SVG_MIDDLE, 0, d->time[i].name);
        taken = x + half + 8;
    }
    svg_line(d->out, "axis", LEFT, BOTTOM, RIGHT, BOTTOM);
}

/* ---- A label ---- */

/* The end of the run that begins at i: all of it is told, without a period left out. */
static size_t run_end(const struct drawing *d, const struct sharesplots_point *point, size_t i)
{
    size_t end = i + 1;

    while (end < d->n && told(&point[end]) && d->time[end].index == d->time[end - 1].index + 1)
        end++;
    return end;
}

static void add_band(const struct drawing *d, unsigned k, const struct sharesplots_point *point,
                     size_t from, size_t to)
{
    buf_addf(d->out, "<polygon class=\"c%u area\" points=\"", k);
    for (size_t i = from; i < to; i++)
        add_point(d, i, bound(point[i].high, point[i].value));
    for (size_t i = to; i-- > from;)
        add_point(d, i, bound(point[i].low, point[i].value));
    buf_add_str(d->out, "\"/>\n");
}

static void add_run(const struct drawing *d, unsigned k, const struct sharesplots_point *point,
                    size_t from, size_t to)
{
    buf_addf(d->out, "<polyline class=\"c%u run\" points=\"", k);
    for (size_t i = from; i < to; i++)
        add_point(d, i, point[i].value);
    buf_add_str(d->out, "\"/>\n");
}

/* Beside each other, where several labels have one here. */
static void add_lone(const struct drawing *d, unsigned k, const struct sharesplots_point *p,
                     size_t i)
{
    char class[] = "mark c0";

    class[sizeof class - 2] = (char)('0' + k);
    svg_interval_y(d->out, class, (enum svg_marker)k, &d->y, p->value, p->low, p->high,
                   x_of(d, i) + 5 * ((double)k - 1));
}

/* Every so many points a marker, so that they do not hide the line. */
static size_t marker_step(const struct drawing *d)
{
    double apart = (d->x.to - d->x.from) / fmax(1, d->x.high - d->x.low);

    return apart >= CLOSE ? 1 : (size_t)ceil(4 * CLOSE / apart);
}

static void add_markers(const struct drawing *d, unsigned k, const struct sharesplots_point *point,
                        size_t from, size_t to)
{
    size_t step = marker_step(d);
    char class[] = "mark c0";

    class[sizeof class - 2] = (char)('0' + k);
    for (size_t i = from; i < to; i++)
        if ((i + k * step / SHARESPLOTS_SERIES) % step == 0)
            svg_marker(d->out, class, (enum svg_marker)k, x_of(d, i),
                       svg_at(&d->y, point[i].value));
}

static void add_bands(const struct drawing *d, unsigned k, const struct sharesplots_point *point)
{
    for (size_t i = 0, end; i < d->n; i = end) {
        end = i + 1;
        if (!told(&point[i]))
            continue;
        end = run_end(d, point, i);
        if (end - i > 1)
            add_band(d, k, point, i, end);
    }
}

static void add_line(const struct drawing *d, unsigned k, const struct sharesplots_point *point)
{
    for (size_t i = 0, end; i < d->n; i = end) {
        end = i + 1;
        if (!told(&point[i]))
            continue;
        end = run_end(d, point, i);
        if (end - i == 1) {
            add_lone(d, k, &point[i], i);
        } else {
            add_run(d, k, point, i, end);
            add_markers(d, k, point, i, end);
        }
    }
}

/* ---- Words ---- */

static double last_y(const struct drawing *d, const struct sharesplots_point *point)
{
    for (size_t i = d->n; i-- > 0;)
        if (told(&point[i]))
            return svg_at(&d->y, point[i].value);
    return BOTTOM;
}

/* From top to bottom, each so far below the one before; what then hangs too low moves up.
 */
static void spread(double *y, unsigned *order, size_t n, double line)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (; at > 0 && y[order[at - 1]] > y[i]; at--)
            order[at] = order[at - 1];
        order[at] = (unsigned)i;
    }
    for (size_t i = 1; i < n; i++)
        y[order[i]] = fmax(y[order[i]], y[order[i - 1]] + line);
    for (size_t i = n; i-- > 0;)
        y[order[i]] =
            fmin(y[order[i]], i + 1 < n ? y[order[i + 1]] - line : BOTTOM - 4 - (line - LINE));
}

/* The bytes of a name before its last space that leaves a head which fits; all of it where it fits
 * as it is, or has no such space. */
static size_t first_line(struct span name)
{
    size_t best = name.len;

    if (svg_width(name, BOLD) <= ROOM)
        return best;
    for (size_t i = 1; i < name.len; i++)
        if (name.p[i] == ' ' && svg_width((struct span){name.p, i}, BOLD) <= ROOM)
            best = i;
    return best;
}

/* A name in one line, or in two. */
static void add_word(const struct drawing *d, unsigned k, double y, struct span name)
{
    size_t n = first_line(name);
    char mark[] = "mark c0", word[] = "t word c0";

    mark[sizeof mark - 2] = word[sizeof word - 2] = (char)('0' + k);
    svg_marker(d->out, mark, (enum svg_marker)k, RIGHT + 12, y);
    svg_text(d->out, word, RIGHT + 22, y + 4, SVG_START, ROOM, (struct span){name.p, n});
    if (n < name.len)
        svg_text(d->out, word, RIGHT + 22, y + 4 + LINE, SVG_START, ROOM,
                 (struct span){name.p + n + 1, name.len - n - 1});
}

static void add_words(const struct drawing *d, const struct sharesplots_series *series,
                      size_t n_series)
{
    double y[SHARESPLOTS_SERIES], line = LINE;
    unsigned order[SHARESPLOTS_SERIES];

    for (size_t k = 0; k < n_series; k++) {
        y[k] = last_y(d, series[k].point);
        if (first_line(series[k].name) < series[k].name.len)
            line = 2 * LINE;
    }
    spread(y, order, n_series, line);
    for (unsigned k = 0; k < n_series; k++)
        add_word(d, k, y[k], series[k].name);
}

/* A cross on the axis where no label is told. */
static void add_gone(const struct drawing *d, const struct sharesplots_series *series,
                     size_t n_series)
{
    for (size_t i = 0; i < d->n; i++) {
        bool any = false;
        for (size_t k = 0; k < n_series; k++)
            any |= told(&series[k].point[i]);
        if (!any)
            svg_marker(d->out, "gone", SVG_CROSS, x_of(d, i), BOTTOM - 8);
    }
}

/* "pour from 12 % to 19 %, last 15 %; …" */
static void describe(const struct drawing *d, const struct sharesplots_series *series,
                     size_t n_series, struct buf *desc)
{
    for (size_t k = 0; k < n_series; k++) {
        double low = INFINITY, high = -INFINITY;
        for (size_t i = 0; i < d->n; i++)
            if (told(&series[k].point[i])) {
                low = fmin(low, series[k].point[i].value);
                high = fmax(high, series[k].point[i].value);
            }
        buf_add_str(desc, k != 0 ? "; " : "");
        buf_add_span(desc, series[k].name);
        if (isfinite(low)) {
            buf_add_str(desc, " between ");
            shareswords_percent(desc, low, 0);
            buf_add_str(desc, " and ");
            shareswords_percent(desc, high, 0);
            buf_add_str(desc, " percent");
        }
    }
}

void sharesplots_curve(struct buf *out, struct plot_id id, const char *title,
                       const struct sharesplots_time *time, size_t n,
                       const struct sharesplots_series *series, size_t n_series)
{
    struct drawing d = lay_out(out, time, n, series, n_series);
    struct buf desc = {0};

    describe(&d, series, n_series, &desc);
    svg_open(out, id.id, WIDTH, BOTTOM + 30, id.title, buf_str(&desc));
    svg_text(out, "s soft", 0, 14, SVG_START, 0, span_of(title));
    svg_axis_y(out, &d.y, LEFT, RIGHT, SVG_PERCENT);
    for (unsigned k = 0; k < n_series; k++)
        add_bands(&d, k, series[k].point);
    for (unsigned k = 0; k < n_series; k++)
        add_line(&d, k, series[k].point);
    add_gone(&d, series, n_series);
    add_time(&d);
    add_words(&d, series, n_series);
    svg_close(out);
    buf_release(&desc);
}
