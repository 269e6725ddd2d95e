/* SPDX-License-Identifier: MIT */
/* parts: see parts.h. */
#include "eval/parts.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

struct ranked {
    uint64_t hash;
    uint32_t group;
};

static int by_hash(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

void parts_make(struct parts *p, const struct evaluation *e, const struct corpus *gold,
                uint64_t seed)
{
    struct ranked *r = mem_zalloc(e->n_groups, sizeof *r);

    for (uint32_t i = e->n_comments; i > 0; i--) {
        struct span id = e->id[i - 1];
        uint64_t hash = hash_mix(hash_more(hash_mix(seed ^ HASH_START), id.p, id.len));
        r[e->group[i - 1]] = (struct ranked){hash, e->group[i - 1]};
    }
    qsort(r, e->n_groups, sizeof *r, by_hash);
    *p = (struct parts){.e = e,
                        .rank = mem_array(e->n_groups, sizeof *p->rank),
                        .comment = mem_array(e->n_comments, sizeof *p->comment)};
    for (uint32_t g = 0; g < e->n_groups; g++)
        p->rank[r[g].group] = g;
    for (size_t row = 0; row < e->n_rows; row++)
        p->comment[e->row[row].comment] = gold->mark[row].comment;
    free(r);
}

void parts_release(struct parts *p)
{
    free(p->rank);
    free(p->comment);
    *p = (struct parts){0};
}

void parts_thin(const struct parts *p, double share, uint8_t *train)
{
    const double rounding = 1e-9; /* 0.29 · 100 is a little less than 29 */
    const struct evaluation *e = p->e;
    uint8_t *present = mem_zalloc(e->n_groups, 1); /* by rank */
    uint32_t n = 0, kept = 0;

    for (uint32_t i = 0; i < e->n_comments; i++)
        if (train[p->comment[i]])
            present[p->rank[e->group[i]]] = 1;
    for (uint32_t g = 0; g < e->n_groups; g++)
        n += present[g];
    for (uint32_t g = 0; g < e->n_groups; g++) {
        kept += present[g];
        present[g] = kept == 1 || (double)kept <= share * n + rounding;
    }
    for (uint32_t i = 0; i < e->n_comments; i++)
        if (!present[p->rank[e->group[i]]])
            train[p->comment[i]] = 0;
    free(present);
}
