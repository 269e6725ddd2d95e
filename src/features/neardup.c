/* SPDX-License-Identifier: MIT */
/*
 * neardup: see neardup.h. Equal sets are united first and one of each goes on. Shingles get
 * ranks, the rarest first; a set is its sorted ranks. Sets go by rising size, and each looks
 * up the ranks of its prefix in lists of the smaller sets that have them in theirs:
 *
 *   similar    overlap o >= 7 (|x|+|y|) / 17, and so 10 |y| >= 7 |x| for |y| <= |x|;
 *   prefixes   among the first |x| - ceil(7 |x| / 10) + 1 ranks of x and the first
 *              |y| - ceil(14 |y| / 17) + 1 of y (which meets only larger sets) one is shared.
 *
 * The first rank shared by two sets lies in both prefixes and is the first place where they
 * meet, so a pair is decided there, by what follows in either, and never again.
 *
 * Only components are wanted: sets already united are not compared. In a list, entries that
 * follow one another and are of one component are passed over together: `run` says how many
 * at least, and grows as components do. Without it many variants of one text would cost the
 * square of their number.
 */
#include "features/neardup.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/unite.h"

/* One of the distinct sets. */
struct set {
    uint64_t hash;
    uint32_t comment; /* the first that has it */
    uint32_t size;
    size_t start; /* in shingles, and then in ranks */
};

struct entry {
    uint32_t set, at, run; /* position in the set; entries from here on of one component */
};

struct list {
    size_t first, end; /* entries: from the first not too small, to the last so far */
};

struct join {
    const struct shingles *shingles;
    uint32_t *parent; /* per comment */
    struct set *set;
    uint32_t n_sets;
    uint32_t *rank;           /* parallel to the shingles */
    uint32_t n_ranks, n_rare; /* ranks below n_rare are in one set alone: they join nothing */
    struct list *list;        /* per rank from n_rare on */
    struct entry *entry;
    uint32_t *met; /* per set: the last that was compared with it, plus 1 */
};

static int by_hash(const void *a, const void *b)
{
    const struct set *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->comment > y->comment) - (x->comment < y->comment);
}

static int by_size(const void *a, const void *b)
{
    const struct set *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return (x->comment > y->comment) - (x->comment < y->comment);
}

static void list_sets(struct join *j)
{
    const struct shingles *s = j->shingles;

    j->set = mem_array(s->n_sets, sizeof *j->set);
    for (size_t i = 0; i < s->n_sets; i++) {
        size_t size = s->start[i + 1] - s->start[i];
        uint64_t h = HASH_START;
        for (size_t k = s->start[i]; k < s->start[i + 1]; k++)
            h = hash_mix(h + s->shingle[k]);
        if (size != 0)
            j->set[j->n_sets++] = (struct set){h, (uint32_t)i, (uint32_t)size, s->start[i]};
    }
}

static bool same(const struct join *j, const struct set *x, const struct set *y)
{
    const uint64_t *shingle = j->shingles->shingle;

    return x->size == y->size &&
           memcmp(shingle + x->start, shingle + y->start, x->size * sizeof *shingle) == 0;
}

/* Sets of one hash that are not equal may both stay, twice even: that costs time only. */
static void unite_equal(struct join *j)
{
    uint32_t n = 0;

    if (j->n_sets == 0)
        return;
    qsort(j->set, j->n_sets, sizeof *j->set, by_hash);
    for (uint32_t i = 0; i < j->n_sets; i++) {
        if (n != 0 && same(j, &j->set[n - 1], &j->set[i]))
            unite(j->parent, j->set[n - 1].comment, j->set[i].comment);
        else
            j->set[n++] = j->set[i];
    }
    j->n_sets = n;
    qsort(j->set, n, sizeof *j->set, by_size);
}

/* ---- ranks ---- */

/* Shingles to numbers in order of appearance: linear probing. */
struct numbers {
    uint32_t *slot; /* a number plus 1; 0: free */
    size_t n_slots;
    uint64_t *shingle; /* per number */
    uint32_t *count;   /* per number: sets that have it */
    uint32_t n;
};

