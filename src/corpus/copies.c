/* SPDX-License-Identifier: MIT */
/* copies: see copies.h. Clusters are lists of used comments, linked by their numbers. */
#include "corpus/copies.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/unite.h"

enum { NONE = UINT32_MAX };

struct cluster {
    uint32_t first, n; /* used comment; how many */
};

struct joining {
    const struct copies *c;
    uint32_t *parent;
    uint32_t *next;          /* per comment: the next of its cluster, NONE at the end */
    struct cluster *cluster; /* two used comments or more */
    uint32_t n_clusters;
    uint32_t *size;  /* per group that names a set: used comments in the set */
    uint32_t *stamp; /* per group: the last cluster that met it, plus 1 */
    uint32_t n_sets, n_folds, limit;
};

static bool used(const struct copies *c, size_t i)
{
    return c->use == NULL || c->use[i];
}

static int smallest_first(const void *a, const void *b)
{
    const struct cluster *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* From the last comment to the first, so that lists rise and begin with the smallest. */
static void list_clusters(struct joining *j)
{
    size_t n = j->c->n_comments;
    struct cluster *of = mem_array(n, sizeof *of);

    for (size_t i = 0; i < n; i++)
        of[i] = (struct cluster){NONE, 0};
    j->next = mem_array(n, sizeof *j->next);
    for (size_t i = n; i-- > 0;) {
        struct cluster *to = &of[j->c->copy_of[i]];
        if (!used(j->c, i))
            continue;
        j->next[i] = to->first;
        *to = (struct cluster){(uint32_t)i, to->n + 1};
    }
    for (size_t i = 0; i < n; i++)
        if (of[i].n > 1)
            of[j->n_clusters++] = of[i];
    j->cluster = of;
    if (j->n_clusters != 0)
        qsort(of, j->n_clusters, sizeof *of, smallest_first);
}

static void measure(struct joining *j)
{
    const struct copies *c = j->c;
    uint32_t n_used = 0;

    j->size = mem_zalloc(c->n_groups, sizeof *j->size);
    j->stamp = mem_zalloc(c->n_groups, sizeof *j->stamp);
    for (size_t i = 0; i < c->n_comments; i++)
        if (used(c, i)) {
            j->size[c->group_of[i]]++;
            n_used++;
        }
    j->n_sets = c->n_groups;
    j->limit = n_used / j->n_folds + (n_used % j->n_folds != 0);
    for (uint32_t g = 0; g < c->n_groups; g++)
        if (j->size[g] > j->limit)
            j->limit = j->size[g];
}

static void join_cluster(struct joining *j, uint32_t k)
{
    const struct cluster *cluster = &j->cluster[k];
    uint32_t n_sets = 0, set = unite_find(j->parent, j->c->group_of[cluster->first]);
    uint64_t size = 0;

    for (uint32_t i = cluster->first; i != NONE; i = j->next[i]) {
        uint32_t root = unite_find(j->parent, j->c->group_of[i]);
        if (j->stamp[root] == k + 1)
            continue;
        j->stamp[root] = k + 1;
        n_sets++;
        size += j->size[root];
    }
    if (n_sets < 2 || size > j->limit || j->n_sets - (n_sets - 1) < j->n_folds)
        return;
    for (uint32_t i = cluster->first; i != NONE; i = j->next[i])
        set = unite(j->parent, set, j->c->group_of[i]);
    j->size[set] = (uint32_t)size;
    j->n_sets -= n_sets - 1;
}

void copies_join(const struct copies *c, uint32_t n_folds, uint32_t *parent)
{
    struct joining j = {.c = c, .parent = parent, .n_folds = n_folds};

    list_clusters(&j);
    measure(&j);
    for (uint32_t k = 0; k < j.n_clusters; k++)
        join_cluster(&j, k);
    free(j.next);
    free(j.cluster);
    free(j.size);
    free(j.stamp);
}

size_t copies_apart(const struct copies *c, const uint32_t *set_of)
{
    uint32_t *set = mem_array(c->n_comments, sizeof *set); /* of the cluster's first met */
    uint8_t *state = mem_zalloc(c->n_comments, 1);         /* 0 none met, 1 one set, 2 several */
    size_t n = 0;

    for (size_t i = 0; i < c->n_comments; i++) {
        uint32_t k = c->copy_of[i];
        if (!used(c, i))
            continue;
        if (state[k] == 0)
            set[k] = set_of[i];
        if (state[k] == 0 || set[k] != set_of[i])
            state[k] = state[k] == 0 ? 1 : 2;
    }
    for (size_t i = 0; i < c->n_comments; i++)
        n += used(c, i) && state[c->copy_of[i]] == 2;
    free(set);
    free(state);
    return n;
}
