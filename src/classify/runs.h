/* SPDX-License-Identifier: MIT */
/*
 * runs: which records of a dump follow one another in one thread.
 *
 * A filter cannot wait for the end of a dump, so a thread is a run of records that name it; those
 * that name none, blank lines among them, neither belong to a run nor end it. A thread that comes
 * back later begins another run, and this is counted: a dump in the order of time should be sorted
 * first. Memory is fixed: of threads that came before a table keeps hashes, one of several that
 * share a place, so in a dump of many millions some returns are not seen, and never one seen that
 * was none.
 */
#ifndef CLASSIFY_RUNS_H
#define CLASSIFY_RUNS_H

#include "corpus/source.h"

#define RUNS_NONE UINT32_MAX

struct runs {
    struct parsed parsed;
    uint64_t *before; /* hashes of threads, 0 where there was none */
    uint64_t thread;  /* of the last record that names one */
    bool any;
    uint64_t n_back; /* runs whose thread had come before */
};

void runs_init(struct runs *r);
void runs_release(struct runs *r); /* NULL is fine */

/* Another input begins. */
void runs_restart(struct runs *r);

enum runs_step { RUNS_OUTSIDE, RUNS_SAME, RUNS_NEW };

/* What the next record is: in no thread, in that of the one before, or the first of a run. */
enum runs_step runs_next(struct runs *r, const struct schema *schema, struct span record);

/* The run goes on, but as another: there is no room for all of it. */
void runs_cut(struct runs *r);

#endif
