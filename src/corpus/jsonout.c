/* SPDX-License-Identifier: MIT */
/* jsonout: see jsonout.h. */
#include "corpus/jsonout.h"

#include "base/num.h"
#include "corpus/json.h"

static void comma(struct buf *out)
{
    char last = out->len > 0 ? out->p[out->len - 1] : '{';

    if (last != '{' && last != '[' && last != ':' && last != '\n')
        buf_add_char(out, ',');
}

void jsonout_key(struct buf *out, const char *key)
{
    comma(out);
    if (key != NULL)
        buf_addf(out, "\"%s\":", key);
}

void jsonout_open(struct buf *out, const char *key, char bracket)
{
    jsonout_key(out, key);
    buf_add_char(out, bracket);
}

void jsonout_text(struct buf *out, const char *key, struct span s)
{
    jsonout_key(out, key);
    json_add_string(out, s);
}

void jsonout_count(struct buf *out, const char *key, uint64_t n)
{
    jsonout_key(out, key);
    buf_addf(out, "%llu", (unsigned long long)n);
}

void jsonout_real(struct buf *out, const char *key, double value)
{
    jsonout_key(out, key);
    num_add_f64(out, value);
}

void jsonout_hex(struct buf *out, const char *key, uint64_t n)
{
    jsonout_key(out, key);
    buf_addf(out, "\"%016llx\"", (unsigned long long)n);
}

void jsonout_maybe(struct buf *out, const char *key, struct span s)
{
    if (s.p != NULL)
        jsonout_text(out, key, s);
}

void jsonout_named(struct buf *out, struct span key, struct span s)
{
    comma(out);
    json_add_string(out, key);
    buf_add_char(out, ':');
    json_add_string(out, s);
}
