/* SPDX-License-Identifier: MIT */
/* views: see views.h. Rows are sorted into values and then targets by counting, so that the
 * work grows with the rows and with the views, not with their product. */
#include "eval/views.h"

#include <stdlib.h>

#include "base/mem.h"

struct making {
    const struct evaluation *e;
    struct view *view;
    size_t n, cap;
    size_t *seen_in; /* per group, the last view that has it, counted from 1 */
};

/* Rows by a key below n_keys, in their order among equals: those of key k stand from
 * start[k] to start[k + 1]. Both are owned by the caller. */
struct sorted {
    uint32_t *row;
    size_t *start;
};

static struct sorted sort_rows(const uint32_t *row, size_t n, const uint32_t *key, uint32_t n_keys)
{
    struct sorted s = {mem_array(n, sizeof *s.row),
                       mem_zalloc((size_t)n_keys + 2, sizeof *s.start)};

    for (size_t i = 0; i < n; i++)
        s.start[key[i] + 2]++;
    for (uint32_t k = 0; k < n_keys; k++)
        s.start[k + 2] += s.start[k + 1];
    for (size_t i = 0; i < n; i++)
        s.row[s.start[key[i] + 1]++] = row[i];
    return s;
}

static void release_sorted(struct sorted *s)
{
    free(s->row);
    free(s->start);
}

static void add_view(struct making *m, struct view v, const uint32_t *row, size_t n)
{
    const struct evaluation *e = m->e;

    if (n == 0)
        return;
    v.row = mem_array(n, sizeof *v.row);
    memcpy(v.row, row, n * sizeof *v.row);
    v.n_rows = n;
    MEM_GROW(m->view, m->cap, m->n + 1);
    for (size_t i = 0; i < n; i++) {
        size_t *seen = &m->seen_in[e->group[e->row[row[i]].comment]];
        v.n_groups += *seen != m->n + 1;
        *seen = m->n + 1;
    }
    m->view[m->n++] = v;
}

static void add_with_targets(struct making *m, struct view v, const uint32_t *row, size_t n)
{
    const struct evaluation *e = m->e;
    uint32_t *target;
    struct sorted s;

    v.target = EVALUATION_NONE;
    add_view(m, v, row, n);
    if (e->n_targets < 2)
        return;
    target = mem_array(n, sizeof *target);
    for (size_t i = 0; i < n; i++)
        target[i] = e->row[row[i]].target;
    s = sort_rows(row, n, target, e->n_targets);
    for (v.target = 0; v.target < e->n_targets; v.target++)
        add_view(m, v, s.row + s.start[v.target], s.start[v.target + 1] - s.start[v.target]);
    release_sorted(&s);
    free(target);
}

static void add_slices(struct making *m, const struct slices *by, const uint32_t *row)
{
    const struct evaluation *e = m->e;
    uint32_t *value = mem_array(e->n_rows, sizeof *value);
    struct sorted s;

    for (size_t r = 0; r < e->n_rows; r++)
        value[r] = by->of[e->row[r].comment];
    s = sort_rows(row, e->n_rows, value, by->n_values);
    for (uint32_t v = 0; v < by->n_values; v++)
        add_with_targets(m, (struct view){.field = by->field, .value = by->value[v]},
                         s.row + s.start[v], s.start[v + 1] - s.start[v]);
    release_sorted(&s);
    free(value);
}

struct view *views_make(const struct evaluation *e, size_t *n)
{
    struct making m = {.e = e, .seen_in = mem_zalloc(e->n_groups, sizeof *m.seen_in)};
    uint32_t *all = mem_array(e->n_rows, sizeof *all);

    for (size_t r = 0; r < e->n_rows; r++)
        all[r] = (uint32_t)r;
    add_with_targets(&m, (struct view){0}, all, e->n_rows);
    for (size_t i = 0; i < e->n_slices; i++)
        add_slices(&m, &e->slices[i], all);
    free(m.seen_in);
    free(all);
    *n = m.n;
    return m.view;
}
