/* SPDX-License-Identifier: MIT */
/*
 * split: folds that keep groups whole and give each fold its share of every label of every
 * target, of every label, and of the comments (corpus/deal). Which fold a group falls into
 * depends on its name, the seed, and what is in the groups, never on the order of rows.
 */
#ifndef CORPUS_SPLIT_H
#define CORPUS_SPLIT_H

#include "corpus/corpus.h"

struct split {
    struct span field; /* what comments were grouped by: "thread", "author", … or "id" */
    uint32_t n_folds;
    uint32_t n_groups; /* groups among the comments used */
    bool cuts_threads; /* there are threads, but too few, or not for all: cut, unasked */
    uint32_t *fold;    /* per comment; SPLIT_UNUSED where use[comment] is 0 */
};

#define SPLIT_UNUSED UINT32_MAX

void split_release(struct split *s);

/* Groups by `field`; where field.p is NULL by thread, else by author, else by id: the
 * first that every used comment has and that gives at least n_folds groups. A comment
 * without the field asked for is a group of its own. use NULL: all. Fails (STANCE_DATA)
 * where there are fewer than n_folds groups, or no comment has the field asked for. No fold
 * is empty. */
int split_folds(struct split *s, const struct corpus *c, const uint8_t *use, struct span field,
                uint32_t n_folds, uint64_t seed, struct stance_err *err);

#endif
