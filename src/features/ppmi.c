/* SPDX-License-Identifier: MIT */
/*
 * ppmi: see ppmi.h. Pairs come by first word, then second. Appended to the rows of both, they
 * give rows with rising ids without a sort: a row gets its smaller ids, each as the first of
 * a pair, before its own turn comes.
 */
#include "features/ppmi.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct sums {
    double *row;   /* n_i: whole numbers, exact below 2^53 */
    double *share; /* s_j */
};

static void sums_make(struct sums *s, const struct cooccur *c, double smoothing)
{
    double total = 0;

    s->row = mem_zalloc(c->n_words, sizeof *s->row);
    s->share = mem_zalloc(c->n_words, sizeof *s->share);
    for (size_t p = 0; p < c->n_pairs; p++) {
        s->row[cooccur_first(c, c->pair[p].key)] += (double)c->pair[p].n;
        s->row[cooccur_second(c, c->pair[p].key)] += (double)c->pair[p].n;
    }
    for (uint32_t i = 0; i < c->n_words; i++)
        total += s->share[i] = s->row[i] > 0 ? pow(s->row[i], smoothing) : 0;
    for (uint32_t i = 0; i < c->n_words; i++)
        s->share[i] /= total > 0 ? total : 1;
}

/* How many times as often as expected: information is positive above 1. */
static double ratio(const struct sums *s, uint32_t i, uint32_t j, uint64_t n)
{
    return (double)n * (i == j ? 2 : 1) / (s->row[i] * s->share[j]);
}

static void count_rows(const struct cooccur *c, const struct sums *s, size_t *start)
{
    for (size_t p = 0; p < c->n_pairs; p++) {
        uint32_t i = cooccur_first(c, c->pair[p].key), j = cooccur_second(c, c->pair[p].key);
        start[i + 1] += ratio(s, i, j, c->pair[p].n) > 1;
        start[j + 1] += i != j && ratio(s, j, i, c->pair[p].n) > 1;
    }
    for (uint32_t i = 0; i < c->n_words; i++)
        start[i + 1] += start[i];
}

static void append(struct matrix *m, size_t *at, uint32_t i, uint32_t j, double times)
{
    if (!(times > 1))
        return;
    m->id[at[i]] = j;
    m->value[at[i]++] = log(times);
}

static void fill_rows(const struct cooccur *c, const struct sums *s, struct matrix *m)
{
    size_t *at = mem_array(c->n_words, sizeof *at);

    memcpy(at, m->start, c->n_words * sizeof *at);
    for (size_t p = 0; p < c->n_pairs; p++) {
        uint32_t i = cooccur_first(c, c->pair[p].key), j = cooccur_second(c, c->pair[p].key);
        append(m, at, i, j, ratio(s, i, j, c->pair[p].n));
        if (i != j)
            append(m, at, j, i, ratio(s, j, i, c->pair[p].n));
    }
    free(at);
}

void ppmi_matrix(const struct cooccur *c, double smoothing, struct matrix *out)
{
    struct sums s;

    sums_make(&s, c, smoothing);
    *out = (struct matrix){.n_rows = c->n_words, .n_ids = c->n_words};
    out->start = mem_zalloc((size_t)c->n_words + 1, sizeof *out->start);
    count_rows(c, &s, out->start);
    out->id = mem_large(out->start[c->n_words], sizeof *out->id);
    out->value = mem_large(out->start[c->n_words], sizeof *out->value);
    fill_rows(c, &s, out);
    free(s.row);
    free(s.share);
}
