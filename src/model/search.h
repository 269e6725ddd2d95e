/* SPDX-License-Identifier: MIT */
/*
 * search: C by grouped cross-validation on the training comments, and with it everything
 * that is estimated on held-out folds: the margins at the chosen C, the sigmoids of the
 * label pairs, and the confusion tables.
 *
 * Labels in a fold are decided with sigmoids fitted on the other folds' margins. The score
 * of C is macro-F1 on the counts of all targets together; ties go to the smaller C. The
 * figure of the chosen C was chosen on its own folds: reports must say so.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "corpus/split.h"
#include "metrics/confusion.h"
#include "model/calibrate.h"
#include "model/fit.h"

struct search {
    struct split split;
    uint32_t n_c, best; /* position in settings.c */
    double macro_f1[SETTINGS_MAX_C];
    double blind_macro_f1;   /* at the chosen C, targets left out */
    struct sigmoid *sigmoid; /* per pair, on all held-out margins at the chosen C */
    struct sigmoid *blind_sigmoid;
    struct confusion *confusion;      /* per target, held out, at the chosen C */
    struct confusion blind_confusion; /* all targets together */
};

void search_release(struct search *s);

/* use: comments to train on, per comment; field: what folds keep whole (p NULL: decided by
 * split_folds_apart), copies being kept together where they can be. progress may be NULL; it is
 * told done and total, in steps. */
struct search_progress {
    void (*step)(void *arg, uint32_t done, uint32_t total);
    void *arg;
};

int search_run(struct search *s, const struct trainset *t, const uint8_t *use, struct span field,
               const struct search_progress *progress, struct stance_err *err);

#endif
