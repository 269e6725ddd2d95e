/* SPDX-License-Identifier: MIT */
/* heldthreads: see heldthreads.h. */
#include "model/heldthreads.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/gain.h"

/* [target][label]: the shares of labels among the rows held out. */
static double *prior_of(const struct heldout *h)
{
    const struct corpus *c = h->t->corpus;
    size_t n = (size_t)c->n_targets * c->n_labels;
    uint64_t *count = mem_zalloc(n, sizeof *count);
    double *prior = mem_array(n, sizeof *prior);

    for (size_t r = 0; r < h->t->n_rows; r++) {
        const struct mark *row = &h->t->row[r];
        if (h->split->fold[row->comment] != SPLIT_UNUSED)
            count[(size_t)row->target * c->n_labels + row->label]++;
    }
    context_prior(count, c->n_targets, c->n_labels, prior);
    free(count);
    return prior;
}

/* The held-out rows whose probabilities are p. */
static void gather(const struct heldout *h, double *p, struct context *c)
{
    const struct corpus *corpus = h->t->corpus;

    for (size_t r = 0; r < h->t->n_rows; r++) {
        const struct mark *row = &h->t->row[r];
        const struct comment *k = &corpus->comment[row->comment];
        if (h->split->fold[row->comment] != SPLIT_UNUSED)
            context_add(c, row->target, k->thread, k->author, p + r * corpus->n_labels);
    }
}

void heldout_in_threads(const struct heldout *h, const struct context_rule *rule, double *p)
{
    struct context c = {0};
    double *prior = prior_of(h);

    gather(h, p, &c);
    context_apply(&c, rule, prior, h->t->corpus->n_labels);
    context_release(&c);
    free(prior);
}

/* How much is gained by q over p, threads being whole. */
static struct gain gain_of_threads(const struct heldout *h, const double *p, const double *q)
{
    const struct trainset *t = h->t;
    struct intern threads = {0};
    double *before = heldout_losses(h, p), *after = heldout_losses(h, q);
    uint32_t *group = mem_array(t->n_rows, sizeof *group);
    struct gain gain;
    size_t n = 0;

    for (size_t r = 0; r < t->n_rows; r++) {
        const struct comment *k = &t->corpus->comment[t->row[r].comment];
        if (h->split->fold[t->row[r].comment] == SPLIT_UNUSED)
            continue;
        before[n] = before[r];
        after[n] = after[r];
        /* a thread has the id of its name; a comment in none is one by itself */
        group[n++] = (uint32_t)t->n_rows + t->row[r].comment;
        if (k->thread.p != NULL)
            group[n - 1] = intern_string(&threads, k->thread);
    }
    gain = gain_of(before, after, group, n, (uint32_t)(t->n_rows + t->corpus->n_comments));
    intern_release(&threads);
    free(before);
    free(after);
    free(group);
    return gain;
}

struct context_rule heldout_context(const struct heldout *h, const double *p)
{
    size_t size = h->t->n_rows * h->t->corpus->n_labels * sizeof *p;
    struct context_rule none = {0, 0}, best = none;
    double *q = mem_array(size, 1), *best_q = mem_array(size, 1), least = heldout_log_loss(h, p);
    struct gain gain;

    memcpy(best_q, p, size);
    for (uint32_t i = 1; i < CONTEXT_EXPONENTS * CONTEXT_EXPONENTS; i++) {
        struct context_rule rule = {context_exponent(i / CONTEXT_EXPONENTS),
                                    context_exponent(i % CONTEXT_EXPONENTS)};
        double loss;
        memcpy(q, p, size);
        heldout_in_threads(h, &rule, q);
        loss = heldout_log_loss(h, q);
        if (loss < least) {
            least = loss;
            best = rule;
            memcpy(best_q, q, size);
        }
    }
    gain = gain_of_threads(h, p, best_q);
    if (!gain_is_clear(&gain))
        best = none;
    free(q);
    free(best_q);
    return best;
}
