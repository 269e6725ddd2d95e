/* SPDX-License-Identifier: MIT */
/* reading: the options that say how files of comments are read. */
#ifndef CLI_READING_H
#define CLI_READING_H

#include "cli/options.h"

struct reading {
    struct stance_fields fields;
    int encoding; /* enum stance_encoding */
    uint64_t max_record;
    bool lossy;
};

extern const struct option encoding_options[]; /* --encoding alone */
extern const struct option reading_options[];  /* for dumps and corpora */
extern const struct option label_options[];    /* what a corpus has besides */

struct stance_input reading_input(const struct reading *reading);

/* Labelled comments, with the labels of `keep` alone where it names targets. definitions: a file
 * of targets, or NULL. NULL on failure. */
struct stance_corpus *reading_gold(const struct reading *reading, const char *const *path, size_t n,
                                   bool textless, const char *definitions, const struct words *keep,
                                   const struct stance_talk *talk, struct stance_err *err);

/* The corpus (or NULL) with the labels of `keep` alone, or NULL and the corpus freed. */
struct stance_corpus *reading_kept(struct stance_corpus *corpus, const struct words *keep,
                                   struct stance_err *err);

#endif
