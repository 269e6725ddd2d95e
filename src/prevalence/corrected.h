/* SPDX-License-Identifier: MIT */
/*
 * corrected: shares of a dump by its audit, of all of it and of its groups; and `assumed`, what can
 * be told without an audit where an assumption is asked for. Both fill a struct shares whose
 * settings and targets are there already.
 */
#ifndef PREVALENCE_CORRECTED_H
#define PREVALENCE_CORRECTED_H

#include "prevalence/census.h"
#include "prevalence/golds.h"
#include "prevalence/shares.h"

struct shares_source {
    struct census *census;
    const struct audit *audit;    /* NULL where something is assumed */
    const struct golds *golds;    /* the same */
    const struct model *model;    /* assumed: error rates, training shares */
    const uint32_t *model_target; /* assumed: of each target of the census */
    const uint64_t *may;          /* [target][label]: whether the target has the label */
    bool pool_error;
    uint32_t min_labels;
    uint64_t seed;
};

/* Chooses the groups (the finest level whose groups have labels enough), estimates each share
 * and the differences between groups. */
void corrected_shares(struct shares *s, const struct shares_source *from);

/* The same by adjusted counts, expectation-maximisation, or counts alone, as s->method says. */
void assumed_shares(struct shares *s, const struct shares_source *from);

/* groups.c: the groups of a level, by name, after that of all; level 0: that one alone. group[i]
 * of the result is the i-th group's number in the census, owned by the caller. */
uint32_t *groups_of_level(struct shares *s, const struct census *c, uint32_t level);

/* The level whose groups have min_labels labels in most of the population; the finest where none
 * has. labelled: [row] whether it counts. */
uint32_t groups_choose(const struct census *c, const uint8_t *labelled, uint32_t min_labels);

/* Takes labels away that a target cannot have: keep is [target][label], 0 for such. */
void shares_keep_labels(struct shares *s, const uint64_t *keep);

/* A line more beside the figures. */
void shares_note(struct shares *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
