/* SPDX-License-Identifier: MIT */
/*
 * agree: how far annotators agree, per target and on all targets together, each figure with
 * an interval that resamples whole groups of comments.
 *
 * Pooled figures are those of the units (a comment and a target) of all targets in one table.
 * A section owns nothing of the annotations, which must outlive it.
 */
#ifndef AGREE_AGREE_H
#define AGREE_AGREE_H

#include "agree/annotations.h"
#include "metrics/bootstrap.h"
#include "metrics/confusion.h"

/* More pairs have no interval each; their mean has. */
enum { AGREE_PAIR_INTERVALS = 100 };

/* Fewer groups than this say little about other groups. */
enum { AGREE_FEW_GROUPS = 30 };

/* Both ends NAN where an interval cannot be given. */
struct agree_figure {
    double value;
    struct interval interval;
};

/* Two annotators, on the units that both labelled. */
struct agree_pair {
    uint32_t a, b;          /* a < b */
    struct confusion table; /* rows a, columns b */
    struct agree_figure observed, kappa, macro_f1;
};

struct agree_section {
    struct span target;                    /* p NULL: all targets together */
    uint64_t n_comments, n_units, n_pairs; /* n_pairs: pairs with a unit in common */
    uint64_t n_shared;                     /* units with two labels or more */
    uint32_t n_groups;                     /* that the shared units are in */
    uint32_t n_annotators;                 /* who labelled anything here */
    struct agree_figure observed, alpha;
    /* means over the pairs where they are defined (kappa: Light 1971; macro-F1: what one
     * annotator reaches judged by another), each pair weighing as much as its units */
    struct agree_figure kappa, macro_f1;
    uint64_t n_kappas;             /* pairs that the mean of kappa is over */
    struct agree_pair *pair;       /* by a, then b */
    struct agree_figure *alpha_of; /* per label, against the rest */
    uint64_t *given;               /* [annotator][label] */
};

struct agreement {
    struct annotations annotations;
    struct agree_section *section; /* all targets, then each, where there are two or more */
    uint32_t n_sections;
    struct span grouped_by; /* "thread", "author", "id" or the field asked for */
    uint32_t n_groups;      /* that the annotated comments are in */
    uint32_t n_resamples;
    uint64_t seed;
    struct span *note;
    size_t n_notes, note_cap;
};

struct agree_settings {
    uint32_t n_resamples; /* 0: no intervals */
    uint64_t seed;
    const char *group; /* NULL: thread or author, the first that all comments have, else id */
    unsigned n_jobs;   /* changes no figure */
};

/* agreement->annotations must have been read. STANCE_DATA where no comment has the field to
 * group by, no unit was labelled twice, or annotators and labels are too many for a table of
 * each pair. Release in any case. */
int agree_run(struct agreement *agreement, const struct agree_settings *settings,
              const struct stance_talk *talk, struct stance_err *err);
void agreement_release(struct agreement *agreement); /* {0} is a valid empty one */

/* The units where annotators disagree, most first: by the share of their pairs of labels that
 * differ, then by the number of those, then in order. Gives positions of their first rows in
 * annotations.row, owned by the caller; *n_all: how many there are. */
size_t *agree_disputed(const struct annotations *a, size_t *n_all);

/* The share of pairs of labels of the unit at row `from` that differ. */
double agree_dispute(const struct annotations *a, size_t from);

#endif
