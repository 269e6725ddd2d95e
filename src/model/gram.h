/* SPDX-License-Identifier: MIT */
/*
 * gram: the matrix of dot products of all comments of a fold, computed once and used for
 * every value of C and every label pair.
 */
#ifndef MODEL_GRAM_H
#define MODEL_GRAM_H

#include "features/weighting.h"

/* n × n doubles, row-major, symmetric; owned by the caller (free()). 8·n² bytes. */
double *gram_new(const struct matrix *x, unsigned n_jobs);

#endif
