/* SPDX-License-Identifier: MIT */
/* agreedisputed: the units of agree.h that annotators disagree on. */
#include <stdlib.h>

#include "base/mem.h"
#include "agree/agree.h"

struct unit {
    size_t row;
    uint64_t differing, pairs;
};

static struct unit look(const struct annotations *a, size_t from)
{
    struct unit u = {.row = from};
    size_t end = annotations_unit_end(a, from);

    for (size_t i = from; i < end; i++)
        for (size_t j = i + 1; j < end; j++) {
            u.pairs++;
            u.differing += a->row[i].label != a->row[j].label;
        }
    return u;
}

static int most_first(const void *a, const void *b)
{
    const struct unit *x = a, *y = b;
    uint64_t p = x->differing * y->pairs, q = y->differing * x->pairs;

    if (p != q)
        return p > q ? -1 : 1;
    if (x->differing != y->differing)
        return x->differing > y->differing ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

size_t *agree_disputed(const struct annotations *a, size_t *n_all)
{
    struct unit *u = NULL;
    size_t n = 0, cap = 0, *row;

    for (size_t from = 0; from < a->n_rows; from = annotations_unit_end(a, from)) {
        struct unit one = look(a, from);
        if (one.differing == 0)
            continue;
        MEM_GROW(u, cap, n + 1);
        u[n++] = one;
    }
    if (n != 0)
        qsort(u, n, sizeof *u, most_first);
    row = mem_array(n, sizeof *row);
    for (size_t i = 0; i < n; i++)
        row[i] = u[i].row;
    free(u);
    *n_all = n;
    return row;
}

double agree_dispute(const struct annotations *a, size_t from)
{
    struct unit u = look(a, from);

    return u.pairs != 0 ? (double)u.differing / (double)u.pairs : 0;
}
