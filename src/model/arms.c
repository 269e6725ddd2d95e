/* SPDX-License-Identifier: MIT */
/* arms: see arms.h. */
#include "model/arms.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/apart.h"

static int say_whose(const struct arms *a, const struct stance_err *why, struct stance_err *err)
{
    return err_set(err, why->code, "%s%s", a->own.apart ? APART_OF : "", why->message);
}

static int init_alone(struct arms *a, const struct span *statement, const struct settings *set,
                      struct stance_err *err)
{
    uint32_t n = a->own.c.n_targets;
    struct span *own = mem_array(n, sizeof *own);
    struct stance_err why = {0};
    int status;

    for (uint32_t t = 0; t < n; t++)
        own[t] = statement[a->own.target[t]];
    status = trainset_init(&a->alone, &a->own.c, own, set, &why);
    free(own);
    return status < 0 ? say_whose(a, &why, err) : 0;
}

static struct settings without_none(const struct settings *set)
{
    struct settings s = *set;

    if (s.add_share[0] == 0)
        memmove(s.add_share, s.add_share + 1, --s.n_shares * sizeof *s.add_share);
    return s;
}

int arms_init(struct arms *a, const struct corpus *corpus, const struct span *statement,
              const struct settings *set, struct stance_err *err)
{
    struct settings shares = without_none(set);

    *a = (struct arms){.n = 1, .anyway = set->add_share[0] != 0};
    own_make(&a->own, corpus);
    if (a->own.apart && shares.n_shares != 0) {
        a->n = 2; /* first: it knows better what to say of added comments */
        if (trainset_init(&a->together, corpus, statement, &shares, err) < 0)
            return -1;
    }
    return init_alone(a, statement, set, err);
}

void arms_release(struct arms *a)
{
    trainset_release(&a->alone);
    trainset_release(&a->together);
    own_release(&a->own);
    *a = (struct arms){0};
}

static int search_together(struct verdict *v, const struct arms *a, const uint8_t *use,
                           const struct search_progress *progress, struct stance_err *err)
{
    struct search_first first = {&v->alone, &a->alone, a->own.comment, a->own.mark};
    int status = search_beside(&v->together, &a->together, use, &first, a->anyway, progress, err);

    if (status == 1) {
        v->is_together = true;
        v->t = &a->together;
        v->use = use;
        v->s = &v->together;
    }
    return status < 0 ? -1 : 0;
}

int arms_search(struct verdict *v, const struct arms *a, const uint8_t *use, struct span field,
                const struct search_progress *progress, struct stance_err *err)
{
    size_t n = a->own.c.n_comments;
    struct stance_err why = {0};

    *v = (struct verdict){.t = &a->alone, .s = &v->alone, .use_alone = mem_array(n, 1)};
    for (size_t i = 0; i < n; i++)
        v->use_alone[i] = use[a->own.comment[i]];
    v->use = v->use_alone;
    if (search_run(&v->alone, &a->alone, v->use, field, progress, &why) < 0)
        return say_whose(a, &why, err);
    return a->n == 1 ? 0 : search_together(v, a, use, progress, err);
}

void verdict_release(struct verdict *v)
{
    search_release(&v->alone);
    search_release(&v->together);
    free(v->use_alone);
    *v = (struct verdict){0};
}

uint32_t arms_steps(const struct arms *a)
{
    return search_steps(&a->alone) + (a->n == 2 ? search_steps(&a->together) : 0);
}
