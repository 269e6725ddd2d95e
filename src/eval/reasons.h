/* SPDX-License-Identifier: MIT */
/*
 * reasons: errors worth reading, confident and wrong, each with the n-grams that spoke most
 * for the label given against the gold one. The margin of a label pair is a sum over n-grams
 * (model.h), so these are its largest terms and no approximation.
 */
#ifndef EVAL_REASONS_H
#define EVAL_REASONS_H

#include "eval/evaluation.h"
#include "model/fit.h"
#include "model/model.h"

enum { REASONS = 6 }; /* n-grams kept per error */

/* Of a model. target: per target of the gold, its position in the model. The evaluation's rows
 * are the gold's. */
void reasons_of_model(struct evaluation *e, const struct model *m, const struct corpus *gold,
                      const uint32_t *target);

/* Per row and label of the evaluation the trainset's; NULL: the same. */
struct reasons_at {
    const uint32_t *row, *label;
};

/* Of the machines of one fold, machine[pair], for the rows in use. Errors of all folds are
 * collected; reasons_finish() keeps the worst. */
void reasons_of_fold(struct evaluation *e, const struct fit *f, const struct machine *machine,
                     const struct reasons_at *at, const uint8_t *use);
void reasons_finish(struct evaluation *e);

/* Errors without reasons, where only labels are known. */
void reasons_unknown(struct evaluation *e);

#endif
