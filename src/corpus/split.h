/* SPDX-License-Identifier: MIT */
/*
 * split: folds that keep groups whole and give each fold its share of every label of every
 * target, of every label, and of the comments (corpus/deal). Groups that share near-duplicates
 * may be joined first (corpus/copies), so that a copy is not held out while its original is
 * trained on. Which fold a group falls into depends on its name, the seed, and what is in the
 * groups, never on the order of rows.
 */
#ifndef CORPUS_SPLIT_H
#define CORPUS_SPLIT_H

#include "corpus/corpus.h"

struct split {
    struct span field; /* what comments were grouped by: "thread", "author", … or "id" */
    uint32_t n_folds;
    uint32_t n_groups;     /* by the field, among the comments used, before any is joined */
    uint32_t n_joined;     /* groups that are no longer alone, for the sake of copies */
    size_t n_without;      /* comments used that lack the field: each a group of its own */
    size_t n_copies;       /* comments used with a near-duplicate in another group */
    size_t n_split_copies; /* those with one in another fold all the same */
    bool cuts_threads;     /* there are threads, but too few, or not for all: cut, unasked */
    uint32_t *fold;        /* per comment; SPLIT_UNUSED where use[comment] is 0 */
    uint32_t *whole;       /* per comment: which group, or groups joined; not where unused */
    uint32_t n_wholes;
};

#define SPLIT_UNUSED UINT32_MAX

void split_release(struct split *s);

/* Groups by `field`; where field.p is NULL by thread, else by author, else by id: the
 * first that every used comment has and that gives at least n_folds groups. A comment
 * without the field asked for is a group of its own. use NULL: all. Fails (STANCE_DATA)
 * where there are fewer than n_folds groups, or no comment has the field asked for. No fold
 * is empty. Near-duplicates are not looked at. */
int split_folds(struct split *s, const struct corpus *c, const uint8_t *use, struct span field,
                uint32_t n_folds, uint64_t seed, struct stance_err *err);

/* The same with copies kept together where they can be: copy_of as features/neardup gives it,
 * per comment of the corpus the first of those it is a copy of, or itself; NULL: none. */
int split_folds_apart(struct split *s, const struct corpus *c, const uint8_t *use,
                      struct span field, const uint32_t *copy_of, uint32_t n_folds, uint64_t seed,
                      struct stance_err *err);

/* Says what a reader of figures from these folds should know of copies: groups joined, and what
 * stayed apart. One call per line, none where there is nothing. That threads were cut or
 * comments lack the field is the caller's to say. */
void split_tell_copies(const struct split *s, void (*note)(void *arg, const char *line), void *arg);

#endif
