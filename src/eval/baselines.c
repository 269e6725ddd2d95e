/* SPDX-License-Identifier: MIT */
/* baselines: see baselines.h. */
#include "eval/baselines.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "model/family.h"

struct majorities majorities_add(struct evaluation *e, const char *from)
{
    struct majorities m;
    struct buf about = {0};

    buf_addf(&about, "always the target's most frequent label, counted on %s", from);
    m.per_target =
        evaluation_add(e, EVALUATION_BASELINE, SPAN("majority per target"), buf_str(&about), false);
    buf_reset(&about);
    buf_addf(&about, "always the most frequent label of targets with such labels, counted on %s",
             from);
    m.all = evaluation_add(e, EVALUATION_BASELINE, SPAN("majority"), buf_str(&about), false);
    buf_release(&about);
    return m;
}

static uint32_t largest(const uint64_t *count, uint32_t n)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < n; i++)
        if (count[i] > count[best])
            best = i;
    return best;
}

void majorities_set(struct evaluation *e, const struct majorities *m, const uint64_t *seen,
                    const uint8_t *use)
{
    uint64_t *all = family_counts(seen, e->n_targets, e->n_labels);

    for (size_t r = 0; r < e->n_rows; r++) {
        size_t target = e->row[r].target;
        const uint64_t *of = seen + target * e->n_labels;
        uint32_t best = largest(of, e->n_labels);
        uint32_t most = largest(all + target * e->n_labels, e->n_labels);
        if (use != NULL && !use[r])
            continue;
        evaluation_set(e, m->per_target, r, of[best] != 0 ? best : most, NULL);
        evaluation_set(e, m->all, r, most, NULL);
    }
    free(all);
}

size_t alone_add(struct evaluation *e)
{
    return evaluation_add(e, EVALUATION_BASELINE, SPAN("comment alone"),
                          "the model on each comment by itself, whatever its thread", true);
}

size_t blind_add(struct evaluation *e)
{
    if (e->n_targets < 2)
        return EVALUATION_NO_SYSTEM;
    return evaluation_add(e, EVALUATION_BASELINE, SPAN("target-blind"),
                          "the same machine, trained without knowing the target", true);
}
