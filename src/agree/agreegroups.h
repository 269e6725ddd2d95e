/* SPDX-License-Identifier: MIT */
/* agreegroups: which comments go together when agreement is resampled. */
#ifndef AGREE_AGREEGROUPS_H
#define AGREE_AGREEGROUPS_H

#include "agree/annotations.h"

struct agree_groups {
    uint32_t *of; /* per comment of the annotations */
    uint32_t n;   /* groups, numbered in the order of their names */
    struct span field;
    bool asked;        /* the caller named the field */
    size_t n_without;  /* comments without it, each a group of its own */
    size_t n_threaded; /* comments with a thread */
};

/* field NULL: thread or author, the first that all comments have, else id. STANCE_DATA where
 * no comment has the field named. */
int agree_groups_find(struct agree_groups *g, const struct annotations *a, const char *field,
                      struct stance_err *err);
void agree_groups_release(struct agree_groups *g);

#endif
