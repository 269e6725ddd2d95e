/* SPDX-License-Identifier: MIT */
/*
 * threads: whole threads of the smallest ranks, so many that about as many comments as wanted are
 * in them.
 *
 * A first pass counts comments and, by the k smallest of the threads' ranks, threads (Bar-Yossef
 * et al. 2002), which gives the number of threads to draw. A second keeps the threads of the
 * smallest ranks and one more, whose rank, as a part of 2^64, is the probability with which
 * each of the others was drawn (Duffield, Lund and Thorup 2007, J. ACM 54:32, for equal weights). A
 * comment without a thread is a thread of its own.
 */
#ifndef SAMPLE_THREADS_H
#define SAMPLE_THREADS_H

#include "sample/sample.h"

/* Fills in the rows that the audit does not have yet, dump, threads_tau and the one stratum. */
int threads_draw(struct audit *a, const struct sample_spec *spec, struct stance_err *err);

#endif
