/* SPDX-License-Identifier: MIT */
/*
 * record: what is kept of a record of a dump until it is known whether it is drawn: its fields,
 * end to end, in one block of bytes.
 */
#ifndef SAMPLE_RECORD_H
#define SAMPLE_RECORD_H

#include "audit/audit.h"
#include "classify/sweep.h"

enum { RECORD_MAX_EXTRA = AUDIT_MAX_BY + 1 };

struct record_spec {
    const struct span *extra; /* fields besides the roles that are kept: those of strata */
    size_t n_extra;           /* at most RECORD_MAX_EXTRA */
};

/* Appends the record, whose text is there. */
void record_pack(const struct record_spec *spec, const struct sweep_record *r, struct buf *out);

/* The same as a row: texts copied into the audit. */
void record_unpack(const struct record_spec *spec, struct span bytes, struct audit *a,
                   struct audit_row *row);

#endif
