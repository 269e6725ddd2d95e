/* SPDX-License-Identifier: MIT */
/*
 * plainword: most pretokens that were not seen before are one French word, perhaps elided before
 * and with a mark behind: "l'avion,". These are tokenized here by looking at each byte once; what
 * tokenize_pretoken() says of them is the same (tests/fuzz/fuzz_pretoken.c).
 */
#ifndef TEXT_PLAINWORD_H
#define TEXT_PLAINWORD_H

#include <stdint.h>

#include "base/span.h"

enum {
    PLAINWORD_MOST = 32, /* bytes of a pretoken */
    PLAINWORD_TOKENS = 3
};

struct plainword {
    struct span token[PLAINWORD_TOKENS]; /* the texts of its tokens; they lie in `bytes` */
    size_t n;
    struct span running;
    char bytes[PLAINWORD_MOST + 1], plain[PLAINWORD_MOST + 3];
};

/* false where the pretoken is anything else. None of them asks where a line begins, or leaves the
 * next at the beginning of one. */
bool plainword_read(struct plainword *w, struct span pretoken);

#endif
