/* SPDX-License-Identifier: MIT */
/*
 * targets: how alike targets are. The name kernel q(t,t') is the cosine of the character
 * n-grams of the targets' statements (1 + ln tf, no idf: the statements of one corpus are
 * too few to estimate one), 1 on the diagonal.
 */
#ifndef MODEL_TARGETS_H
#define MODEL_TARGETS_H

#include "model/settings.h"

/* n × n doubles, row-major, owned by the caller. */
double *targets_similarity(const struct span *statement, uint32_t n,
                           const struct ngram_settings *set);

#endif
