/* SPDX-License-Identifier: MIT */
/*
 * settings: everything that decides what a model is, besides the corpus. The part that
 * prediction needs travels inside the model file; `classify` takes none of it from the
 * command line.
 */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include "features/weighting.h"
#include "features/wordvec.h"
#include "model/rule.h"

/* Kernel of two (comment, target) pairs:
 *   K = (k(x,x')·(a + b·q(t,t') + c·[t = t']) + d·[t = t'])·s
 * with k the similarity of the comments and q the cosine of the character n-grams of the
 * targets' statements. a shares what is common to all targets, b what alike targets have in
 * common, c learns each one; d is a prior of labels by target. s is 1 of two comments of one
 * domain, and `add_share` of one of the corpus proper and one that was added to it: with 1 all are
 * one heap (Daumé, Frustratingly easy domain adaptation, ACL 2007, is 1/2); 0 stands for training
 * on the added ones alone (arms.h). */
struct kernel_settings {
    double a, b, c, d;
};

enum class_weights { CLASS_WEIGHTS_NONE, CLASS_WEIGHTS_BALANCED };

/* Who solves the pairs: libsvm on kernel matrices, or coordinate descent on the vectors
 * (descent.h). Auto: libsvm where its matrices fit in max_memory. */
enum solver { SOLVER_AUTO, SOLVER_LIBSVM, SOLVER_COORDINATE };

enum {
    SETTINGS_MAX_C = 16,
    SETTINGS_MAX_MIXES = 4,
    SETTINGS_MAX_KERNELS = 4,
    SETTINGS_MAX_VECTOR_SHARES = 4,
    SETTINGS_MAX_SHARES = 8
};

/* How much each space of n-grams counts: parts of 1, by enum ngram_space. */
struct mix {
    double words; /* of which the others are made: settings_mix() */
    double share[NGRAM_SPACES];
};
enum { SETTINGS_MAX_TARGETS = 4096 }; /* the name kernel takes 8·n² bytes */

struct settings {
    struct ngram_settings ngram;
    uint32_t min_df;
    uint32_t n_mixes;
    struct mix mix[SETTINGS_MAX_MIXES]; /* to choose from, with each C */
    const struct wordvec *vectors;      /* borrowed; NULL: none */
    uint32_t n_vector_shares;
    double vector_share[SETTINGS_MAX_VECTOR_SHARES]; /* to choose from where there are word
                                                        vectors; else 0 */
    uint32_t n_kernels;
    struct kernel_settings kernel[SETTINGS_MAX_KERNELS]; /* to choose from; with one target alike */
    uint32_t n_shares;
    double add_share[SETTINGS_MAX_SHARES]; /* rising; to choose from where comments were added */
    enum class_weights class_weights;
    enum rule_aim rule; /* which figure the rule of decision is chosen for */
    uint32_t n_folds;
    uint32_t n_c;
    double c[SETTINGS_MAX_C]; /* rising */
    uint64_t seed;
    unsigned n_jobs;     /* 0: one per processor; changes no result */
    uint64_t max_memory; /* bytes that kernel matrices, or else vectors, may take */
    enum solver solver;
};

/* What a search chooses, besides C: positions in the settings. */
struct choice {
    uint32_t mix, kernel, vectors, share;
};

/* The mix of a choice: the share of the vectors is taken from the others. */
struct mix settings_chosen(const struct settings *s, const struct choice *choice);

/* Openings get a tenth where there are any; of the rest words get w, skip-grams half as much where
 * there are any, characters what is left. */
struct mix settings_mix(const struct ngram_settings *ngram, double w);

/* The defaults, chosen by cross-validation on training data (doc/DESIGN.md). */
struct settings settings_default(void);

#endif
