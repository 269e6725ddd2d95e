/* SPDX-License-Identifier: MIT */
/* family: see family.h. Families are the components of the graph whose edges are targets. */
#include "model/family.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unite.h"

/* The first label that the target had, or n_labels. */
static uint32_t any_label(const uint64_t *of, uint32_t n_labels)
{
    uint32_t l = 0;

    while (l < n_labels && of[l] == 0)
        l++;
    return l;
}

uint64_t *family_counts(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels)
{
    uint64_t *counts = mem_zalloc((size_t)n_targets * n_labels, sizeof *counts);
    uint64_t *all = mem_zalloc(n_labels, sizeof *all);
    uint32_t *parent = mem_array(n_labels, sizeof *parent);

    for (uint32_t l = 0; l < n_labels; l++)
        parent[l] = l;
    for (uint32_t t = 0; t < n_targets; t++) {
        const uint64_t *of = seen + (size_t)t * n_labels;
        uint32_t one = any_label(of, n_labels);
        for (uint32_t l = one; l < n_labels; l++) {
            all[l] += of[l];
            if (of[l] != 0)
                unite(parent, one, l);
        }
    }
    for (uint32_t t = 0; t < n_targets; t++) {
        uint32_t one = any_label(seen + (size_t)t * n_labels, n_labels);
        for (uint32_t l = 0; l < n_labels; l++)
            if (one == n_labels || unite_find(parent, l) == unite_find(parent, one))
                counts[(size_t)t * n_labels + l] = all[l];
    }
    free(all);
    free(parent);
    return counts;
}

uint64_t *family_allowed(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels)
{
    uint64_t *may = family_counts(seen, n_targets, n_labels);

    for (uint32_t t = 0; t < n_targets; t++) {
        const uint64_t *of = seen + (size_t)t * n_labels;
        uint64_t n = 0;
        for (uint32_t l = 0; l < n_labels; l++)
            n += of[l];
        if (n >= FAMILY_FEW)
            memcpy(may + (size_t)t * n_labels, of, n_labels * sizeof *may);
    }
    return may;
}
