/* SPDX-License-Identifier: MIT */
/* ngramtext: an n-gram's bytes (features/ngram.h) as people read them. */
#ifndef EVAL_NGRAMTEXT_H
#define EVAL_NGRAMTEXT_H

#include "features/ngram.h"

/* Words as they are, characters as c:inter with _ for the boundary of a word. */
void ngramtext_add(struct buf *out, struct span ngram);

/* Members "ngram" (the same) and "space" ("word" or "char") of an open JSON object. */
void ngramtext_add_json(struct buf *out, struct span ngram);

#endif
