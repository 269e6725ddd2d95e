/* SPDX-License-Identifier: MIT */
/*
 * mixed: texts at random out of French words and of the fragments that tokens are made of, and
 * models that were trained on such texts: their n-grams are met again in other texts of the kind.
 */
#ifndef TESTS_MIXED_H
#define TESTS_MIXED_H

#include "small.h"

#include "base/rng.h"

/* Appends n words and fragments, most words with a blank behind. */
void mixed_text(struct buf *to, struct rng *rng, size_t n);

/* A model with these n-grams, for targets "t0", "t1", …, each with the labels against, favor and
 * none (even ones) or against and favor (odd ones, where `odd`). */
struct model *mixed_model(const struct ngram_settings *ngram, uint32_t n_targets, bool odd);

#endif
