/* SPDX-License-Identifier: MIT */
/*
 * scorer: the hot path. Text in, margins and labels out, for the targets asked for.
 * One scorer per thread; the model is shared. Nothing is allocated once warm.
 */
#ifndef MODEL_SCORER_H
#define MODEL_SCORER_H

#include "model/decide.h"
#include "model/model.h"

struct scorer;

/* target: n positions in the model, or UINT32_MAX for one it does not have, which is then
 * described by statement[i] alone (statement may be NULL where all are the model's). The
 * spans are read during the call only. */
struct scorer *scorer_new(const struct model *m, const uint32_t *target,
                          const struct span *statement, uint32_t n);
void scorer_free(struct scorer *s);

/* Reads one comment; the calls below are then about it. */
void scorer_read(struct scorer *s, struct span text);

/* Margins of the i-th target asked for: n_pairs doubles, positive for the pair's first
 * label, borrowed until the next call. blind: of the machine trained without targets. */
const double *scorer_margins(struct scorer *s, uint32_t i, bool blind);

void scorer_decide(struct scorer *s, uint32_t i, bool blind, struct decision *out);

/* The weights of the rule of decision for the i-th target asked for, see decide_label(). */
const double *scorer_rule(const struct scorer *s, uint32_t i, bool blind);

/* The features of the comment read, their values, and what one of them weighs: the margin
 * is the sum of value · weight over them, plus scorer_intercept(). */
struct scorer_features {
    const uint32_t *id;
    const double *value;
    size_t n;
};
struct scorer_features scorer_features(const struct scorer *s);
double scorer_weight(const struct scorer *s, uint32_t i, uint32_t pair, uint32_t feature);
double scorer_intercept(const struct scorer *s, uint32_t i, uint32_t pair);

#endif
