/* SPDX-License-Identifier: MIT */
/*
 * humans: how far people agree on the rows of an evaluation, to read a model's figure beside. It
 * is no bound: where several annotators made the gold together, a program may come nearer to it
 * than one of them comes to another.
 */
#ifndef EVAL_HUMANS_H
#define EVAL_HUMANS_H

#include "agree/annotations.h"
#include "eval/evaluation.h"

/* Fills e->humans: macro-F1 of one annotator's labels against another's on the rows that both
 * labelled, the mean over pairs of annotators, each weighing as much as those rows, with an
 * interval over the evaluation's groups (n_resamples 0: none). gold: what the evaluation was opened
 * with. STANCE_DATA where no row has labels of two annotators. */
int humans_find(struct evaluation *e, const struct corpus *gold, const struct annotations *a,
                uint32_t n_resamples, uint64_t seed, unsigned n_jobs, struct stance_err *err);

#endif