static uint32_t number_of(struct numbers *t, uint64_t shingle)
{
    size_t at = hash_mix(shingle) & (t->n_slots - 1);

    while (t->slot[at] != 0 && t->shingle[t->slot[at] - 1] != shingle)
        at = (at + 1) & (t->n_slots - 1);
    if (t->slot[at] == 0) {
        t->shingle[t->n] = shingle;
        t->slot[at] = ++t->n;
    }
    return t->slot[at] - 1;
}

/* Leaves a number per shingle in j->rank. */
static void count_shingles(struct join *j, struct numbers *t)
{
    size_t total = j->shingles->start[j->shingles->n_sets];

    j->rank = mem_array(total, sizeof *j->rank);
    for (t->n_slots = 1024; t->n_slots < total + total / 2;)
        t->n_slots *= 2;
    t->slot = mem_zalloc(t->n_slots, sizeof *t->slot);
    t->shingle = mem_array(total, sizeof *t->shingle);
    t->count = mem_zalloc(total, sizeof *t->count);
    for (uint32_t i = 0; i < j->n_sets; i++)
        for (size_t k = j->set[i].start; k < j->set[i].start + j->set[i].size; k++) {
            j->rank[k] = number_of(t, j->shingles->shingle[k]);
            t->count[j->rank[k]]++;
        }
}

/* Per number its rank by rising count, of equals by number: a counting sort. */
static uint32_t *order(const struct numbers *t, uint32_t n_sets)
{
    uint32_t *at = mem_zalloc((size_t)n_sets + 2, sizeof *at);
    uint32_t *rank = mem_array(t->n, sizeof *rank);

    for (uint32_t i = 0; i < t->n; i++)
        at[t->count[i] + 1]++;
    for (uint32_t k = 1; k <= n_sets; k++)
        at[k] += at[k - 1];
    for (uint32_t i = 0; i < t->n; i++)
        rank[i] = at[t->count[i]]++;
    free(at);
    return rank;
}

