/* SPDX-License-Identifier: MIT */
/* groups: which groups shares are told for, and in which order. */
#include <stdlib.h>

#include "base/mem.h"
#include "prevalence/corrected.h"

struct named {
    struct span name;
    uint32_t group;
};

static int by_name(const void *a, const void *b)
{
    return span_cmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static uint64_t *populations(const struct census *c, uint32_t level)
{
    uint64_t *n = mem_zalloc(c->group[level].n, sizeof *n);

    for (size_t i = 0; i < c->n_cells; i++)
        if (c->cell[i].level == level)
            n[c->cell[i].group] += c->cell[i].n;
    return n;
}

static struct share_group group_of(struct shares *s, struct span name, uint64_t population)
{
    return (struct share_group){.name = arena_copy(&s->arena, name),
                                .population = population,
                                .n_authors = UINT64_MAX,
                                .n_threads = UINT64_MAX};
}

uint32_t *groups_of_level(struct shares *s, const struct census *c, uint32_t level)
{
    uint32_t n = level != 0 ? c->group[level].n : 0, *number = mem_array(n + 1, sizeof *number);
    struct intern_view view = intern_frozen(&c->group[level]);
    uint64_t *population = populations(c, level);
    struct named *names = mem_array(n, sizeof *names);

    for (uint32_t g = 0; g < n; g++)
        names[g] = (struct named){intern_text(&view, g), g};
    qsort(names, n, sizeof *names, by_name);
    s->n_groups = n + 1;
    s->group = arena_alloc(&s->arena, s->n_groups * sizeof *s->group);
    s->group[0] = group_of(s, SPAN("all"), c->population);
    number[0] = 0;
    for (uint32_t g = 0; g < n; g++) {
        s->group[g + 1] = group_of(s, names[g].name, population[names[g].group]);
        number[g + 1] = names[g].group;
    }
    free(names);
    free(population);
    return number;
}

/* The part of the population that is in groups of min_labels labelled rows or more. */
static double told_part(const struct census *c, const uint8_t *labelled, uint32_t level,
                        uint32_t min_labels)
{
    uint64_t *population = populations(c, level), told = 0;
    uint64_t *n = mem_zalloc(c->group[level].n, sizeof *n);

    for (size_t i = 0; i < c->spec.audit->n_rows; i++)
        if (labelled[i])
            n[c->row[i].group[level]]++;
    for (uint32_t g = 0; g < c->group[level].n; g++)
        if (n[g] >= min_labels)
            told += population[g];
    free(population);
    free(n);
    return c->population != 0 ? (double)told / (double)c->population : 0;
}

uint32_t groups_choose(const struct census *c, const uint8_t *labelled, uint32_t min_labels)
{
    static const double most = .75;

    for (uint32_t level = 1; level < c->spec.n_levels; level++)
        if (told_part(c, labelled, level, min_labels) >= most)
            return level;
    return c->spec.n_levels > 1 ? 1 : 0;
}
