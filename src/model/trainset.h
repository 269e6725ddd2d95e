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

/* Rows of one target and one domain: what the weights of a machine are summed by. Without added
 * rows the targets, in their order. */
struct task {
    uint32_t target, domain;
};

/* Domains of rows; of the one that is classified are the added ones, and all where there are no
 * others. */
enum { DOMAIN_MAIN, DOMAIN_ADDED, DOMAINS };

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
    uint32_t n_domains; /* 1, or DOMAINS where some labelled comments were added, not all */
    struct task *task;  /* that have rows, by target, then domain */
    uint32_t n_tasks;
    uint32_t *task_of;  /* per row */
    uint64_t *seen;     /* n_targets × n_labels: rows with that label */
    uint64_t *own;      /* the same of the domain that is classified; seen where there is one */
    size_t n_own;       /* its rows */
    uint8_t *held;      /* per pair: it has rows of both labels. Those pairs are held out by folds,
                           and know domains apart; the others are of one heap */
    uint32_t *copy_of;  /* per comment, labelled or not: see features/neardup.h */
    enum solver solver; /* decided: not SOLVER_AUTO */
    double matrix_memory; /* bytes that libsvm's matrices take, or would */
    double pair_memory;   /* bytes for pairs being solved: what the limit leaves (solve.h) */
};

/* What a user is told where SOLVER_AUTO has left libsvm: MiB needed and MiB allowed. */
#define TRAINSET_SWITCHED                                                                          \
    "kernel matrices would take %.0f MiB, --max-memory is %.0f: solved by coordinate descent on "  \
    "the vectors instead"

void trainset_release(struct trainset *t);

/* Bytes that libsvm's matrices take where the largest pair of labels has n_rows. */
double trainset_matrix_memory(size_t n_comments, uint64_t n_rows, uint32_t n_c);

/* statement: one per target of the corpus, borrowed. Fails (STANCE_DATA) where there is no
 * labelled row, no target has two labels, or added rows have one alone; STANCE_USAGE where the
 * solver's memory goes beyond set->max_memory, and where the rule is for labels that are not there.
 */
int trainset_init(struct trainset *t, const struct corpus *corpus, const struct span *statement,
                  const struct settings *set, struct stance_err *err);

/* Whether a comment is of the domain that is classified: the folds hold out those alone. */
static inline bool trainset_owns(const struct trainset *t, size_t comment)
{
    return t->n_domains == 1 || t->corpus->comment[comment].added;
}

/* The kernel of one machine; `blind` leaves the target out, as if all were one. */
struct kernel {
    const struct kernel_settings *set;
    double share; /* of settings.h, chosen */
    bool blind;
};

/* What the kernel tells rows apart by: tasks, or for a blind one domains. */
static inline uint32_t trainset_task(const struct trainset *t, bool blind, size_t row)
{
    return blind ? t->task[t->task_of[row]].domain : t->task_of[row];
}

static inline uint32_t trainset_n_tasks(const struct trainset *t, bool blind)
{
    return blind ? t->n_domains : t->n_tasks;
}

/* How it joins two rows, by their tasks. */
struct factors {
    double times, plus; /* K = k(x,x')·times + plus */
};
struct factors trainset_factors(const struct trainset *t, const struct kernel *k, uint32_t task,
                                uint32_t other);

#endif
