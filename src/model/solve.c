/* SPDX-License-Identifier: MIT */
/*
 * solve: what is asked is taken in batches. A batch is opened (rows picked, libsvm's matrices or
 * designs laid out), all its machines are solved as tasks of one queue, and its pairs are handed
 * out; places of a batch keep libsvm's matrix for the pairs after them, because clearing new pages
 * for one cost a tenth of the training. A task writes its own machine, so that neither
 * threads nor batches change a bit.
 */
#include "model/solve.h"

#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "model/descent.h"
#include "model/pairsvm.h"

struct place {
    struct solved solved;
    struct kernel kernel;
    uint32_t *row; /* the machines', borrowed */
    int8_t *sign;
    size_t n, n_pos;
    struct pairsvm_problem *problem; /* kept from pair to pair; NULL before the first */
};

struct batch {
    const struct fit *f;
    uint32_t n_c;
    const double *c;
    struct place *place;
    struct stance_err *err; /* [place][C] */
    size_t n, n_places;
};

/* ---- rows ---- */

static void pick_rows(const struct fit *f, struct place *p)
{
    const struct trainset *t = f->t;
    struct label_pair pair = t->pair[p->solved.ask.pair];

    p->row = mem_array(t->n_rows, sizeof *p->row);
    p->sign = mem_array(t->n_rows, sizeof *p->sign);
    p->n = p->n_pos = 0;
    for (size_t r = 0; r < t->n_rows; r++) {
        uint32_t label = t->row[r].label;
        if (!f->use[t->row[r].comment] || (label != pair.a && label != pair.b))
            continue;
        p->row[p->n] = (uint32_t)r;
        p->sign[p->n++] = label == pair.a ? 1 : -1;
        p->n_pos += label == pair.a;
    }
}

static bool one_sided(const struct place *p)
{
    return p->n_pos == 0 || p->n_pos == p->n;
}

static void open_place(const struct batch *b, struct place *p, struct solve_ask ask, size_t at)
{
    p->solved = (struct solved){.ask = ask, .at = at};
    p->kernel = fit_kernel_of(b->f, ask.pair, ask.blind);
    pick_rows(b->f, p);
    for (uint32_t k = 0; k < b->n_c; k++)
        p->solved.machine[k] = (struct machine){.n = one_sided(p) ? 0 : p->n,
                                                .row = p->row,
                                                .coef = mem_zalloc(p->n, sizeof(double)),
                                                .rho = p->n == 0       ? 0
                                                       : p->n_pos == 0 ? 1
                                                                       : -1,
                                                .share = p->kernel.share};
}

/* But for the machines, which may have been taken. */
static void close_place(struct place *p)
{
    design_release(&p->solved.design);
    free(p->sign);
    p->sign = NULL;
}

/* Bytes, about: as trainset.c counts them. */
static double memory_of(const struct batch *b, const struct place *p)
{
    const struct trainset *t = b->f->t;
    double rows = (double)p->n, entries = 0;

    if (one_sided(p))
        return 0;
    if (t->solver == SOLVER_LIBSVM)
        return (16 + 4 * (double)b->n_c) * rows * rows;
    for (size_t i = 0; i < p->n; i++) {
        const size_t *start = t->counts.start + t->row[p->row[i]].comment;
        entries += (double)(start[1] - start[0]);
    }
    return 16 * entries + 8 * (double)b->n_c * t->counts.n_ids;
}

/* Enough for the threads: of tasks for libsvm, whose matrices are laid out by all of them; of
 * pairs for the descent, since one design is one thread's. */
static size_t count_places(const struct fit *f, size_t n, uint32_t n_c)
{
    size_t jobs = jobs_count(f->t->set.n_jobs);
    size_t wanted = f->t->solver == SOLVER_LIBSVM ? (jobs + n_c - 1) / n_c : jobs;

    return wanted < n ? wanted : n;
}

/* The next pairs that there is room for, one at least. */
static void fill(struct batch *b, const struct solve_ask *ask, size_t from, size_t n)
{
    double used = 0;

    for (b->n = 0; b->n < b->n_places && from + b->n < n; b->n++) {
        struct place *p = &b->place[b->n];
        open_place(b, p, ask[from + b->n], from + b->n);
        used += memory_of(b, p);
        if (b->n != 0 && used > b->f->t->pair_memory) {
            close_place(p);
            machines_release(p->solved.machine, b->n_c);
            return;
        }
    }
}

/* ---- solving ---- */

struct laid_out {
    const struct fit *f;
    const struct place *p;
};

