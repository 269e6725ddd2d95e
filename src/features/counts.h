/* SPDX-License-Identifier: MIT */
/*
 * counts: how often each n-gram occurs in each comment, as compressed rows.
 *
 * Ids here only rename n-grams; which of them are features, and how rare they are, is
 * the weighting's business and is fitted on the training side of each fold alone.
 */
#ifndef FEATURES_COUNTS_H
#define FEATURES_COUNTS_H

#include "features/ngram.h"
#include "base/intern.h"

struct count {
    uint32_t id;
    uint32_t n; /* occurrences, at least 1 */
};

struct counts {
    size_t n_rows;
    size_t *start;       /* n_rows + 1 positions in entry */
    struct count *entry; /* within a row by rising id */
    uint32_t n_ids;      /* ids are below this */
    size_t start_cap, entry_cap;
};

void counts_release(struct counts *c);

/* Sorts ids in place and writes one entry per distinct id to out (room for n); returns
 * how many. */
size_t counts_of_ids(uint32_t *id, size_t n, struct count *out);

/* Tokenizes text, gives its unseen n-grams new ids in v, appends one row. */
struct counter;
struct counter *counter_new(const struct ngram_settings *set);
void counter_free(struct counter *k);
void counter_add(struct counter *k, struct counts *c, struct intern *v, struct span text);

#endif
