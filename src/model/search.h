/* SPDX-License-Identifier: MIT */
/*
 * search: the mix of spaces, how far targets and domains share, and C by grouped cross-validation
 * on the training comments, and with them everything that is estimated on held-out folds: the
 * sigmoids of the label pairs, the rule of decision, and the confusion tables.
 *
 * The candidate with the smallest log loss is chosen, of equals the first: it judges the whole
 * of the probabilities, and says the same from fold to fold where macro-F1, which counts labels
 * alone, jumps. Not every combination is tried: first each mix with each C, then the other
 * choices one after the other, each with the best so far and the values of C beside it. The rule
 * is chosen for the figure that is aimed at. Figures of what was chosen were chosen on their own
 * folds: reports must say so.
 *
 * Where comments were added to a corpus, there is a search over those alone, and one beside it over
 * all: on the same folds, which hold out added comments, with the corpus on every training side
 * (apart.h). It takes the choices of the first, adds the share and C, and goes on only where that
 * is a clear gain (gain.h).
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "corpus/split.h"
#include "metrics/confusion.h"
#include "model/calibrate.h"
#include "model/context.h"
#include "model/fit.h"
#include "model/gain.h"

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
    size_t n_left;    /* comments of the corpus left out of some training side, see apart.h */
    struct gain gain; /* of a search beside another */
    double *loss;     /* per row: of the best candidate, held out; see heldout_losses() */
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
 * told of each step. */
struct search_progress {
    void (*step)(void *arg);
    void *arg;
};

int search_run(struct search *s, const struct trainset *t, const uint8_t *use, struct span field,
               const struct search_progress *progress, struct stance_err *err);

/* The search over the added comments alone, that another goes beside. */
struct search_first {
    const struct search *s;
    const struct trainset *t;
    const uint32_t *comment, *row; /* of t, each its position in the other's trainset */
};

/* Shares of t->set, each above 0, and C, with the other choices of the first search, on its
 * folds. Returns 1 where the best is a clear gain over the first's best, or is wanted in any case;
 * 0 where not: then nothing of s is filled but candidates, loss and gain; -1 on failure. */
int search_beside(struct search *s, const struct trainset *t, const uint8_t *use,
                  const struct search_first *first, bool anyway,
                  const struct search_progress *progress, struct stance_err *err);

/* How many steps either is. */
uint32_t search_steps(const struct trainset *t);

#endif