/* The factors of a row's task with each of the others; free(). */
static struct factors *factors_of(const struct fit *f, const struct kernel *k, uint32_t row)
{
    uint32_t task = trainset_task(f->t, k->blind, row), n = trainset_n_tasks(f->t, k->blind);
    struct factors *by = mem_array(n, sizeof *by);

    for (uint32_t other = 0; other < n; other++)
        by[other] = trainset_factors(f->t, k, task, other);
    return by;
}

/* As fit_kernel(), with the factors of each task looked up once a row. */
static void kernel_row(size_t i, double *value, void *arg)
{
    const struct laid_out *l = arg;
    const struct place *p = l->p;
    const struct trainset *t = l->f->t;
    const double *gram = l->f->gram + (size_t)t->row[p->row[i]].comment * t->counts.n_rows;
    struct factors *k = factors_of(l->f, &p->kernel, p->row[i]);

    for (size_t j = 0; j < p->n; j++) {
        const struct factors *by = &k[trainset_task(t, p->kernel.blind, p->row[j])];
        value[j] = gram[t->row[p->row[j]].comment] * by->times + by->plus;
    }
    free(k);
}

static void open_design(size_t i, void *arg)
{
    const struct batch *b = arg;
    struct place *p = &b->place[i];

    if (!one_sided(p))
        design_open(&p->solved.design, b->f->t, &p->kernel, &b->f->x, p->row, p->n);
}

static void lay_out(struct batch *b)
{
    unsigned n_jobs = b->f->t->set.n_jobs;

    if (b->f->t->solver != SOLVER_LIBSVM) {
        jobs_run(n_jobs, b->n, open_design, b);
        return;
    }
    for (size_t i = 0; i < b->n; i++) {
        struct place *p = &b->place[i];
        struct laid_out l = {b->f, p};
        if (one_sided(p))
            continue;
        if (p->problem == NULL)
            p->problem = pairsvm_problem_new();
        pairsvm_problem_set(p->problem, p->n, p->sign, kernel_row, &l, n_jobs);
    }
}

/* How much each side's C is multiplied by. */
static void weigh_classes(const struct fit *f, const struct place *p, double *pos, double *neg)
{
    *pos = *neg = 1;
    if (f->t->set.class_weights == CLASS_WEIGHTS_BALANCED) {
        *pos = (double)p->n / (2 * (double)p->n_pos);
        *neg = (double)p->n / (2 * (double)(p->n - p->n_pos));
    }
}

/* Largest C first: it takes longest, and the other threads share the rest. */
static void solve_one(size_t i, void *arg)
{
    const struct batch *b = arg;
    struct place *p = &b->place[i % b->n];
    uint32_t k = b->n_c - 1 - (uint32_t)(i / b->n);
    struct machine *m = &p->solved.machine[k];
    double pos, neg;

    if (one_sided(p))
        return;
    weigh_classes(b->f, p, &pos, &neg);
    if (b->f->t->solver == SOLVER_LIBSVM)
        pairsvm_train(p->problem, b->c[k], pos, neg, m->coef, &m->rho,
                      &b->err[(i % b->n) * b->n_c + k]);
    else
        descent_run(&p->solved.design, p->sign, b->c[k] * pos, b->c[k] * neg, m->coef, &m->rho);
}

static int solve_batch(struct batch *b, struct stance_err *err)
{
    for (size_t i = 0; i < b->n * b->n_c; i++)
        b->err[i].code = STANCE_OK;
    lay_out(b);
    jobs_run(b->f->t->set.n_jobs, b->n * b->n_c, solve_one, b);
    for (size_t i = 0; i < b->n * b->n_c; i++) {
        if (b->err[i].code != STANCE_OK) {
            *err = b->err[i];
            return -1;
        }
    }
    return 0;
}

static void open_batch(struct batch *b, size_t n)
{
    b->n_places = count_places(b->f, n, b->n_c);
    b->place = mem_zalloc(b->n_places, sizeof *b->place);
    b->err = mem_zalloc(b->n_places * b->n_c, sizeof *b->err);
}

static void close_batch(struct batch *b)
{
    for (size_t i = 0; i < b->n_places; i++)
        pairsvm_problem_free(b->place[i].problem);
    free(b->place);
    free(b->err);
}

int solve_all(const struct fit *f, const struct solve_ask *ask, size_t n, uint32_t n_c,
              const double *c, void (*take)(const struct solved *s, void *arg), void *arg,
              struct stance_err *err)
{
    struct batch b = {.f = f, .n_c = n_c, .c = c};
    int status = 0;

    open_batch(&b, n);
    for (size_t from = 0; from < n && status == 0; from += b.n) {
        fill(&b, ask, from, n);
        status = solve_batch(&b, err);
        for (size_t i = 0; i < b.n; i++) {
            if (status == 0)
                take(&b.place[i].solved, arg);
            close_place(&b.place[i]);
            machines_release(b.place[i].solved.machine, n_c);
        }
    }
    close_batch(&b);
    return status;
}

