/* SPDX-License-Identifier: MIT */
/* views: see views.h. */
#include "eval/views.h"

#include <stdlib.h>

#include "base/mem.h"

struct making {
    const struct evaluation *e;
    struct view *view;
    size_t n, cap;
    uint8_t *has_group; /* per group */
};

static bool is_in(const struct view *v, const struct slices *s, uint32_t value,
                  const struct evaluation_row *row)
{
    return (v->target == EVALUATION_NONE || row->target == v->target) &&
           (s == NULL || s->of[row->comment] == value);
}

static void add_view(struct making *m, const struct slices *s, uint32_t value, uint32_t target)
{
    const struct evaluation *e = m->e;
    struct view v = {.target = target};

    if (s != NULL) {
        v.field = s->field;
        v.value = s->value[value];
    }
    memset(m->has_group, 0, e->n_groups);
    v.row = mem_array(e->n_rows, sizeof *v.row);
    for (size_t r = 0; r < e->n_rows; r++) {
        uint32_t group = e->group[e->row[r].comment];
        if (!is_in(&v, s, value, &e->row[r]))
            continue;
        v.row[v.n_rows++] = (uint32_t)r;
        v.n_groups += !m->has_group[group];
        m->has_group[group] = 1;
    }
    if (v.n_rows == 0) {
        free(v.row);
        return;
    }
    v.row = mem_resize(v.row, v.n_rows, sizeof *v.row);
    MEM_GROW(m->view, m->cap, m->n + 1);
    m->view[m->n++] = v;
}

static void add_with_targets(struct making *m, const struct slices *s, uint32_t value)
{
    add_view(m, s, value, EVALUATION_NONE);
    for (uint32_t t = 0; m->e->n_targets > 1 && t < m->e->n_targets; t++)
        add_view(m, s, value, t);
}

struct view *views_make(const struct evaluation *e, size_t *n)
{
    struct making m = {.e = e, .has_group = mem_zalloc(e->n_groups, 1)};

    add_with_targets(&m, NULL, 0);
    for (size_t i = 0; i < e->n_slices; i++)
        for (uint32_t v = 0; v < e->slices[i].n_values; v++)
            add_with_targets(&m, &e->slices[i], v);
    free(m.has_group);
    *n = m.n;
    return m.view;
}
