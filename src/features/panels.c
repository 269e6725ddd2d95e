/* SPDX-License-Identifier: MIT */
/*
 * panels: three inner loops do the work, all over the eight columns of a row of a panel, which
 * are independent sums and so can be taken several at a time without another order: sparse row
 * times panel, columns of one panel times columns of another, panel plus panel times 8 × 8.
 *
 * Orthonormalization is Gram-Schmidt by panels: one is freed of all before it at once, then
 * its columns of each other.
 */
#include "features/panels.h"

#include <math.h>
#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"

enum { BLOCK = 256 }; /* rows that one task takes; two panels of them are 32 KB */
enum { TILE = PANEL * PANEL };

static const double DEPENDENT = 1e-13;

void panels_init(struct panels *m, size_t n_rows, size_t n_columns)
{
    size_t n_panels = (n_columns + PANEL - 1) / PANEL;

    *m = (struct panels){.n_rows = n_rows, .n_columns = n_columns, .n_panels = n_panels};
    m->x = mem_large(n_rows * n_panels, PANEL * sizeof *m->x);
    memset(m->x, 0, n_rows * n_panels * PANEL * sizeof *m->x);
}

void panels_release(struct panels *m)
{
    if (m == NULL)
        return;
    free(m->x);
    *m = (struct panels){0};
}

static size_t n_blocks(const struct panels *m)
{
    return (m->n_rows + BLOCK - 1) / BLOCK;
}

static size_t block_end(const struct panels *m, size_t block)
{
    size_t end = (block + 1) * BLOCK;
    return end < m->n_rows ? end : m->n_rows;
}

/* ---- the inner loops ---- */

/* Two numbers in one register. A plain loop over eight sums in an array is vectorized too, but
 * its sums go through memory: the decomposition took twice as long. */
typedef double two __attribute__((vector_size(2 * sizeof(double)), aligned(8), may_alias));

/* A row of a panel. */
struct eight {
    two a, b, c, d;
};

static inline struct eight load(const double *x)
{
    const two *t = (const two *)x;
    return (struct eight){t[0], t[1], t[2], t[3]};
}

static inline void store(double *x, struct eight e)
{
    two *t = (two *)x;

    t[0] = e.a;
    t[1] = e.b;
    t[2] = e.c;
    t[3] = e.d;
}

static inline void add(struct eight *sum, double v, struct eight x)
{
    sum->a += v * x.a;
    sum->b += v * x.b;
    sum->c += v * x.c;
    sum->d += v * x.d;
}

/* y = the sum of value[e] · (row id[e] of the panel). */
static void sparse_row(const uint32_t *id, const double *value, size_t n, const double *panel,
                       double *y)
{
    struct eight sum = {{0}, {0}, {0}, {0}};

    for (size_t e = 0; e < n; e++)
        add(&sum, value[e], load(panel + (size_t)id[e] * PANEL));
    store(y, sum);
}

/* sum[k], more[k] += (columns a and a + 1 of x) · (column k of y), k = 0 … 7 */
static void inner_rows(const double *x, const double *y, size_t n, unsigned a, double *sum,
                       double *more)
{
    struct eight s = load(sum), t = load(more);

    for (size_t r = 0; r < n; r++) {
        struct eight row = load(y + r * PANEL);
        add(&s, x[r * PANEL + a], row);
        add(&t, x[r * PANEL + a + 1], row);
    }
    store(sum, s);
    store(more, t);
}

/* y += scale · x c, c of 8 × 8 in rows `stride` apart. */
static void add_mixed(const double *x, const double *c, size_t stride, double scale, double *y,
                      size_t n)
{
    struct eight m[PANEL];

    memset(m, 0, sizeof m);
    for (unsigned a = 0; a < PANEL; a++)
        add(&m[a], scale, load(c + a * stride));
    for (size_t r = 0; r < n; r++) {
        struct eight s = load(y + r * PANEL);
        for (unsigned a = 0; a < PANEL; a++)
            add(&s, x[r * PANEL + a], m[a]);
        store(y + r * PANEL, s);
    }
}

/* out: 8 × 8 in rows `stride` apart, (columns of panel p of x) · (columns of panel q of y) */
static void inner_tile(const struct panels *x, size_t p, const struct panels *y, size_t q,
                       double *out, size_t stride)
{
    for (unsigned a = 0; a < PANEL; a++)
        memset(out + a * stride, 0, PANEL * sizeof *out);
    for (size_t b = 0; b < n_blocks(x); b++)
        for (unsigned a = 0; a < PANEL; a += 2)
            inner_rows(panels_row(x, p, b * BLOCK), panels_row(y, q, b * BLOCK),
                       block_end(x, b) - b * BLOCK, a, out + a * stride, out + (a + 1) * stride);
}

/* ---- products ---- */

struct product {
    const struct matrix *a;
    const struct panels *x;
    const struct panels *y;
    double *out;     /* panels_inner() */
    const double *m; /* panels_mix() */
};

