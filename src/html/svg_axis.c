/* SPDX-License-Identifier: MIT */
/*
 * svg_axis: ends and ticks that are round numbers: 1, 2 or 5 times a power of ten.
 * On a logarithmic axis every 1, 2 and 5 is a tick; numbers stand only where there is room.
 */
#include "html/svg.h"

#include <math.h>

#include "html/markup.h"

/* The round number next above. */
static double round_step(double raw)
{
    double power = pow(10, floor(log10(raw))), part = raw / power;

    return power * (part <= 1.0001 ? 1 : part <= 2.0001 ? 2 : part <= 5.0001 ? 5 : 10);
}

void svg_axis_round(struct svg_axis *a, double low, double high, double least, double floor_,
                    double ceiling, int n)
{
    if (high - low < least) {
        double middle = (low + high) / 2;
        low = middle - least / 2;
        high = middle + least / 2;
    }
    low = fmax(low, floor_);
    high = fmin(high, ceiling);
    if (high - low < least) { /* pushed against one end */
        high = fmin(ceiling, low + least);
        low = fmax(floor_, high - least);
    }
    a->step = round_step((high - low) / n);
    a->low = fmax(floor_, a->step * floor(low / a->step + 1e-9));
    a->high = fmin(ceiling, a->step * ceil(high / a->step - 1e-9));
}

double svg_at(const struct svg_axis *a, double value)
{
    double share;

    value = fmin(fmax(value, a->low), a->high);
    if (a->log)
        share = log(value / a->low) / log(a->high / a->low);
    else
        share = (value - a->low) / (a->high - a->low);
    return a->from + share * (a->to - a->from);
}

static int decimals(double step)
{
    return step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
}

static struct span number(struct buf *text, double value, double step, enum svg_number format)
{
    buf_reset(text);
    if (format == SVG_FIGURE)
        markup_figure(text, value, decimals(step));
    else if (format == SVG_PERCENT)
        markup_percent(text, value, decimals(step * 100));
    else
        markup_count(text, (uint64_t)llround(value));
    return buf_span(text);
}

/* The tick after `at`; the first one for a NAN. */
static double next_tick(const struct svg_axis *a, double at)
{
    if (a->log) {
        double power;
        if (isnan(at))
            at = a->low * (1 - 1e-6);
        power = pow(10, floor(log10(at) + 1e-9));
        for (int i = 0; i < 4; i++) {
            double tick = power * (double[]){1, 2, 5, 10}[i];
            if (tick > at * (1 + 1e-9))
                return tick;
        }
        return power * 20;
    }
    if (isnan(at))
        return a->step * ceil(a->low / a->step - 1e-9);
    return a->step * (round(at / a->step) + 1);
}

static bool on_axis(const struct svg_axis *a, double tick)
{
    return tick <= a->high + 1e-9 * fabs(a->high);
}

void svg_axis_x(struct buf *out, const struct svg_axis *a, double y, double y_top,
                enum svg_number format, const char *title)
{
    struct buf text = {0};
    double taken = -1e9; /* up to where numbers stand */

    for (double t = next_tick(a, NAN); on_axis(a, t); t = next_tick(a, t)) {
        double x = svg_at(a, t), half;
        struct span s = number(&text, t, a->step, format);
        half = svg_width(s, SVG_SMALL) / 2;
        svg_line(out, "grid", x, y, x, y_top);
        if (x - half < taken)
            continue;
        svg_text(out, "s", x, y + 17, SVG_MIDDLE, 0, s);
        taken = x + half + 4;
    }
    svg_line(out, "axis", a->from, y, a->to, y);
    svg_text(out, "s soft", (a->from + a->to) / 2, y + 35, SVG_MIDDLE, 0, span_of(title));
    buf_release(&text);
}

void svg_axis_y(struct buf *out, const struct svg_axis *a, double x, double x_right,
                enum svg_number format)
{
    struct buf text = {0};

    for (double t = next_tick(a, NAN); on_axis(a, t); t = next_tick(a, t)) {
        double y = svg_at(a, t);
        svg_line(out, "grid", x, y, x_right, y);
        svg_text(out, "s", x - 6, y + 4, SVG_END, 0, number(&text, t, a->step, format));
    }
    svg_line(out, "axis", x, a->from, x, a->to);
    buf_release(&text);
}
