/* SPDX-License-Identifier: MIT */
/*
 * small: a model of a few kilobytes, for tests that try every byte of its file. Words
 * alone, 12 comments: `ban` has against, favor and none, `spying` against and favor.
 */
#ifndef TESTS_SMALL_H
#define TESTS_SMALL_H

#include "tiny.h"

struct model *small_model(void);

/* Trains on all of a sealed corpus, every target its own statement. NULL with err filled. */
struct model *train_on(const struct corpus *c, const struct settings *set, struct stance_err *err);

/* What a caller of the library has: the same bytes, loaded. Frees m. */
struct stance_model *public_model(struct model *m);

/* A sink that gathers in a struct buf. */
struct stance_sink gather(struct buf *into);

#endif
