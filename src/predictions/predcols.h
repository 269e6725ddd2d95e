/* SPDX-License-Identifier: MIT */
/*
 * predcols: which columns of a table of predictions hold what, told by their names alone.
 *
 *   long   id, target, label, p, p_LABEL …, status: one label a row. Without `target` the row
 *          is about the gold's only target.
 *   wide   TARGET, TARGET_p, TARGET_LABEL … for each target, stance_status: as many labels a
 *          row as the gold's targets have columns; or `stance`, `stance_p`, `stance_LABEL` …
 *          and the record's own target in another column. A prefix may stand before all of these.
 *
 * A table is wide where columns are named as targets and none `label`, or where there is
 * `stance_status`, which classify writes in wide form only: it leaves the columns of its input
 * where they are, so that a `label` beside it is what was to be predicted, and reading it would
 * judge the gold by itself. With `label` and without `stance_status` a table is long.
 *
 * TARGET_x is a probability for any x, since labels may be new ones, but only behind a column
 * TARGET; of targets a and a_b, a_b_x belongs to a_b. Of two columns of one name the last counts.
 */
#ifndef PREDICTIONS_PREDCOLS_H
#define PREDICTIONS_PREDCOLS_H

#include "base/span.h"

#define PREDCOLS_NONE SIZE_MAX

/* What is looked for. */
struct predcols_wanted {
    struct span id, target, label; /* looked up before the usual names */
    struct span prefix;            /* wide; may be empty */
    const struct span *about;      /* names of the targets, n_about of them */
    size_t n_about;
};

/* One label of each row. Columns are positions, PREDCOLS_NONE where there is none. */
struct predcols_said {
    struct span target; /* borrowed from `about`; p NULL: the row's own */
    size_t label, p;
};

struct predcols_prob {
    size_t said; /* position in predcols.said */
    size_t column;
    struct span label; /* part of the column's name */
};

/* {0} is a valid empty one, to be used again and again. */
struct predcols {
    bool wide;
    size_t id, target, status;
    struct predcols_said *said; /* n_said: 0 where there is no label to be found */
    size_t n_said, said_cap;
    struct predcols_prob *prob; /* by said */
    size_t n_probs, prob_cap;
    /* where there is no `stance_status` behind the wanted prefix: another one behind which there
     * are one and predictions. p NULL: there is none such. */
    struct span other_prefix;
};

/* column: n names without white space around them, borrowed for as long as labels are used. */
void predcols_find(struct predcols *c, const struct span *column, size_t n,
                   const struct predcols_wanted *wanted);
void predcols_release(struct predcols *c);

/* The position of the last column of a name, PREDCOLS_NONE without one. */
size_t predcols_place(const struct span *column, size_t n, struct span name);

#endif
