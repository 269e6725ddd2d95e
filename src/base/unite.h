/* SPDX-License-Identifier: MIT */
/*
 * unite: disjoint sets of the numbers 0 … n-1, as an array of parents that begins as
 * parent[i] = i. A set goes by its smallest member, whatever the order of the unions.
 * Paths are halved on the way up (Tarjan and van Leeuwen, Worst-case analysis of set union
 * algorithms, JACM 31, 1984).
 */
#ifndef BASE_UNITE_H
#define BASE_UNITE_H

#include <stdint.h>

static inline uint32_t unite_find(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* Returns the smallest member of the two sets, now one. */
static inline uint32_t unite(uint32_t *parent, uint32_t i, uint32_t j)
{
    i = unite_find(parent, i);
    j = unite_find(parent, j);
    if (i < j)
        parent[j] = i;
    else
        parent[i] = j;
    return i < j ? i : j;
}

#endif
