/* SPDX-License-Identifier: MIT */
/*
 * machine: one of stance's machines on vectors in a file, at one C, to stand beside svm-train and
 * liblinear-train on the same file.
 *
 *     machine auto|libsvm|coordinate JOBS MAX-MIB C VECTORS MODEL
 *
 * Prints the solver; auto is what `stance train` would choose for that many rows with its usual
 * values of C. What solves is solve.h on a fit made by hand: one target, the kernel the product of
 * two vectors. MODEL is a linear one as liblinear-predict reads it, the bias a feature of its own.
 * Exit 2 where libsvm's matrices go beyond MAX-MIB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/gram.h"
#include "model/solve.h"

struct data {
    struct corpus corpus;
    struct trainset t;
    struct fit fit;
    struct matrix x;
    size_t start_cap, id_cap, value_cap;
    struct mark *row;
    size_t row_cap;
};

static void add_row(struct data *d, char *line)
{
    size_t n = d->x.n_rows, to = n != 0 ? d->x.start[n] : 0;
    char *at = line;

    MEM_GROW(d->row, d->row_cap, n + 1);
    d->row[n] = (struct mark){(uint32_t)n, 0, strtol(at, &at, 10) > 0 ? 0 : 1};
    MEM_GROW(d->x.start, d->start_cap, n + 2);
    d->x.start[n] = to;
    while (*at == ' ') {
        uint32_t id = (uint32_t)strtoul(at + 1, &at, 10) - 1;
        MEM_GROW(d->x.id, d->id_cap, to + 1);
        MEM_GROW(d->x.value, d->value_cap, to + 1);
        d->x.id[to] = id;
        d->x.value[to++] = strtod(at + 1, &at);
        d->x.n_ids = id + 1 > d->x.n_ids ? id + 1 : d->x.n_ids;
    }
    d->x.start[++d->x.n_rows] = to;
}

static int read_rows(struct data *d, const char *path)
{
    FILE *from = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;

    if (from == NULL) {
        perror(path);
        return -1;
    }
    while (getline(&line, &cap, from) > 0)
        add_row(d, line);
    free(line);
    fclose(from);
    return 0;
}

/* As trainset_init() and fit_open() would of comments with one target. */
static void make_fit(struct data *d)
{
    static struct label_pair pair = {0, 1};
    static struct task task;
    static uint8_t held = 1;
    static double similarity = 1;
    size_t n = d->x.n_rows;
    struct trainset *t = &d->t;
    uint8_t *use = mem_array(n, 1);

    memset(use, 1, n);
    d->corpus = (struct corpus){.n_comments = n, .n_targets = 1, .n_labels = 2};
    t->corpus = &d->corpus;
    t->n_rows = n;
    t->row = d->row;
    t->counts = (struct counts){.n_rows = n, .start = d->x.start, .n_ids = d->x.n_ids};
    t->pair = &pair;
    t->task = &task;
    t->held = &held;
    t->similarity = &similarity;
    t->n_pairs = t->n_tasks = t->n_domains = 1;
    t->task_of = mem_zalloc(n, sizeof *t->task_of);
    t->set.kernel[0] = (struct kernel_settings){.a = 1};
    d->fit = (struct fit){.t = t, .kernel = &t->set.kernel[0], .share = 1, .use = use, .x = d->x};
}

/* Weights of the vectors' features, and -rho. */
static void write_model(const struct data *d, const struct machine *m, FILE *to)
{
    double *w = mem_zalloc(d->x.n_ids, sizeof *w);

    for (size_t i = 0; i < m->n; i++)
        for (size_t e = d->x.start[i]; e < d->x.start[i + 1]; e++)
            w[d->x.id[e]] += m->coef[i] * d->x.value[e];
    fprintf(to,
            "solver_type L2R_L1LOSS_SVC_DUAL\nnr_class 2\nlabel 1 -1\nnr_feature %u\nbias 1\nw\n",
            d->x.n_ids);
    for (uint32_t id = 0; id < d->x.n_ids; id++)
        fprintf(to, "%.17g \n", w[id]);
    fprintf(to, "%.17g \n", -m->rho);
    free(w);
}

static int choose_solver(struct data *d, const char *wanted)
{
    struct settings set = settings_default();
    double limit = (double)d->t.set.max_memory, n = (double)d->x.n_rows;
    bool any = strcmp(wanted, "auto") == 0;
    double need = trainset_matrix_memory(d->x.n_rows, d->x.n_rows, any ? set.n_c : 1);

    d->t.solver = strcmp(wanted, "coordinate") != 0 && !(any && need > limit) ? SOLVER_LIBSVM
                                                                              : SOLVER_COORDINATE;
    d->t.pair_memory = limit - 8 * n * n;
    if (d->t.solver == SOLVER_COORDINATE || need <= limit) {
        puts(d->t.solver == SOLVER_LIBSVM ? "libsvm" : "coordinate");
        return 0;
    }
    fprintf(stderr, "machine: matrices of %.0f MiB, the limit is %.0f\n", need / 1048576,
            limit / 1048576);
    return STANCE_USAGE;
}

static int train(struct data *d, double c, const char *path)
{
    struct machine m;
    struct stance_err err = {0};
    FILE *to = fopen(path, "w");
    int status = -1;

    if (d->t.solver == SOLVER_LIBSVM)
        d->fit.gram = gram_new(&d->x, d->t.set.n_jobs);
    if (to != NULL && solve_pair(&d->fit, 0, false, 1, &c, &m, &err) == 0) {
        write_model(d, &m, to);
        machines_release(&m, 1);
        status = fclose(to);
    }
    return status == 0 ? 0 : STANCE_SYSTEM;
}

static void release(struct data *d)
{
    free((void *)d->fit.use);
    free(d->fit.gram);
    free(d->t.task_of);
    free(d->row);
    matrix_release(&d->x);
}

int main(int argc, char **argv)
{
    struct data d = {0};
    int status;

    if (argc != 7) {
        fputs("usage: machine auto|libsvm|coordinate JOBS MAX-MIB C VECTORS MODEL\n", stderr);
        return STANCE_USAGE;
    }
    d.t.set.n_jobs = (unsigned)strtoul(argv[2], NULL, 10);
    d.t.set.max_memory = (uint64_t)strtoul(argv[3], NULL, 10) << 20;
    if (read_rows(&d, argv[5]) < 0 || d.x.n_rows == 0)
        return STANCE_SYSTEM;
    make_fit(&d);
    status = choose_solver(&d, argv[1]);
    if (status == 0)
        status = train(&d, strtod(argv[4], NULL), argv[6]);
    release(&d);
    return status;
}
