/* SPDX-License-Identifier: MIT */
/*
 * sweep: a pass over dumps that keeps sums, not records.
 *
 * Records are parsed and judged on several threads, each turned into a few bytes that the
 * caller's digest() writes; these are handed to take() one by one, in the order of the dump.
 * What is summed in take() is therefore the same to the last bit whatever the number of threads.
 * Memory is two batches of records, whatever the size of the dump.
 */
#ifndef CLASSIFY_SWEEP_H
#define CLASSIFY_SWEEP_H

#include "classify/dump.h"

/* One record, good during the call of digest(). */
struct sweep_record {
    const struct schema *schema;
    const struct parsed *parsed; /* fields of an over-long or blank record are all absent */
    enum stance_status status;   /* OK, or why there is nothing to judge */
    uint64_t number;             /* among all records of all inputs, from 1 */
    const struct stance_prediction *prediction; /* n of them; 0 where status is not OK */
    size_t n;
};

struct sweep {
    const struct stance_input *input;
    const struct stance_talk *talk;
    unsigned n_jobs;          /* at least 1 */
    struct dump_judge *judge; /* n_jobs of them; NULL: nobody judges */
    size_t n_targets;         /* room for predictions */
    bool own_target;          /* the record names its target (input->fields.target); one that names
                                 none has the status for that, judged or not */
    void *arg;
    /* on any thread, before the record is parsed: true where nothing is to be made of it. It is
     * then counted, but has no status. NULL: none is passed over */
    bool (*skip)(void *arg, const struct schema *schema, struct span record);
    /* on any thread, a pure function of the record */
    void (*digest)(void *arg, const struct sweep_record *record, struct buf *out);
    /* in order; 0, or -1 with err filled, which ends the sweep */
    int (*take)(void *arg, struct span digest, struct stance_err *err);
    /* set by the sweep */
    uint64_t records, status[STANCE_N_STATUS];
};

/* One input, to its end; path "-" is standard input. */
int sweep_run(struct sweep *s, const char *path, struct stance_err *err);

#endif
