/* SPDX-License-Identifier: MIT */
/* rows: records that were drawn become rows of an audit. */
#ifndef SAMPLE_ROWS_H
#define SAMPLE_ROWS_H

#include "sample/record.h"

/* A row of one record. An id that another row has, with another text, gets "~2", "~3" …: the key
 * tells what it is in the dump. */
struct audit_row *rows_add(struct audit *a, const struct record_spec *spec, struct span bytes,
                           uint64_t key, uint32_t batch);

/* The number of the next batch. */
uint32_t rows_next_batch(const struct audit *a);

#endif
