/* SPDX-License-Identifier: MIT */
/*
 * groupsums: see groupsums.h. Counts of a group are gathered in one matrix, of which only
 * what was touched is read out and set to 0 again.
 */
#include "eval/groupsums.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct group_cell {
    uint32_t at, n; /* gold · n_labels + label */
};

struct group_part {
    uint32_t group;
    size_t to; /* its cells end here */
    uint64_t n_probs;
    double log_loss, brier;
};

static void take(struct groupsums *g, struct group_part *part, uint32_t *count,
                 const struct score_row *row, uint32_t n_labels)
{
    uint32_t at = row->gold * n_labels + row->label;

    if (row->label == GROUPSUMS_NO_LABEL)
        return;
    if (count[at]++ == 0)
        g->cell[g->n_cells++].at = at;
    if (isnan(row->log_loss))
        return;
    part->n_probs++;
    part->log_loss += row->log_loss;
    part->brier += row->brier;
}

static void read_out(struct groupsums *g, struct group_part *part, uint32_t *count, size_t from)
{
    for (size_t i = from; i < g->n_cells; i++) {
        g->cell[i].n = count[g->cell[i].at];
        count[g->cell[i].at] = 0;
    }
    part->to = g->n_cells;
}

void groupsums_make(struct groupsums *g, const struct score_row *row, const uint32_t *order,
                    size_t n, const uint32_t *group, uint32_t n_labels)
{
    uint32_t *count = mem_zalloc((size_t)n_labels * n_labels, sizeof *count);

    *g = (struct groupsums){.part = mem_array(n, sizeof *g->part),
                            .cell = mem_array(n, sizeof *g->cell)};
    for (size_t i = 0; i < n;) {
        struct group_part part = {.group = group[order[i]]};
        size_t from = g->n_cells;
        for (; i < n && group[order[i]] == part.group; i++)
            take(g, &part, count, &row[order[i]], n_labels);
        read_out(g, &part, count, from);
        g->part[g->n_parts++] = part;
    }
    g->part = mem_resize(g->part, g->n_parts, sizeof *g->part);
    g->cell = mem_resize(g->cell, g->n_cells, sizeof *g->cell);
    free(count);
}

void groupsums_release(struct groupsums *g)
{
    free(g->part);
    free(g->cell);
    *g = (struct groupsums){0};
}

void groupsums_add(const struct groupsums *g, const uint32_t *times, struct score *score)
{
    uint64_t *count = score->confusion.count;
    size_t from = 0;

    for (size_t i = 0; i < g->n_parts; i++) {
        const struct group_part *part = &g->part[i];
        uint64_t n = times[part->group];
        for (size_t k = from; n != 0 && k < part->to; k++)
            count[g->cell[k].at] += n * g->cell[k].n;
        from = part->to;
        score->n_probs += n * part->n_probs;
        score->log_loss += (double)n * part->log_loss;
        score->brier += (double)n * part->brier;
    }
}
