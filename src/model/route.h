/* SPDX-License-Identifier: MIT */
/*
 * route: from a tally's margins to a decision, for a target that may be given two labels or three:
 * decide_by() with couple_at_once(), and no more than that needs.
 */
#ifndef MODEL_ROUTE_H
#define MODEL_ROUTE_H

#include "model/fixed.h"

enum { ROUTE_LABELS = 3 };

struct route_pair {
    uint32_t lane; /* of the margin of the first label against the second; UINT32_MAX: none */
    struct sigmoid sigmoid;
};

struct route {
    uint32_t n;                           /* labels; 0: the target has more, or one */
    uint32_t label[ROUTE_LABELS];         /* rising */
    struct route_pair pair[ROUTE_LABELS]; /* 0 and 1, 0 and 2, 1 and 2 */
    uint32_t n_labels;                    /* of the model */
    const double *weight;                 /* of the rule; borrowed from the scorer */
};

/* Of the i-th target that s and f were made for. */
void route_init(struct route *r, const struct fixed *f, const struct scorer *s, uint32_t i);

/* margin: per lane. */
void route_decide(const struct route *r, const double *margin, struct decision *out);

#endif
