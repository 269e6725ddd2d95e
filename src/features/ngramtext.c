/* SPDX-License-Identifier: MIT */
/* ngramtext: see ngramtext.h. */
#include "features/ngramtext.h"

void ngramtext_add(struct buf *out, struct span ngram)
{
    bool words = ngram_space(ngram) == 0;

    buf_add_str(out, words ? "" : "c:");
    for (size_t i = 1; i < ngram.len; i++) {
        unsigned char c = (unsigned char)ngram.p[i];
        buf_add_char(out, c < 0x20 || c == 0x7F ? '?' : !words && c == ' ' ? '_' : ngram.p[i]);
    }
}
