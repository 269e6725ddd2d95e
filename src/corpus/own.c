/* SPDX-License-Identifier: MIT */
/* own: see own.h. Every list is what is left of the whole's, in its order. */
#include "corpus/own.h"

#include <stdlib.h>

#include "base/mem.h"

static bool is_apart(const struct corpus *whole)
{
    size_t n = 0;

    for (size_t i = 0; i < whole->n_marks; i++)
        n += whole->comment[whole->mark[i].comment].added;
    return n != 0 && n != whole->n_marks;
}

/* Where the kept ones of n are; their new numbers go to rank. */
static uint32_t *list_kept(const uint8_t *kept, size_t n, uint32_t *rank, size_t *n_kept)
{
    uint32_t *at = mem_array(n, sizeof *at);

    *n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        rank[i] = (uint32_t)*n_kept;
        if (kept[i])
            at[(*n_kept)++] = (uint32_t)i;
    }
    return at;
}

static uint32_t *keep_comments(struct own *o, const struct corpus *whole, const uint8_t *kept)
{
    uint32_t *rank = mem_array(whole->n_comments, sizeof *rank);

    o->comment = list_kept(kept, whole->n_comments, rank, &o->c.n_comments);
    o->c.comment = mem_array(o->c.n_comments, sizeof *o->c.comment);
    for (size_t i = 0; i < o->c.n_comments; i++) {
        o->c.comment[i] = whole->comment[o->comment[i]];
        if (o->apart) /* to be added takes something beside it */
            o->c.comment[i].added = false;
    }
    return rank;
}

/* The names of targets or labels that are kept, in *name; where they are, in *at. */
static uint32_t *keep_names(struct span **name, uint32_t *n, uint32_t **at, const uint8_t *kept)
{
    const struct span *old = *name;
    uint32_t *rank = mem_array(*n, sizeof *rank);
    size_t left;

    *at = list_kept(kept, *n, rank, &left);
    *name = mem_array(left, sizeof **name);
    for (size_t i = 0; i < left; i++)
        (*name)[i] = old[(*at)[i]];
    *n = (uint32_t)left;
    return rank;
}

static void keep_marks(struct own *o, const struct corpus *whole, const uint8_t *kept,
                       const uint32_t *comment)
{
    uint8_t *has_target = mem_zalloc(whole->n_targets, 1);
    uint8_t *has_label = mem_zalloc(whole->n_labels, 1);
    uint32_t *target, *label;

    o->mark = mem_array(whole->n_marks, sizeof *o->mark);
    o->c.mark = mem_array(whole->n_marks, sizeof *o->c.mark);
    o->c.n_marks = 0;
    for (size_t i = 0; i < whole->n_marks; i++) {
        const struct mark *m = &whole->mark[i];
        if (!kept[m->comment])
            continue;
        o->mark[o->c.n_marks++] = (uint32_t)i;
        has_target[m->target] = has_label[m->label] = 1;
    }
    target = keep_names(&o->c.target, &o->c.n_targets, &o->target, has_target);
    label = keep_names(&o->c.label, &o->c.n_labels, &o->label, has_label);
    for (size_t i = 0; i < o->c.n_marks; i++) {
        const struct mark *m = &whole->mark[o->mark[i]];
        o->c.mark[i] = (struct mark){comment[m->comment], target[m->target], label[m->label]};
    }
    free(has_target);
    free(has_label);
    free(target);
    free(label);
}

void own_make(struct own *o, const struct corpus *whole)
{
    uint8_t *kept = mem_zalloc(whole->n_comments, 1);
    uint32_t *rank;

    *o = (struct own){.c = *whole, .apart = is_apart(whole)};
    for (size_t i = 0; i < whole->n_comments; i++)
        kept[i] = !o->apart || whole->comment[i].added;
    rank = keep_comments(o, whole, kept);
    keep_marks(o, whole, kept, rank);
    if (o->apart)
        o->c.n_orphans = o->c.n_both = 0;
    free(rank);
    free(kept);
}

void own_release(struct own *o)
{
    free(o->c.comment);
    free(o->c.mark);
    free(o->c.target);
    free(o->c.label);
    free(o->comment);
    free(o->mark);
    free(o->target);
    free(o->label);
    *o = (struct own){0};
}

uint32_t *own_labels(const struct own *o, uint32_t n_labels)
{
    uint32_t *at = mem_array(n_labels, sizeof *at);

    for (uint32_t l = 0; l < n_labels; l++)
        at[l] = OWN_NONE;
    for (uint32_t l = 0; l < o->c.n_labels; l++)
        at[o->label[l]] = l;
    return at;
}
