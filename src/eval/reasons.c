/* SPDX-License-Identifier: MIT */
/* reasons: see reasons.h. Orders are total: by product, then by the n-gram's bytes. */
#include "eval/reasons.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "features/ngramtext.h"
#include "model/scorer.h"

/* ---- a list of errors ---- */

static void add_error(struct evaluation *e, uint32_t row, struct evaluation_reason *reason,
                      size_t n)
{
    size_t cap = e->n_errors;

    MEM_GROW(e->error, cap, e->n_errors + 1);
    e->error[e->n_errors++] = (struct evaluation_error){row, reason, (uint32_t)n};
}

static int by_product(const void *a, const void *b)
{
    const struct evaluation_reason *x = a, *y = b;
    if (x->product != y->product)
        return x->product > y->product ? -1 : 1;
    return span_cmp(x->ngram, y->ngram);
}

/* The largest positive of n terms; the names stay as they are. Returns how many. */
static size_t keep_largest(struct evaluation_reason *term, size_t n)
{
    size_t kept = 0;

    qsort(term, n, sizeof *term, by_product);
    while (kept < n && kept < REASONS && term[kept].product > 0)
        kept++;
    return kept;
}

/* Takes the terms over: raw n-grams of which the largest get readable names of our own. */
static void add_explained(struct evaluation *e, uint32_t row, struct evaluation_reason *term,
                          size_t n)
{
    struct buf text = {0};

    n = keep_largest(term, n);
    for (size_t i = 0; i < n; i++) {
        buf_reset(&text);
        ngramtext_add(&text, term[i].ngram);
        term[i].ngram = arena_copy(&e->arena, buf_span(&text));
    }
    buf_release(&text);
    add_error(e, row, mem_resize(term, n + 1, sizeof *term), n);
}

/* The pair of two labels, and +1 where the first of them is its positive side. */
static uint32_t find_pair(const struct label_pair *pair, uint32_t n, uint32_t given, uint32_t gold,
                          double *sign)
{
    for (uint32_t k = 0; k < n; k++) {
        if ((pair[k].a == given && pair[k].b == gold) ||
            (pair[k].a == gold && pair[k].b == given)) {
            *sign = pair[k].a == given ? 1 : -1;
            return k;
        }
    }
    return UINT32_MAX;
}

/* ---- of a model ---- */

static uint32_t label_of_model(const struct evaluation *e, const struct model *m, uint32_t label)
{
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (span_eq(m->label[l], e->label[label]))
            return l;
    return UINT32_MAX;
}

static void explain_by_model(struct evaluation *e, const struct model *m, struct span text,
                             uint32_t target, uint32_t row)
{
    double sign = 0;
    uint32_t pair = find_pair(m->pair, m->n_pairs, label_of_model(e, m, e->system[0].label[row]),
                              label_of_model(e, m, e->row[row].gold), &sign);
    struct scorer *s;
    struct scorer_features f;
    struct evaluation_reason *term;

    if (pair == UINT32_MAX) {
        add_error(e, row, NULL, 0);
        return;
    }
    s = scorer_new(m, &target, NULL, 1);
    scorer_read(s, text);
    f = scorer_features(s);
    term = mem_array(f.n + 1, sizeof *term);
    for (size_t i = 0; i < f.n; i++)
        term[i] =
            (struct evaluation_reason){intern_text(&m->vocab, f.id[i]),
                                       sign * f.value[i] * scorer_weight(s, 0, pair, f.id[i])};
    add_explained(e, row, term, f.n);
    scorer_free(s);
}

void reasons_of_model(struct evaluation *e, const struct model *m, const struct corpus *gold,
                      const uint32_t *target)
{
    size_t n;
    uint32_t *row = evaluation_worst(e, NULL, e->n_wanted_errors, &n);

    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &gold->mark[row[i]];
        explain_by_model(e, m, gold->comment[mark->comment].text, target[mark->target], row[i]);
    }
    free(row);
}

