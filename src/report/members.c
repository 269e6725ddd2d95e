/* SPDX-License-Identifier: MIT */
/* members: see members.h. */
#include "report/members.h"

#include "corpus/json.h"
#include "report/layout.h"

void members_count(struct buf *out, const char *key, uint64_t n)
{
    layout_key(out, span_of(key));
    buf_addf(out, "%llu", (unsigned long long)n);
}

void members_number(struct buf *out, const char *key, double value)
{
    layout_key(out, span_of(key));
    layout_json_f64(out, value);
}

void members_string(struct buf *out, const char *key, struct span s)
{
    layout_key(out, span_of(key));
    if (s.p != NULL)
        json_add_string(out, s);
    else
        buf_add_str(out, "null");
}

void members_open(struct buf *out, const char *key, char bracket)
{
    if (key != NULL)
        layout_key(out, span_of(key));
    else
        layout_comma(out);
    buf_add_char(out, bracket);
}

void members_strings(struct buf *out, const char *key, const struct span *s, size_t n)
{
    members_open(out, key, '[');
    for (size_t i = 0; i < n; i++) {
        layout_comma(out);
        json_add_string(out, s[i]);
    }
    buf_add_char(out, ']');
}

void members_confusion(struct buf *out, const struct confusion *c)
{
    members_open(out, "confusion", '[');
    for (uint32_t i = 0; i < c->n_labels; i++) {
        members_open(out, NULL, '[');
        for (uint32_t j = 0; j < c->n_labels; j++) {
            layout_comma(out);
            buf_addf(out, "%llu", (unsigned long long)c->count[(size_t)i * c->n_labels + j]);
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, ']');
}
