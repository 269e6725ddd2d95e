/* SPDX-License-Identifier: MIT */
/*
 * tiny: a corpus and a model small enough to train in a test. Two targets: `ban` with
 * against, favor and none, `spying` with against and favor only; the label shows in a word.
 */
#ifndef TESTS_TINY_H
#define TESTS_TINY_H

#include "helpers.h"

#include "model/train.h"

enum { TINY_TARGETS = 2, TINY_COMMENTS = 90 };

/* Its settings: two values of C, three folds. */
struct settings tiny_settings(void);

/* Sealed; threads of three comments, ten authors. */
void tiny_corpus(struct corpus *c);

/* Statements of its targets, in its order. */
extern const struct span tiny_statement[TINY_TARGETS];

/* Trained on all of it. */
struct model *tiny_model(const struct corpus *c);

#endif
