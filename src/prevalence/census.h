/* SPDX-License-Identifier: MIT */
/*
 * census: what a model says of all comments of a dump, summed: the population totals that an
 * estimate corrects, and the predictions for the comments of the audit.
 *
 * Totals are kept per cell: a group of one level (all of the dump; a week, its month, its year; a
 * source) and a stratum of the audit. Dumps in several pieces give censuses that add up
 * (tally.h), so that a piece need not be where the others are. Memory: cells, rows of the audit,
 * and, where each author counts once, one number per author.
 */
#ifndef PREVALENCE_CENSUS_H
#define PREVALENCE_CENSUS_H

#include "audit/audit.h"
#include "base/intern.h"
#include "classify/sweep.h"
#include "prevalence/quantify.h"

enum { CENSUS_MAX_LEVELS = 5 };

/* What to sum; borrowed, and there as long as the census. */
struct census_spec {
    const struct audit *audit; /* NULL: one stratum, no rows */
    const struct span *level;  /* fields whose values are groups; level 0 is "all", p NULL */
    size_t n_levels;           /* 1 to CENSUS_MAX_LEVELS */
    size_t n_targets, n_labels;
    const struct span *label;     /* n_labels */
    size_t topic;                 /* which target tells what is on the topic; SIZE_MAX: none */
    size_t on;                    /* its label */
    size_t none;                  /* the label that takes no side; SIZE_MAX: none does */
    const size_t *stratum_target; /* per field of audit->by: the target whose predicted label it is,
                                     SIZE_MAX: a field of the record */
    bool per_author;
    bool by_thread;       /* second moments over threads, for inference beyond the dump */
    bool keep_posteriors; /* for what is told without an audit */
};

/* One group of one level in one stratum. Sums are over its population, weighted by v: 1, or 1
 * over the comments of the author. */
struct census_cell {
    uint32_t level, group, stratum;
    uint64_t n;
    double v, on;      /* Σ v, Σ v·p_on */
    double *p;         /* [target][label] Σ v·p */
    double *p_on;      /* [target][label] Σ v·p·p_on; NULL without a topic */
    uint64_t *counted; /* [target][label] predicted */
};

/* Sums over the threads of the dump of products of their sums V = Σ v, Y = Σ v·fy, Z = Σ v·fz, as
 * estimate.h wants them, for each of the denominators. */
struct census_moments {
    double vv, vy[3], vz[3], yy[3], yz[3], zz[3];
};

/* What the census found of a row of the audit. */
struct census_row {
    uint64_t n_found; /* records of the dump with its key */
    uint64_t author;
    uint32_t group[CENSUS_MAX_LEVELS];
    double v;
    double *p;           /* [target][label] */
    uint32_t *predicted; /* [target] */
};

struct census {
    struct census_spec spec;
    struct intern group[CENSUS_MAX_LEVELS]; /* names, by level */
    struct intern stratum;                  /* names; those of the audit first, in its order */
    struct census_cell *cell;               /* in order of appearance until census_sort() */
    size_t n_cells, cell_cap;
    struct census_row *row; /* audit->n_rows */
    uint64_t records, status[STANCE_N_STATUS];
    uint64_t population, sum; /* as in struct audit_dump */
    uint64_t n_no_author, n_authors;
    struct quantify_cells *posterior; /* [target], where they are kept */
    uint64_t moments_n;               /* by_thread: threads, and [target][label] their moments */
    struct census_moments *moments;
    struct census_index *index; /* private */
    struct arena arena;
};

/* A pass over the files (two where per_author: none may then be standard input). STANCE_DATA
 * for what reading finds, and a stratum that the audit does not have. Release in any case. */
int census_take(struct census *c, const struct census_spec *spec, const char *const *path,
                size_t n_paths, const struct stance_input *input, struct dump_judge *judge,
                unsigned n_jobs, const struct stance_talk *talk, struct stance_err *err);

/* An empty one to add others to. */
void census_init(struct census *c, const struct census_spec *spec);
void census_release(struct census *c);

/* The cell, made where it is missing; good until the next is made. */
struct census_cell *census_cell(struct census *c, uint32_t level, uint32_t group, uint32_t stratum);

/* The row of this key, NULL where the audit has none; and room for its numbers, zeroed. */
struct census_row *census_find_row(struct census *c, uint64_t key);
void census_row_room(struct census *c, struct census_row *row);

/* After the last pass or addition: cells in the order of level, group and stratum, threads summed
 * up where by_thread. No cell is made any more. */
void census_end(struct census *c);

/* The cells of a group, *n of them. After census_end(). */
const struct census_cell *census_cells(const struct census *c, uint32_t level, uint32_t group,
                                       size_t *n);

/* Whether the audit is of this dump: population, also of each stratum, and sum are its, and each
 * row is found as often as it says. STANCE_DATA saying what differs. */
int census_check(const struct census *c, struct stance_err *err);

#endif
