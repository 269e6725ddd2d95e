/* SPDX-License-Identifier: MIT */
/* context: see context.h. Sums are made before anything is changed, so that every comment is judged
 * by what the words of the others gave. */
#include "model/context.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

double context_exponent(uint32_t i)
{
    return (double)i / (CONTEXT_EXPONENTS - 1);
}

void context_prior(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels, double *prior)
{
    for (uint32_t t = 0; t < n_targets; t++) {
        const uint64_t *of = seen + (size_t)t * n_labels;
        double sum = 0;
        for (uint32_t l = 0; l < n_labels; l++)
            sum += (double)of[l] + 1;
        for (uint32_t l = 0; l < n_labels; l++)
            prior[(size_t)t * n_labels + l] = ((double)of[l] + 1) / sum;
    }
}

/* ---- who is in whose company ---- */

static void add_part(struct buf *key, struct span part)
{
    uint64_t len = part.len; /* ahead of the bytes, so that "a" "bc" is not "ab" "c" */

    buf_add(key, &len, sizeof len);
    buf_add_span(key, part);
}

void context_add(struct context *c, uint32_t target, struct span thread, struct span author,
                 double *p)
{
    struct context_member m = {target, 0, INTERN_NONE, p};

    if (thread.p == NULL)
        return;
    buf_reset(&c->key);
    buf_add(&c->key, &target, sizeof target);
    add_part(&c->key, thread);
    m.thread = intern_string(&c->threads, buf_span(&c->key));
    if (author.p != NULL) {
        add_part(&c->key, author);
        m.author = intern_string(&c->authors, buf_span(&c->key));
    }
    MEM_GROW(c->member, c->member_cap, c->n + 1);
    c->member[c->n++] = m;
}

static void forget(struct intern *v)
{
    intern_release(v);
    *v = (struct intern){0};
}

void context_reset(struct context *c)
{
    c->n = 0;
    forget(&c->threads);
    forget(&c->authors);
}

void context_release(struct context *c)
{
    if (c == NULL)
        return;
    context_reset(c);
    free(c->member);
    free(c->sum);
    free(c->count);
    buf_release(&c->key);
    *c = (struct context){0};
}

/* ---- what they say ---- */

/* Groups: threads, and behind them authors. */
static uint32_t author_group(const struct context *c, const struct context_member *m)
{
    return m->author == INTERN_NONE ? INTERN_NONE : c->threads.n + m->author;
}

static void add_to(struct context *c, uint32_t group, const double *p, uint32_t n_labels)
{
    if (group == INTERN_NONE)
        return;
    c->count[group]++;
    for (uint32_t l = 0; l < n_labels; l++)
        c->sum[(size_t)group * n_labels + l] += p[l];
}

static void sum_up(struct context *c, uint32_t n_labels)
{
    size_t n = (size_t)c->threads.n + c->authors.n;

    MEM_GROW(c->sum, c->sum_cap, n * n_labels);
    MEM_GROW(c->count, c->count_cap, n);
    memset(c->sum, 0, n * n_labels * sizeof *c->sum);
    memset(c->count, 0, n * sizeof *c->count);
    for (size_t i = 0; i < c->n; i++) {
        const struct context_member *m = &c->member[i];
        add_to(c, m->thread, m->p, n_labels);
        add_to(c, author_group(c, m), m->p, n_labels);
    }
}

/* (mean/π)^exponent of the group without this member: 1 where it is alone. */
static double expected(const struct context *c, uint32_t group, uint32_t l, uint32_t n_labels,
                       double p, double prior, double exponent)
{
    double others;

    if (group == INTERN_NONE || exponent == 0 || c->count[group] < 2)
        return 1;
    others = c->sum[(size_t)group * n_labels + l] - p;
    if (others < 0) /* rounding */
        others = 0;
    return pow((others + prior) / (double)c->count[group] / prior, exponent);
}

/* Their sum is above 0: some label has p above 0, and its expectations are. */
static void adjust(const struct context *c, const struct context_member *m,
                   const struct context_rule *rule, const double *prior, uint32_t n_labels)
{
    double sum = 0;

    for (uint32_t l = 0; l < n_labels; l++) {
        double p = m->p[l];
        m->p[l] *= expected(c, m->thread, l, n_labels, p, prior[l], rule->thread) *
                   expected(c, author_group(c, m), l, n_labels, p, prior[l], rule->author);
        sum += m->p[l];
    }
    for (uint32_t l = 0; l < n_labels; l++)
        m->p[l] /= sum;
}

void context_apply(struct context *c, const struct context_rule *rule, const double *prior,
                   uint32_t n_labels)
{
    if (c->n == 0 || (rule->thread == 0 && rule->author == 0))
        return;
    sum_up(c, n_labels);
    for (size_t i = 0; i < c->n; i++)
        adjust(c, &c->member[i], rule, prior + (size_t)c->member[i].target * n_labels, n_labels);
}