int solve_pair(const struct fit *f, uint32_t pair, bool blind, uint32_t n_c, const double *c,
               struct machine *machine, struct stance_err *err)
{
    struct batch b = {.f = f, .n_c = n_c, .c = c};
    struct solve_ask ask = {pair, blind};
    int status;

    open_batch(&b, 1);
    fill(&b, &ask, 0, 1);
    status = solve_batch(&b, err);
    memcpy(machine, b.place[0].solved.machine, n_c * sizeof *machine);
    close_place(&b.place[0]);
    close_batch(&b);
    return status;
}

/* ---- margins ---- */

struct apply {
    const struct fit *f;
    const struct machine *machine;
    const struct design *design;
    struct kernel kernel;
    uint32_t n_c;
    const uint32_t *row;
    size_t n;
    double *out;
    double **u; /* per machine */
};

/* Each value of the kernel once for all machines; they are added in one order, whatever C. */
static void apply_kernel(size_t i, void *arg)
{
    const struct apply *a = arg;
    const struct trainset *t = a->f->t;
    const struct machine *m = a->machine;
    const double *gram = a->f->gram + (size_t)t->row[a->row[i]].comment * t->counts.n_rows;
    struct factors *by = factors_of(a->f, &a->kernel, a->row[i]);

    for (uint32_t k = 0; k < a->n_c; k++)
        a->out[k * a->n + i] = -m[k].rho;
    for (size_t s = 0; s < m->n; s++) {
        const struct factors *factors = &by[trainset_task(t, a->kernel.blind, m->row[s])];
        double value = gram[t->row[m->row[s]].comment] * factors->times + factors->plus;
        for (uint32_t k = 0; k < a->n_c; k++)
            if (m[k].coef[s] != 0)
                a->out[k * a->n + i] += m[k].coef[s] * value;
    }
    free(by);
}

static void apply_sums(size_t i, void *arg)
{
    const struct apply *a = arg;
    uint32_t comment = a->f->t->row[a->row[i]].comment;
    uint32_t task = trainset_task(a->f->t, a->kernel.blind, a->row[i]);

    for (uint32_t k = 0; k < a->n_c; k++)
        a->out[k * a->n + i] =
            design_outside(a->design, a->u[k], &a->f->x, comment, task) - a->machine[k].rho;
}

static void sum_up(size_t k, void *arg)
{
    struct apply *a = arg;

    a->u[k] = design_sums_new(a->design);
    for (size_t i = 0; i < a->machine[k].n; i++)
        if (a->machine[k].coef[i] != 0)
            design_add(a->design, a->u[k], i, a->machine[k].coef[i]);
}

/* A pair of one side has no rows, and no design where it was not laid out: its margin is rho's. */
static void apply_constant(size_t i, void *arg)
{
    const struct apply *a = arg;

    for (uint32_t k = 0; k < a->n_c; k++)
        a->out[k * a->n + i] = 0 - a->machine[k].rho;
}

static void apply_all(struct apply *a)
{
    unsigned n_jobs = a->f->t->set.n_jobs;

    if (a->machine->n == 0) {
        jobs_run(1, a->n, apply_constant, a);
    } else if (a->f->gram != NULL) {
        jobs_run(n_jobs, a->n, apply_kernel, a);
    } else {
        a->u = mem_array(a->n_c, sizeof *a->u);
        jobs_run(n_jobs, a->n_c, sum_up, a);
        jobs_run(n_jobs, a->n, apply_sums, a);
        for (uint32_t k = 0; k < a->n_c; k++)
            free(a->u[k]);
        free(a->u);
    }
}

void solve_margins(const struct fit *f, const struct solved *s, uint32_t n_c, const uint32_t *row,
                   size_t n, double *out)
{
    struct kernel kernel = {f->kernel, s->machine->share, s->ask.blind};
    struct apply a = {f, s->machine, &s->design, kernel, n_c, row, n, out, NULL};

    apply_all(&a);
}

void solve_pair_margins(const struct fit *f, const struct machine *machine, uint32_t n_c,
                        const uint32_t *row, size_t n, bool blind, double *out)
{
    struct kernel kernel = {f->kernel, machine->share, blind};
    struct design design = {0};
    struct apply a = {f, machine, &design, kernel, n_c, row, n, out, NULL};

    if (f->gram == NULL && machine->n != 0)
        design_open(&design, f->t, &kernel, &f->x, machine->row, machine->n);
    apply_all(&a);
    design_release(&design);
}
