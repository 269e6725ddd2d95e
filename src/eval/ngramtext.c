/* SPDX-License-Identifier: MIT */
/* ngramtext: see ngramtext.h. */
#include "eval/ngramtext.h"

#include "corpus/json.h"
#include "eval/layout.h"

void ngramtext_add(struct buf *out, struct span ngram)
{
    struct span text = {ngram.p + 1, ngram.len - 1};
    size_t from;

    if (ngram_space(ngram) == 0) {
        layout_clean(out, text);
        return;
    }
    buf_add_str(out, "c:");
    from = out->len;
    layout_clean(out, text);
    for (size_t i = from; i < out->len; i++)
        if (out->p[i] == ' ')
            out->p[i] = '_';
}

void ngramtext_add_json(struct buf *out, struct span ngram)
{
    struct buf text = {0};

    ngramtext_add(&text, ngram);
    layout_key(out, SPAN("ngram"));
    json_add_string(out, buf_span(&text));
    layout_key(out, SPAN("space"));
    json_add_string(out, ngram_space(ngram) == 0 ? SPAN("word") : SPAN("char"));
    buf_release(&text);
}
