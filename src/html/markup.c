/* SPDX-License-Identifier: MIT */
/* markup: see markup.h. Text is valid UTF-8, as everything that was read in. */
#include "html/markup.h"

#include <math.h>

#include "base/num.h"
#include "report/layout.h"

#define MINUS        "\xE2\x88\x92"
#define DASH         "\xE2\x80\x93"
#define NARROW_SPACE "\xE2\x80\xAF"

/* How many bytes at the head of s are a control character. */
static size_t control(struct span s)
{
    unsigned char a = (unsigned char)s.p[0], b = s.len > 1 ? (unsigned char)s.p[1] : 0;
    unsigned char c = s.len > 2 ? (unsigned char)s.p[2] : 0;

    if (a < 0x20 || a == 0x7F)
        return 1;
    if (a == 0xC2 && b >= 0x80 && b < 0xA0) /* C1 */
        return 2;
    if (a == 0xE2 && b == 0x80 && (c == 0xA8 || c == 0xA9 || (c >= 0xAA && c <= 0xAE)))
        return 3; /* line separators, embeddings and overrides */
    if (a == 0xE2 && b == 0x81 && c >= 0xA6 && c <= 0xA9)
        return 3; /* isolates */
    return 0;
}

static const char *reference(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void markup_text(struct buf *out, struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        size_t n = control((struct span){s.p + i, s.len - i});
        const char *r = reference(s.p[i]);
        if (n != 0) {
            buf_add_char(out, '?');
            i += n - 1;
        } else if (r != NULL) {
            buf_add_str(out, r);
        } else {
            buf_add_char(out, s.p[i]);
        }
    }
}

void markup_lines(struct buf *out, struct span s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] != '\n' && s.p[i] != '\t')
            continue;
        bool ends = s.p[i] == '\n' && i > from && s.p[i - 1] == '\r';
        markup_text(out, (struct span){s.p + from, i - from - ends});
        buf_add_char(out, s.p[i]);
        from = i + 1;
    }
    markup_text(out, (struct span){s.p + from, s.len - from});
}

struct span markup_head(struct span s, size_t n)
{
    size_t i = 0;

    while (i < s.len && (((unsigned char)s.p[i] & 0xC0) == 0x80 || n-- > 0))
        i++;
    return (struct span){s.p, i};
}

void markup_name(struct buf *out, struct span s, size_t max)
{
    bool whole = layout_width(s) <= max;

    buf_add_str(out, "<span class=\"name\"");
    if (!whole) {
        buf_add_str(out, " title=\"");
        markup_text(out, s);
        buf_add_char(out, '"');
    }
    buf_add_char(out, '>');
    markup_text(out, whole ? s : markup_head(s, max - 1));
    buf_add_str(out, whole ? "</span>" : "…</span>");
}

void markup_count(struct buf *out, uint64_t n)
{
    if (n >= 1000) {
        markup_count(out, n / 1000);
        buf_addf(out, NARROW_SPACE "%03u", (unsigned)(n % 1000));
    } else {
        buf_addf(out, "%u", (unsigned)n);
    }
}

void markup_plural(struct buf *out, uint64_t n, const char *noun)
{
    markup_count(out, n);
    buf_addf(out, " %s%s", noun, n != 1 ? "s" : "");
}

void markup_figure(struct buf *out, double value, int decimals)
{
    if (!isfinite(value)) {
        buf_add_str(out, DASH);
        return;
    }
    if (value < 0 && -value >= 0.5 * pow(10, -decimals))
        buf_add_str(out, MINUS);
    num_add_fixed(out, fabs(value), decimals);
}

void markup_percent(struct buf *out, double share, int decimals)
{
    markup_figure(out, 100 * share, decimals);
    if (isfinite(share))
        buf_add_str(out, NARROW_SPACE "%");
}

void markup_interval(struct buf *out, double low, double high, int decimals)
{
    if (!isfinite(low) || !isfinite(high))
        return;
    markup_figure(out, low, decimals);
    buf_add_str(out, low < 0 || high < 0 ? " to " : DASH);
    markup_figure(out, high, decimals);
}
