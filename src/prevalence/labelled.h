/* SPDX-License-Identifier: MIT */
/*
 * labelled: the labelled rows of one target, as an estimate wants them: how they were drawn, what
 * they weigh, what people and the model say of them in a group and for a label.
 */
#ifndef PREVALENCE_LABELLED_H
#define PREVALENCE_LABELLED_H

#include "prevalence/corrected.h"
#include "prevalence/estimate.h"

struct labelled {
    const struct shares *s;
    const struct shares_source *from;
    size_t target;
    size_t n;
    uint32_t *row; /* [n] in the audit */
    uint32_t *stratum, *unit;
    double *weight, *fraction;
    double *v, *y, *z, *fy, *fz;
    double *total; /* v, fy, fz of each stratum */
    struct estimate_design design;
};

/* s: the settings of the shares; both borrowed. */
void labelled_make(struct labelled *m, const struct shares *s, const struct shares_source *from,
                   size_t target);
void labelled_release(struct labelled *m);

/* Fills in v, y, z, fy and fz for a group of a level (level 0: all) and a label. */
void labelled_rows(struct labelled *m, uint32_t level, uint32_t number, size_t label);

/* The totals of the dump for the same, borrowed until the next call. */
void labelled_totals(struct labelled *m, uint32_t level, uint32_t number, size_t label,
                     struct estimate_totals *t);

/* Adds Σ v, Σ v·fy and Σ v·fz of one cell. */
void labelled_cell(const struct labelled *m, const struct census_cell *cell, size_t label,
                   double *v, double *fy, double *fz);

/* The gold label of the i-th row for a target, GOLDS_NONE. */
static inline uint32_t labelled_gold(const struct labelled *m, size_t target, size_t i)
{
    return m->from->golds->label[target * m->from->golds->n_rows + m->row[i]];
}

#endif
