/* SPDX-License-Identifier: MIT */
/* census: cells and rows, and adding to them; the pass over a dump is in censuspass.c. */
#include "prevalence/census.h"

#include <stdlib.h>

#include "base/err.h"
#include "prevalence/censusparts.h"

static uint64_t cell_key(uint32_t level, uint32_t group, uint32_t stratum)
{
    return hash_mix(hash_mix((uint64_t)group << 32 | stratum) + level);
}

struct census_cell *census_cell(struct census *c, uint32_t level, uint32_t group, uint32_t stratum)
{
    size_t n = c->spec.n_targets * c->spec.n_labels;
    uint32_t *at = keymap_add(&c->index->cell, cell_key(level, group, stratum), UINT32_MAX);
    struct census_cell *cell;

    if (*at != UINT32_MAX)
        return &c->cell[*at];
    *at = (uint32_t)c->n_cells;
    MEM_GROW(c->cell, c->cell_cap, c->n_cells + 1);
    cell = &c->cell[c->n_cells++];
    *cell = (struct census_cell){.level = level, .group = group, .stratum = stratum};
    cell->p = mem_zalloc(n, sizeof *cell->p);
    cell->p_on = c->spec.topic != SIZE_MAX ? mem_zalloc(n, sizeof *cell->p_on) : NULL;
    cell->counted = mem_zalloc(n, sizeof *cell->counted);
    return cell;
}

static void add_to_cell(const struct census *c, struct census_cell *cell, double v, const double *p,
                        const uint32_t *predicted)
{
    const struct census_spec *s = &c->spec;
    double on = s->topic != SIZE_MAX ? p[s->topic * s->n_labels + s->on] : 0;

    cell->n++;
    cell->v += v;
    cell->on += v * on;
    for (size_t i = 0; i < s->n_targets * s->n_labels; i++)
        cell->p[i] += v * p[i];
    for (size_t i = 0; cell->p_on != NULL && i < s->n_targets * s->n_labels; i++)
        cell->p_on[i] += v * p[i] * on;
    for (size_t t = 0; t < s->n_targets; t++)
        cell->counted[t * s->n_labels + predicted[t]]++;
}

static int compare_cells(const struct census_cell *a, const struct census_cell *b)
{
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->stratum > b->stratum) - (a->stratum < b->stratum);
}

static int by_place(const void *a, const void *b)
{
    return compare_cells(a, b);
}

