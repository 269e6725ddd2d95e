/* SPDX-License-Identifier: MIT */
/* plot_curves: figures against probability, share kept, and training labels. */
#include "html/plots.h"

#include <math.h>

#include "html/markup.h"

enum { WIDTH = 440, LEFT = 46, RIGHT = 422, TOP = 32, LINE = 13 };

/* A run of points joined: open, points, close. */
static void open_path(struct buf *out)
{
    buf_add_str(out, "<polyline class=\"curve\" points=\"");
}

static void add_point(struct buf *out, double x, double y)
{
    svg_number(out, x);
    buf_add_char(out, ',');
    svg_number(out, y);
    buf_add_char(out, ' ');
}

static void close_path(struct buf *out)
{
    buf_add_str(out, "\"/>\n");
}

static void add_top_title(struct buf *out, double y, const char *title)
{
    svg_text(out, "s soft", 0, y, SVG_START, 0, span_of(title));
}

/* ---- Reliability ---- */

struct figure plot_wilson(uint64_t right, uint64_t n)
{
    const double z = 1.959963984540054; /* of .975 */
    double m = (double)n, p = (double)right / m, z2 = z * z;
    double middle = (p + z2 / (2 * m)) / (1 + z2 / m);
    double half = z / (1 + z2 / m) * sqrt(p * (1 - p) / m + z2 / (4 * m * m));

    if (n == 0)
        return (struct figure){NAN, NAN, NAN};
    return (struct figure){p, fmax(0, middle - half), fmin(1, middle + half)};
}

/* 12 345 as "12k": columns are narrow. */
static void add_short_count(struct buf *text, uint64_t n)
{
    buf_reset(text);
    if (n < 10000) {
        markup_count(text, n);
    } else {
        markup_count(text, (n + 500) / 1000);
        buf_add_char(text, 'k');
    }
}

static void add_histogram(struct buf *out, const struct score_bin *bin, const struct svg_axis *x,
                          double bottom)
{
    enum { HEIGHT = 52, SIDE = 2 };
    struct buf text = {0};
    uint64_t most = 1;

    for (int k = 0; k < SCORE_BINS; k++)
        most = bin[k].n > most ? bin[k].n : most;
    for (int k = 0; k < SCORE_BINS; k++) {
        double from = svg_at(x, (double)k / SCORE_BINS);
        double to = svg_at(x, (double)(k + 1) / SCORE_BINS);
        double height = HEIGHT * (double)bin[k].n / (double)most;
        if (bin[k].n == 0)
            continue;
        svg_rect(out, "bar", from + SIDE, bottom - height, to - from - 2 * SIDE, height);
        add_short_count(&text, bin[k].n);
        svg_text(out, "s", (from + to) / 2, bottom - height - 4, SVG_MIDDLE, 0, buf_span(&text));
    }
    buf_release(&text);
}

void plot_reliability(struct buf *out, struct plot_id id, const struct score_bin *bin)
{
    enum { MIDDLE = 320, COUNTS = 344, BOTTOM = 420 };
    struct svg_axis x = {.high = 1, .from = LEFT, .to = RIGHT, .step = .2};
    struct svg_axis y = {.high = 1, .from = MIDDLE, .to = TOP, .step = .2};

    svg_open(out, id.id, WIDTH, BOTTOM + 45, id.title,
             "Points on the dashed diagonal: as often right as the probability says. Above it: "
             "too modest. Below it: too sure. Bars below: labels per bin.");
    add_top_title(out, 14, "share that is right");
    svg_axis_y(out, &y, LEFT, RIGHT, SVG_FIGURE);
    svg_line(out, "axis", LEFT, MIDDLE, RIGHT, MIDDLE);
    svg_line(out, "ref", LEFT, MIDDLE, RIGHT, TOP);
    for (int k = 0; k < SCORE_BINS; k++) {
        struct figure f = plot_wilson(bin[k].right, bin[k].n);
        if (bin[k].n != 0)
            svg_interval_y(out, "judged", SVG_DISC, &y, f.value, f.low, f.high,
                           svg_at(&x, bin[k].p / (double)bin[k].n));
    }
    add_top_title(out, COUNTS, "labels per bin");
    add_histogram(out, bin, &x, BOTTOM);
    svg_axis_x(out, &x, BOTTOM, BOTTOM, SVG_FIGURE, "probability of the label given");
    svg_close(out);
}

/* ---- Risk and coverage ---- */

/* A curve falls to the right as a rule: above it there is room to the right of a point, and
 * below it to the left of the last one. */
static void add_mark(struct buf *out, const struct risk_point *m, const struct svg_axis *x,
                     const struct svg_axis *y, enum svg_marker shape)
{
    struct buf text = {0};
    double at = svg_at(x, m->coverage), up = svg_at(y, m->accuracy);
    bool last = at > RIGHT - 60, below = last || up - TOP < 2 * LINE + 6;
    double first = below ? up + LINE + 8 : up - LINE - 10;
    double place = last ? WIDTH - 4 : at - 4;

    svg_marker(out, "judged", shape, at, up);
    markup_percent(&text, m->coverage, 0);
    svg_text(out, "s halo judged", place, first, last ? SVG_END : SVG_START, 0, buf_span(&text));
    buf_reset(&text);
    buf_add_str(&text, "p ≥ ");
    markup_figure(&text, m->threshold, 2);
    svg_text(out, "s halo", place, first + LINE, last ? SVG_END : SVG_START, 0, buf_span(&text));
    buf_release(&text);
}

