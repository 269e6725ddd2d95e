/* SPDX-License-Identifier: MIT */
/*
 * pretoken: a comment cut at its blanks into pieces that can be tokenized on their own.
 *
 * The tokens of a comment are those of its pretokens, one after another, and so are the chunks of
 * its running text: what tokenize_pretoken() says of each, in order, is what tokenize() says of
 * the whole, but for the flag `quoted`. That makes a piece that was seen before need no second
 * reading. A pretoken begins and ends at an ASCII blank or control character; where a token may
 * reach across the blank ("1 500", "+1 %", "> >", and the residue of a picture, `" />`), it holds
 * both sides. tests/fuzz/fuzz_pretoken.c holds it against tokenize().
 */
#ifndef TEXT_PRETOKEN_H
#define TEXT_PRETOKEN_H

#include <stdint.h>

#include "text/tokenize.h"

/* What the line_start of tokenize_pretoken() is to be. */
enum pretoken_line {
    PRETOKEN_WITHIN, /* false: within a line, or nothing depends on it */
    PRETOKEN_FIRST,  /* true: it begins a line */
    PRETOKEN_CARRIED /* what the call before, for the pretoken before, returned */
};

struct pretoken {
    uint32_t from, len; /* bytes of the text; len is not 0 */
    enum pretoken_line line;
};

/* {0} is a valid empty one. Reused from text to text it allocates nothing once warm. */
struct pretokens {
    struct pretoken *piece;
    size_t n, cap;
    uint32_t *bound; /* scratch */
    size_t bound_cap;
};

/* Those of a text of less than 2^32 bytes. */
void pretokens_of(struct pretokens *out, struct span text);
void pretokens_release(struct pretokens *p);

#endif
