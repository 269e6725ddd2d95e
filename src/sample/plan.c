/* SPDX-License-Identifier: MIT */
/* plan: see plan.h. */
#include "sample/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "audit/design.h"
#include "base/err.h"
#include "base/intern.h"
#include "base/mem.h"

static const double Z = 1.959963984540054; /* normal quantile of .975 */
static const double WORST = .25;

enum { MOST_FIELDS = 8 };

struct counts {
    struct span field;
    struct intern names;
    uint64_t *n;
    size_t cap;
};

struct planning {
    const struct plan_spec *spec;
    struct counts by[MOST_FIELDS];
    size_t n_by;
    uint64_t population;
    double *p, *open; /* [target][label] sums of p and p(1-p) */
};

double plan_labels(double n_comments, double s2, double h)
{
    double n0 = Z * Z * s2 / (h * h);

    return ceil(n0 / (1 + (n0 - 1) / n_comments));
}

double plan_half(double n_comments, double s2, double n)
{
    if (n >= n_comments || n_comments < 2)
        return 0;
    return Z * sqrt(s2 / n * (n_comments - n) / (n_comments - 1));
}

/* ---- the pass ---- */

static void digest(void *arg, const struct sweep_record *r, struct buf *out)
{
    const struct planning *p = arg;

    if (r->status != STANCE_STATUS_OK)
        return;
    for (size_t t = 0; t < r->n; t++)
        buf_add(out, r->prediction[t].probs, p->spec->n_labels * sizeof(double));
    for (size_t k = 0; k < p->n_by; k++) {
        size_t at = out->len, len = 0;
        buf_add(out, &len, sizeof len);
        design_value(p->by[k].field, r->schema, r->parsed, out);
        len = out->len - at - sizeof len;
        memcpy(out->p + at, &len, sizeof len);
    }
    if (out->len == 0 || p->n_by == 0)
        buf_add_char(out, 0); /* a digest is never empty */
}

static int take(void *arg, struct span rest, struct stance_err *err)
{
    struct planning *p = arg;
    size_t n = p->spec->judge != NULL ? p->spec->n_targets * p->spec->n_labels : 0;

    (void)err;
    p->population++;
    for (size_t i = 0; i < n; i++) {
        double x;
        memcpy(&x, rest.p + i * sizeof x, sizeof x);
        p->p[i] += x;
        p->open[i] += x * (1 - x);
    }
    rest.p += n * sizeof(double);
    for (size_t k = 0; k < p->n_by; k++) {
        struct counts *c = &p->by[k];
        size_t len, before = c->cap;
        uint32_t at;
        memcpy(&len, rest.p, sizeof len);
        at = intern_string(&c->names, (struct span){rest.p + sizeof len, len});
        MEM_GROW(c->n, c->cap, (size_t)at + 1);
        if (c->cap > before)
            memset(c->n + before, 0, (c->cap - before) * sizeof *c->n);
        c->n[at]++;
        rest.p += sizeof len + len;
    }
    return 0;
}

/* ---- what it says ---- */

