/* SPDX-License-Identifier: MIT */
/* rows: see rows.h. */
#include "sample/rows.h"

static void name_apart(struct audit *a, struct audit_row *row)
{
    struct span id = row->comment.id;
    size_t self = (size_t)(row - a->row);
    struct buf name = {0};

    for (unsigned k = 2; audit_find_row(a, row->comment.id) != self; k++) {
        buf_reset(&name);
        buf_add_span(&name, id);
        buf_addf(&name, "~%u", k);
        row->comment.id = arena_copy(&a->arena, buf_span(&name));
    }
    buf_release(&name);
}

struct audit_row *rows_add(struct audit *a, const struct record_spec *spec, struct span bytes,
                           uint64_t key, uint32_t batch)
{
    struct audit_row *row = audit_add_row(a);

    record_unpack(spec, bytes, a, row);
    row->key = key;
    row->batch = batch;
    name_apart(a, row);
    return row;
}

uint32_t rows_next_batch(const struct audit *a)
{
    uint32_t last = 0;

    for (size_t i = 0; i < a->n_rows; i++)
        last = a->row[i].batch > last ? a->row[i].batch : last;
    return last + 1;
}
