/* SPDX-License-Identifier: MIT */
/*
 * fit: the Gram matrix is of comments, the solver's rows are (comment, target) pairs; the
 * factors of the two tasks turn one into the other, so that a comment labelled toward
 * many targets is multiplied out once. Coordinate descent has no matrix. Pairs are solved in
 * solve.c.
 */
#include "model/fit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "features/wordspace.h"
#include "model/gram.h"

/* Words that have vectors take part as points where the space has a share, else not at all. */
static void make_vectors(struct fit *f, const struct intern_view *view)
{
    const struct trainset *t = f->t;
    size_t n = 0;

    if (f->weighting.set.share[NGRAM_VECTORS] == 0) {
        for (uint32_t id = 0; id < f->weighting.n_ids; id++)
            if (f->weighting.space[id] == NGRAM_VECTORS)
                f->weighting.idf[id] = 0;
        weighting_apply(&f->weighting, &t->counts, t->set.n_jobs, &f->x);
        return;
    }
    for (size_t i = 0; i < t->corpus->n_comments; i++)
        n += f->use[i];
    f->word = wordspace_fit(&f->weighting, t->set.vectors, view, n);
    wordspace_apply(&f->weighting, t->set.vectors, f->word, &t->counts, f->use, &f->word_scale,
                    &f->x);
}

static void count_rows(struct fit *f)
{
    const struct trainset *t = f->t;
    size_t n = (size_t)t->corpus->n_targets * t->corpus->n_labels;

    f->seen = mem_zalloc(n, sizeof *f->seen);
    f->own = t->n_domains > 1 ? mem_zalloc(n, sizeof *f->own) : f->seen;
    for (size_t r = 0; r < t->n_rows; r++) {
        size_t at = (size_t)t->row[r].target * t->corpus->n_labels + t->row[r].label;
        if (!f->use[t->row[r].comment])
            continue;
        f->seen[at]++;
        if (t->n_domains > 1)
            f->own[at] += trainset_owns(t, t->row[r].comment);
    }
}

void fit_open(struct fit *f, const struct trainset *t, const uint8_t *use,
              const struct choice *choice)
{
    struct weighting_settings weighting = {.min_df = t->set.min_df};
    struct mix mix;
    struct intern_view view = intern_frozen(&t->vocab);

    *f = (struct fit){.t = t,
                      .kernel = &t->set.kernel[choice->kernel],
                      .share = t->n_domains > 1 ? t->set.add_share[choice->share] : 1,
                      .use = use};
    mix = settings_chosen(&t->set, choice);
    memcpy(weighting.share, mix.share, sizeof weighting.share);
    weighting_fit(&f->weighting, &weighting, &t->counts, use, &view);
    make_vectors(f, &view);
    if (t->solver == SOLVER_LIBSVM)
        f->gram = gram_new(&f->x, t->set.n_jobs);
    count_rows(f);
}

void fit_release(struct fit *f)
{
    if (f == NULL)
        return;
    weighting_release(&f->weighting);
    free(f->word);
    matrix_release(&f->x);
    free(f->gram);
    if (f->own != f->seen)
        free(f->own);
    free(f->seen);
    *f = (struct fit){0};
}

static double dot(const struct matrix *x, size_t a, size_t b)
{
    double sum = 0;

    for (size_t i = x->start[a], j = x->start[b]; i < x->start[a + 1] && j < x->start[b + 1];) {
        if (x->id[i] == x->id[j])
            sum += x->value[i] * x->value[j];
        if (x->id[i] < x->id[j])
            i++;
        else if (x->id[i] > x->id[j])
            j++;
        else
            i++, j++;
    }
    return sum;
}

struct kernel fit_kernel_of(const struct fit *f, uint32_t pair, bool blind)
{
    return (struct kernel){f->kernel, f->t->held[pair] ? f->share : 1, blind};
}

double fit_kernel(const struct fit *f, const struct kernel *k, uint32_t row, uint32_t other)
{
    const struct trainset *t = f->t;
    const struct mark *a = &t->row[row], *b = &t->row[other];
    struct factors by =
        trainset_factors(t, k, trainset_task(t, k->blind, row), trainset_task(t, k->blind, other));
    double product = f->gram != NULL ? f->gram[(size_t)a->comment * t->counts.n_rows + b->comment]
                                     : dot(&f->x, a->comment, b->comment);
    return product * by.times + by.plus;
}

void machines_release(struct machine *machine, uint32_t n_c)
{
    free(machine[0].row);
    for (uint32_t k = 0; k < n_c; k++)
        free(machine[k].coef);
}

double fit_margin(const struct fit *f, const struct machine *m, uint32_t row, bool blind)
{
    struct kernel k = {f->kernel, m->share, blind};
    double sum = -m->rho;

    for (size_t i = 0; i < m->n; i++)
        if (m->coef[i] != 0)
            sum += m->coef[i] * fit_kernel(f, &k, row, m->row[i]);
    return sum;
}
