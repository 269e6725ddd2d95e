/* SPDX-License-Identifier: MIT */
/*
 * golds: the labels of an audit that may estimate, and what there is to say of them. Rows that
 * were drawn for training are none.
 */
#ifndef PREVALENCE_GOLDS_H
#define PREVALENCE_GOLDS_H

#include "audit/audit.h"
#include "model/model.h"
#include "prevalence/shares.h"

#define GOLDS_NONE UINT32_MAX

struct golds_spec {
    const struct audit *audit;
    const struct span *target; /* n_targets of the census */
    size_t n_targets;
    const struct span *label; /* n_labels of the model */
    size_t n_labels;
    bool own_target;           /* the audit has one target, whatever it is called */
    const struct model *model; /* whose training comments are refused; NULL: nothing is */
};

struct golds {
    size_t n_rows;    /* of the audit */
    uint32_t *label;  /* [target][row] of the model's labels, GOLDS_NONE */
    uint32_t *target; /* [target] of the audit, AUDIT_NONE where it lacks it */
};

/* STANCE_DATA with file and line: a target's labels that the model does not give, comments that
 * annotators differ on, comments the model was trained on. STANCE_NO: not one label. */
int golds_find(struct golds *g, const struct golds_spec *spec, struct stance_err *err);
void golds_release(struct golds *g); /* {0} is fine */

/* How many rows that are to estimate the model was trained on (the same id and text), and the line
 * of the first. fold: [row], only those of fold k; NULL: all. */
uint64_t golds_trained_on(const struct model *m, const struct audit *a, const uint32_t *fold,
                          uint32_t k, uint64_t *line);

/* Fills in what the shares say of the audit: rows drawn, labelled, skipped, agreement. */
void golds_describe(const struct golds *g, const struct golds_spec *spec, struct shares *s);

#endif
