/* SPDX-License-Identifier: MIT */
/* training: the options that say how a model is trained, for train and eval --cv. */
#ifndef CLI_TRAINING_H
#define CLI_TRAINING_H

#include "cli/options.h"

struct training {
    const char *targets, *group;
    uint64_t folds, seed, max_memory_mib, min_count;
    uint64_t words;
    struct words unlabelled, add;
    bool no_skips, no_openings, on_audit;
    struct numbers grid, word_share, chars, add_share;
    int class_weights, decide, solver; /* as in struct stance_train_options */
};

extern const struct option training_options[];

/* Borrows from training. */
struct stance_train_options training_train(const struct training *training, uint64_t jobs);

/* The corpus of these files and, beside it, of --add, without what is to estimate. NULL on failure.
 */
struct stance_corpus *training_corpus(const struct training *training, const char *const *path,
                                      size_t n, const struct stance_input *input,
                                      const struct stance_talk *talk, struct stance_err *err);

/* True where none of the options was given. */
bool training_is_default(const struct training *training);

#endif
