/* SPDX-License-Identifier: MIT */
/*
 * predjson: the rows of one NDJSON record of predictions.
 *
 *   nested  "predicted": {TARGET: {"label", "p", "probs"}}, or {TARGET: LABEL}, with `id`;
 *           null beside "stance_status" where there is no label
 *   wide    members named as the columns of predcols.h
 *   long    id, target, label, p, "probs": {LABEL: p}
 *
 * The first that a record has counts: "predicted" goes before a label, which may be the gold's.
 */
#ifndef PREDICTIONS_PREDJSON_H
#define PREDICTIONS_PREDJSON_H

#include "base/arena.h"
#include "corpus/json.h"
#include "predictions/predcols.h"
#include "predictions/predgive.h"

enum { PREDJSON_TEXTS = 5 };

/* {0} but for give and wanted is a valid new one. */
struct predjson {
    struct predgive *give;
    const struct predcols_wanted *wanted;
    struct span *key; /* of the record at hand */
    struct json_value *value;
    size_t n, key_cap, value_cap;
    struct arena keys; /* those that had escapes */
    struct predcols columns;
    struct buf text[PREDJSON_TEXTS];
};

/* Rows go to give; STANCE_DATA where the record is no JSON object or a value none that could
 * be meant. */
int predjson_read(struct predjson *j, struct span record);
void predjson_release(struct predjson *j);

#endif
