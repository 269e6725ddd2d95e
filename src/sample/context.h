/* SPDX-License-Identifier: MIT */
/* context: what an annotator reads beside a comment: the comment it answers, and the article. */
#ifndef SAMPLE_CONTEXT_H
#define SAMPLE_CONTEXT_H

#include "sample/sample.h"

/* Sets the context of rows that have none, by one more pass over the dump where some row has a
 * parent that is no row itself. */
int context_find(struct audit *a, const struct sample_spec *spec, struct stance_err *err);

/* Marks rows that are nearly the same text as an earlier one. */
void context_copies(struct audit *a);

#endif
