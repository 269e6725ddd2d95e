/* SPDX-License-Identifier: MIT */
/* account: what was found and decided in training, as it is told and as the model keeps it. */
#ifndef API_ACCOUNT_H
#define API_ACCOUNT_H

#include "api/types.h"
#include "metrics/confusion.h"
#include "model/arms.h"

/* Of the arm chosen, but for what is told of the whole, `read`, and what is said of the other. */
struct account {
    const struct arms *arms;
    const struct verdict *v;
    const struct trainset *read;
    const uint8_t *use; /* per comment of `read` */
    const struct trainset *t;
    const struct search *s;
    const struct stance_talk *talk;
    struct confusion all;      /* held out, all targets */
    struct confusion majority; /* the most frequent label of each target */
    size_t n_comments, n_threads, n_added;
    size_t n_dealt; /* threads that folds are dealt of */
    bool has_f_avg;
    uint32_t favor, against;
};

/* Makes the figures of an account whose first lines are set. */
void account_make(struct account *a);
void account_release(struct account *a);

/* Appends the key=value lines that a model keeps (struct model, meta). */
void account_meta(struct buf *b, const struct account *a);

/* Told line by line, to a->talk. */
void account_tell(const struct account *a);

#endif