void reasons_unknown(struct evaluation *e)
{
    size_t n;
    uint32_t *row = evaluation_worst(e, NULL, e->n_wanted_errors, &n);

    for (size_t i = 0; i < n; i++)
        add_error(e, row[i], NULL, 0);
    free(row);
}

/* ---- of a fold ---- */

/* The weight of each feature of one comment: Σ coef · factor · value over the support
 * vectors, found by their values of those features. */
static void weigh(const struct fit *f, const struct machine *m, uint32_t row, double *weight,
                  double sign)
{
    const struct trainset *t = f->t;
    const struct matrix *x = &f->x;
    struct kernel k_of = {f->kernel, m->share, false};
    size_t from = x->start[t->row[row].comment], to = x->start[t->row[row].comment + 1];

    for (size_t i = 0; i < m->n; i++) {
        const struct mark *other = &t->row[m->row[i]];
        double by = sign * m->coef[i] *
                    trainset_factors(t, &k_of, t->task_of[row], t->task_of[m->row[i]]).times;
        size_t k = from;
        if (m->coef[i] == 0)
            continue;
        for (size_t j = x->start[other->comment]; j < x->start[other->comment + 1]; j++) {
            while (k < to && x->id[k] < x->id[j])
                k++;
            if (k < to && x->id[k] == x->id[j])
                weight[k - from] += by * x->value[j];
        }
    }
}

static uint32_t label_at(const struct reasons_at *by, uint32_t label)
{
    return by->label != NULL && label != EVALUATION_NONE ? by->label[label] : label;
}

static void explain_by_fold(struct evaluation *e, const struct fit *f,
                            const struct machine *machine, uint32_t row,
                            const struct reasons_at *by)
{
    const struct trainset *t = f->t;
    uint32_t at = by->row != NULL ? by->row[row] : row;
    struct intern_view vocab = intern_frozen(&t->vocab);
    size_t from = f->x.start[t->row[at].comment], n = f->x.start[t->row[at].comment + 1] - from;
    size_t n_named = 0;
    double sign = 0, *weight = mem_zalloc(n, sizeof *weight);
    uint32_t pair = find_pair(t->pair, t->n_pairs, label_at(by, e->system[0].label[row]),
                              label_at(by, e->row[row].gold), &sign);
    struct evaluation_reason *term = mem_array(n + 1, sizeof *term);

    if (pair != UINT32_MAX)
        weigh(f, &machine[pair], at, weight, sign);
    for (size_t i = 0; i < n && f->x.id[from + i] < vocab.n; i++) /* coordinates have no name */
        term[n_named++] = (struct evaluation_reason){intern_text(&vocab, f->x.id[from + i]),
                                                     weight[i] * f->x.value[from + i]};
    add_explained(e, row, term, n_named);
    free(weight);
}

void reasons_of_fold(struct evaluation *e, const struct fit *f, const struct machine *machine,
                     const struct reasons_at *at, const uint8_t *use)
{
    size_t n;
    uint32_t *row = evaluation_worst(e, use, e->n_wanted_errors, &n);

    for (size_t i = 0; i < n; i++)
        explain_by_fold(e, f, machine, row[i], at);
    free(row);
}

static uint32_t place_of(const uint32_t *row, size_t n, uint32_t wanted)
{
    for (size_t i = 0; i < n; i++)
        if (row[i] == wanted)
            return (uint32_t)i;
    return UINT32_MAX;
}

void reasons_finish(struct evaluation *e)
{
    size_t n;
    uint32_t *row = evaluation_worst(e, NULL, e->n_wanted_errors, &n);
    struct evaluation_error *worst = mem_array(n, sizeof *worst);

    for (size_t i = 0; i < e->n_errors; i++) {
        uint32_t place = place_of(row, n, e->error[i].row);
        if (place == UINT32_MAX)
            free(e->error[i].reason);
        else
            worst[place] = e->error[i];
    }
    free(e->error);
    free(row);
    e->error = worst;
    e->n_errors = n;
}
