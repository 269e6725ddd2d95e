/* SPDX-License-Identifier: MIT */
/* scored: see scored.h. Rows are added in their order, so that sums do not vary. */
#include "eval/scored.h"

#include <math.h>

#include "base/mem.h"

struct score_row *scored_rows(const struct evaluation *e, size_t system)
{
    const struct evaluation_system *s = &e->system[system];
    struct score_row *row = mem_array(e->n_rows, sizeof *row);

    for (size_t r = 0; r < e->n_rows; r++) {
        row[r] = (struct score_row){e->row[r].gold, s->label[r], s->p[r], NAN, NAN};
        if (s->probs != NULL && !isnan(s->probs[r * e->n_labels]))
            score_row_probs(&row[r], s->probs + r * e->n_labels, e->n_labels);
    }
    return row;
}

void scored_add(struct score *score, const struct evaluation *e, const struct score_row *row,
                const uint32_t *at, size_t n, const uint32_t *times)
{
    for (size_t i = 0; i < n; i++) {
        size_t r = at != NULL ? at[i] : i;
        uint32_t often = times != NULL ? times[e->group[e->row[r].comment]] : 1;
        if (often != 0 && row[r].label != EVALUATION_NONE)
            score_add(score, &row[r], often);
    }
}
