/* SPDX-License-Identifier: MIT */
/*
 * split: comments get groups by a field, groups become wholes (one each, or several joined
 * for the sake of copies), and wholes are dealt to folds by their strata. Among wholes of one
 * size the order is a seeded hash of the name, of a joined one the least of its groups'.
 */
#include "corpus/split.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/unite.h"
#include "corpus/copies.h"
#include "corpus/deal.h"
#include "corpus/strata.h"

struct making {
    struct split *s;
    const struct corpus *c;
    const uint8_t *use;
    uint64_t seed;
    struct intern names; /* of groups */
    uint32_t *group_of;  /* per comment, where used */
    uint32_t *parent;    /* per group: joined ones are one set (base/unite.h) */
    struct deal_whole *whole;
};

void split_release(struct split *s)
{
    if (s == NULL)
        return;
    free(s->fold);
    free(s->whole);
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

static void join_groups(struct making *m, const uint32_t *copy_of)
{
    struct copies copies = {copy_of, m->group_of, m->use, m->c->n_comments, m->names.n};

    m->parent = mem_array(m->names.n, sizeof *m->parent);
    for (uint32_t g = 0; g < m->names.n; g++)
        m->parent[g] = g;
    if (copy_of == NULL)
        return;
    m->s->n_copies = copies_apart(&copies, m->group_of);
    copies_join(&copies, m->s->n_folds, m->parent);
}

static void name_whole(struct deal_whole *w, struct span name, uint64_t hash)
{
    if (w->name.p != NULL && (w->hash < hash || (w->hash == hash && span_cmp(w->name, name) < 0)))
        return;
    w->hash = hash;
    w->name = name;
}

static void make_wholes(struct making *m)
{
    struct intern_view view = intern_frozen(&m->names);
    uint32_t *whole_of = mem_array(view.n, sizeof *whole_of);  /* per group */
    uint32_t *n_groups = mem_zalloc(view.n, sizeof *n_groups); /* per whole */

    m->whole = mem_zalloc(view.n, sizeof *m->whole);
    for (uint32_t g = 0; g < view.n; g++) {
        struct span name = intern_text(&view, g);
        uint64_t hash = hash_mix(hash_more(hash_mix(m->seed ^ HASH_START), name.p, name.len));
        uint32_t root = unite_find(m->parent, g); /* the first of them: numbered before */
        uint32_t w = whole_of[g] = root == g ? m->s->n_wholes++ : whole_of[root];
        name_whole(&m->whole[w], name, hash);
        m->whole[w].id = w;
        n_groups[w]++;
    }
    for (uint32_t w = 0; w < m->s->n_wholes; w++)
        m->s->n_joined += n_groups[w] > 1 ? n_groups[w] : 0;
    for (size_t i = 0; i < m->c->n_comments; i++)
        if (used(m, i))
            m->s->whole[i] = whole_of[m->group_of[i]];
    free(whole_of);
    free(n_groups);
}

/* deal() has sorted the wholes: each is found again by its id, the place it had. */
static void set_folds(struct making *m, const uint32_t *copy_of)
{
    struct copies copies = {copy_of, m->group_of, m->use, m->c->n_comments, m->names.n};
    uint32_t *fold = mem_array(m->s->n_wholes, sizeof *fold);

    for (uint32_t w = 0; w < m->s->n_wholes; w++)
        fold[m->whole[w].id] = m->whole[w].fold;
    for (size_t i = 0; i < m->c->n_comments; i++)
        m->s->fold[i] = used(m, i) ? fold[m->s->whole[i]] : SPLIT_UNUSED;
    if (copy_of != NULL)
        m->s->n_split_copies = copies_apart(&copies, m->s->fold);
    free(fold);
}

static void make_folds(struct making *m, const uint32_t *copy_of)
{
    struct strata strata;

    join_groups(m, copy_of);
    make_wholes(m);
    strata_make(&strata, m->c, m->use, m->whole, m->s->whole);
    deal(m->whole, m->s->n_wholes, strata.part, strata.total, strata.n, m->s->n_folds);
    strata_release(&strata);
    set_folds(m, copy_of);
}

static void making_release(struct making *m)
{
    intern_release(&m->names);
    free(m->group_of);
    free(m->parent);
    free(m->whole);
}

int split_folds_apart(struct split *s, const struct corpus *c, const uint8_t *use,
                      struct span field, const uint32_t *copy_of, uint32_t n_folds, uint64_t seed,
                      struct stance_err *err)
{
    struct making m = {.s = s, .c = c, .use = use, .seed = seed};
    int status = 0;

    *s = (struct split){.n_folds = n_folds};
    s->fold = mem_array(c->n_comments, sizeof *s->fold);
    m.group_of = mem_array(c->n_comments, sizeof *m.group_of);
    s->whole = mem_zalloc(c->n_comments, sizeof *s->whole);
    if (field.p != NULL)
        s->n_without = find_groups(&m, field);
    else
        find_usual_groups(&m);
    if (s->n_without != 0 && s->n_without == s->n_groups) /* each alone: no group at all */
        status = err_set(err, STANCE_DATA,
                         "no comment has a field '%.*s' to group by; expected thread, author, id "
                         "or another field of the records",
                         (int)field.len, field.p);
    else if (s->n_groups < n_folds)
        status = err_set(err, STANCE_DATA, "%u folds need as many groups, but by %.*s there are %u",
                         n_folds, (int)s->field.len, s->field.p, s->n_groups);
    else
        make_folds(&m, copy_of);
    making_release(&m);
    return status;
}

int split_folds(struct split *s, const struct corpus *c, const uint8_t *use, struct span field,
                uint32_t n_folds, uint64_t seed, struct stance_err *err)
{
    return split_folds_apart(s, c, use, field, NULL, n_folds, seed, err);
}

static const char *where(struct span field)
{
    if (span_eq(field, SPAN("thread")))
        return "in another thread";
    return span_eq(field, SPAN("author")) ? "by another author" : "in another group";
}

static void add_joined(const struct split *s, struct buf *line)
{
    if (span_eq(s->field, SPAN("id")))
        buf_addf(line, "%zu comments have a near-duplicate: ", s->n_copies);
    else
        buf_addf(line, "%zu comments have a near-duplicate %s: ", s->n_copies, where(s->field));
    if (s->n_joined != 0)
        buf_addf(line, "%u groups were joined so that copies stay on one side", s->n_joined);
    else
        buf_add_str(line, "no groups could be joined");
}

void split_tell_copies(const struct split *s, void (*note)(void *arg, const char *line), void *arg)
{
    struct buf line = {0};

    if (s->n_copies != 0) {
        add_joined(s, &line);
        note(arg, buf_str(&line));
    }
    buf_reset(&line);
    if (s->n_split_copies != 0) {
        buf_addf(&line,
                 "%zu comments still have a near-duplicate in another fold: joined, their groups "
                 "would be more than a fold's share, or too few",
                 s->n_split_copies);
        note(arg, buf_str(&line));
    }
    buf_release(&line);
}
