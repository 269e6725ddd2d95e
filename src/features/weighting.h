/* SPDX-License-Identifier: MIT */
/*
 * weighting: from counts to comment vectors.
 *
 * Fitted on the training comments of a fold alone: an n-gram that occurs in fewer than
 * min_df of them is no feature (weight 0), and
 *     idf = ln((1 + n) / (1 + df)) + 1        (smoothed, as scikit-learn's default)
 * A vector's entry is (1 + ln tf) · idf; each space (words, skip-grams, characters) is scaled to
 * length 1 and by the square root of its share, so that the dot product of two vectors
 * is the weighted mean of the cosines of their spaces and a comment with all spaces has
 * length 1. Sources: Salton and Buckley, Term-weighting approaches in automatic text
 * retrieval, IPM 24(5), 1988; Manning, Raghavan, Schütze, 2008, section 6.4.
 */
#ifndef FEATURES_WEIGHTING_H
#define FEATURES_WEIGHTING_H

#include "features/counts.h"

struct weighting_settings {
    uint32_t min_df;
    double share[NGRAM_SPACES]; /* by enum ngram_space; sum 1 */
};

struct weighting {
    struct weighting_settings set;
    uint32_t n_ids;
    double *idf;    /* 0: not a feature */
    uint8_t *space; /* ngram_space() of each id */
    uint32_t *df;   /* in the comments it was fitted on */
};

void weighting_release(struct weighting *w);

/* Fits on those rows of c for which use[row] is not 0 (use NULL: all). */
void weighting_fit(struct weighting *w, const struct weighting_settings *set,
                   const struct counts *c, const uint8_t *use, const struct intern_view *v);

/* Sparse rows; within a row by rising id. */
struct matrix {
    size_t n_rows;
    size_t *start;
    uint32_t *id;
    double *value;
    uint32_t n_ids;
};

void matrix_release(struct matrix *m);

/* One comment's vector: writes at most n entries to id and value, returns how many. */
size_t weighting_vector(const struct weighting *w, const struct count *entry, size_t n,
                        uint32_t *id, double *value);

/* All rows of c as vectors, by n_jobs threads (0: one per processor). */
void weighting_apply(const struct weighting *w, const struct counts *c, unsigned n_jobs,
                     struct matrix *out);

#endif
