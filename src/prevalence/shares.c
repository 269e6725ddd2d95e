/* SPDX-License-Identifier: MIT */
/* shares: see shares.h; everything but its arena is in its arena. */
#include "prevalence/shares.h"

#include <stdarg.h>
#include <stdio.h>

#include "prevalence/corrected.h"

void shares_release(struct shares *s)
{
    if (s == NULL)
        return;
    arena_release(&s->arena);
    *s = (struct shares){0};
}

void shares_note(struct shares *s, const char *fmt, ...)
{
    struct span *all = arena_alloc(&s->arena, (s->n_notes + 1) * sizeof *all);
    char line[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    for (size_t i = 0; i < s->n_notes; i++)
        all[i] = s->note[i];
    all[s->n_notes++] = arena_copy(&s->arena, span_of(line));
    s->note = all;
}

static void keep_labels_of(struct shares *s, uint32_t target, const uint64_t *keep)
{
    struct share_target *t = &s->target[target];
    size_t n = 0, all = t->n_labels;
    struct span *names = arena_alloc(&s->arena, 3 * all * sizeof *names);
    uint32_t *place = arena_alloc(&s->arena, all * sizeof *place);
    struct share *share = arena_alloc(&s->arena, s->n_groups * all * sizeof *share);

    for (size_t l = 0; l < all; l++) {
        place[l] = (uint32_t)n;
        if (keep[l] == 0)
            continue;
        names[n] = t->label[l];
        names[all + n] = t->fr[l];
        names[2 * all + n] = t->en[l];
        n++;
    }
    for (size_t g = 0; g < s->n_groups; g++)
        for (size_t l = 0; l < all; l++)
            if (keep[l] != 0)
                share[g * n + place[l]] = t->share[g * all + l];
    for (size_t i = 0; i < s->n_differences; i++)
        if (s->difference[i].target == target)
            s->difference[i].label = place[s->difference[i].label];
    t->label = names;
    t->fr = names + all;
    t->en = names + 2 * all;
    t->share = share;
    t->n_labels = n;
}

void shares_keep_labels(struct shares *s, const uint64_t *keep)
{
    for (uint32_t t = 0; t < s->n_targets; t++) {
        size_t n_labels = s->target[t].n_labels;
        keep_labels_of(s, t, keep);
        keep += n_labels;
    }
}
