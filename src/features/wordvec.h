/* SPDX-License-Identifier: MIT */
/*
 * wordvec: vectors of words, learnt from the texts of a dump without labels. Words that have
 * the same neighbours come out near each other.
 *
 * The positive information (features/ppmi.h) of words and the words near them is a matrix A ≈
 * U S Vᵀ (features/svd.h); the vectors are the rows of U S^½, each scaled to length 1, so that
 * the dot product of two is their cosine. Source: Levy, Goldberg and Dagan, Improving
 * distributional similarity with lessons learned from word embeddings, TACL 3, 2015: their
 * SVD with the eigenvalues' weight at ½, smoothed contexts and no context vectors added.
 *
 * The same texts in any order and any number of threads give the same bytes, unless more than
 * max_distinct different words occur (features/wordcounts.h).
 */
#ifndef FEATURES_WORDVEC_H
#define FEATURES_WORDVEC_H

#include "base/err.h"
#include "base/intern.h"

enum { WORDVEC_MIN_WORDS = 50 }; /* with fewer there is nothing to learn */

struct wordvec_settings {
    uint32_t max_words;    /* the most frequent; at most COOCCUR_MAX_WORDS */
    uint32_t min_count;    /* occurrences, at least 1 */
    uint32_t window;       /* tokens to either side, 1 to COOCCUR_MAX_WINDOW */
    uint32_t n_dims;       /* at least 1 */
    uint32_t n_iterations; /* of svd_truncated() */
    double smoothing;      /* of ppmi_matrix() */
    uint64_t seed;
    uint32_t max_distinct; /* bounds the first pass: wordcounts.h */
    size_t max_pairs;      /* bounds the second: cooccur.h; and then 48 bytes each */
};

/* 30,000 words with 3 occurrences, window 5, 200 dimensions, 4 iterations, smoothing 0.75, seed
 * 1; 2^22 different words and 2^25 pairs: less than 2 GB for however many comments. */
struct wordvec_settings wordvec_default(void);

struct wordvec {
    struct intern words; /* token texts, by falling count, then bytes */
    uint32_t n_dims;     /* that of the settings, but no more than words.n */
    float *vector;       /* words.n × n_dims, by rows, each of length 1; all 0 for a word that
                            says nothing of its neighbours */
};

void wordvec_release(struct wordvec *w); /* may be NULL; w is {0} again */

/* Where texts come from. They are gone through twice. */
struct wordvec_texts {
    void *arg;
    /* Back to before the first text; called before each of the two passes. 0 or -1. */
    int (*restart)(void *arg, struct stance_err *err);
    /* 1 and any bytes, good until the next call; 0 at the end; -1. */
    int (*next)(void *arg, struct span *text, struct stance_err *err);
};

/* talk (may be NULL) gets "comments" as progress, the total once it is known, and a note of what
 * was found. What a callback fails with is passed on; STANCE_DATA where fewer than
 * WORDVEC_MIN_WORDS words occur often enough. On failure *out is {0}. */
int wordvec_learn(struct wordvec *out, const struct wordvec_settings *set,
                  const struct wordvec_texts *texts, unsigned n_jobs,
                  const struct stance_talk *talk, struct stance_err *err);

/* The id of a token's text, or INTERN_NONE. */
uint32_t wordvec_find(const struct wordvec *w, struct span word);

/* Borrowed, n_dims of them. */
static inline const float *wordvec_row(const struct wordvec *w, uint32_t id)
{
    return w->vector + (size_t)id * w->n_dims;
}

#endif
