/* SPDX-License-Identifier: MIT */
/*
 * surface: the baseline "length, punctuation". A linear discriminant over the looks of the
 * texts (text/looks.h), one per target where it has rows enough, else one for all, trained on
 * the gold labels outside a row's fold. It needs no training corpus, so it can stand beside
 * models and predictions of any origin: it says what of the gold can be guessed unread.
 */
#ifndef EVAL_SURFACE_H
#define EVAL_SURFACE_H

#include "eval/evaluation.h"

/* Adds the system. gold: what the evaluation was opened with. row_fold: per row, below n_folds;
 * NULL: n_folds folds of whole groups are made here. Of a fold outside which there is nothing,
 * nothing is said. */
void surface_add(struct evaluation *e, const struct corpus *gold, const uint32_t *row_fold,
                 uint32_t n_folds);

enum { SURFACE_FOLDS = 5 };

#endif
