/* SPDX-License-Identifier: MIT */
/*
 * labels: the labels that one parsed record gives, whichever way it is written.
 *
 * NDJSON: "stance": {TARGET: LABEL}, or flat "target" and "label". CSV and TSV: columns
 * "target" and "label", or one column "stance.TARGET" per target. A null or empty label is
 * none given. What corpora and files of annotations have in common.
 */
#ifndef CORPUS_LABELS_H
#define CORPUS_LABELS_H

#include "corpus/parse.h"

/* What to say to one who has files without any. */
#define LABELS_EXPECTED                                                                            \
    "expected \"target\" and \"label\" (or what --target-field and --label-field name), columns "  \
    "\"stance.TARGET\", or in NDJSON \"stance\": {TARGET: LABEL}"

struct labels {
    /* set by the caller, the rest 0 */
    const struct schema *schema;
    bool label_named; /* the user says which field is the label */
    void (*take)(void *arg, struct span target, struct span label); /* good during the call */
    void *arg;
    /* set where a record cannot be */
    const char *what;  /* a literal */
    const char *place; /* a byte of the record; NULL: all of it */
    /* owned */
    struct buf value;
};

/* Calls take for each label of a record that is neither undecodable nor unparsable. -1 with
 * what and place set: a label without a target or that is no string, a NUL in a name. */
int labels_read(struct labels *l, const struct parsed *p);
void labels_release(struct labels *l);

/* Notes each of n labels that other programs write for a missing one (R: NA, Python: nan): here
 * only an empty label or null is missing. talk may be NULL. */
void labels_note_missing(const struct span *label, uint32_t n, const struct stance_talk *talk);

/* A scalar as text: a string decoded into `out`, a number or truth value as it stands. p NULL
 * for null, objects and arrays. */
struct span labels_scalar(const struct json_value *v, struct buf *out);

#endif
