/* SPDX-License-Identifier: MIT */
/*
 * uncertain: comments to learn from: those on which the model is least sure, none like another.
 *
 * Uncertainty is the smallest margin between the two most probable labels of a target (margin
 * sampling: Scheffer, Decomain and Wrobel 2001). Of twenty times as many as are wanted those are
 * taken, one after the other, that are furthest from all taken before (k-centre by greed:
 * Gonzalez 1985), by the Jaccard distance of their hashed runs of four bytes.
 */
#ifndef SAMPLE_UNCERTAIN_H
#define SAMPLE_UNCERTAIN_H

#include "audit/audit.h"
#include "sample/record.h"

struct unsure {
    double margin;
    uint64_t key;
    char *bytes; /* owned */
    size_t len;
};

struct uncertain {
    size_t wanted, most;
    struct unsure *heap; /* the surest first */
    size_t n, cap;
};

void uncertain_init(struct uncertain *u, size_t wanted);
void uncertain_release(struct uncertain *u);

/* The margin of a record's predictions over labels, of the targets that count (NULL: all); 1 where
 * there are none with probabilities. */
double uncertain_margin(const struct stance_prediction *prediction, size_t n, size_t n_labels,
                        const bool *counts);

/* Whether a record of this margin can still be among them. */
bool uncertain_wants(const struct uncertain *u, double margin);

void uncertain_add(struct uncertain *u, double margin, uint64_t key, struct span bytes);

/* Adds those chosen to the audit as rows for training of this batch, but such as are rows of it
 * already. */
void uncertain_choose(struct uncertain *u, const struct record_spec *spec, struct audit *a,
                      uint32_t batch);

#endif