/* Around the accuracies of the points. */
static struct svg_axis accuracy_axis(const struct risk_point *point, size_t n, double bottom)
{
    struct svg_axis y = {.from = bottom, .to = TOP};
    double low = 1, high = 0;

    for (size_t i = 0; i < n; i++) {
        low = fmin(low, point[i].accuracy);
        high = fmax(high, point[i].accuracy);
    }
    low -= 0.3 * fmax(high - low, 0.1); /* room for words below the last point */
    svg_axis_round(&y, low, high, 0.2, 0, 1, 5);
    return y;
}

void plot_risk(struct buf *out, struct plot_id id, const struct risk_point *point, size_t n,
               const struct risk_point *mark, size_t n_marks)
{
    enum { BOTTOM = 270 };
    struct svg_axis x = {.high = 1, .from = LEFT, .to = RIGHT, .step = .2};
    struct svg_axis y = accuracy_axis(point, n, BOTTOM);
    double before = -1e9;

    svg_open(out, id.id, WIDTH, BOTTOM + 45, id.title,
             "Accuracy of the labels kept, against the share kept, the surest first.");
    add_top_title(out, 14, "accuracy of those kept");
    svg_axis_y(out, &y, LEFT, RIGHT, SVG_FIGURE);
    svg_axis_x(out, &x, BOTTOM, BOTTOM, SVG_PERCENT, "share of labels kept, the surest first");
    open_path(out);
    for (size_t i = 0; i < n; i++)
        add_point(out, svg_at(&x, point[i].coverage), svg_at(&y, point[i].accuracy));
    close_path(out);
    for (size_t i = 0; i < n_marks; i++) {
        double at = svg_at(&x, mark[i].coverage);
        if (fabs(at - before) < 64)
            continue;
        add_mark(out, &mark[i], &x, &y, (enum svg_marker)(i % SVG_CROSS));
        before = at;
    }
    svg_close(out);
}

/* ---- Learning ---- */

/* 1, 2, 5, 10, … at or below `value`, or at or above it. */
static double round_to(double value, bool up)
{
    double power = pow(10, floor(log10(value) + 1e-9)), best = power;

    for (int i = 0; i < 4; i++) {
        double r = power * (double[]){1, 2, 5, 10}[i];
        if (up && r >= value * (1 - 1e-9))
            return r;
        if (!up && r <= value * (1 + 1e-9))
            best = r;
    }
    return best;
}

static struct svg_axis training_axis(const struct plot_learning *point, size_t n)
{
    struct svg_axis x = {.from = LEFT, .to = RIGHT};
    double least = fmax(1, point[0].n_train), most = fmax(1, point[n - 1].n_train);

    if (most >= 6 * least) {
        x.log = true;
        x.step = 1;
        x.low = round_to(least, false);
        x.high = round_to(most, true);
    } else {
        svg_axis_round(&x, 0, most, 5, 0, INFINITY, 5);
    }
    return x;
}

static struct svg_axis figure_axis(const struct plot_learning *point, size_t n, double bottom)
{
    struct svg_axis y = {.from = bottom, .to = TOP};
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < n; i++) {
        const struct figure *f = &point[i].figure;
        low = fmin(low, isfinite(f->low) ? f->low : f->value);
        high = fmax(high, isfinite(f->high) ? f->high : f->value);
    }
    svg_axis_round(&y, low, high, 0.1, 0, 1, 5);
    return y;
}

static void add_values(struct buf *out, const struct plot_learning *point, size_t n,
                       const struct svg_axis *x, const struct svg_axis *y)
{
    struct buf text = {0};
    double taken = -1e9;

    for (size_t i = 0; i < n; i++) {
        const struct figure *f = &point[i].figure;
        double at = svg_at(x, point[i].n_train), half;
        double top = svg_at(y, isfinite(f->high) ? f->high : f->value);
        buf_reset(&text);
        markup_figure(&text, f->value, 2);
        half = svg_width(buf_span(&text), SVG_SMALL) / 2;
        if (at - half < taken)
            continue;
        svg_text(out, "s halo", at, top - 7, SVG_MIDDLE, 0, buf_span(&text));
        taken = at + half + 2;
    }
    buf_release(&text);
}

void plot_learning(struct buf *out, struct plot_id id, const char *axis,
                   const struct plot_learning *point, size_t n)
{
    enum { BOTTOM = 270 };
    struct svg_axis x = training_axis(point, n);
    struct svg_axis y = figure_axis(point, n, BOTTOM);

    svg_open(out, id.id, WIDTH, BOTTOM + 45, id.title,
             "Each point is the same machine trained on a part of the training groups.");
    add_top_title(out, 14, axis);
    svg_axis_y(out, &y, LEFT, RIGHT, SVG_FIGURE);
    svg_axis_x(out, &x, BOTTOM, BOTTOM, SVG_COUNT,
               x.log ? "training labels (logarithmic axis)" : "training labels");
    open_path(out);
    for (size_t i = 0; i < n; i++)
        add_point(out, svg_at(&x, point[i].n_train), svg_at(&y, point[i].figure.value));
    close_path(out);
    for (size_t i = 0; i < n; i++)
        svg_interval_y(out, "judged", SVG_DISC, &y, point[i].figure.value, point[i].figure.low,
                       point[i].figure.high, svg_at(&x, point[i].n_train));
    add_values(out, point, n, &x, &y);
    svg_close(out);
}
