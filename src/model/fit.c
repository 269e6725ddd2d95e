/* SPDX-License-Identifier: MIT */
/*
 * fit: the Gram matrix is of comments, the solver's rows are (comment, target) pairs; the
 * factors of the two tasks turn one into the other, so that a comment labelled toward
 * many targets is multiplied out once. Coordinate descent has no matrix: its rows are laid
 * out as a design, for a pair while it is solved, and again for the margins of its machines.
 */
#include "model/fit.h"

#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "features/wordspace.h"
#include "model/descent.h"
#include "model/gram.h"
#include "model/pairsvm.h"

/* Words that have vectors take part as points where the space has a share, else not at all. */
static void make_vectors(struct fit *f, const struct intern_view *view)
{
    const struct trainset *t = f->t;
    size_t n = 0;

    if (f->weighting.set.share[NGRAM_VECTORS] == 0) {
        for (uint32_t id = 0; id < f->weighting.n_ids; id++)
            if (f->weighting.space[id] == NGRAM_VECTORS)
                f->weighting.idf[id] = 0;
        weighting_apply(&f->weighting, &t->counts, &f->x);
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

struct pair_rows {
    const struct fit *f;
    struct kernel kernel;
    uint32_t *row;
    int8_t *sign;
    size_t n, n_pos;
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

/* As fit_kernel(), with the factors of each task looked up once a row. */
static void kernel_row(size_t i, double *value, void *arg)
{
    const struct pair_rows *p = arg;
    const struct trainset *t = p->f->t;
    const struct mark *a = &t->row[p->row[i]];
    const double *gram = p->f->gram + (size_t)a->comment * t->counts.n_rows;
    bool blind = p->kernel.blind;
    uint32_t task = trainset_task(t, blind, p->row[i]), n = trainset_n_tasks(t, blind);
    struct factors *k = mem_array(n, sizeof *k);

    for (uint32_t other = 0; other < n; other++)
        k[other] = trainset_factors(t, &p->kernel, task, other);
    for (size_t j = 0; j < p->n; j++) {
        const struct factors *by = &k[trainset_task(t, blind, p->row[j])];
        value[j] = gram[t->row[p->row[j]].comment] * by->times + by->plus;
    }
    free(k);
}

struct solve {
    const struct pairsvm_problem *problem; /* libsvm's, */
    struct design design;                  /* or that of the descent */
    const int8_t *sign;
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

    if (s->problem != NULL)
        pairsvm_train(s->problem, s->c[k], s->weight_pos, s->weight_neg, m->coef, &m->rho,
                      &s->err[k]);
    else
        descent_run(&s->design, s->sign, s->c[k] * s->weight_pos, s->c[k] * s->weight_neg, m->coef,
                    &m->rho);
}

static void weigh_classes(struct solve *s, const struct pair_rows *p)
{
    s->weight_pos = s->weight_neg = 1;
    if (p->f->t->set.class_weights == CLASS_WEIGHTS_BALANCED) {
        s->weight_pos = (double)p->n / (2 * (double)p->n_pos);
        s->weight_neg = (double)p->n / (2 * (double)(p->n - p->n_pos));
    }
}

static int solve_all(const struct fit *f, struct pair_rows *p, uint32_t n_c, const double *c,
                     struct machine *machine, struct stance_err *err)
{
    struct solve s = {.sign = p->sign, .c = c, .machine = machine, .n_c = n_c};
    struct pairsvm_problem *problem = NULL;
    int status = 0;

    weigh_classes(&s, p);
    if (f->t->solver == SOLVER_LIBSVM)
        problem = pairsvm_problem_new(p->n, p->sign, kernel_row, p, f->t->set.n_jobs);
    else
        design_open(&s.design, f->t, &p->kernel, &f->x, p->row, p->n);
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
    design_release(&s.design);
    return status;
}

int fit_pair(const struct fit *f, uint32_t pair, bool blind, uint32_t n_c, const double *c,
             struct machine *machine, struct stance_err *err)
{
    struct pair_rows p = {.f = f, .kernel = fit_kernel_of(f, pair, blind)};
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
                                                            : -1,
                                      .share = p.kernel.share};
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
    struct kernel k = {f->kernel, m->share, blind};
    double sum = -m->rho;

    for (size_t i = 0; i < m->n; i++)
        if (m->coef[i] != 0)
            sum += m->coef[i] * fit_kernel(f, &k, row, m->row[i]);
    return sum;
}

struct apply {
    const struct fit *f;
    const struct machine *machine;
    uint32_t n_c;
    const uint32_t *row;
    size_t n;
    bool blind;
    double *out;
    struct design design;
    double **u; /* per machine; NULL: by the kernel */
};

static void apply_one(size_t i, void *arg)
{
    const struct apply *a = arg;
    const struct fit *f = a->f;

    for (uint32_t k = 0; k < a->n_c; k++) {
        const struct machine *m = &a->machine[k];
        a->out[k * a->n + i] =
            a->u == NULL ? fit_margin(f, m, a->row[i], a->blind)
                         : design_outside(&a->design, a->u[k], &f->x, f->t->row[a->row[i]].comment,
                                          trainset_task(f->t, a->blind, a->row[i])) -
                               m->rho;
    }
}

static void sum_up(size_t k, void *arg)
{
    struct apply *a = arg;

    a->u[k] = design_sums_new(&a->design);
    for (size_t i = 0; i < a->machine[k].n; i++)
        if (a->machine[k].coef[i] != 0)
            design_add(&a->design, a->u[k], i, a->machine[k].coef[i]);
}

void fit_margins(const struct fit *f, const struct machine *machine, uint32_t n_c,
                 const uint32_t *row, size_t n, bool blind, double *out)
{
    struct apply a = {f, machine, n_c, row, n, blind, out, .u = NULL};
    unsigned n_jobs = f->t->set.n_jobs;

    if (f->gram == NULL) {
        struct kernel k = {f->kernel, machine[0].share, blind};
        design_open(&a.design, f->t, &k, &f->x, machine[0].row, machine[0].n);
        a.u = mem_array(n_c, sizeof *a.u);
        jobs_run(n_jobs, n_c, sum_up, &a);
    }
    jobs_run(n_jobs, n, apply_one, &a);
    for (uint32_t k = 0; k < n_c && a.u != NULL; k++)
        free(a.u[k]);
    free(a.u);
    design_release(&a.design);
}