static int by_rank(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void make_ranks(struct join *j)
{
    struct numbers t = {0};
    uint32_t *rank;

    count_shingles(j, &t);
    rank = order(&t, j->n_sets);
    for (uint32_t i = 0; i < j->n_sets; i++) {
        uint32_t *of = j->rank + j->set[i].start;
        for (uint32_t k = 0; k < j->set[i].size; k++)
            of[k] = rank[of[k]];
        qsort(of, j->set[i].size, sizeof *of, by_rank);
    }
    j->n_ranks = t.n;
    for (uint32_t i = 0; i < t.n; i++)
        j->n_rare += t.count[i] == 1;
    free(rank);
    free(t.shingle);
    free(t.slot);
    free(t.count);
}

/* ---- the join ---- */

static uint64_t ceil_of(uint64_t n, uint64_t by)
{
    return (n + by - 1) / by;
}

/* |x ∩ y| from which on two sets of these sizes together are similar. */
static uint32_t needed(uint64_t sizes)
{
    return (uint32_t)ceil_of(NEARDUP_NUM * sizes, NEARDUP_NUM + NEARDUP_DEN);
}

static uint32_t looked_up(uint32_t size)
{
    return size - (uint32_t)ceil_of((uint64_t)NEARDUP_NUM * size, NEARDUP_DEN) + 1;
}

static uint32_t listed(uint32_t size)
{
    return size - needed(2 * (uint64_t)size) + 1;
}

/* The list of a set's rank at i, NULL where no other set has the rank. */
static struct list *list_of(const struct join *j, const struct set *x, uint32_t i)
{
    uint32_t rank = j->rank[x->start + i];

    return rank >= j->n_rare ? &j->list[rank - j->n_rare] : NULL;
}

static void lay_out_lists(struct join *j)
{
    size_t n = 0;

    j->list = mem_zalloc(j->n_ranks - j->n_rare, sizeof *j->list);
    for (uint32_t x = 0; x < j->n_sets; x++)
        for (uint32_t i = 0; i < listed(j->set[x].size); i++) {
            struct list *list = list_of(j, &j->set[x], i);
            if (list != NULL)
                list->end++;
        }
    for (uint32_t r = 0; r < j->n_ranks - j->n_rare; r++) {
        size_t room = j->list[r].end;
        j->list[r] = (struct list){n, n};
        n += room;
    }
    j->entry = mem_array(n, sizeof *j->entry);
}

/* Whether x and y, whose first shared ranks are x's at i and y's at k, are similar. */
static bool similar(const struct join *j, const struct set *x, uint32_t i, const struct set *y,
                    uint32_t k)
{
    const uint32_t *p = j->rank + x->start, *q = j->rank + y->start;
    uint32_t need = needed((uint64_t)x->size + y->size), shared = 0;

    while (i < x->size && k < y->size) {
        uint32_t left = x->size - i < y->size - k ? x->size - i : y->size - k;
        if (shared + left < need)
            return false;
        shared += p[i] == q[k];
        if (p[i] == q[k])
            i++, k++;
        else if (p[i] < q[k])
            i++;
        else
            k++;
    }
    return shared >= need;
}

/* The entry after those from e on that are of this component. */
static size_t pass_over(struct join *j, size_t e, size_t end, uint32_t component)
{
    size_t next = e + j->entry[e].run;

    while (next < end && unite_find(j->parent, j->set[j->entry[next].set].comment) == component)
        next += j->entry[next].run;
    j->entry[e].run = (uint32_t)(next - e);
    return next;
}

static void skip_too_small(const struct join *j, struct list *list, uint64_t size)
{
    while (list->first < list->end &&
           (uint64_t)NEARDUP_DEN * j->set[j->entry[list->first].set].size < NEARDUP_NUM * size)
        list->first++;
}

/* Set x against all in the list of its rank at i. */
static void look_up(struct join *j, uint32_t x, uint32_t i, struct list *list)
{
    const struct set *set = &j->set[x];
    uint32_t component = unite_find(j->parent, set->comment);

    skip_too_small(j, list, set->size);
    for (size_t e = list->first; e < list->end;) {
        const struct entry *other = &j->entry[e];
        const struct set *y = &j->set[other->set];
        if (unite_find(j->parent, y->comment) == component) {
            e = pass_over(j, e, list->end, component);
            continue;
        }
        if (j->met[other->set] != x + 1 && similar(j, set, i, y, other->at))
            component = unite(j->parent, set->comment, y->comment);
        j->met[other->set] = x + 1;
        e++;
    }
}

static void join_sets(struct join *j)
{
    j->met = mem_zalloc(j->n_sets, sizeof *j->met);
    for (uint32_t x = 0; x < j->n_sets; x++) {
        const struct set *set = &j->set[x];
        struct list *list;
        for (uint32_t i = 0; i < looked_up(set->size); i++)
            if ((list = list_of(j, set, i)) != NULL)
                look_up(j, x, i, list);
        for (uint32_t i = 0; i < listed(set->size); i++)
            if ((list = list_of(j, set, i)) != NULL)
                j->entry[list->end++] = (struct entry){x, i, 1};
    }
}

uint32_t *neardup_of_sets(const struct shingles *s)
{
    struct join j = {.shingles = s, .parent = mem_array(s->n_sets, sizeof *j.parent)};

    for (size_t i = 0; i < s->n_sets; i++)
        j.parent[i] = (uint32_t)i;
    list_sets(&j);
    unite_equal(&j);
    make_ranks(&j);
    lay_out_lists(&j);
    join_sets(&j);
    for (size_t i = 0; i < s->n_sets; i++)
        j.parent[i] = unite_find(j.parent, (uint32_t)i);
    free(j.set);
    free(j.rank);
    free(j.list);
    free(j.entry);
    free(j.met);
    return j.parent;
}

uint32_t *neardup_find(const struct corpus *c)
{
    struct shingles s = {0};
    uint32_t *copy_of;

    shingles_of(&s, c);
    copy_of = neardup_of_sets(&s);
    shingles_release(&s);
    return copy_of;
}
