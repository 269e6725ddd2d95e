/* SPDX-License-Identifier: MIT */
/* agreegroups: see agreegroups.h. */
#include "agree/agreegroups.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

/* A comment without the field has its id for a name, which is none of the others. */
struct named {
    struct span name;
    bool own;
    uint32_t comment;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    if (x->own != y->own)
        return x->own ? 1 : -1;
    return span_cmp(x->name, y->name);
}

static struct span value(const struct annotated *k, struct span field)
{
    if (span_eq(field, SPAN("thread")))
        return k->thread;
    if (span_eq(field, SPAN("author")))
        return k->author;
    return span_eq(field, SPAN("id")) ? k->id : k->field;
}

static size_t count_with(const struct annotations *a, struct span field)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n_comments; i++)
        n += value(&a->comment[i], field).p != NULL;
    return n;
}

static void number(struct agree_groups *g, const struct annotations *a)
{
    struct named *k = mem_array(a->n_comments, sizeof *k);

    for (size_t i = 0; i < a->n_comments; i++) {
        struct span v = value(&a->comment[i], g->field);
        k[i] = (struct named){v.p != NULL ? v : a->comment[i].id, v.p == NULL, (uint32_t)i};
    }
    qsort(k, a->n_comments, sizeof *k, by_name);
    for (size_t i = 0; i < a->n_comments; i++) {
        g->n += i == 0 || by_name(&k[i - 1], &k[i]) != 0;
        g->of[k[i].comment] = g->n - 1;
    }
    free(k);
}

int agree_groups_find(struct agree_groups *g, const struct annotations *a, const char *field,
                      struct stance_err *err)
{
    const struct span usual[] = {SPAN("thread"), SPAN("author"), SPAN("id")};
    size_t i = 0;

    *g = (struct agree_groups){.asked = field != NULL, .n_threaded = count_with(a, usual[0])};
    while (i < 2 && count_with(a, usual[i]) < a->n_comments)
        i++;
    g->field = field != NULL ? span_of(field) : usual[i];
    g->n_without = a->n_comments - count_with(a, g->field);
    if (g->n_without == a->n_comments)
        return err_set(err, STANCE_DATA,
                       "no comment has a field '%s' to group by; expected thread, author, id or a "
                       "member that is there",
                       field);
    g->of = mem_array(a->n_comments, sizeof *g->of);
    number(g, a);
    return 0;
}

void agree_groups_release(struct agree_groups *g)
{
    free(g->of);
    *g = (struct agree_groups){0};
}
