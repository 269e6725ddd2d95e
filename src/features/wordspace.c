/* SPDX-License-Identifier: MIT */
/* wordspace: see wordspace.h. Rows are sized for all n-grams and all coordinates at first. */
#include "features/wordspace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

void wordspace_names(const struct wordvec *vec, struct intern *v)
{
    struct intern_view words = intern_frozen(&vec->words);
    struct buf name = {0};

    for (uint32_t id = 0; id < words.n; id++) {
        buf_reset(&name);
        buf_add_char(&name, NGRAM_VECTOR);
        buf_add_span(&name, intern_text(&words, id));
        intern_string(v, buf_span(&name));
    }
    buf_release(&name);
}

static bool says_something(const struct wordvec *vec, uint32_t id)
{
    const float *row = wordvec_row(vec, id);

    for (uint32_t d = 0; d < vec->n_dims; d++)
        if (row[d] != 0)
            return true;
    return false;
}

uint32_t *wordspace_fit(struct weighting *w, const struct wordvec *vec, const struct intern_view *v,
                        size_t n_fitted)
{
    uint32_t *word = mem_array(w->n_ids, sizeof *word);

    for (uint32_t id = 0; id < w->n_ids; id++) {
        struct span name = intern_text(v, id);
        word[id] = UINT32_MAX;
        if (w->space[id] != NGRAM_VECTORS)
            continue;
        w->idf[id] = 0;
        word[id] = wordvec_find(vec, (struct span){name.p + 1, name.len - 1});
        if (word[id] == INTERN_NONE || !says_something(vec, word[id]))
            word[id] = UINT32_MAX;
        else
            w->idf[id] = log((1.0 + (double)n_fitted) / (1.0 + (double)w->df[id])) + 1.0;
    }
    return word;
}

/* Takes the words out of a row of n entries and adds their vectors up; returns what is left. */
static size_t take_words(const struct wordvec *vec, const uint32_t *word, uint32_t *id,
                         double *value, size_t n, double *point)
{
    size_t k = 0;

    memset(point, 0, vec->n_dims * sizeof *point);
    for (size_t i = 0; i < n; i++) {
        const float *row;
        if (word[id[i]] == UINT32_MAX) {
            id[k] = id[i];
            value[k++] = value[i];
            continue;
        }
        row = wordvec_row(vec, word[id[i]]);
        for (uint32_t d = 0; d < vec->n_dims; d++)
            point[d] += value[i] * (double)row[d];
    }
    return k;
}

/* A comment without a known word has no coordinates. */
static size_t add_point(const struct wordvec *vec, uint32_t first, const double *point,
                        uint32_t *id, double *value)
{
    size_t n = 0;

    for (uint32_t d = 0; d < vec->n_dims; d++) {
        if (point[d] == 0)
            continue;
        id[n] = first + d;
        value[n++] = point[d];
    }
    return n;
}

static double square_of(const double *point, uint32_t n)
{
    double sum = 0;

    for (uint32_t d = 0; d < n; d++)
        sum += point[d] * point[d];
    return sum;
}

/* m over the share of the space: the share is in the points already. */
static double scale_for(double sum, size_t n, double share)
{
    return sum > 0 && n != 0 ? sqrt(share * (double)n / sum) : 0;
}

static void scale_points(struct matrix *x, uint32_t first, double scale)
{
    for (size_t e = 0; e < x->start[x->n_rows]; e++)
        if (x->id[e] >= first)
            x->value[e] *= scale;
}

void wordspace_apply(const struct weighting *w, const struct wordvec *vec, const uint32_t *word,
                     const struct counts *c, const uint8_t *use, double *scale, struct matrix *out)
{
    size_t n_entries = c->n_rows != 0 ? c->start[c->n_rows] : 0, k = 0, n = 0;
    double *point = mem_array(vec->n_dims, sizeof *point), sum = 0;

    *out = (struct matrix){.n_rows = c->n_rows, .n_ids = w->n_ids + vec->n_dims};
    n_entries += c->n_rows * vec->n_dims;
    out->start = mem_array(c->n_rows + 1, sizeof *out->start);
    out->id = mem_array(n_entries, sizeof *out->id);
    out->value = mem_array(n_entries, sizeof *out->value);
    for (size_t row = 0; row < c->n_rows; row++) {
        size_t n_row =
            weighting_vector(w, c->entry + c->start[row], c->start[row + 1] - c->start[row],
                             out->id + k, out->value + k);
        out->start[row] = k;
        k += take_words(vec, word, out->id + k, out->value + k, n_row, point);
        k += add_point(vec, w->n_ids, point, out->id + k, out->value + k);
        if (use == NULL || use[row]) {
            sum += square_of(point, vec->n_dims);
            n++;
        }
    }
    out->start[c->n_rows] = k;
    *scale = scale_for(sum, n, w->set.share[NGRAM_VECTORS]);
    scale_points(out, w->n_ids, *scale);
    free(point);
}
