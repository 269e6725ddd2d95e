/* SPDX-License-Identifier: MIT */
/* rest: see rest.h. Margins are kept by pair and row, NAN where nothing was held out. */
#include "model/rest.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/solve.h"

struct rest {
    const struct trainset *t;
    const struct search *s;
    const uint8_t *use;
    struct split split;
    double *margin[2]; /* [pair][row]: with targets, without */
};

static bool has_label(const struct trainset *t, size_t row, uint32_t pair)
{
    return t->row[row].label == t->pair[pair].a || t->row[row].label == t->pair[pair].b;
}

static size_t rows_held(const struct rest *r, uint32_t fold, uint32_t pair, uint32_t *row)
{
    const struct trainset *t = r->t;
    size_t n = 0;

    for (size_t i = 0; i < t->n_rows; i++)
        if (r->split.fold[t->row[i].comment] == fold && has_label(t, i, pair))
            row[n++] = (uint32_t)i;
    return n;
}

static int hold_out(struct rest *r, const struct fit *f, uint32_t fold, uint32_t pair, bool blind,
                    struct stance_err *err)
{
    const struct trainset *t = r->t;
    uint32_t *row = mem_array(t->n_rows, sizeof *row);
    size_t n = rows_held(r, fold, pair, row);
    double *value = mem_array(n, sizeof *value);
    struct machine m;
    int status = solve_pair(f, pair, blind, 1, &t->set.c[search_best(r->s)->c], &m, err);

    if (status == 0)
        solve_pair_margins(f, &m, 1, row, n, blind, value);
    for (size_t i = 0; i < n && status == 0; i++)
        r->margin[blind][pair * t->n_rows + row[i]] = value[i];
    machines_release(&m, 1);
    free(row);
    free(value);
    return status;
}

static int run_fold(struct rest *r, uint32_t fold, struct stance_err *err)
{
    const struct trainset *t = r->t;
    uint8_t *train = mem_zalloc(t->corpus->n_comments, 1);
    struct fit f;
    int status = 0;

    for (size_t i = 0; i < t->corpus->n_comments; i++)
        train[i] = r->use[i] && r->split.fold[i] != fold;
    fit_open(&f, t, train, &search_best(r->s)->choice);
    for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++)
        for (int blind = 0; blind < 2 && status == 0 && !t->held[pair]; blind++)
            status = hold_out(r, &f, fold, pair, blind, err);
    fit_release(&f);
    free(train);
    return status;
}

static struct sigmoid fit_sigmoid(const struct rest *r, uint32_t pair, bool blind)
{
    const struct trainset *t = r->t;
    double *value = mem_array(t->n_rows, sizeof *value);
    int8_t *sign = mem_array(t->n_rows, sizeof *sign);
    struct sigmoid s;
    size_t n = 0;

    for (size_t i = 0; i < t->n_rows; i++) {
        double margin = r->margin[blind][pair * t->n_rows + i];
        if (isnan(margin))
            continue;
        value[n] = margin;
        sign[n++] = t->row[i].label == t->pair[pair].a ? 1 : -1;
    }
    s = sigmoid_fit(value, sign, n);
    free(value);
    free(sign);
    return s;
}

static double *nothing_held(const struct trainset *t)
{
    size_t n = (size_t)t->n_pairs * t->n_rows;
    double *margin = mem_array(n, sizeof *margin);

    for (size_t i = 0; i < n; i++)
        margin[i] = NAN;
    return margin;
}

static int split(struct rest *r, struct span field, struct stance_err *err)
{
    const struct trainset *t = r->t;
    const struct settings *set = &t->set;

    if (split_folds_apart(&r->split, t->corpus, r->use, field, t->copy_of, set->n_folds, set->seed,
                          NULL) == 0)
        return 0;
    split_release(&r->split);
    return split_folds_apart(&r->split, t->corpus, r->use, (struct span){NULL, 0}, t->copy_of,
                             set->n_folds, set->seed, err);
}

int rest_calibrate(struct search *s, const struct trainset *t, const uint8_t *use,
                   struct span field, struct stance_err *err)
{
    struct rest r = {.t = t, .s = s, .use = use};
    int status;

    if (memchr(t->held, 0, t->n_pairs) == NULL)
        return 0;
    r.margin[0] = nothing_held(t);
    r.margin[1] = nothing_held(t);
    status = split(&r, field, err);
    for (uint32_t fold = 0; fold < t->set.n_folds && status == 0; fold++)
        status = run_fold(&r, fold, err);
    for (uint32_t pair = 0; pair < t->n_pairs && status == 0; pair++) {
        if (t->held[pair])
            continue;
        s->sigmoid[pair] = fit_sigmoid(&r, pair, false);
        s->blind_sigmoid[pair] = fit_sigmoid(&r, pair, true);
    }
    split_release(&r.split);
    free(r.margin[0]);
    free(r.margin[1]);
    return status;
}
