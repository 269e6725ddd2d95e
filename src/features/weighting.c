/* SPDX-License-Identifier: MIT */
/* weighting: see weighting.h. A count of 1 is the common case, so ln 1 is not computed. Rows are
 * measured first, so that each thread knows where its own go. */
#include "features/weighting.h"

#include <math.h>
#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"

void weighting_release(struct weighting *w)
{
    if (w == NULL)
        return;
    free(w->idf);
    free(w->space);
    free(w->df);
    *w = (struct weighting){0};
}

void weighting_fit(struct weighting *w, const struct weighting_settings *set,
                   const struct counts *c, const uint8_t *use, const struct intern_view *v)
{
    size_t n = 0;

    w->set = *set;
    w->n_ids = c->n_ids;
    w->df = mem_zalloc(c->n_ids, sizeof *w->df);
    w->idf = mem_zalloc(c->n_ids, sizeof *w->idf);
    w->space = mem_zalloc(c->n_ids, sizeof *w->space);
    for (size_t row = 0; row < c->n_rows; row++) {
        if (use != NULL && !use[row])
            continue;
        n++;
        for (size_t e = c->start[row]; e < c->start[row + 1]; e++)
            w->df[c->entry[e].id]++;
    }
    for (uint32_t id = 0; id < c->n_ids; id++) {
        w->space[id] = (uint8_t)ngram_space(intern_text(v, id));
        if (w->df[id] >= set->min_df && w->df[id] > 0)
            w->idf[id] = log((1.0 + (double)n) / (1.0 + (double)w->df[id])) + 1.0;
    }
}

void matrix_release(struct matrix *m)
{
    if (m == NULL)
        return;
    free(m->start);
    free(m->id);
    free(m->value);
    *m = (struct matrix){0};
}

size_t weighting_vector(const struct weighting *w, const struct count *entry, size_t n,
                        uint32_t *id, double *value)
{
    double square[NGRAM_SPACES] = {0}, scale[NGRAM_SPACES];
    size_t k = 0;

    for (size_t e = 0; e < n; e++) {
        double idf = w->idf[entry[e].id], v;
        if (idf == 0)
            continue;
        v = entry[e].n == 1 ? idf : (1.0 + log((double)entry[e].n)) * idf;
        id[k] = entry[e].id;
        value[k++] = v;
        square[w->space[entry[e].id]] += v * v;
    }
    for (unsigned s = 0; s < NGRAM_SPACES; s++)
        scale[s] = square[s] > 0 ? sqrt(w->set.share[s] / square[s]) : 0;
    for (size_t i = 0; i < k; i++)
        value[i] *= scale[w->space[id[i]]];
    return k;
}

struct apply {
    const struct weighting *w;
    const struct counts *c;
    struct matrix *out;
};

enum { BLOCK = 256 }; /* rows of a task */

static size_t block_end(const struct apply *a, size_t block)
{
    return (block + 1) * BLOCK < a->c->n_rows ? (block + 1) * BLOCK : a->c->n_rows;
}

/* How many entries a row has goes behind it, to be summed up. */
static void measure_block(size_t block, void *arg)
{
    const struct apply *a = arg;

    for (size_t row = block * BLOCK; row < block_end(a, block); row++) {
        size_t n = 0;
        for (size_t e = a->c->start[row]; e < a->c->start[row + 1]; e++)
            n += a->w->idf[a->c->entry[e].id] != 0;
        a->out->start[row + 1] = n;
    }
}

static void fill_block(size_t block, void *arg)
{
    const struct apply *a = arg;

    for (size_t row = block * BLOCK; row < block_end(a, block); row++)
        weighting_vector(a->w, a->c->entry + a->c->start[row],
                         a->c->start[row + 1] - a->c->start[row], a->out->id + a->out->start[row],
                         a->out->value + a->out->start[row]);
}

void weighting_apply(const struct weighting *w, const struct counts *c, unsigned n_jobs,
                     struct matrix *out)
{
    struct apply a = {w, c, out};
    size_t n_blocks = (c->n_rows + BLOCK - 1) / BLOCK;

    *out = (struct matrix){.n_rows = c->n_rows, .n_ids = c->n_ids};
    out->start = mem_zalloc(c->n_rows + 1, sizeof *out->start);
    jobs_run(n_jobs, n_blocks, measure_block, &a);
    for (size_t row = 0; row < c->n_rows; row++)
        out->start[row + 1] += out->start[row];
    out->id = mem_array(out->start[c->n_rows], sizeof *out->id);
    out->value = mem_array(out->start[c->n_rows], sizeof *out->value);
    jobs_run(n_jobs, n_blocks, fill_block, &a);
}
