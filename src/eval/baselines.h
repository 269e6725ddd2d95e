/* SPDX-License-Identifier: MIT */
/*
 * baselines: what a figure has to beat before it means anything. Majorities know the training
 * labels and no text; `surface` (surface.h) knows the looks of a text and not one word;
 * target-blind, which the machines themselves provide, knows the text and not the target; comment
 * alone, where whole threads are judged, knows one text at a time.
 */
#ifndef EVAL_BASELINES_H
#define EVAL_BASELINES_H

#include "eval/evaluation.h"

/* Two systems of an evaluation, and what they say. */
struct majorities {
    size_t per_target, all; /* positions of the systems */
};

/* from: where labels are counted, for the foot of a report ("the model's training labels"). */
struct majorities majorities_add(struct evaluation *e, const char *from);

/* Sets the labels of the rows for which use[row] is not 0 (NULL: all) by seen[target][label],
 * counts by the evaluation's targets and labels: the most frequent ones, of equals the first. A
 * target without any takes the one of all. */
void majorities_set(struct evaluation *e, const struct majorities *m, const uint64_t *seen,
                    const uint8_t *use);

/* The system "comment alone", what a model says that is judged in whole threads. */
size_t alone_add(struct evaluation *e);

/* The system "target-blind"; only where there are several targets, else EVALUATION_NO_SYSTEM. */
size_t blind_add(struct evaluation *e);

#endif
