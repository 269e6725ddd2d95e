/* SPDX-License-Identifier: MIT */
/* judges: the classifiers of a pass over a dump, one for each thread. */
#ifndef API_JUDGES_H
#define API_JUDGES_H

#include "api/types.h"
#include "classify/dump.h"

struct judges_wanted {
    const char *const *target; /* n_targets ids; NULL: all of the model */
    size_t n_targets;
    bool own_target; /* records name their target; the list above is not looked at */
    bool allow_unseen;
};

struct own_judge;

struct judges {
    struct dump_judge *judge; /* n of them */
    unsigned n;
    struct own_judge *own;
};

/* The model must outlive them. -1 with STANCE_USAGE for a target that the model does not have.
 * Release in any case; {0} is a valid empty one. */
int judges_make(struct judges *j, const struct stance_model *model, const struct judges_wanted *w,
                unsigned n, struct stance_err *err);
void judges_release(struct judges *j);

#endif
