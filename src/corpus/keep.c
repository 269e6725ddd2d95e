/* SPDX-License-Identifier: MIT */
/* keep: see keep.h. What is left keeps its order, so numbers are only closed up. */
#include "corpus/keep.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

static int unknown(const struct corpus *c, struct span target, struct stance_err *err)
{
    struct buf known = {0};

    for (uint32_t t = 0; t < c->n_targets; t++) {
        buf_add_str(&known, t != 0 ? ", '" : "'");
        buf_add_span(&known, c->target[t]);
        buf_add_char(&known, '\'');
    }
    err_set(err, STANCE_USAGE, "the corpus has no target '%.*s'; it has %s", (int)target.len,
            target.p, c->n_targets != 0 ? buf_str(&known) : "none");
    buf_release(&known);
    return -1;
}

static int choose(const struct corpus *c, const struct span *target, size_t n, uint8_t *kept,
                  struct stance_err *err)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t t = 0;
        while (t < c->n_targets && !span_eq(c->target[t], target[i]))
            t++;
        if (t == c->n_targets)
            return unknown(c, target[i], err);
        if (kept[t])
            return err_set(err, STANCE_USAGE, "target '%.*s' is asked for twice",
                           (int)target[i].len, target[i].p);
        kept[t] = 1;
    }
    return 0;
}

/* Closes up the names that are kept; new numbers by old ones, owned by the caller. */
static uint32_t *close_up(struct span *name, uint32_t *n, const uint8_t *kept)
{
    uint32_t *rank = mem_array(*n, sizeof *rank), left = 0;

    for (uint32_t i = 0; i < *n; i++) {
        rank[i] = left;
        if (kept[i])
            name[left++] = name[i];
    }
    *n = left;
    return rank;
}

static void drop_marks(struct corpus *c, const uint8_t *kept)
{
    size_t left = 0;

    for (size_t i = 0; i < c->n_marks; i++)
        if (kept[c->mark[i].target])
            c->mark[left++] = c->mark[i];
    c->n_marks = left;
}

static void remember_dropped(struct corpus *c, const uint8_t *kept)
{
    c->dropped = mem_resize(c->dropped, c->n_dropped + c->n_targets, sizeof *c->dropped);
    for (uint32_t t = 0; t < c->n_targets; t++)
        if (!kept[t])
            c->dropped[c->n_dropped++] = c->target[t];
}

static void close_names(struct corpus *c, const uint8_t *kept)
{
    uint8_t *used = mem_zalloc(c->n_labels, 1);
    uint32_t *target, *label;

    for (size_t i = 0; i < c->n_marks; i++)
        used[c->mark[i].label] = 1;
    target = close_up(c->target, &c->n_targets, kept);
    label = close_up(c->label, &c->n_labels, used);
    for (size_t i = 0; i < c->n_marks; i++) {
        struct mark *m = &c->mark[i];
        *m = (struct mark){m->comment, target[m->target], label[m->label]};
    }
    free(used);
    free(target);
    free(label);
}

int corpus_keep_targets(struct corpus *c, const struct span *target, size_t n,
                        struct stance_err *err)
{
    uint8_t *kept = mem_zalloc(c->n_targets, 1);
    int status = choose(c, target, n, kept, err);

    if (status == 0) {
        drop_marks(c, kept);
        remember_dropped(c, kept);
        close_names(c, kept);
    }
    free(kept);
    return status;
}
