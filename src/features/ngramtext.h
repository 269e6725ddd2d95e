/* SPDX-License-Identifier: MIT */
/* ngramtext: an n-gram's bytes (features/ngram.h) as people read them. */
#ifndef FEATURES_NGRAMTEXT_H
#define FEATURES_NGRAMTEXT_H

#include "features/ngram.h"

#include "base/buf.h"

/* Words as they are, skip-grams as "ne … pas", openings as ^oui, words by their vectors
 * as ~interdire, characters as
 * c:inter with _ for the boundary of a word; control characters are '?'. */
void ngramtext_add(struct buf *out, struct span ngram);

#endif
