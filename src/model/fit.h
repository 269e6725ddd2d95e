/* SPDX-License-Identifier: MIT */
/*
 * fit: training on a part of a trainset. The part's own vocabulary, idf and vectors, and
 * for libsvm their Gram matrix, are made once; then each label pair is solved for as many
 * values of C as asked (solve.h). Which solver it is (trainset.h) shows in nothing but memory and
 * time.
 */
#ifndef MODEL_FIT_H
#define MODEL_FIT_H

#include "model/trainset.h"

struct fit {
    const struct trainset *t;             /* borrowed */
    const struct kernel_settings *kernel; /* chosen; borrowed from t */
    double share;                         /* chosen: of the main rows, see settings.h */
    const uint8_t *use;                   /* per comment: trained on; borrowed */
    struct weighting weighting;           /* fitted on those alone */
    uint32_t *word;    /* per id, with vectors: see features/wordspace.h; else NULL */
    double word_scale; /* of their coordinates */
    struct matrix x;   /* all comments, in that weighting */
    double *gram;      /* n_comments²; NULL where the solver needs none */
    uint64_t *seen;    /* n_targets × n_labels, rows trained on */
    uint64_t *own;     /* those of the domain classified; seen if all are */
};

void fit_open(struct fit *f, const struct trainset *t, const uint8_t *use,
              const struct choice *choice);
void fit_release(struct fit *f);

/* f(row) = Σ coef[i]·K(row[i], row) - rho, positive for the pair's first label. A pair of
 * which only one label was trained on has no rows and a constant margin of +1 or -1. */
struct machine {
    size_t n;
    uint32_t *row; /* shared between the machines of one pair */
    double *coef;
    double rho;
    double share; /* of its pair: the fit's, or 1 where the pair is of one heap */
};

void machines_release(struct machine *machine, uint32_t n_c);

/* That of a pair's machines. */
struct kernel fit_kernel_of(const struct fit *f, uint32_t pair, bool blind);

/* The kernel of two rows of the trainset. */
double fit_kernel(const struct fit *f, const struct kernel *k, uint32_t row, uint32_t other);

/* The margin of one row by the kernel: exact, and slow without a Gram matrix. */
double fit_margin(const struct fit *f, const struct machine *m, uint32_t row, bool blind);

#endif
