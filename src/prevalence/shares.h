/* SPDX-License-Identifier: MIT */
/*
 * shares: what an estimate of prevalence says, all of it, before anybody has laid it out: the
 * one thing that the table, TSV, JSON, the page and the methods paragraph are made of.
 */
#ifndef PREVALENCE_SHARES_H
#define PREVALENCE_SHARES_H

#include "base/arena.h"
#include "base/span.h"

#include <stance.h>

enum shares_method {
    SHARES_DIFFERENCE, /* predictions corrected by the audit: power-tuned difference estimator */
    SHARES_AUDIT,      /* the audit's labels alone */
    SHARES_ADJUSTED,   /* no audit: adjusted count, assumes the model's held-out error rates */
    SHARES_SLD,        /* no audit: expectation-maximisation, assumes the same p(text | label) */
    SHARES_COUNT       /* predicted labels counted: biased */
};

enum shares_among { SHARES_ALL, SHARES_ON_TOPIC, SHARES_TAKING_SIDES }; /* the denominator */

/* One share. Values are parts of 1; NAN where undefined or not to be told. */
struct share {
    double value, se, low, high; /* interval at shares.level; NAN bounds: none can be given */
    double df;                   /* degrees of freedom of t */
    double lambda;               /* how far predictions count, 0 to 1; 0: labels alone */
    double alone, alone_low, alone_high; /* from the audit's labels alone */
    double counted;                      /* the share of predicted labels, uncorrected */
    uint64_t n_labelled; /* labelled comments of the group that are in the denominator */
    uint64_t n_units;    /* clusters (threads, or comments) that they are in */
    uint64_t n_yes;      /* labelled so */
    const char *refused; /* a literal: why there is no number, "not enough labels"; NULL */
    const char *doubt;   /* a literal: why the interval may not hold ("few threads"); NULL */
};

/* A group that shares are told for: all of the dump, or one value of `by`. */
struct share_group {
    struct span name;              /* "all", "2024-W20"; where it was coarsened, the coarse one's */
    uint64_t population;           /* comments of the dump in it */
    uint64_t n_authors, n_threads; /* UINT64_MAX: not counted */
    bool pooled;                   /* corrected by the error rate of all groups */
};

struct share_target {
    struct span id, statement;          /* statement: p NULL where there is none */
    const struct span *label, *fr, *en; /* n_labels; display names, p NULL */
    size_t n_labels;
    struct share *share;  /* [group][label] */
    double homogeneity_p; /* test that one error rate holds in all groups; NAN: not made */
    /* agreement of the audit's annotators, where some rows were labelled by two or more */
    uint64_t n_twice;
    double percent, alpha; /* percent agreement as a part of 1; NAN without */
};

/* group b less group a. */
struct share_difference {
    uint32_t target, label, a, b;
    double value, se, low, high, p;
};

struct shares {
    enum shares_method method;
    enum shares_among among;
    bool per_author;  /* each author counts once; else each comment */
    bool beyond_dump; /* the threads of the dump stand for more of their kind */
    bool cross_fit;
    bool own_target; /* records name their target: share_target is one, called as the field */
    double level;    /* .95 */
    struct span by, by_asked;  /* p NULL: none; by differs from by_asked where it was coarsened */
    struct share_group *group; /* [0] is all */
    size_t n_groups;
    struct share_target *target;
    size_t n_targets;
    struct share_difference *difference;
    size_t n_differences;
    /* the dump */
    uint64_t records, status[STANCE_N_STATUS], population;
    uint64_t n_no_author; /* per_author: comments left out */
    uint64_t dump_sum;
    /* the audit; all 0 without one */
    uint64_t audit_id, audit_seed, n_drawn, n_labelled, n_training, n_undecided, n_skipped;
    uint64_t n_repeats, n_like;
    uint64_t n_decided;         /* labels of differing annotators that an adjudication settled */
    double prob_low, prob_high; /* least and greatest sampling probability; 0: not known */
    bool by_threads;            /* whole threads were drawn */
    size_t n_strata, n_annotators;
    struct span *stratum_by;
    size_t n_stratum_by;
    /* the model */
    uint32_t model_checksum;
    const char *version; /* of the program */
    struct span *note;   /* lines to be read beside the figures: what was done, what may not hold */
    size_t n_notes;
    struct span banner; /* an assumption that stands over every output; p NULL: none */
    struct arena arena;
};

void shares_release(struct shares *s);

#endif
