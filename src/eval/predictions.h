/* SPDX-License-Identifier: MIT */
/*
 * predictions: the labels of any program against gold, matched by id and target and never
 * by position.
 */
#ifndef EVAL_PREDICTIONS_H
#define EVAL_PREDICTIONS_H

#include "eval/evaluation.h"

/* Fills an evaluation (released by the caller in any case) from files in the forms of
 * predrows.h. A row without target is about the gold's only target. The gold's (comment,
 * target) pairs must each be predicted exactly once: missing, repeated and unknown ones are
 * STANCE_DATA, with the number of each kind and the first five. A row without a label does
 * not count as a prediction. Rows for known comments toward a target that the gold knows,
 * but that this comment has no label for, are left out and noted: programs label every
 * comment toward every target. Majorities are those of the gold itself. */
int predictions_run(struct evaluation *e, const char *const *path, size_t n_paths,
                    const struct corpus *gold, const struct stance_input *input,
                    struct stance_err *err);

#endif
