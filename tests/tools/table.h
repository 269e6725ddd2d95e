/* SPDX-License-Identifier: MIT */
/*
 * table: gold labels, predictions and probabilities as TSV, for figures.c and test_metrics.c.
 *
 *     table  NAME  LABEL LABEL …         begins one
 *     row    GOLD  GIVEN  P P …          positions of labels; as many P as labels, or one, that
 *                                        of the label given, or none
 *     figure KEY   VALUE or "undefined"  what the table's figure must be
 */
#ifndef TESTS_TABLE_H
#define TESTS_TABLE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "corpus/csv.h"
#include "metrics/score.h"

enum { TABLE_LABELS = 8 };

struct table {
    struct score score;
    struct buf name;
};

static inline void table_release(struct table *t)
{
    score_release(&t->score);
    buf_release(&t->name);
}

static inline bool table_begin(struct table *t, const struct csv_row *row)
{
    if (row->n < 3 || row->n - 2 > TABLE_LABELS)
        return false;
    score_release(&t->score);
    buf_reset(&t->name);
    buf_add_span(&t->name, row->field[1]);
    score_init(&t->score, row->field + 2, (uint32_t)(row->n - 2));
    return true;
}

static inline bool table_row(struct table *t, const struct csv_row *row)
{
    uint32_t n_labels = t->score.confusion.n_labels;
    struct score_row r = {.p = NAN, .log_loss = NAN, .brier = NAN};
    double p[TABLE_LABELS];
    uint64_t gold, label;
    size_t n_probs = row->n - 3;

    if (row->n < 3 || (n_probs > 1 && n_probs != n_labels) || !num_u64(row->field[1], &gold) ||
        !num_u64(row->field[2], &label) || gold >= n_labels || label >= n_labels)
        return false;
    for (size_t i = 0; i < n_probs; i++)
        if (!num_f64(row->field[i + 3], &p[i]))
            return false;
    r.gold = (uint32_t)gold;
    r.label = (uint32_t)label;
    if (n_probs != 0)
        r.p = n_probs == 1 ? p[0] : p[label];
    if (n_probs > 1)
        score_row_probs(&r, p, n_labels);
    score_add(&t->score, &r, 1);
    return true;
}

/* The next line of a text, split; false at its end. Empty lines and # are passed over. */
static inline bool table_line(struct span *text, struct csv_row *row)
{
    while (text->len != 0) {
        const char *end = memchr(text->p, '\n', text->len);
        size_t len = end != NULL ? (size_t)(end - text->p) : text->len;
        struct span line = {text->p, len};

        text->p += len + (end != NULL);
        text->len -= len + (end != NULL);
        if (len == 0 || line.p[0] == '#')
            continue;
        csv_split_tsv(line, row);
        return true;
    }
    return false;
}

#endif
