/* SPDX-License-Identifier: MIT */
/*
 * pairsvm: libsvm's precomputed kernel wants each row as nodes (0: serial number),
 * (1: K with row 1), …, (n: K with row n), end. libsvm 3.24 makes the class that appears
 * first its positive one; the sign is turned here so that +1 is always positive.
 * No path taken here calls rand(), setlocale() or prints.
 */
#include "model/pairsvm.h"

#include <stdlib.h>

#include <libsvm/svm.h>

#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"

struct pairsvm_problem {
    size_t n;
    struct svm_node *node; /* n rows, row_nodes() apart */
    size_t n_nodes;        /* there is room for */
    struct svm_node **row;
    double *y;
};

/* libsvm reads node 0 of every row in turn: rows that start an odd number of cache lines
 * apart spread those nodes over all sets of a cache. */
static size_t row_nodes(size_t n)
{
    size_t per_line = 64 / sizeof(struct svm_node), lines = (n + 2 + per_line - 1) / per_line;

    return (lines | 1) * per_line;
}

struct layout {
    struct pairsvm_problem *p;
    void (*kernel_row)(size_t i, double *value, void *arg);
    void *arg;
};

static void lay_out_row(size_t i, void *arg)
{
    struct layout *l = arg;
    struct svm_node *node = l->p->row[i];
    double *value = mem_array(l->p->n, sizeof *value);

    l->kernel_row(i, value, l->arg);
    node[0] = (struct svm_node){.index = 0, .value = (double)(i + 1)};
    for (size_t j = 0; j < l->p->n; j++)
        node[j + 1] = (struct svm_node){.index = (int)(j + 1), .value = value[j]};
    node[l->p->n + 1] = (struct svm_node){.index = -1};
    free(value);
}

struct pairsvm_problem *pairsvm_problem_new(void)
{
    return mem_zalloc(1, sizeof(struct pairsvm_problem));
}

/* What is there is written over: growing need not copy it. */
static void make_room(struct pairsvm_problem *p, size_t n)
{
    free(p->row);
    free(p->y);
    p->row = mem_array(n, sizeof *p->row);
    p->y = mem_array(n, sizeof *p->y);
    p->n = n;
    if (n * row_nodes(n) <= p->n_nodes)
        return;
    free(p->node);
    p->n_nodes = n * row_nodes(n);
    p->node = mem_large(p->n_nodes, sizeof *p->node);
}

void pairsvm_problem_set(struct pairsvm_problem *p, size_t n, const int8_t *sign,
                         void (*kernel_row)(size_t i, double *value, void *arg), void *arg,
                         unsigned n_jobs)
{
    struct layout l = {p, kernel_row, arg};

    make_room(p, n);
    for (size_t i = 0; i < n; i++) {
        p->row[i] = p->node + i * row_nodes(n);
        p->y[i] = sign[i];
    }
    jobs_run(n_jobs, n, lay_out_row, &l);
}

void pairsvm_problem_free(struct pairsvm_problem *p)
{
    if (p == NULL)
        return;
    free(p->node);
    free(p->row);
    free(p->y);
    free(p);
}

static void say_nothing(const char *text)
{
    (void)text;
}

static struct svm_model *train(const struct pairsvm_problem *p, double c, double weight_pos,
                               double weight_neg, struct stance_err *err)
{
    int label[2] = {+1, -1};
    double weight[2] = {weight_pos, weight_neg};
    struct svm_problem problem = {.l = (int)p->n, .y = p->y, .x = p->row};
    struct svm_parameter param = {.svm_type = C_SVC,
                                  .kernel_type = PRECOMPUTED,
                                  .cache_size = (double)p->n * (double)p->n * 4 / 1048576 + 8,
                                  .eps = 0.001,
                                  .C = c,
                                  .nr_weight = 2,
                                  .weight_label = label,
                                  .weight = weight,
                                  .shrinking = 1};
    const char *why = svm_check_parameter(&problem, &param);

    if (why != NULL) {
        err_set(err, STANCE_INTERNAL, "libsvm refuses the problem: %s", why);
        return NULL;
    }
    svm_set_print_string_function(say_nothing);
    return svm_train(&problem, &param);
}

int pairsvm_train(const struct pairsvm_problem *p, double c, double weight_pos, double weight_neg,
                  double *coef, double *rho, struct stance_err *err)
{
    struct svm_model *m = train(p, c, weight_pos, weight_neg, err);
    double turn;

    if (m == NULL)
        return -1;
    turn = m->label[0] > 0 ? 1 : -1;
    for (size_t i = 0; i < p->n; i++)
        coef[i] = 0;
    for (int s = 0; s < m->l; s++)
        coef[(size_t)m->SV[s][0].value - 1] = turn * m->sv_coef[0][s];
    *rho = turn * m->rho[0];
    svm_free_and_destroy_model(&m);
    return 0;
}

int pairsvm_reference(const struct pairsvm_problem *p, double c, double weight_pos,
                      double weight_neg, size_t n_rows, const double *kernel_rows, double *value,
                      struct stance_err *err)
{
    struct svm_model *m = train(p, c, weight_pos, weight_neg, err);
    struct svm_node *node;

    if (m == NULL)
        return -1;
    node = mem_array(p->n + 2, sizeof *node);
    node[0] = (struct svm_node){.index = 0, .value = 0};
    node[p->n + 1] = (struct svm_node){.index = -1};
    for (size_t r = 0; r < n_rows; r++) {
        for (size_t j = 0; j < p->n; j++)
            node[j + 1] = (struct svm_node){(int)(j + 1), kernel_rows[r * p->n + j]};
        svm_predict_values(m, node, &value[r]);
        value[r] *= m->label[0] > 0 ? 1 : -1;
    }
    free(node);
    svm_free_and_destroy_model(&m);
    return 0;
}

int pairsvm_library_version(void)
{
    return libsvm_version;
}
