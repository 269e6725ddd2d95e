/* SPDX-License-Identifier: MIT */
/* layout: see layout.h. A code point is counted at each byte that does not continue one. */
#include "report/layout.h"

#include <math.h>

#include "base/num.h"
#include "corpus/json.h"

static bool starts(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

size_t layout_width(struct span s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += starts(s.p[i]);
    return n;
}

void layout_clean(struct buf *out, struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        buf_add_char(out, c < 0x20 || c == 0x7F ? '?' : s.p[i]);
    }
}

static void pad(struct buf *out, size_t used, size_t width)
{
    for (; used < width; used++)
        buf_add_char(out, ' ');
}

/* The bytes of the first `n` code points. */
static struct span head(struct span s, size_t n)
{
    size_t i = 0;

    while (i < s.len && (!starts(s.p[i]) || n-- > 0))
        i++;
    return (struct span){s.p, i};
}

static void add_cut(struct buf *out, struct span s, size_t width)
{
    if (layout_width(s) <= width) {
        layout_clean(out, s);
        return;
    }
    layout_clean(out, head(s, width - 1));
    buf_add_str(out, "…");
}

void layout_left(struct buf *out, struct span s, size_t width)
{
    add_cut(out, s, width);
    pad(out, layout_width(s), width);
}

void layout_right(struct buf *out, struct span s, size_t width)
{
    pad(out, layout_width(s), width);
    add_cut(out, s, width);
}

void layout_end(struct buf *out)
{
    while (out->len != 0 && out->p[out->len - 1] == ' ')
        out->len--;
    buf_add_char(out, '\n');
}

void layout_name(struct buf *out, struct span name, size_t width)
{
    if (layout_width(name) > width) {
        layout_paragraph(out, "  ", name);
        name = SPAN("");
    }
    buf_add_str(out, "  ");
    layout_left(out, name, width);
}

void layout_count(struct buf *out, uint64_t n, size_t width)
{
    buf_addf(out, "%*llu", (int)width, (unsigned long long)n);
}

void layout_counted(struct buf *out, uint64_t n, const char *noun)
{
    buf_addf(out, "%llu %s%s", (unsigned long long)n, noun, n != 1 ? "s" : "");
}

void layout_figure(struct buf *out, double value, int decimals, size_t width)
{
    struct buf text = {0};

    if (isnan(value))
        buf_add_str(&text, "–");
    else
        num_add_fixed(&text, value, decimals);
    layout_right(out, buf_span(&text), width);
    buf_release(&text);
}

/* The next word of *rest, or as much of it as fits into a line. */
static struct span next_word(struct span *rest, size_t most)
{
    struct span word;

    while (rest->len > 0 && rest->p[0] == ' ')
        *rest = (struct span){rest->p + 1, rest->len - 1};
    word = (struct span){rest->p, 0};
    while (word.len < rest->len && word.p[word.len] != ' ')
        word.len++;
    word = head(word, most);
    *rest = (struct span){rest->p + word.len, rest->len - word.len};
    return word;
}

void layout_paragraph(struct buf *out, const char *lead, struct span text)
{
    size_t indent = layout_width(span_of(lead)), at = indent;
    struct span word;

    buf_add_str(out, lead);
    while ((word = next_word(&text, LAYOUT_WIDTH - indent)).len > 0) {
        size_t n = layout_width(word);
        if (at > indent && at + 1 + n > LAYOUT_WIDTH) {
            buf_add_char(out, '\n');
            pad(out, 0, indent);
            at = indent;
        } else if (at > indent) {
            buf_add_char(out, ' ');
            at++;
        }
        layout_clean(out, word);
        at += n;
    }
    buf_add_char(out, '\n');
}

void layout_comma(struct buf *out)
{
    if (out->len != 0 && out->p[out->len - 1] != '{' && out->p[out->len - 1] != '[')
        buf_add_str(out, ", ");
}

void layout_key(struct buf *out, struct span key)
{
    layout_comma(out);
    json_add_string(out, key);
    buf_add_str(out, ": ");
}

void layout_json_f64(struct buf *out, double value)
{
    if (isnan(value))
        buf_add_str(out, "null");
    else
        num_add_f64(out, value);
}

void layout_subject(struct buf *out, uint64_t n_comments, uint64_t n_rows, const char *row,
                    uint64_t n_groups, struct span grouped_by)
{
    struct buf line = {0};

    layout_counted(&line, n_comments, "comment");
    buf_add_str(&line, ", ");
    layout_counted(&line, n_rows, row);
    buf_add_str(&line, ", ");
    layout_counted(&line, n_groups, "group");
    buf_add_str(&line, " by ");
    buf_add_span(&line, grouped_by);
    layout_paragraph(out, "", buf_span(&line));
    buf_release(&line);
}
