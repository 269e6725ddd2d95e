/* SPDX-License-Identifier: MIT */
/*
 * dump: whole inputs through a model, one record out per record in, in order.
 *
 * One thread reads and frames, several parse and score, the caller's writes. What a
 * record's answer is depends on the record, the schema and the model only, so the number
 * of jobs changes no byte. Memory is a fixed number of batches, whatever the size. Where whole
 * threads are judged, it depends on the other records of its run too (runs.h), and a batch holds
 * whole runs.
 */
#ifndef CLASSIFY_DUMP_H
#define CLASSIFY_DUMP_H

#include "classify/runs.h"
#include "classify/shape.h"
#include "model/context.h"

/* One per thread: turns record texts into predictions. */
struct dump_judge {
    void *arg;
    /* target.p NULL: all asked for; else this one alone. Writes to out (room for as many as
     * targets were asked for) and returns how many; 0: the target is not known. */
    size_t (*judge)(void *arg, struct span text, struct span target, struct stance_prediction *out);
    /* whole threads: what these probabilities of the i-th target asked for mean */
    void (*settle)(void *arg, size_t i, const double *p, struct stance_prediction *out);
};

/* Whole threads: how far they count, and [target asked for][label], see model/context.h. */
struct dump_threads {
    struct context_rule rule;
    const double *prior;
};

struct dump {
    const struct stance_dump_options *options;
    struct shape shape;       /* form and delimiter are set from the first input */
    unsigned n_jobs;          /* at least 1 */
    struct dump_judge *judge; /* n_jobs of them */
    struct dump_threads threads;
    struct runs runs; /* where options->whole_threads */
    struct stance_sink *sink;
    struct stance_tally *tally; /* filled as it goes; not NULL */
    const struct stance_talk *talk;
    bool started;                /* the first input has been opened */
    struct buf header;           /* of the first input, which the others must share */
    struct stance_err first_bad; /* of the first record that could not be read; code OK: none */
};

/* One input, to its end. path "-" is standard input. */
int dump_run(struct dump *d, const char *path, struct stance_err *err);
void dump_release(struct dump *d);

#endif
