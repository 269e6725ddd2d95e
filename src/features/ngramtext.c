/* SPDX-License-Identifier: MIT */
/* ngramtext: see ngramtext.h. */
#include "features/ngramtext.h"

void ngramtext_add(struct buf *out, struct span ngram)
{
    static const char *const mark[] = {"", "", "c:", "^", "~"};
    enum ngram_space space = ngram_space(ngram);

    buf_add_str(out, mark[space]);
    for (size_t i = 1; i < ngram.len; i++) {
        unsigned char c = (unsigned char)ngram.p[i];
        if (space == NGRAM_SKIPS && c == '\t')
            buf_add_str(out, " … ");
        else
            buf_add_char(out, c < 0x20 || c == 0x7F              ? '?'
                              : space == NGRAM_CHARS && c == ' ' ? '_'
                                                                 : ngram.p[i]);
    }
}
