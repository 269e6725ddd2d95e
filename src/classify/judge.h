/* SPDX-License-Identifier: MIT */
/* judge: what one worker does with the records of a batch: parse, score, write the answers. */
#ifndef CLASSIFY_JUDGE_H
#define CLASSIFY_JUDGE_H

#include "classify/dump.h"

/* Counts of one batch, merged into the tally in order. */
struct judged {
    uint64_t status[STANCE_N_STATUS];
    uint64_t *label_count;   /* [target][label] */
    struct stance_err bad;   /* the first record that could not be read */
    struct stance_err fatal; /* a column name that is taken */
};

/* One per thread. */
struct bench;
struct bench *bench_new(const struct dump *d, const struct dump_judge *judge);
void bench_free(struct bench *b);

/* Appends the answers of n records to out and counts them. run: of each record, in whose company
 * it is judged (runs.h; RUNS_NONE: in nobody's); NULL: each by itself. */
void bench_records(struct bench *b, const struct source *source, const struct frame *frame,
                   const uint32_t *run, size_t n, struct judged *count, struct buf *out);

/* What a framed and parsed record comes to before anybody judges it. */
enum stance_status judge_status(const struct frame *frame, enum parse_status parse);

/* Whether this status means that the record could not be read (`strict`). */
bool judge_is_bad(enum stance_status status);

#endif
