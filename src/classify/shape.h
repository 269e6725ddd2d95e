/* SPDX-License-Identifier: MIT */
/*
 * shape: what a classified record looks like. Input bytes pass through unchanged; the
 * prediction is added behind them, or replaces all but id, thread and date.
 *
 *   CSV, TSV   TARGET, TARGET_p, (TARGET_LABEL …), stance_status
 *   NDJSON     "predicted": {TARGET: {"label", "p", ("probs")}}, "stance_status"
 *   flat       the columns of CSV as members
 *   long       id, target, label, p, (p_LABEL …), status: one line per record and target;
 *              in NDJSON ("probs") stands for the p_LABEL
 *
 * With a record's own target the one prediction is called `stance` in columns.
 * A shape is fixed for a run and shared by all threads.
 */
#ifndef CLASSIFY_SHAPE_H
#define CLASSIFY_SHAPE_H

#include "corpus/source.h"

struct shape {
    enum form form; /* of the output; FORM_NDJSON, FORM_CSV or FORM_TSV */
    char delimiter; /* CSV, TSV */
    bool append;    /* the record stays, predictions are added */
    bool longform, flat, probs;
    bool own_target; /* the record names its target */
    struct span prefix;
    const struct span *target; /* n_targets names, as asked for; borrowed */
    const struct span *label;  /* n_labels; borrowed */
    const uint64_t *may;       /* [target][label]: 0 for a label never predicted; borrowed */
    size_t n_targets, n_labels;
};

/* What is known about one record when it is written. */
struct shaped {
    const struct parsed *parsed;
    const struct frame *frame;
    const struct schema *schema;
    enum stance_status status;
    size_t n; /* predictions: 0 where there is no label */
    const struct stance_prediction *prediction;
    const enum stance_status *each; /* status of each prediction */
    struct span own_target;         /* the record's own, p NULL where not used */
    struct buf *scratch;            /* kept warm by the caller */
};

/* The header line, its end included; nothing for NDJSON. `source` gives the columns that
 * are kept (append). */
void shape_header(const struct shape *s, const struct source *source, struct buf *out);

/* One record, its line end included (in long form one line per target). */
void shape_record(const struct shape *s, const struct shaped *r, struct buf *out);

/* Whether two columns of the output (CSV, TSV, flat NDJSON) would have one name: "x" and "x_p"
 * may both be targets; the name is then in `scratch`. The input's own are not looked at. */
bool shape_repeats(const struct shape *s, struct buf *scratch);

/* Whether one of the names to be added is there already: of the columns of an input, or
 * (NDJSON) of a record's members; *name is the first such, in `scratch`. */
bool shape_collides(const struct shape *s, const struct schema *schema, const struct parsed *p,
                    struct buf *scratch);

#endif
