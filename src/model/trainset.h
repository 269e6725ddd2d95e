/* SPDX-License-Identifier: MIT */
/*
 * trainset: a labelled corpus ready for the solver: one row per (comment, target, label),
 * the comments' n-gram counts, and the factors that the targets bring to the kernel.
 *
 * Nothing here is fitted: n-grams have names (ids) but no weights yet, so one trainset
 * serves all folds.
 */
#ifndef MODEL_TRAINSET_H
#define MODEL_TRAINSET_H

#include "corpus/corpus.h"
#include "model/settings.h"

struct label_pair {
    uint32_t a, b; /* a < b; the positive side is a */
};

struct trainset {
    const struct corpus *corpus; /* borrowed */
    struct settings set;
    struct span *statement; /* per target, borrowed from the caller's */
    size_t n_rows;
    const struct mark *row; /* the corpus' marks */
    struct intern vocab;
    struct counts counts; /* per comment */
    double *similarity;   /* q of the targets, n_targets² */
    struct label_pair *pair;
    uint32_t n_pairs;
    uint64_t *seen;       /* n_targets × n_labels: rows with that label */
    uint32_t *copy_of;    /* per comment, labelled or not: see features/neardup.h */
    enum solver solver;   /* decided: not SOLVER_AUTO */
    double matrix_memory; /* bytes that libsvm's matrices take, or would */
};

/* What a user is told where SOLVER_AUTO has left libsvm: MiB needed and MiB allowed. */
#define TRAINSET_SWITCHED                                                                          \
    "kernel matrices would take %.0f MiB, --max-memory is %.0f: solved by coordinate descent on "  \
    "the vectors instead"

void trainset_release(struct trainset *t);

/* statement: one per target of the corpus, borrowed. Fails (STANCE_DATA) where there is no
 * labelled row, or no target has two labels; STANCE_USAGE where the solver's memory goes beyond
 * set->max_memory. */
int trainset_init(struct trainset *t, const struct corpus *corpus, const struct span *statement,
                  const struct settings *set, struct stance_err *err);

/* How the kernel joins two rows; `blind` leaves the target out, as if all were one. */
struct factors {
    double times, plus; /* K = k(x,x')·times + plus */
};
struct factors trainset_factors(const struct trainset *t, const struct kernel_settings *k,
                                uint32_t target, uint32_t other, bool blind);

#endif
