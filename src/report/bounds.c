/* SPDX-License-Identifier: MIT */
/* bounds: see bounds.h. */
#include "report/bounds.h"

#include <math.h>

#include "base/num.h"
#include "report/layout.h"

enum { DECIMALS = 3, VALUE = 6 };

static void add_interval(struct buf *out, struct figure f)
{
    num_add_fixed(out, f.low, DECIMALS);
    buf_add_str(out, f.low < 0 ? " to " : "–");
    num_add_fixed(out, f.high, DECIMALS);
}

void bounds_text(struct buf *out, struct figure f, size_t width, bool intervals)
{
    struct buf text = {0};

    if (isnan(f.value))
        buf_add_str(&text, "–");
    else
        num_add_fixed(&text, f.value, DECIMALS);
    if (intervals)
        buf_add_str(&text, "  ");
    if (intervals && (isnan(f.value) || isnan(f.low)))
        buf_add_str(&text, "           ");
    else if (intervals)
        add_interval(&text, f);
    layout_right(out, buf_span(&text), width);
    buf_release(&text);
}

void bounds_last(struct buf *out, struct figure f)
{
    layout_figure(out, f.value, DECIMALS, VALUE);
    buf_add_str(out, "  ");
    if (!isnan(f.value) && !isnan(f.low))
        add_interval(out, f);
}

void bounds_inline(struct buf *out, struct figure f)
{
    if (isnan(f.value)) {
        buf_add_str(out, "–");
        return;
    }
    num_add_fixed(out, f.value, DECIMALS);
    if (isnan(f.low))
        return;
    buf_add_str(out, " (");
    add_interval(out, f);
    buf_add_char(out, ')');
}

static void member(struct buf *out, const char *prefix, const char *name, double value)
{
    struct buf key = {0};

    buf_add_str(&key, prefix);
    buf_add_str(&key, *prefix != '\0' && *name != '\0' ? "_" : "");
    buf_add_str(&key, name);
    layout_key(out, buf_span(&key));
    layout_json_f64(out, value);
    buf_release(&key);
}

void bounds_json(struct buf *out, const char *prefix, struct figure f)
{
    member(out, prefix, *prefix == '\0' ? "value" : "", f.value);
    member(out, prefix, "low", f.low);
    member(out, prefix, "high", f.high);
}
