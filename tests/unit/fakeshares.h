/* SPDX-License-Identifier: MIT */
/* fakeshares: made-up shares for the tests of their forms, the same bytes every time. */
#ifndef TESTS_FAKESHARES_H
#define TESTS_FAKESHARES_H

#include "prevalence/shares.h"

struct fakeshares_plan {
    const char *name;
    enum shares_method method;
    enum shares_among among;
    uint32_t n_targets, n_groups; /* groups beside all */
    const char *by;               /* NULL without groups */
    bool threads;                 /* whole ones were drawn */
    bool per_author;
    bool evil;    /* names with markup and control characters, and very long ones */
    bool nothing; /* every number NAN, every share refused */
};

/* "weeks", "bare", "sources", "days", "adjusted", "sld", "count", "evil", "nothing", then {NULL}.
 */
extern const struct fakeshares_plan fakeshares_plans[];

/* By name; fails the test where there is none. */
void fakeshares_make(struct shares *s, const char *plan);
void fakeshares_release(struct shares *s);

#endif
