/* SPDX-License-Identifier: MIT */
/* apart: see apart.h. Copies are known by the first of their component (features/neardup). */
#include "model/apart.h"

#include <stdlib.h>

#include "base/mem.h"

struct hidden {
    uint8_t *copied;      /* per first of a component: it has a comment held out */
    struct intern groups; /* of comments held out */
};

static void find_hidden(const struct trainset *t, struct span field, const uint8_t *held_out,
                        struct hidden *h)
{
    const struct corpus *c = t->corpus;

    h->copied = mem_zalloc(c->n_comments, 1);
    for (size_t i = 0; i < c->n_comments; i++) {
        struct span value = comment_field(&c->comment[i], field);
        if (!held_out[i])
            continue;
        h->copied[t->copy_of[i]] = 1;
        if (value.p != NULL)
            intern_string(&h->groups, value);
    }
}

void apart_leave(const struct trainset *t, struct span field, const uint8_t *held_out,
                 uint8_t *train, uint8_t *left)
{
    struct hidden h = {0};
    struct intern_view view;

    if (t->n_domains == 1)
        return;
    find_hidden(t, field, held_out, &h);
    view = intern_frozen(&h.groups);
    for (size_t i = 0; i < t->corpus->n_comments; i++) {
        struct span value = comment_field(&t->corpus->comment[i], field);
        bool grouped =
            value.p != NULL && intern_find(&view, value, hash_span(value)) != INTERN_NONE;
        if (!train[i] || trainset_owns(t, i) || (!grouped && !h.copied[t->copy_of[i]]))
            continue;
        train[i] = 0;
        if (left != NULL)
            left[i] = 1;
    }
    intern_release(&h.groups);
    free(h.copied);
}
