/* SPDX-License-Identifier: MIT */
/*
 * own: the added comments of a corpus as a corpus of their own, numbered as if nothing else had
 * been read: what is trained on it is what training on the files of --add alone gives.
 */
#ifndef CORPUS_OWN_H
#define CORPUS_OWN_H

#include "corpus/corpus.h"

struct own {
    struct corpus c; /* names and text borrowed from the whole */
    bool apart;      /* some labelled comments were added, not all; else c is the whole */
    uint32_t *comment, *mark, *target, *label; /* of c, each its position in the whole */
};

/* Comments keep their order, those without a label too; targets and labels are those that an
 * added comment has. Where not one of the labels, or each, is of an added comment, nothing is
 * left out. whole: sealed, and there as long as the result. */
void own_make(struct own *o, const struct corpus *whole);
void own_release(struct own *o);

#define OWN_NONE UINT32_MAX

/* Per label of the whole its position in c, or OWN_NONE. Owned by the caller. */
uint32_t *own_labels(const struct own *o, uint32_t n_labels);

#endif
