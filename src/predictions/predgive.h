/* SPDX-License-Identifier: MIT */
/*
 * predgive: where rows of every form come together: their numbers are read and checked, and
 * whoever wants the rows is called.
 */
#ifndef PREDICTIONS_PREDGIVE_H
#define PREDICTIONS_PREDGIVE_H

#include "base/intern.h"
#include "predictions/predcols.h"
#include "predictions/predrows.h"

/* {0} but for take, arg, err and id_name is a valid new one. */
struct predgive {
    int (*take)(void *arg, const struct predrow *row, struct stance_err *err);
    void *arg;
    struct stance_err *err;
    struct span id_name; /* for messages */
    const char *file;    /* of the record at hand */
    uint64_t line;
    /* the probabilities of the next row, each label once: a sparse set */
    struct intern names;
    size_t *place; /* per name: its position, where that is below n and id[] agrees */
    uint32_t *id;
    double *prob;
    struct span *label;
    size_t n, place_cap, id_cap, prob_cap, label_cap;
};

/* A row as text; p NULL where there is none. An empty label, p or probability is none given. */
struct predtext {
    struct span id, target, label, p;
    struct span status; /* why there is no label */
};

/* STANCE_DATA at the record at hand; at: offset in it; detail may be empty. Returns -1. */
int predgive_bad(const struct predgive *g, size_t at, const char *what, struct span detail);

/* One probability of the row to come; the last one counts where a label comes again. Fails where
 * text is no number from 0 to 1, or the label has no name. An empty text is none given. */
int predgive_prob(struct predgive *g, struct span label, struct span text);

/* Fails where columns stand behind another prefix than the wanted one, naming it: a label of the
 * same record may be the gold's. */
int predgive_check_prefix(const struct predgive *g, const struct predcols *c);

/* The row, with the probabilities gathered. Fails where there is no id, or an empty target; but
 * rows that lack one of them, and a label, and have a status are passed over: nothing was
 * predicted of anything. */
int predgive_row(struct predgive *g, const struct predtext *text);

void predgive_release(struct predgive *g);

#endif
