/* SPDX-License-Identifier: MIT */
/*
 * jobs: run independent tasks on several threads. Each task writes only its own slot,
 * so the result is the same for any number of threads.
 */
#ifndef BASE_JOBS_H
#define BASE_JOBS_H

#include <stddef.h>

/* Calls task(i, arg) for i = 0 … n-1, on up to `n_jobs` threads (0: one per processor). */
void jobs_run(unsigned n_jobs, size_t n, void (*task)(size_t i, void *arg), void *arg);

/* n_jobs, or the number of processors online where it is 0. */
unsigned jobs_count(unsigned n_jobs);

#endif
