/* SPDX-License-Identifier: MIT */
/*
 * search: the mix of spaces, how far targets and domains share, and C by grouped cross-validation
 * on the training comments, and with them everything that is estimated on held-out folds: the
 * sigmoids of the label pairs, the rule of decision, and the confusion tables.
 *
 * The candidate with the smallest log loss is chosen, of equals the first: it judges the whole
 * of the probabilities, and says the same from fold to fold where macro-F1, which counts labels
 * alone, jumps. Not every combination is tried: first each mix with each C, then the other
 * choices one after the other, each with the best so far and the values of C beside it. Where
 * comments were added to a corpus they alone are held out, and it is on every training side
 * (apart.h): all that is chosen and fitted is for comments like those. The rule
 * is chosen for the figure that is aimed at. Figures of what was chosen were chosen on their own
 * folds: reports must say so.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "corpus/split.h"
#include "metrics/confusion.h"
#include "model/calibrate.h"
#include "model/context.h"
#include "model/fit.h"

struct candidate {
    struct choice choice;
    uint32_t c; /* position in settings.c */
    double log_loss;
    double macro_f1; /* by the rule */
};

enum {
    SEARCH_MOST = SETTINGS_MAX_MIXES * SETTINGS_MAX_C +
                  3 * (SETTINGS_MAX_KERNELS + SETTINGS_MAX_VECTOR_SHARES + SETTINGS_MAX_SHARES)
};

struct search {
    struct split split;
    size_t n_left; /* comments of the corpus left out of some training side, see apart.h */
    uint32_t n_candidates, best;
    struct candidate candidate[SEARCH_MOST]; /* in the order in which they were tried */
    double blind_macro_f1;                   /* of the chosen candidate, targets left out */
    struct sigmoid *sigmoid; /* per pair, on all held-out margins of the candidate */
    struct sigmoid *blind_sigmoid;
    double exponent, blind_exponent;  /* of the rules */
    struct context_rule context;      /* for whole threads: 0 and 0 where that does not help */
    double context_log_loss;          /* held out, in whole threads */
    double context_macro_f1;          /* the same, by the rule of decision */
    struct confusion *confusion;      /* per target, held out */
    struct confusion blind_confusion; /* all targets together */
};

void search_release(struct search *s);

/* The candidate chosen, and its C. */
static inline const struct candidate *search_best(const struct search *s)
{
    return &s->candidate[s->best];
}

/* use: comments to train on, per comment; field: what folds keep whole (p NULL: decided by
 * split_folds_apart), copies being kept together where they can be. progress may be NULL; it is
 * told done and total, in steps. */
struct search_progress {
    void (*step)(void *arg, uint32_t done, uint32_t total);
    void *arg;
};

int search_run(struct search *s, const struct trainset *t, const uint8_t *use, struct span field,
               const struct search_progress *progress, struct stance_err *err);

/* How many steps that is. */
uint32_t search_steps(const struct trainset *t);

#endif
