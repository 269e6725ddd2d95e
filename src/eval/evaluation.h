/* SPDX-License-Identifier: MIT */
/*
 * evaluation: gold rows, and beside each what every system said of it.
 *
 * A row is one (comment, target, label) of the gold. Whoever has labels to judge (holdout,
 * crossval, predictions) opens an evaluation and writes them into the columns of a system, one
 * value per row; summary makes figures of the columns, compare tests them against each other,
 * and reports show them. Rows are in the corpus' order and every column is indexed by row, so
 * nothing depends on who filled them when. Names are copied: an evaluation may outlive corpus
 * and model. Labels are those of the gold and of the systems together, sorted by bytes.
 */
#ifndef EVAL_EVALUATION_H
#define EVAL_EVALUATION_H

#include "eval/grouping.h"

enum evaluation_method { EVALUATION_HOLDOUT, EVALUATION_CROSSVAL, EVALUATION_PREDICTIONS };

enum evaluation_kind {
    EVALUATION_JUDGED,   /* what the evaluation is about */
    EVALUATION_BASELINE, /* what it is compared with */
    EVALUATION_LEARNING  /* the judged one, trained on a part: a point of the learning curve */
};

#define EVALUATION_NONE      UINT32_MAX
#define EVALUATION_NO_SYSTEM SIZE_MAX

struct evaluation_row {
    uint32_t comment, target, gold; /* positions in the evaluation */
};

/* Columns of one system, indexed by row. */
struct evaluation_system {
    struct span name;  /* "model", "majority", a file */
    struct span about; /* one line for the foot of a report; empty: needs none */
    enum evaluation_kind kind;
    uint32_t *label;  /* EVALUATION_NONE where it gave none */
    double *p;        /* probability of that label, NAN where not given */
    double *probs;    /* [row][label] of all labels, NAN where not given; NULL: never */
    double share;     /* EVALUATION_LEARNING: part of the training groups, 0 to 1 */
    uint64_t n_train; /* EVALUATION_LEARNING: mean training rows of a fold */
};

struct evaluation_fold {
    double c;                 /* chosen inside the fold's training side */
    uint64_t n_train, n_test; /* rows */
};

/* An n-gram that spoke for the wrong label against the gold one. */
struct evaluation_reason {
    struct span ngram; /* as people read it (ngramtext.h) */
    double product;
};

/* A wrong label of the judged system, with what decided it. */
struct evaluation_error {
    uint32_t row;
    struct evaluation_reason *reason; /* by falling product */
    uint32_t n_reasons;
};

/* How well one annotator agrees with another: macro-F1 of the labels of one against those of
 * the other, the mean over pairs of annotators, with its interval. */
struct evaluation_humans {
    double value, low, high;
    uint64_t n_rows;       /* gold rows with labels of two annotators or more */
    uint32_t n_annotators; /* 0: not known */
};

struct evaluation_options {
    struct span group;     /* what is resampled as one; p NULL: thread, author or id, the first
                              that all labelled comments have */
    const struct span *by; /* fields to slice by */
    size_t n_by;
    uint32_t n_errors;  /* confident errors to keep, with their reasons */
    bool show_text;     /* and with their texts */
    bool whole_threads; /* a model's: each comment is judged in the company of its thread
                           (model/context.h), of the comments that the gold labels */
};

struct evaluation {
    enum evaluation_method method;
    struct arena arena;
    struct span *target, *label;
    uint32_t n_targets, n_labels;
    struct evaluation_row *row;
    size_t n_rows;
    struct span *id;   /* per labelled comment */
    struct span *text; /* the same; p NULL where texts are not to be shown */
    uint32_t *group;   /* the same: what it is resampled with */
    uint32_t n_comments, n_groups;
    struct span grouped_by;
    bool cuts_threads;     /* there are threads, but not for all: cut, unasked, and noted */
    struct slices *slices; /* --by FIELD: n_slices of them */
    size_t n_slices;
    struct evaluation_system *system; /* the judged one first */
    size_t n_systems, system_cap;
    struct evaluation_fold *fold; /* n_folds of them; NULL but for crossval */
    uint32_t n_folds;
    uint32_t *row_fold;             /* per row; NULL but for crossval */
    struct evaluation_error *error; /* by falling probability */
    size_t n_errors;
    struct evaluation_humans humans;
    uint32_t n_wanted_errors;
    struct span *note;
    size_t n_notes, note_cap;
};

/* label: names besides the gold's, n of them, repeats allowed. Fails (STANCE_DATA) where the
 * gold has no label at all, or no comment a field asked for. Release in any case. */
int evaluation_open(struct evaluation *e, enum evaluation_method method, const struct corpus *gold,
                    const struct span *label, size_t n, const struct evaluation_options *options,
                    struct stance_err *err);
void evaluation_release(struct evaluation *e); /* {0} is a valid empty one */

/* The position of a label, or EVALUATION_NONE. */
uint32_t evaluation_label(const struct evaluation *e, struct span name);

/* Positions in the evaluation of n labels; owned by the caller. */
uint32_t *evaluation_labels(const struct evaluation *e, const struct span *name, uint32_t n);

/* Adds a system whose columns say nothing yet, and returns its position: pointers to systems
 * are good until the next one is added. name and about are copied. */
size_t evaluation_add(struct evaluation *e, enum evaluation_kind kind, struct span name,
                      const char *about, bool with_probs);

/* Takes the last system back. */
void evaluation_drop(struct evaluation *e);

/* The column entry of one row: the label (of the evaluation), and p of all labels, n_labels
 * doubles, or NULL. Nothing happens where there is no such system. */
void evaluation_set(struct evaluation *e, size_t system, size_t row, uint32_t label,
                    const double *probs);

void evaluation_note(struct evaluation *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Says so where comments are groups of their own because nothing ties them together; not where
 * the user asked for it. */
void evaluation_note_unthreaded(struct evaluation *e);

/* Rows that the judged system (0) has wrong, the most confident first, at most n; those
 * without a probability are left out. `use` (per row, NULL: all) restricts them. Owned by the
 * caller. */
uint32_t *evaluation_worst(const struct evaluation *e, const uint8_t *use, size_t n, size_t *found);

#endif
