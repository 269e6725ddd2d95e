/* SPDX-License-Identifier: MIT */
/*
 * search: the mix of spaces and C by grouped cross-validation on the training comments, and with
 * them everything that is estimated on held-out folds: the sigmoids of the label pairs, the rule
 * of decision, and the confusion tables.
 *
 * The candidate (mix, C) with the smallest log loss is chosen, of equals the first: it judges
 * the whole of the probabilities, and says the same from fold to fold where macro-F1, which
 * counts labels alone, jumps. The rule is chosen for the figure that is aimed at. Figures of what
 * was chosen were chosen on their own folds: reports must say so.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "corpus/split.h"
#include "metrics/confusion.h"
#include "model/calibrate.h"
#include "model/fit.h"

struct search {
    struct split split;
    uint32_t n_c, n_mixes;
    uint32_t best_mix, best_c;                            /* positions in settings */
    double log_loss[SETTINGS_MAX_MIXES * SETTINGS_MAX_C]; /* [mix][c] */
    double macro_f1[SETTINGS_MAX_MIXES * SETTINGS_MAX_C]; /* [mix][c], by the rule */
    double blind_macro_f1;   /* of the chosen candidate, targets left out */
    struct sigmoid *sigmoid; /* per pair, on all held-out margins of the candidate */
    struct sigmoid *blind_sigmoid;
    double exponent, blind_exponent;  /* of the rules */
    struct confusion *confusion;      /* per target, held out */
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
