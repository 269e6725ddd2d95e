/* SPDX-License-Identifier: MIT */
/*
 * scorer: text in, margins and labels out, for the targets asked for: the definition, in double
 * precision and in the order of the vocabulary, of what quick.h does fast. One scorer per thread;
 * the model is shared. Nothing is allocated once warm.
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

/* The same in two steps, for whoever counts features in another way: what scorer_count() counts,
 * by rising id (*n of them, borrowed until the next call), and how counts become a comment read. */
const struct count *scorer_count(struct scorer *s, struct span text, size_t *n);
void scorer_take(struct scorer *s, const struct count *count, size_t n);

/* The same from ids in any order, one per occurrence, which are sorted in place. */
void scorer_take_ids(struct scorer *s, uint32_t *id, size_t n);

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

/* What a weight of a task (model_slot() of pair and task) counts in that margin. */
double scorer_factor(const struct scorer *s, uint32_t i, uint32_t pair, uint32_t task);

/* Per label, not 0 where the i-th target asked for may be given it. */
const uint64_t *scorer_labels(const struct scorer *s, uint32_t i);

#endif
