/* SPDX-License-Identifier: MIT */
/* evals: see evals.h. */
#include "evals.h"

size_t find_system(const struct evaluation *e, const char *name)
{
    for (size_t s = 0; s < e->n_systems; s++)
        if (e->system[s].kind != EVALUATION_LEARNING && span_eq(e->system[s].name, span_of(name)))
            return s;
    return EVALUATION_NO_SYSTEM;
}

struct confusion counts_of(const struct evaluation *e, size_t system, uint32_t target)
{
    struct confusion c;

    assert_true(system < e->n_systems);
    confusion_init(&c, e->n_labels);
    for (size_t r = 0; r < e->n_rows; r++)
        if ((target == EVALUATION_NONE || e->row[r].target == target) &&
            e->system[system].label[r] != EVALUATION_NONE)
            confusion_add(&c, e->row[r].gold, e->system[system].label[r]);
    return c;
}

bool has_note(const struct evaluation *e, const char *wanted)
{
    for (size_t i = 0; i < e->n_notes; i++)
        if (strstr(e->note[i].p, wanted) != NULL)
            return true;
    return false;
}

struct buf report_of(const struct evaluation *e,
                     void (*write)(const struct summary *, struct buf *), uint32_t n_resamples,
                     unsigned n_jobs)
{
    struct summary s;
    struct buf out = {0};

    summary_make(&s, e, n_resamples, 1, n_jobs, NULL);
    write(&s, &out);
    buf_str(&out);
    summary_release(&s);
    return out;
}
