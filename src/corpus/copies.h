/* SPDX-License-Identifier: MIT */
/*
 * copies: joins groups that share near-duplicates, so that folds keep copies together.
 *
 * A cluster (comments that are copies of one another) is joined whole or not at all: half of
 * it leaks as well as all. Small clusters come first, of equals the one with the first
 * comment. What would make one whole of more comments than a fold's equal share and than the
 * largest group, or would leave fewer wholes than folds, is not joined, and counted: a phrase
 * that half of the threads quote must not make one fold of them.
 */
#ifndef CORPUS_COPIES_H
#define CORPUS_COPIES_H

#include <stddef.h>
#include <stdint.h>

struct copies {
    const uint32_t *copy_of;  /* per comment: the first of its cluster, itself where alone */
    const uint32_t *group_of; /* per comment, where used: below n_groups */
    const uint8_t *use;       /* per comment; NULL: all */
    size_t n_comments;
    uint32_t n_groups;
};

/* Joins the groups' sets (base/unite.h): parent, one per group, each its own so far. At least
 * n_folds sets stay where there were as many. */
void copies_join(const struct copies *c, uint32_t n_folds, uint32_t *parent);

/* How many of the comments used have a copy, itself used, in another set. set_of: per comment
 * where used; any numbers: groups, or folds. */
size_t copies_apart(const struct copies *c, const uint32_t *set_of);

#endif
