/* SPDX-License-Identifier: MIT */
/* risk: see risk.h. */
#include "report/risk.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct risk_point *risk_points(const struct evaluation *e, size_t *n)
{
    const struct evaluation_system *s = &e->system[0];
    struct risk_row *row = mem_array(e->n_rows, sizeof *row);
    struct risk_point *point = mem_array(e->n_rows, sizeof *point);
    size_t n_rows = 0;

    for (size_t r = 0; r < e->n_rows; r++)
        if (!isnan(s->p[r]))
            row[n_rows++] = (struct risk_row){s->p[r], s->label[r] == e->row[r].gold};
    *n = riskcurve(row, n_rows, point);
    free(row);
    return point;
}
