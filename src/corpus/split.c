/* SPDX-License-Identifier: MIT */
/*
 * split: groups are dealt out largest first, each to the fold with the fewest comments so
 * far; among groups of one size the order is a seeded hash of the name.
 */
#include "corpus/split.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"

struct group {
    uint64_t hash;
    struct span name;
    uint32_t size, id;
};

void split_release(struct split *s)
{
    if (s == NULL)
        return;
    free(s->fold);
    *s = (struct split){0};
}

static int largest_first(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return span_cmp(x->name, y->name);
}

/* Group numbers of the used comments by one field. A comment without it is its own group,
 * told apart from named ones by a leading byte. Returns how many comments lack the field. */
static size_t find_groups(struct intern *names, uint32_t *group_of, const struct corpus *c,
                          const uint8_t *use, struct span field)
{
    struct buf key = {0};
    size_t n_without = 0;

    intern_release(names);
    for (size_t i = 0; i < c->n_comments; i++) {
        struct span value = comment_field(&c->comment[i], field);
        if (use != NULL && !use[i])
            continue;
        n_without += value.p == NULL;
        buf_reset(&key);
        buf_add_char(&key, value.p != NULL ? '=' : '?');
        buf_add_span(&key, value.p != NULL ? value : c->comment[i].id);
        group_of[i] = intern_string(names, buf_span(&key));
    }
    buf_release(&key);
    return n_without;
}

static void deal(struct split *s, const struct corpus *c, const uint8_t *use,
                 const struct intern *names, const uint32_t *group_of, uint64_t seed)
{
    struct intern_view view = intern_frozen(names);
    struct group *g = mem_zalloc(view.n, sizeof *g);
    uint64_t *load = mem_zalloc(s->n_folds, sizeof *load);
    uint32_t *fold_of = mem_array(view.n, sizeof *fold_of);

    for (uint32_t i = 0; i < view.n; i++) {
        struct span name = intern_text(&view, i);
        g[i] = (struct group){.name = name, .id = i};
        g[i].hash = hash_mix(hash_more(hash_mix(seed ^ HASH_START), name.p, name.len));
    }
    for (size_t i = 0; i < c->n_comments; i++)
        if (use == NULL || use[i])
            g[group_of[i]].size++;
    qsort(g, view.n, sizeof *g, largest_first);
    for (uint32_t i = 0; i < view.n; i++) {
        uint32_t best = 0;
        for (uint32_t f = 1; f < s->n_folds; f++)
            if (load[f] < load[best])
                best = f;
        fold_of[g[i].id] = best;
        load[best] += g[i].size;
    }
    for (size_t i = 0; i < c->n_comments; i++)
        s->fold[i] = use == NULL || use[i] ? fold_of[group_of[i]] : SPLIT_UNUSED;
    free(g);
    free(load);
    free(fold_of);
}

int split_folds(struct split *s, const struct corpus *c, const uint8_t *use, struct span field,
                uint32_t n_folds, uint64_t seed, struct stance_err *err)
{
    const struct span usual[] = {SPAN("thread"), SPAN("author"), SPAN("id")};
    uint32_t *group_of = mem_array(c->n_comments, sizeof *group_of);
    struct intern names = {0};
    size_t n_without = 0;
    int status = 0;

    *s = (struct split){.n_folds = n_folds};
    s->fold = mem_array(c->n_comments, sizeof *s->fold);
    if (field.p != NULL) {
        s->field = field;
        n_without = find_groups(&names, group_of, c, use, field);
    } else {
        for (size_t i = 0; i < 3; i++) {
            s->field = usual[i];
            size_t missing = find_groups(&names, group_of, c, use, usual[i]);
            if (missing == 0 && names.n >= n_folds)
                break;
            /* passed over, though there are threads: more groups than comments without one */
            s->cuts_threads = s->cuts_threads || (i == 0 && names.n > missing);
        }
    }
    s->n_groups = names.n;
    if (n_without != 0 && n_without == names.n) /* each a group of its own: no group at all */
        status = err_set(err, STANCE_DATA,
                         "no comment has a field '%.*s' to group by; expected thread, author, id "
                         "or another field of the records",
                         (int)field.len, field.p);
    else if (names.n < n_folds)
        status = err_set(err, STANCE_DATA, "%u folds need as many groups, but by %.*s there are %u",
                         n_folds, (int)s->field.len, s->field.p, names.n);
    else
        deal(s, c, use, &names, group_of, seed);
    intern_release(&names);
    free(group_of);
    return status;
}
