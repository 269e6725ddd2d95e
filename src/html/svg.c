/* SPDX-License-Identifier: MIT */
/* svg: shapes, text and the frame around them; svg_axis.c has the axes. */
#include "html/svg.h"

#include <math.h>

#include "base/num.h"
#include "html/markup.h"

void svg_open(struct buf *out, const char *id, double width, double height, const char *title,
              const char *desc)
{
    buf_add_str(out, "<svg role=\"img\" viewBox=\"0 0 ");
    svg_number(out, width);
    buf_add_char(out, ' ');
    svg_number(out, height);
    buf_addf(out, "\" aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">", id, id, id);
    markup_text(out, span_of(title));
    buf_addf(out, "</title>\n<desc id=\"%s-desc\">", id);
    markup_text(out, span_of(desc));
    buf_add_str(out, "</desc>\n");
}

void svg_close(struct buf *out)
{
    buf_add_str(out, "</svg>\n");
}

void svg_number(struct buf *out, double value)
{
    double tenths = round(value * 10) + 0.0; /* no -0 */

    num_add_fixed(out, tenths / 10, fmod(tenths, 10) == 0 ? 0 : 1);
}

/* ---- Text ---- */

/* In ems of DejaVu Sans and Verdana, rounded up; digits are all as wide. */
static double em(unsigned char c)
{
    if (c == 0)
        return 0;
    if (strchr("iIjl.,;:!'|()[] ft/-", c) != NULL)
        return c == '-' || c == ' ' || c == '/' || c == 't' || c == 'f' || c == '(' || c == ')'
                   ? 0.4
                   : 0.33;
    if (strchr("mMwW%@", c) != NULL)
        return 0.99;
    if ((c >= 'A' && c <= 'Z') || strchr("#+<=>~&_", c) != NULL)
        return 0.8;
    return 0.64;
}

/* Beyond ASCII: Latin, Greek and Cyrillic up to U+07FF in two bytes; narrow signs; all else
 * may be a square of an em. */
static double em_beyond(const unsigned char *p, size_t left)
{
    if (p[0] < 0xC3)
        return 0.64;
    if (p[0] < 0xE0)
        return 0.8;
    if (p[0] == 0xE2 && left > 2 && p[1] == 0x80)
        return p[2] == 0xAF ? 0.35 : p[2] == 0xA6 || p[2] == 0x94 ? 1.0 : 0.6;
    return p[0] == 0xE2 ? 0.84 : 1.0;
}

double svg_width(struct span s, double size)
{
    double width = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80)
            width += em(c);
        else if (c >= 0xC0)
            width += em_beyond((const unsigned char *)s.p + i, s.len - i);
    }
    return width * size;
}

/* The longest head of s that leaves room for "…". */
static struct span fitting(struct span s, double size, double max)
{
    struct span head = {s.p, 0};

    for (size_t n = 1; head.len < s.len; n++) {
        struct span longer = markup_head(s, n);
        if (svg_width(longer, size) + size > max)
            break;
        head = longer;
    }
    return head;
}

void svg_text(struct buf *out, const char *class, double x, double y, enum svg_anchor anchor,
              double max, struct span s)
{
    double size = class[0] == 's' ? SVG_SMALL : SVG_LETTERS;
    bool cut = max > 0 && svg_width(s, size) > max;

    buf_addf(out, "<text class=\"%s%s\" x=\"", class,
             anchor == SVG_MIDDLE ? " mid"
             : anchor == SVG_END  ? " end"
                                  : "");
    svg_number(out, x);
    buf_add_str(out, "\" y=\"");
    svg_number(out, y);
    buf_add_str(out, "\">");
    if (cut) {
        buf_add_str(out, "<title>");
        markup_text(out, s);
        buf_add_str(out, "</title>");
        s = fitting(s, size, max);
    }
    markup_text(out, s);
    buf_add_str(out, cut ? "…</text>\n" : "</text>\n");
}

/* ---- Shapes ---- */

static void add_attribute(struct buf *out, const char *name, double value)
{
    buf_addf(out, " %s=\"", name);
    svg_number(out, value);
    buf_add_char(out, '"');
}

void svg_line(struct buf *out, const char *class, double x1, double y1, double x2, double y2)
{
    buf_addf(out, "<line class=\"%s\"", class);
    add_attribute(out, "x1", x1);
    add_attribute(out, "y1", y1);
    add_attribute(out, "x2", x2);
    add_attribute(out, "y2", y2);
    buf_add_str(out, "/>\n");
}

void svg_rect(struct buf *out, const char *class, double x, double y, double width, double height)
{
    buf_addf(out, "<rect class=\"%s\"", class);
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    buf_add_str(out, "/>\n");
}

void svg_marker(struct buf *out, const char *class, enum svg_marker shape, double x, double y)
{
    static const char *const path[SVG_MARKERS] = {
        [SVG_DISC] = "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
        [SVG_DIAMOND] = "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
        [SVG_SQUARE] = "m-4-4h8v8h-8z",
        [SVG_TRIANGLE] = "m0-5.2l5.2 9h-10.4z",
        [SVG_CROSS] = "m-4-4l8 8m0-8l-8 8",
    };

    buf_addf(out, "<path class=\"%s\" d=\"M", class);
    svg_number(out, x);
    buf_add_char(out, ' ');
    svg_number(out, y);
    buf_addf(out, "%s\"/>\n", path[shape]);
}

void svg_interval_x(struct buf *out, const char *class, enum svg_marker shape,
                    const struct svg_axis *a, double value, double low, double high, double y)
{
    if (isfinite(low) && isfinite(high)) {
        double x1 = svg_at(a, low), x2 = svg_at(a, high);
        svg_line(out, class, x1, y, x2, y);
        svg_line(out, class, x1, y - 3, x1, y + 3);
        svg_line(out, class, x2, y - 3, x2, y + 3);
    }
    if (isfinite(value))
        svg_marker(out, class, shape, svg_at(a, value), y);
}

void svg_interval_y(struct buf *out, const char *class, enum svg_marker shape,
                    const struct svg_axis *a, double value, double low, double high, double x)
{
    if (isfinite(low) && isfinite(high)) {
        double y1 = svg_at(a, low), y2 = svg_at(a, high);
        svg_line(out, class, x, y1, x, y2);
        svg_line(out, class, x - 3, y1, x + 3, y1);
        svg_line(out, class, x - 3, y2, x + 3, y2);
    }
    if (isfinite(value))
        svg_marker(out, class, shape, x, svg_at(a, value));
}
