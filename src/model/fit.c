/* SPDX-License-Identifier: MIT */
/*
 * fit: the Gram matrix is of comments, the solver's rows are (comment, target) pairs; the
 * factors of the two targets turn one into the other, so that a comment labelled toward
 * many targets is multiplied out once.
 */
#include "model/fit.h"

#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "model/gram.h"
#include "model/pairsvm.h"

void fit_open(struct fit *f, const struct trainset *t, const uint8_t *use, uint32_t mix)
{
    struct weighting_settings weighting = {.min_df = t->set.min_df};
    struct intern_view view = intern_frozen(&t->vocab);
    uint32_t n_labels = t->corpus->n_labels;

    *f = (struct fit){.t = t, .use = use};
    memcpy(weighting.share, t->set.mix[mix].share, sizeof weighting.share);
    weighting_fit(&f->weighting, &weighting, &t->counts, use, &view);
    weighting_apply(&f->weighting, &t->counts, &f->x);
    f->gram = gram_new(&f->x, t->set.n_jobs);
    f->seen = mem_zalloc((size_t)t->corpus->n_targets * n_labels, sizeof *f->seen);
    for (size_t r = 0; r < t->n_rows; r++)
        if (use[t->row[r].comment])
            f->seen[(size_t)t->row[r].target * n_labels + t->row[r].label]++;
}

void fit_release(struct fit *f)
{
    if (f == NULL)
        return;
    weighting_release(&f->weighting);
    matrix_release(&f->x);
    free(f->gram);
    free(f->seen);
    *f = (struct fit){0};
}

double fit_kernel(const struct fit *f, uint32_t row, uint32_t other, bool blind)
{
    const struct mark *a = &f->t->row[row], *b = &f->t->row[other];
    struct factors k = trainset_factors(f->t, a->target, b->target, blind);
    return f->gram[(size_t)a->comment * f->t->counts.n_rows + b->comment] * k.times + k.plus;
}

struct pair_rows {
    const struct fit *f;
    uint32_t *row;
    int8_t *sign;
    size_t n, n_pos;
    bool blind;
};

static void pick_rows(struct pair_rows *p, struct label_pair pair)
{
    const struct trainset *t = p->f->t;

    p->row = mem_array(t->n_rows, sizeof *p->row);
    p->sign = mem_array(t->n_rows, sizeof *p->sign);
    for (size_t r = 0; r < t->n_rows; r++) {
        uint32_t label = t->row[r].label;
        if (!p->f->use[t->row[r].comment] || (label != pair.a && label != pair.b))
            continue;
        p->row[p->n] = (uint32_t)r;
        p->sign[p->n++] = label == pair.a ? 1 : -1;
        p->n_pos += label == pair.a;
    }
}

/* As fit_kernel(), with the factors of each target looked up once a row. */
static void kernel_row(size_t i, double *value, void *arg)
{
    const struct pair_rows *p = arg;
    const struct trainset *t = p->f->t;
    const struct mark *a = &t->row[p->row[i]];
    const double *gram = p->f->gram + (size_t)a->comment * t->counts.n_rows;
    struct factors *k = mem_array(t->corpus->n_targets, sizeof *k);

    for (uint32_t target = 0; target < t->corpus->n_targets; target++)
        k[target] = trainset_factors(t, a->target, target, p->blind);
    for (size_t j = 0; j < p->n; j++) {
        const struct mark *b = &t->row[p->row[j]];
        value[j] = gram[b->comment] * k[b->target].times + k[b->target].plus;
    }
    free(k);
}

struct solve {
    const struct pairsvm_problem *problem;
    const double *c;
    double weight_pos, weight_neg;
    struct machine *machine;
    struct stance_err *err; /* one per task */
    uint32_t n_c;
};

/* Largest C first: it takes longest, and the other threads share the rest. */
static void solve_one(size_t i, void *arg)
{
    struct solve *s = arg;
    size_t k = s->n_c - 1 - i;
    struct machine *m = &s->machine[k];

    pairsvm_train(s->problem, s->c[k], s->weight_pos, s->weight_neg, m->coef, &m->rho, &s->err[k]);
}

static int solve_all(const struct fit *f, struct pair_rows *p, uint32_t n_c, const double *c,
                     struct machine *machine, struct stance_err *err)
{
    struct solve s = {.c = c, .weight_pos = 1, .weight_neg = 1, .machine = machine, .n_c = n_c};
    struct pairsvm_problem *problem;
    int status = 0;

    if (f->t->set.class_weights == CLASS_WEIGHTS_BALANCED) {
        s.weight_pos = (double)p->n / (2 * (double)p->n_pos);
        s.weight_neg = (double)p->n / (2 * (double)(p->n - p->n_pos));
    }
    problem = pairsvm_problem_new(p->n, p->sign, kernel_row, p, f->t->set.n_jobs);
    s.problem = problem;
    s.err = mem_zalloc(n_c, sizeof *s.err);
    jobs_run(f->t->set.n_jobs, n_c, solve_one, &s);
    for (uint32_t k = 0; k < n_c && status == 0; k++) {
        if (s.err[k].code != STANCE_OK) {
            *err = s.err[k];
            status = -1;
        }
    }
    free(s.err);
    pairsvm_problem_free(problem);
    return status;
}

int fit_pair(const struct fit *f, uint32_t pair, bool blind, uint32_t n_c, const double *c,
             struct machine *machine, struct stance_err *err)
{
    struct pair_rows p = {.f = f, .blind = blind};
    bool one_sided;
    int status = 0;

    pick_rows(&p, f->t->pair[pair]);
    one_sided = p.n_pos == 0 || p.n_pos == p.n;
    for (uint32_t k = 0; k < n_c; k++)
        machine[k] = (struct machine){.n = one_sided ? 0 : p.n,
                                      .row = p.row,
                                      .coef = mem_zalloc(p.n, sizeof(double)),
                                      .rho = p.n == 0       ? 0
                                             : p.n_pos == 0 ? 1
                                                            : -1};
    if (!one_sided)
        status = solve_all(f, &p, n_c, c, machine, err);
    free(p.sign);
    return status;
}

void machines_release(struct machine *machine, uint32_t n_c)
{
    free(machine[0].row);
    for (uint32_t k = 0; k < n_c; k++)
        free(machine[k].coef);
}

double fit_margin(const struct fit *f, const struct machine *m, uint32_t row, bool blind)
{
    double sum = -m->rho;

    for (size_t i = 0; i < m->n; i++)
        if (m->coef[i] != 0)
            sum += m->coef[i] * fit_kernel(f, row, m->row[i], blind);
    return sum;
}
