/* SPDX-License-Identifier: MIT */
/*
 * predictions: the labels of any program against gold, matched by id and target and never
 * by position, unless that is asked for.
 */
#ifndef PREDICTIONS_PREDICTIONS_H
#define PREDICTIONS_PREDICTIONS_H

#include "corpus/corpus.h"

/* One probability of one label for one gold row. */
struct prediction_p {
    size_t row;
    uint32_t label;
    double p;
};

/* What one source said of each gold row. */
struct predictions {
    struct intern names;       /* its labels */
    uint32_t *label;           /* per gold row, of those */
    double *p;                 /* of that label, NAN where not given */
    struct prediction_p *each; /* of all labels, by row, where given */
    size_t n_each, each_cap;
    uint64_t n_beside;  /* left out: known comment and target, but no gold label for them */
    uint64_t n_dropped; /* left out: targets that the gold was restricted from (keep.h) */
    struct span name;   /* borrowed: what the source is called */
};

/* Reads one source from files in the forms of predrows.h. A row without target is about the
 * gold's only target. The gold's (comment, target) pairs must each be predicted exactly once:
 * missing, repeated and unknown ones are STANCE_DATA, with the number of each kind and the first
 * five. So are rows whose probabilities do not add up to 1, or whose p is not that of the label
 * among them, by more than 0.02. A row without a label does not count as a prediction. Rows for
 * known comments toward a target that the gold knows, but that this comment has no label for, are
 * left out and counted: programs label every comment toward every target. by_line: the files hold
 * one label a line (predlines.h), as many as there are gold labels, in the order of lines of the
 * gold's one file; gold comments then have one target each. Release in any case. */
int predictions_read(struct predictions *p, const char *const *path, size_t n_paths, bool by_line,
                     const struct corpus *gold, const struct stance_input *input,
                     struct stance_err *err);
void predictions_release(struct predictions *p);

#endif
