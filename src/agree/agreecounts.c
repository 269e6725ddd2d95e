/* SPDX-License-Identifier: MIT */
/* agreecounts: see agreecounts.h. Cells are added unit by unit, then sorted and merged. */
#include "agree/agreecounts.h"

#include <stdlib.h>

#include "base/mem.h"

void agree_counts_release(struct agree_counts *c)
{
    free(c->cell);
    free(c->size);
    *c = (struct agree_counts){0};
}

/* Whether the unit at this row is one of the section's. */
static bool is_in(const struct annotation *row, uint32_t target)
{
    return target == UINT32_MAX || row->target == target;
}

static void find_sizes(struct agree_counts *c, const struct annotations *a, uint32_t *place)
{
    for (size_t from = 0, end; from < a->n_rows; from = end) {
        end = annotations_unit_end(a, from);
        place[end - from] = 1;
    }
    c->size = mem_array(a->n_annotators, sizeof *c->size);
    for (uint32_t m = 2; m <= a->n_annotators; m++)
        if (place[m] != 0) {
            place[m] = c->n_sizes;
            c->size[c->n_sizes++] = m;
        }
}

static void count_unit(struct agree_counts *c, const struct annotation *row, size_t m,
                       uint32_t group, uint32_t size)
{
    MEM_GROW(c->cell, c->cap, c->n_cells + m * (m - 1) / 2);
    for (size_t i = 0; i < m; i++)
        for (size_t j = i + 1; j < m; j++)
            c->cell[c->n_cells++] = (struct agree_cell){.first = row[i].annotator,
                                                        .second = row[j].annotator,
                                                        .group = group,
                                                        .size = size,
                                                        .a = row[i].label,
                                                        .b = row[j].label,
                                                        .n = 1};
}

static int compare_cells(const struct agree_cell *x, const struct agree_cell *y)
{
    const uint32_t p[] = {x->first, x->second, x->group, x->size, x->a, x->b};
    const uint32_t q[] = {y->first, y->second, y->group, y->size, y->a, y->b};

    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        if (p[i] != q[i])
            return p[i] < q[i] ? -1 : 1;
    return 0;
}

static int by_pair(const void *a, const void *b)
{
    return compare_cells(a, b);
}

static void merge_cells(struct agree_counts *c)
{
    size_t n = 0;

    qsort(c->cell, c->n_cells, sizeof *c->cell, by_pair);
    for (size_t i = 0; i < c->n_cells; i++) {
        if (n != 0 && compare_cells(&c->cell[n - 1], &c->cell[i]) == 0)
            c->cell[n - 1].n += c->cell[i].n;
        else
            c->cell[n++] = c->cell[i];
    }
    c->n_cells = n;
}

/* Annotators and groups of the section get positions of their own. */
static void number_cells(struct agree_counts *c, struct agree_section *s, uint32_t n_groups)
{
    uint32_t *place = mem_zalloc(n_groups, sizeof *place);
    size_t cap = 0;

    for (size_t i = 0; i < c->n_cells; i++)
        place[c->cell[i].group] = 1;
    for (uint32_t g = 0; g < n_groups; g++)
        place[g] = place[g] != 0 ? c->n_groups++ : 0;
    for (size_t i = 0; i < c->n_cells; i++) {
        struct agree_cell *k = &c->cell[i];
        const struct agree_pair *last = c->n_pairs != 0 ? &s->pair[c->n_pairs - 1] : NULL;
        if (last == NULL || last->a != k->first || last->b != k->second) {
            MEM_GROW(s->pair, cap, c->n_pairs + 1);
            s->pair[c->n_pairs] = (struct agree_pair){.a = k->first, .b = k->second};
            confusion_init(&s->pair[c->n_pairs++].table, c->n_labels);
        }
        k->group = place[k->group];
        k->pair = (uint32_t)(c->n_pairs - 1);
        confusion_add_times(&s->pair[c->n_pairs - 1].table, k->a, k->b, k->n);
    }
    s->n_pairs = c->n_pairs;
    s->n_groups = c->n_groups;
    free(place);
}

static void count_given(const struct annotations *a, struct agree_section *s, uint32_t target)
{
    s->given = mem_zalloc((size_t)a->n_annotators * a->n_labels, sizeof *s->given);
    for (size_t i = 0; i < a->n_rows; i++)
        if (is_in(&a->row[i], target))
            s->given[(size_t)a->row[i].annotator * a->n_labels + a->row[i].label]++;
    for (uint32_t k = 0; k < a->n_annotators; k++) {
        bool some = false;
        for (uint32_t l = 0; l < a->n_labels; l++)
            some = some || s->given[(size_t)k * a->n_labels + l] != 0;
        s->n_annotators += some;
    }
}

void agree_count(struct agree_counts *c, struct agree_section *s, const struct annotations *a,
                 const struct agree_groups *groups, uint32_t target)
{
    uint32_t *place = mem_zalloc((size_t)a->n_annotators + 1, sizeof *place);
    uint32_t last = UINT32_MAX;

    *c = (struct agree_counts){.n_labels = a->n_labels};
    find_sizes(c, a, place);
    for (size_t from = 0, end; from < a->n_rows; from = end) {
        end = annotations_unit_end(a, from);
        if (!is_in(&a->row[from], target))
            continue;
        s->n_units++;
        s->n_comments += a->row[from].comment != last;
        last = a->row[from].comment;
        if (end - from < 2)
            continue;
        s->n_shared++;
        count_unit(c, &a->row[from], end - from, groups->of[last], place[end - from]);
    }
    if (c->n_cells != 0)
        merge_cells(c);
    number_cells(c, s, groups->n);
    count_given(a, s, target);
    free(place);
}
