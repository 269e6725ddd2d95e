/* SPDX-License-Identifier: MIT */
/* keep: a sealed corpus with the labels of some targets alone. */
#ifndef CORPUS_KEEP_H
#define CORPUS_KEEP_H

#include "corpus/corpus.h"

/* Drops the marks of all other targets; names of targets and labels that no mark is left for
 * go too, so that the corpus is as if the other labels had not been given, but that
 * corpus.dropped remembers the targets. Comments stay. STANCE_USAGE for a name that is no target
 * of the corpus, with those it has, and for one given twice: nothing is changed then. */
int corpus_keep_targets(struct corpus *c, const struct span *target, size_t n,
                        struct stance_err *err);

#endif