/* Tasks of one panel follow one another, so that it stays near. */
static void times_task(size_t i, void *arg)
{
    const struct product *w = arg;
    size_t panel = i / n_blocks(w->y), block = i % n_blocks(w->y);

    for (size_t r = block * BLOCK; r < block_end(w->y, block); r++) {
        size_t start = w->a->start[r];
        sparse_row(w->a->id + start, w->a->value + start, w->a->start[r + 1] - start,
                   panels_row(w->x, panel, 0), panels_row(w->y, panel, r));
    }
}

void panels_times(const struct matrix *a, const struct panels *x, struct panels *y, unsigned n_jobs)
{
    struct product w = {.a = a, .x = x, .y = y};
    jobs_run(n_jobs, y->n_panels * n_blocks(y), times_task, &w);
}

static void inner_task(size_t i, void *arg)
{
    const struct product *w = arg;
    size_t n = w->x->n_panels, p = i / n, q = i % n;

    inner_tile(w->x, p, w->y, q, w->out + (p * n * PANEL + q) * PANEL, n * PANEL);
}

void panels_inner(const struct panels *x, const struct panels *y, double *out, unsigned n_jobs)
{
    struct product w = {.x = x, .y = y, .out = out};
    jobs_run(n_jobs, x->n_panels * x->n_panels, inner_task, &w);
}

static void mix_task(size_t block, void *arg)
{
    const struct product *w = arg;
    size_t n = w->x->n_panels, first = block * BLOCK, rows = block_end(w->x, block) - first;

    for (size_t q = 0; q < n; q++) {
        memset(panels_row(w->y, q, first), 0, rows * PANEL * sizeof(double));
        for (size_t p = 0; p < n; p++)
            add_mixed(panels_row(w->x, p, first), w->m + (p * n * PANEL + q) * PANEL, n * PANEL, 1,
                      panels_row(w->y, q, first), rows);
    }
}

void panels_mix(const struct panels *x, const double *m, struct panels *y, unsigned n_jobs)
{
    struct product w = {.x = x, .y = y, .m = m};
    jobs_run(n_jobs, n_blocks(x), mix_task, &w);
}

/* ---- Gram-Schmidt ---- */

struct gram_schmidt {
    struct panels *q;
    size_t panel; /* those before it are done */
    double *tile; /* one per panel before it */
};

static void project_task(size_t before, void *arg)
{
    const struct gram_schmidt *w = arg;
    inner_tile(w->q, before, w->q, w->panel, w->tile + before * TILE, PANEL);
}

static void subtract_task(size_t block, void *arg)
{
    const struct gram_schmidt *w = arg;
    size_t first = block * BLOCK, rows = block_end(w->q, block) - first;

    for (size_t p = 0; p < w->panel; p++)
        add_mixed(panels_row(w->q, p, first), w->tile + p * TILE, PANEL, -1,
                  panels_row(w->q, w->panel, first), rows);
}

static double column_dot(const double *x, size_t n, unsigned a, unsigned b)
{
    double sum = 0;

    for (size_t r = 0; r < n; r++)
        sum += x[r * PANEL + a] * x[r * PANEL + b];
    return sum;
}

/* Scales column c to length 1, or to 0 where little is left of `before`. */
static void scale_column(double *x, size_t n, unsigned c, double before)
{
    double length = sqrt(column_dot(x, n, c, c));
    double scale = length > DEPENDENT * before ? 1 / length : 0;

    for (size_t r = 0; r < n; r++)
        x[r * PANEL + c] *= scale;
}

static void orthonormalize_panel(double *x, size_t n, const double *before)
{
    for (unsigned c = 0; c < PANEL; c++) {
        for (unsigned b = 0; b < c; b++) {
            double dot = column_dot(x, n, b, c);
            for (size_t r = 0; r < n; r++)
                x[r * PANEL + c] -= dot * x[r * PANEL + b];
        }
        scale_column(x, n, c, before[c]);
    }
}

void panels_orthonormalize(struct panels *q, unsigned n_passes, unsigned n_jobs)
{
    struct gram_schmidt w = {.q = q};
    double before[PANEL];

    w.tile = mem_array(q->n_panels, TILE * sizeof *w.tile);
    for (w.panel = 0; w.panel < q->n_panels; w.panel++) {
        double *x = panels_row(q, w.panel, 0);
        for (unsigned pass = 0; pass < n_passes; pass++) {
            for (unsigned c = 0; c < PANEL; c++)
                before[c] = sqrt(column_dot(x, q->n_rows, c, c));
            jobs_run(n_jobs, w.panel, project_task, &w);
            jobs_run(n_jobs, w.panel != 0 ? n_blocks(q) : 0, subtract_task, &w);
            orthonormalize_panel(x, q->n_rows, before);
        }
    }
    free(w.tile);
}
