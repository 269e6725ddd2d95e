/* SPDX-License-Identifier: MIT */
/*
 * split: comments get groups by a field, and groups are dealt to folds by their strata. Among
 * groups of one size the order is a seeded hash of the name.
 */
#include "corpus/split.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "corpus/deal.h"
#include "corpus/strata.h"

struct making {
    struct split *s;
    const struct corpus *c;
    const uint8_t *use;
    uint64_t seed;
    struct intern names; /* of groups */
    uint32_t *group_of;  /* per comment, where used */
    struct deal_whole *whole;
};

void split_release(struct split *s)
{
    if (s == NULL)
        return;
    free(s->fold);
    *s = (struct split){0};
}

static bool used(const struct making *m, size_t comment)
{
    return m->use == NULL || m->use[comment];
}

/* Group numbers of the used comments by one field. A comment without it is its own group,
 * told apart from named ones by a leading byte. Returns how many comments lack the field. */
static size_t find_groups(struct making *m, struct span field)
{
    struct buf key = {0};
    size_t n_without = 0;

    intern_release(&m->names);
    for (size_t i = 0; i < m->c->n_comments; i++) {
        struct span value = comment_field(&m->c->comment[i], field);
        if (!used(m, i))
            continue;
        n_without += value.p == NULL;
        buf_reset(&key);
        buf_add_char(&key, value.p != NULL ? '=' : '?');
        buf_add_span(&key, value.p != NULL ? value : m->c->comment[i].id);
        m->group_of[i] = intern_string(&m->names, buf_span(&key));
    }
    buf_release(&key);
    m->s->field = field;
    m->s->n_groups = m->names.n;
    return n_without;
}

static void find_usual_groups(struct making *m)
{
    const struct span usual[] = {SPAN("thread"), SPAN("author"), SPAN("id")};

    for (size_t i = 0; i < 3; i++) {
        size_t missing = find_groups(m, usual[i]);
        if (missing == 0 && m->names.n >= m->s->n_folds)
            break;
        /* passed over, though there are threads: more groups than comments without one */
        m->s->cuts_threads = m->s->cuts_threads || (i == 0 && m->names.n > missing);
    }
}

static void make_wholes(struct making *m)
{
    struct intern_view view = intern_frozen(&m->names);

    m->whole = mem_zalloc(view.n, sizeof *m->whole);
    for (uint32_t g = 0; g < view.n; g++) {
        struct span name = intern_text(&view, g);
        uint64_t hash = hash_mix(hash_more(hash_mix(m->seed ^ HASH_START), name.p, name.len));
        m->whole[g] = (struct deal_whole){.hash = hash, .name = name, .id = g};
    }
}

/* deal() has sorted the wholes: each is found again by its id, the place it had. */
static void make_folds(struct making *m)
{
    uint32_t *fold = mem_array(m->names.n, sizeof *fold);
    struct strata strata;

    make_wholes(m);
    strata_make(&strata, m->c, m->use, m->whole, m->group_of);
    deal(m->whole, m->names.n, strata.part, strata.total, strata.n, m->s->n_folds);
    for (uint32_t w = 0; w < m->names.n; w++)
        fold[m->whole[w].id] = m->whole[w].fold;
    for (size_t i = 0; i < m->c->n_comments; i++)
        m->s->fold[i] = used(m, i) ? fold[m->group_of[i]] : SPLIT_UNUSED;
    strata_release(&strata);
    free(fold);
}

static void making_release(struct making *m)
{
    intern_release(&m->names);
    free(m->group_of);
    free(m->whole);
}

int split_folds(struct split *s, const struct corpus *c, const uint8_t *use, struct span field,
                uint32_t n_folds, uint64_t seed, struct stance_err *err)
{
    struct making m = {.s = s, .c = c, .use = use, .seed = seed};
    size_t n_without = 0;
    int status = 0;

    *s = (struct split){.n_folds = n_folds};
    s->fold = mem_array(c->n_comments, sizeof *s->fold);
    m.group_of = mem_array(c->n_comments, sizeof *m.group_of);
    if (field.p != NULL)
        n_without = find_groups(&m, field);
    else
        find_usual_groups(&m);
    if (n_without != 0 && n_without == s->n_groups) /* each alone: no group at all */
        status = err_set(err, STANCE_DATA,
                         "no comment has a field '%.*s' to group by; expected thread, author, id "
                         "or another field of the records",
                         (int)field.len, field.p);
    else if (s->n_groups < n_folds)
        status = err_set(err, STANCE_DATA, "%u folds need as many groups, but by %.*s there are %u",
                         n_folds, (int)s->field.len, s->field.p, s->n_groups);
    else
        make_folds(&m);
    making_release(&m);
    return status;
}
