/* SPDX-License-Identifier: MIT */
/* sharesdots: from left to right name, dot with interval, figures in print. Long names stand above
 * their rows. */
#include "html/sharesplots.h"

#include <math.h>

#include "html/markup.h"
#include "report/shareswords.h"

enum { WIDTH = 480, NAME = 170, PRINT = 122, GAP = 12, HEAD = 32, ROW = 26, TALL = 46, FOOT = 46 };

const char sharesplots_style[] =
    "svg .c0{--c:#0072b2}svg .c1{--c:#b34700}svg .c2{--c:#00664f}svg .c3{--c:#7d3c72}\n"
    "svg .area{fill:var(--c);fill-opacity:.14;stroke:none}\n"
    "svg .run{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}\n"
    "svg .c1.run{stroke-dasharray:8 4}svg .c2.run{stroke-dasharray:2.5 3}"
    "svg .c3.run{stroke-dasharray:10 3 2 3}\n"
    "svg line.mark{stroke:var(--c);stroke-width:2}svg path.mark{fill:var(--c);stroke:#fff;"
    "stroke-width:1}svg text.word{fill:var(--c);font-weight:600}\n"
    "svg .gone{fill:none;stroke:#6b6b6b;stroke-width:1.4}\n"
    ".statement{font-size:1.05rem;margin:.2rem 0 .6rem;overflow-wrap:anywhere}\n"
    ".periods tbody th{white-space:nowrap}td.refused{color:var(--soft);text-align:center}\n"
    "td.biased{color:var(--soft);font-style:italic}\n"
    ".paste{border-left:3px solid var(--rule);padding:.1rem .9rem;overflow-wrap:anywhere}"
    ".paste p{margin:.5rem 0}.works{font-size:.9rem;color:var(--soft)}\n"
    "footer{margin-top:3rem}\n";

struct layout {
    struct svg_axis axis;
    bool tall;
    double row;
};

static struct layout lay_out(const struct sharesplots_dot *dot, size_t n)
{
    struct layout l = {.row = ROW};
    double high = 0, name = 40;

    for (size_t i = 0; i < n; i++) {
        if (dot[i].refused == NULL && isfinite(dot[i].value))
            high = fmax(high, fmax(dot[i].value, isfinite(dot[i].high) ? dot[i].high : 0));
        name = fmax(name, svg_width(dot[i].name, SVG_LETTERS));
    }
    svg_axis_round(&l.axis, 0, high, 0.05, 0, 1, 5);
    if (name > NAME) {
        l.tall = true;
        l.row = TALL;
        name = 0;
    }
    l.axis.from = name + GAP;
    l.axis.to = WIDTH - PRINT - GAP;
    return l;
}

/* "15 % (12–19)" */
static void add_print(struct buf *text, const struct sharesplots_dot *d)
{
    int decimals = shareswords_decimals(d->value, d->low, d->high);

    buf_reset(text);
    if (d->refused != NULL) {
        buf_add_str(text, d->refused);
        return;
    }
    shareswords_percent(text, d->value, decimals);
    if (isfinite(d->value))
        buf_add_str(text, "\xE2\x80\xAF%");
    if (isfinite(d->low) && isfinite(d->high)) {
        buf_add_str(text, " (");
        shareswords_interval(text, d->low, d->high, decimals);
        buf_add_char(text, ')');
    }
}

static void add_row(struct buf *out, const struct layout *l, const struct sharesplots_dot *d,
                    double top)
{
    static const char *const class[SHARESPLOTS_SERIES] = {"mark c0", "mark c1", "mark c2",
                                                          "mark c3"};
    unsigned k = d->series % SHARESPLOTS_SERIES;
    double y = top + l->row - ROW / 2.0;
    struct buf text = {0};

    svg_text(out, "t halo", 0, l->tall ? top + 15 : y + 4, SVG_START, l->tall ? WIDTH : 0, d->name);
    if (d->refused == NULL)
        svg_interval_x(out, class[k], (enum svg_marker)k, &l -> axis, d -> value, d -> low,
                       d -> high, y);
    add_print(&text, d);
    svg_text(out, "s", WIDTH, y + 4, SVG_END, d->refused != NULL ? WIDTH - l->axis.from : 0,
             buf_span(&text));
    buf_release(&text);
}

static void add_part(struct buf *out, struct plot_id id, const char *axis, const struct layout *l,
                     const struct sharesplots_dot *dot, size_t n)
{
    double bottom = HEAD + l->row * (double)n + 4;
    struct buf desc = {0}, text = {0};

    for (size_t i = 0; i < n; i++) {
        add_print(&text, &dot[i]);
        buf_add_str(&desc, i != 0 ? "; " : "");
        buf_add_span(&desc, dot[i].name);
        buf_add_char(&desc, ' ');
        buf_add_span(&desc, buf_span(&text));
    }
    svg_open(out, id.id, WIDTH, bottom + FOOT, id.title, buf_str(&desc));
    svg_text(out, "s soft", WIDTH, HEAD - 14, SVG_END, 0, SPAN("share (interval)"));
    svg_axis_x(out, &l->axis, bottom, HEAD - 4, SVG_PERCENT, axis);
    for (size_t i = 0; i < n; i++)
        add_row(out, l, &dot[i], HEAD + l->row * (double)i);
    svg_close(out);
    buf_release(&desc);
    buf_release(&text);
}

void sharesplots_dots(struct buf *out, struct plot_id id, const char *axis,
                      const struct sharesplots_dot *dot, size_t n)
{
    struct layout l = lay_out(dot, n);

    for (size_t from = 0; from < n; from += PLOT_PART) {
        struct buf part = {0};
        buf_add_str(&part, id.id);
        if (from != 0)
            buf_addf(&part, "-%zu", from);
        add_part(out, (struct plot_id){buf_str(&part), id.title}, axis, &l, dot + from,
                 n - from < PLOT_PART ? n - from : PLOT_PART);
        buf_release(&part);
    }
}
