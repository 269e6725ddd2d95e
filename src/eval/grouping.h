/* SPDX-License-Identifier: MIT */
/*
 * grouping: which comments are resampled as one, and into which slices they fall. Comments
 * here are the labelled ones, in the corpus' order.
 */
#ifndef EVAL_GROUPING_H
#define EVAL_GROUPING_H

#include "corpus/corpus.h"

/* One way to cut the comments into slices. */
struct slices {
    struct span field;
    struct span *value; /* sorted by bytes; then "(other)" and "(none)", where there are such */
    uint32_t n_values;
    uint32_t *of; /* per comment, position in value */
};

enum { SLICES_MAX = 40 }; /* values; of more, the rarest are together in "(other)" */

struct groups {
    struct span field; /* borrowed from the caller, or a literal */
    uint32_t *of;      /* per comment */
    uint32_t n;
    uint32_t n_without;    /* comments that lack the field, each a group of its own */
    uint32_t n_unthreaded; /* comments that lack a thread where others have one, and where no
                              field was asked for: for their sake threads are cut */
};

/* comment: n positions in c. field.p NULL: thread, author or id, the first that all of them
 * have. Fails (STANCE_DATA) where none has the field asked for. Both give memory that is
 * released by the calls below, also on failure; names are copied to the arena. */
int groups_make(struct groups *g, const struct corpus *c, const uint32_t *comment, uint32_t n,
                struct span field, struct stance_err *err);
void groups_release(struct groups *g);

int slices_make(struct slices *s, const struct corpus *c, const uint32_t *comment, uint32_t n,
                struct span field, struct arena *arena, struct stance_err *err);
void slices_release(struct slices *s);

#endif
