/* SPDX-License-Identifier: MIT */
/* weighting: see weighting.h. A count of 1 is the common case, so ln 1 is not computed. */
#include "features/weighting.h"

#include <math.h>
#include <stdlib.h>

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

void weighting_apply(const struct weighting *w, const struct counts *c, struct matrix *out)
{
    size_t n_entries = c->n_rows != 0 ? c->start[c->n_rows] : 0, k = 0;

    *out = (struct matrix){.n_rows = c->n_rows, .n_ids = c->n_ids};
    out->start = mem_array(c->n_rows + 1, sizeof *out->start);
    out->id = mem_array(n_entries, sizeof *out->id);
    out->value = mem_array(n_entries, sizeof *out->value);
    for (size_t row = 0; row < c->n_rows; row++) {
        const struct count *entry = c->entry + c->start[row];
        out->start[row] = k;
        k += weighting_vector(w, entry, c->start[row + 1] - c->start[row], out->id + k,
                              out->value + k);
    }
    out->start[c->n_rows] = k;
}
