/* SPDX-License-Identifier: MIT */
/* surface: see surface.h. */
#include "eval/surface.h"

#include <stdlib.h>

#include "base/mem.h"
#include "eval/discriminant.h"
#include "text/looks.h"

enum { ROWS_ENOUGH = 10 * LOOKS }; /* for a target's own discriminant */

struct surface {
    struct evaluation *e;
    size_t system;
    double *x;             /* [row][LOOKS]: texts of a comment are the same for each target */
    const uint32_t *fold;  /* per row */
    uint32_t *row, *label; /* scratch: what one discriminant is fitted on */
};

static void look(struct surface *s, const struct corpus *gold)
{
    for (size_t r = 0; r < s->e->n_rows; r++)
        looks_of(gold->comment[gold->mark[r].comment].text, s->x + r * LOOKS);
}

/* Fits on the rows outside the fold, of one target or (EVALUATION_NONE) all; returns how many. */
static size_t fit(const struct surface *s, uint32_t fold, uint32_t target, struct discriminant *d)
{
    size_t n = 0;

    for (size_t r = 0; r < s->e->n_rows; r++) {
        const struct evaluation_row *row = &s->e->row[r];
        if (s->fold[r] == fold || (target != EVALUATION_NONE && row->target != target))
            continue;
        s->row[n] = (uint32_t)r;
        s->label[n++] = row->gold;
    }
    discriminant_fit(d, s->x, LOOKS, s->row, s->label, n, s->e->n_labels);
    return n;
}

static void apply(const struct surface *s, uint32_t fold, uint32_t target,
                  const struct discriminant *d)
{
    for (size_t r = 0; r < s->e->n_rows; r++) {
        uint32_t label;
        if (s->fold[r] != fold || s->e->row[r].target != target)
            continue;
        label = discriminant_label(d, s->x + r * LOOKS);
        if (label != UINT32_MAX)
            evaluation_set(s->e, s->system, r, label, NULL);
    }
}

static bool has_rows_enough(const struct surface *s, uint32_t fold, uint32_t target)
{
    size_t n = 0;

    for (size_t r = 0; r < s->e->n_rows && n < ROWS_ENOUGH; r++)
        n += s->fold[r] != fold && s->e->row[r].target == target;
    return n == ROWS_ENOUGH;
}

static void run_fold(const struct surface *s, uint32_t fold)
{
    struct discriminant all, own;

    fit(s, fold, EVALUATION_NONE, &all);
    for (uint32_t t = 0; t < s->e->n_targets; t++) {
        if (!has_rows_enough(s, fold, t)) {
            apply(s, fold, t, &all);
            continue;
        }
        fit(s, fold, t, &own);
        apply(s, fold, t, &own);
        discriminant_release(&own);
    }
    discriminant_release(&all);
}

/* Whole groups, dealt in the corpus' order. */
static uint32_t *deal(const struct evaluation *e, uint32_t n_folds)
{
    uint32_t *fold = mem_array(e->n_rows, sizeof *fold);

    for (size_t r = 0; r < e->n_rows; r++)
        fold[r] = e->group[e->row[r].comment] % n_folds;
    return fold;
}

void surface_add(struct evaluation *e, const struct corpus *gold, const uint32_t *row_fold,
                 uint32_t n_folds)
{
    uint32_t *own = row_fold == NULL ? deal(e, n_folds) : NULL;
    struct surface s = {.e = e, .fold = row_fold != NULL ? row_fold : own};

    s.system = evaluation_add(e, EVALUATION_BASELINE, SPAN("length, punctuation"),
                              "what can be told unread: a linear discriminant over length, "
                              "punctuation and capitals, trained on the gold outside the fold",
                              false);
    s.x = mem_array(e->n_rows * LOOKS, sizeof *s.x);
    s.row = mem_array(e->n_rows, sizeof *s.row);
    s.label = mem_array(e->n_rows, sizeof *s.label);
    look(&s, gold);
    for (uint32_t fold = 0; fold < n_folds; fold++)
        run_fold(&s, fold);
    free(s.x);
    free(s.row);
    free(s.label);
    free(own);
}
