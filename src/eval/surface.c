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
    uint32_t *by_target;   /* rows, target by target */
    size_t *start;         /* where those of a target begin; one more than targets */
    uint32_t *row, *label; /* scratch: what one discriminant is fitted on */
};

static void sort_by_target(struct surface *s)
{
    const struct evaluation *e = s->e;

    s->by_target = mem_array(e->n_rows, sizeof *s->by_target);
    s->start = mem_zalloc((size_t)e->n_targets + 2, sizeof *s->start);
    for (size_t r = 0; r < e->n_rows; r++)
        s->start[e->row[r].target + 2]++;
    for (uint32_t t = 0; t < e->n_targets; t++)
        s->start[t + 2] += s->start[t + 1];
    for (size_t r = 0; r < e->n_rows; r++)
        s->by_target[s->start[e->row[r].target + 1]++] = (uint32_t)r;
}

static void look(struct surface *s, const struct corpus *gold)
{
    for (size_t r = 0; r < s->e->n_rows; r++)
        looks_of(gold->comment[gold->mark[r].comment].text, s->x + r * LOOKS);
}

/* Takes the rows of a target that are outside the fold, n of them taken before. */
static size_t take_rows(const struct surface *s, uint32_t fold, uint32_t target, size_t n)
{
    for (size_t i = s->start[target]; i < s->start[target + 1]; i++) {
        uint32_t r = s->by_target[i];
        if (s->fold[r] == fold)
            continue;
        s->row[n] = r;
        s->label[n++] = s->e->row[r].gold;
    }
    return n;
}

static void fit(const struct surface *s, size_t n, struct discriminant *d)
{
    discriminant_fit(d, s->x, LOOKS, s->row, s->label, n, s->e->n_labels);
}

/* Which labels the n rows taken have, by count; owned by the caller. */
static uint64_t *labels_taken(const struct surface *s, size_t n)
{
    uint64_t *seen = mem_zalloc(s->e->n_labels, sizeof *seen);

    for (size_t i = 0; i < n; i++)
        seen[s->label[i]]++;
    return seen;
}

static void apply(const struct surface *s, uint32_t fold, uint32_t target,
                  const struct discriminant *d, const uint64_t *may)
{
    for (size_t i = s->start[target]; i < s->start[target + 1]; i++) {
        uint32_t r = s->by_target[i], label;
        if (s->fold[r] != fold)
            continue;
        label = discriminant_label(d, s->x + (size_t)r * LOOKS, may);
        if (label != UINT32_MAX)
            evaluation_set(s->e, s->system, r, label, NULL);
    }
}

static void run_fold(const struct surface *s, uint32_t fold)
{
    struct discriminant all, own;
    size_t n = 0;

    for (uint32_t t = 0; t < s->e->n_targets; t++)
        n = take_rows(s, fold, t, n);
    fit(s, n, &all);
    for (uint32_t t = 0; t < s->e->n_targets; t++) {
        n = take_rows(s, fold, t, 0);
        if (n < ROWS_ENOUGH) {
            uint64_t *seen = labels_taken(s, n);
            apply(s, fold, t, &all, n != 0 ? seen : NULL);
            free(seen);
            continue;
        }
        fit(s, n, &own);
        apply(s, fold, t, &own, NULL);
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
    sort_by_target(&s);
    for (uint32_t fold = 0; fold < n_folds; fold++)
        run_fold(&s, fold);
    free(s.x);
    free(s.by_target);
    free(s.start);
    free(s.row);
    free(s.label);
    free(own);
}
