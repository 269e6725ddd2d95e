/* SPDX-License-Identifier: MIT */
/*
 * deal: wholes dealt out to folds so that every fold gets its share of every stratum.
 *
 * A whole is what stays together (a group, or several joined); a stratum is whatever is
 * counted: all comments, those of a label, those of a (target, label). The cost of a deal is
 *
 *     sum over strata s and folds f of load(s,f)² / total(s)
 *
 * which is, up to a constant and the factor n_folds, the chi-squared of the loads against
 * equal shares: at random every stratum weighs the same in it, rare or frequent.
 *
 * Wholes go largest first, each to the fold where the cost grows least, as by Sechidis,
 * Tsoumakas and Vlahavas (On the stratification of multi-label data, ECML PKDD 2011) for
 * single rows; then wholes are moved, and where they are few exchanged, while the cost falls.
 */
#ifndef CORPUS_DEAL_H
#define CORPUS_DEAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* How many of a stratum a whole has; at least 1. */
struct deal_part {
    uint32_t stratum, n;
};

struct deal_whole {
    uint64_t hash;    /* wholes of one size go by this, then by name: never by row */
    struct span name; /* of its own: no two are the same */
    uint32_t id;      /* the caller's */
    uint32_t size;    /* comments, at least 1 */
    uint32_t fold;    /* the result */
    size_t part;      /* its parts: position of the first, how many; by rising stratum */
    size_t n_parts;
};

/* Sorts the wholes and fills in their folds. Stratum 0 must count all comments: by it no
 * fold stays empty where there are wholes enough. total: per stratum, of all wholes. */
void deal(struct deal_whole *whole, uint32_t n_wholes, const struct deal_part *part,
          const uint32_t *total, uint32_t n_strata, uint32_t n_folds);

#endif