static void add_row(struct buf *out, const char *name, double comments, double labels,
                    double seconds)
{
    buf_addf(out, "  %-34s %12.0f %9.0f %8.1f\n", name, comments, labels, labels * seconds / 3600);
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Shares of each group with that half width: all of them together. */
static void add_groups(const struct planning *p, struct counts *c, struct buf *out)
{
    char name[96];
    double labels = 0;

    qsort(c->n, c->names.n, sizeof *c->n, by_size);
    for (uint32_t g = 0; g < c->names.n; g++)
        labels += plan_labels((double)c->n[g], WORST, p->spec->half / 100);
    snprintf(name, sizeof name, "each of %u by %.*s", c->names.n, (int)(c->field.len % 60),
             c->field.p);
    add_row(out, name, (double)c->n[c->names.n / 2], labels, p->spec->seconds);
}

/* Of what is told apart, the label whose share a model leaves the most open. */
static double open_part(const struct planning *p, size_t target)
{
    double most = 0;

    for (size_t l = 0; l < p->spec->n_labels; l++) {
        double open = p->open[target * p->spec->n_labels + l] / (double)p->population;
        most = open > most ? open : most;
    }
    return most;
}

static void add_models(const struct planning *p, struct buf *out)
{
    char name[96];

    for (size_t t = 0; p->spec->judge != NULL && t < p->spec->n_targets; t++) {
        snprintf(name, sizeof name, "all, %.*s, if the model holds *",
                 (int)(p->spec->target[t].len % 60), p->spec->target[t].p);
        add_row(out, name, (double)p->population,
                plan_labels((double)p->population, open_part(p, t), p->spec->half / 100),
                p->spec->seconds);
    }
}

static const char *verdict(double half)
{
    return half > .2 ? "too few to tell them apart" : half > .1 ? "large changes only" : "";
}

static void add_carried(const struct planning *p, struct buf *out)
{
    double n = (double)p->spec->n;

    if (p->spec->n == 0)
        return;
    buf_addf(out, "\nWhat %.0f labels carry, at worst (share one half):\n  %-34s %12s %9s\n", n, "",
             "labels each", "points");
    buf_addf(out, "  %-34s %12.0f %8s%.1f\n", "all", n, "±",
             100 * plan_half((double)p->population, WORST, n));
    for (size_t k = 0; k < p->n_by; k++) {
        const struct counts *c = &p->by[k];
        double each = n / c->names.n,
               half = plan_half((double)p->population / c->names.n, WORST, each < 1 ? 1 : each);
        buf_addf(out, "  each of %-6u by %-17.*s %12.1f %8s%.1f  %s\n", c->names.n,
                 (int)(c->field.len % 60), c->field.p, each, "±", 100 * half, verdict(half));
    }
}

static void add_plan(struct planning *p, struct buf *out)
{
    buf_addf(out,
             "Labels for ±%g points at 95 %%, at worst (share one half), %g seconds a comment:\n"
             "  %-34s %12s %9s %8s\n",
             p->spec->half, p->spec->seconds, "", "comments", "labels", "hours");
    add_row(out, "all", (double)p->population,
            plan_labels((double)p->population, WORST, p->spec->half / 100), p->spec->seconds);
    add_models(p, out);
    for (size_t k = 0; k < p->n_by; k++)
        add_groups(p, &p->by[k], out);
    if (p->n_by != 0)
        buf_add_str(out, "  (comments: of the group in the middle)\n");
    add_carried(p, out);
    if (p->spec->judge != NULL)
        buf_add_str(out,
                    "\n* Where its probabilities are right in this dump, which only labels can "
                    "tell.\n");
    buf_add_str(out, "\nWhole threads (--threads) need more: comments of one thread are alike.\n");
}

int plan_make(const struct plan_spec *spec, struct buf *out, struct stance_err *err)
{
    struct planning p = {.spec = spec};
    struct sweep sweep = {.input = spec->input,
                          .talk = spec->talk,
                          .n_jobs = spec->n_jobs,
                          .judge = spec->judge,
                          .n_targets = spec->n_targets,
                          .own_target = spec->input->fields.target != NULL,
                          .arg = &p,
                          .digest = digest,
                          .take = take};
    int status = 0;

    for (size_t k = 0; k < spec->n_by && k < MOST_FIELDS; k++)
        p.by[p.n_by++].field = spec->by[k];
    p.p = mem_zalloc(2 * spec->n_targets * spec->n_labels + 1, sizeof *p.p);
    p.open = p.p + spec->n_targets * spec->n_labels;
    for (size_t i = 0; i < spec->n_paths && status == 0; i++)
        status = sweep_run(&sweep, spec->path[i], err);
    if (status == 0 && p.population == 0)
        status = err_set(err, STANCE_DATA, "the dump has no comment with a text, of %llu records",
                         (unsigned long long)sweep.records);
    if (status == 0)
        add_plan(&p, out);
    for (size_t k = 0; k < p.n_by; k++) {
        intern_release(&p.by[k].names);
        free(p.by[k].n);
    }
    free(p.p);
    return status;
}