const struct census_cell *census_cells(const struct census *c, uint32_t level, uint32_t group,
                                       size_t *n)
{
    struct census_cell wanted = {.level = level, .group = group};
    size_t low = 0, high = c->n_cells, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_cells(&c->cell[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < c->n_cells && c->cell[end].level == level && c->cell[end].group == group;)
        end++;
    *n = end - low;
    return c->cell + low;
}

struct census_row *census_find_row(struct census *c, uint64_t key)
{
    uint32_t *at = c->spec.audit != NULL ? keymap_find(&c->index->row, key) : NULL;

    return at != NULL ? &c->row[*at] : NULL;
}

void census_row_room(struct census *c, struct census_row *row)
{
    size_t n = c->spec.n_targets * c->spec.n_labels;

    row->p = arena_alloc(&c->arena, n * sizeof *row->p);
    row->predicted = arena_alloc(&c->arena, c->spec.n_targets * sizeof *row->predicted);
    for (size_t i = 0; i < n; i++)
        row->p[i] = 0;
    for (size_t t = 0; t < c->spec.n_targets; t++)
        row->predicted[t] = 0;
}

static void keep_posteriors(struct census *c, const double *p)
{
    for (size_t t = 0; c->posterior != NULL && t < c->spec.n_targets; t++)
        quantify_cells_add(&c->posterior[t], p + t * c->spec.n_labels, 1);
}

/* Per thread V, then of each target and label Σ v·p, then Σ v·p_on and Σ v·p·p_on. */

static void find_row(struct census *c, const struct census_comment *x)
{
    const struct census_spec *s = &c->spec;
    struct census_row *row = census_find_row(c, x->key);

    if (row == NULL || row->n_found++ > 0)
        return;
    row->author = x->author;
    row->v = x->v;
    memcpy(row->group, x->group, sizeof row->group);
    census_row_room(c, row);
    memcpy(row->p, x->p, s->n_targets * s->n_labels * sizeof *row->p);
    memcpy(row->predicted, x->predicted, s->n_targets * sizeof *row->predicted);
}

void census_add(struct census *c, const struct census_comment *x)
{
    c->population++;
    c->sum += x->key;
    for (size_t k = 0; k < c->spec.n_levels; k++)
        add_to_cell(c, census_cell(c, (uint32_t)k, x->group[k], x->stratum), x->v, x->p,
                    x->predicted);
    find_row(c, x);
    keep_posteriors(c, x->p);
    census_add_thread(c, x);
}

void census_init(struct census *c, const struct census_spec *spec)
{
    size_t n_rows = spec->audit != NULL ? spec->audit->n_rows : 0;

    *c = (struct census){.spec = *spec};
    c->index = mem_zalloc(1, sizeof *c->index);
    c->row = mem_zalloc(n_rows, sizeof *c->row);
    intern_string(&c->group[0], span_of("all"));
    for (size_t i = 0; spec->audit != NULL && i < spec->audit->n_strata; i++)
        intern_string(&c->stratum, spec->audit->stratum[i].name);
    for (size_t i = 0; i < n_rows; i++)
        *keymap_add(&c->index->row, spec->audit->row[i].key, (uint32_t)i) = (uint32_t)i;
    if (spec->keep_posteriors)
        c->posterior = mem_zalloc(spec->n_targets, sizeof *c->posterior);
    for (size_t t = 0; c->posterior != NULL && t < spec->n_targets; t++)
        quantify_cells_init(&c->posterior[t], spec->n_labels);
}

void census_release(struct census *c)
{
    if (c->index != NULL) {
        keymap_release(&c->index->cell);
        keymap_release(&c->index->row);
        keymap_release(&c->index->author);
        keymap_release(&c->index->thread);
        free(c->index->thread_sum);
    }
    free(c->index);
    for (size_t k = 0; k < CENSUS_MAX_LEVELS; k++)
        intern_release(&c->group[k]);
    intern_release(&c->stratum);
    for (size_t i = 0; i < c->n_cells; i++) {
        free(c->cell[i].p);
        free(c->cell[i].p_on);
        free(c->cell[i].counted);
    }
    free(c->cell);
    free(c->row);
    for (size_t t = 0; c->posterior != NULL && t < c->spec.n_targets; t++)
        quantify_cells_release(&c->posterior[t]);
    free(c->posterior);
    free(c->moments);
    arena_release(&c->arena);
    *c = (struct census){0};
}

void census_end(struct census *c)
{
    if (c->n_cells != 0)
        qsort(c->cell, c->n_cells, sizeof *c->cell, by_place);
    census_sum_threads(c);
}

static int other_dump(const struct audit *a, struct stance_err *err, const char *what,
                      unsigned long long here, unsigned long long there)
{
    return err_at(err, STANCE_DATA, a->path, 1, 0,
                  "the audit was drawn from another dump than this one: %s %llu here, %llu in the "
                  "one it was drawn from",
                  what, here, there);
}

static uint64_t in_stratum(const struct census *c, uint32_t stratum)
{
    uint64_t n = 0;

    for (size_t i = 0; i < c->n_cells; i++)
        if (c->cell[i].level == 0 && c->cell[i].stratum == stratum)
            n += c->cell[i].n;
    return n;
}

int census_check(const struct census *c, struct stance_err *err)
{
    const struct audit *a = c->spec.audit;

    if (c->population != a->dump.population)
        return other_dump(a, err, "comments with a text are", c->population, a->dump.population);
    for (uint32_t h = 0; h < a->n_strata; h++)
        if (in_stratum(c, h) != a->stratum[h].population)
            return err_at(err, STANCE_DATA, a->path, 1, 0,
                          "the audit was drawn from another dump than this one, or its fields were "
                          "read otherwise: stratum '%s' has %llu comments here, %llu there",
                          a->stratum[h].name.p, (unsigned long long)in_stratum(c, h),
                          (unsigned long long)a->stratum[h].population);
    for (size_t i = 0; i < a->n_rows; i++)
        if (c->row[i].n_found != a->row[i].repeats)
            return err_at(err, STANCE_DATA, a->path, a->row[i].line, 0,
                          "comment '%s' is %llu times in this dump, expected %u: the audit was "
                          "drawn from another dump",
                          a->row[i].comment.id.p, (unsigned long long)c->row[i].n_found,
                          a->row[i].repeats);
    if (c->sum != a->dump.sum)
        return err_at(err, STANCE_DATA, a->path, 1, 0,
                      "the audit was drawn from another dump than this one: as many comments, not "
                      "the same");
    return 0;
}
