/* SPDX-License-Identifier: MIT */
/*
 * evaluation: gold labels against those of up to four systems, counted per target.
 *
 * Whoever has labels to judge (holdout, crossval, predictions) opens an evaluation and adds
 * one row at a time; report and the gates read it. It owns copies of all names, so it may
 * outlive the corpus and the model. Rows are (comment, target, label) triples of the gold;
 * labels are those of the gold and of the systems together, sorted by bytes.
 */
#ifndef EVAL_EVALUATION_H
#define EVAL_EVALUATION_H

#include "corpus/corpus.h"
#include "metrics/confusion.h"

/* What the labels judged are compared with. Baselines know the training labels, not the
 * text; `blind` knows the text, not the target. */
enum evaluation_system {
    EVALUATION_MODEL, /* or the predictions of any program */
    EVALUATION_MAJORITY_PER_TARGET,
    EVALUATION_MAJORITY,
    EVALUATION_BLIND,
    EVALUATION_SYSTEMS
};

enum evaluation_method { EVALUATION_HOLDOUT, EVALUATION_CROSSVAL, EVALUATION_PREDICTIONS };

/* Sums over the rows that came with a probability p of the label given:
 * brier of (p - [right])², loss of -ln of the probability given to what was the case
 * (kept above 1e-15). Divide by n. */
struct evaluation_confidence {
    uint64_t n, right;
    double p, brier, loss;
};

struct evaluation_fold {
    double c;                 /* chosen inside the fold's training side */
    uint64_t n_train, n_test; /* rows */
};

struct evaluation {
    enum evaluation_method method;
    struct arena arena;
    struct span *target, *label;
    uint32_t n_targets, n_labels;
    uint64_t n_comments, n_groups, n_rows; /* comments with a label, and what they are in */
    struct span grouped_by;
    struct confusion *table[EVALUATION_SYSTEMS]; /* per target; NULL: not measured */
    struct evaluation_confidence *confidence;    /* per target */
    struct evaluation_fold *fold;                /* n_folds of them; NULL but for crossval */
    uint32_t n_folds;
    const char *baselines_from; /* a literal: where majorities were counted */
    struct span *note;
    size_t n_notes, note_cap;
};

/* label: names besides the gold's, n of them, repeats allowed. group: what groups are
 * counted by, p NULL: thread, author or id, the first that all labelled comments have.
 * Fails (STANCE_DATA) where the gold has no label at all. Release in any case. */
int evaluation_open(struct evaluation *e, enum evaluation_method method, const struct corpus *gold,
                    const struct span *label, size_t n, struct span group, struct stance_err *err);
void evaluation_release(struct evaluation *e); /* {0} is a valid empty one */

/* The position of a label, or UINT32_MAX. */
uint32_t evaluation_label(const struct evaluation *e, struct span name);

/* Positions in the evaluation of n labels; owned by the caller. */
uint32_t *evaluation_labels(const struct evaluation *e, const struct span *name, uint32_t n);

/* From the first call on, the system has been measured. */
void evaluation_add(struct evaluation *e, enum evaluation_system system, uint32_t target,
                    uint32_t gold, uint32_t predicted);
void evaluation_confide(struct evaluation *e, uint32_t target, double p, bool right);
void evaluation_note(struct evaluation *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The most frequent labels by seen[target][label] (n_labels of the evaluation); of equals
 * the first. A target without any takes the one of all. */
struct majorities {
    uint32_t all;
    uint32_t *of_target;
};
struct majorities majorities_of(const struct evaluation *e, const uint64_t *seen);
void majorities_release(struct majorities *m);

/* Adds both majority systems for one row. */
void evaluation_add_majorities(struct evaluation *e, const struct majorities *m, uint32_t target,
                               uint32_t gold);

/* Counts of all targets together, to be released by the caller. */
struct confusion evaluation_pooled(const struct evaluation *e, enum evaluation_system system);
struct evaluation_confidence evaluation_confidence_pooled(const struct evaluation *e);

#endif
