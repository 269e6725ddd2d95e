/* SPDX-License-Identifier: MIT */
/*
 * deal: see deal.h. What a whole would add to a fold's cost is 2·score + a term that is the
 * same for all folds, with score(f) = sum of n·load(s,f)/total(s) over its strata.
 *
 * No fold is left empty: an empty one has score 0, any other more, by stratum 0; and to move
 * the last whole out of a fold never lowers the cost.
 */
#include "corpus/deal.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
    ROUNDS = 20,     /* of improvement at most; it has mostly ended by then */
    PAIRS = 10000000 /* all pairs are tried for an exchange where that means to look at so many
                        parts at most: with more wholes, or richer ones, moves come close */
};

static const double GAIN = 1e-9; /* less is rounding, and might go round in circles */

struct dealing {
    struct deal_whole *whole;
    uint32_t n_wholes, n_folds;
    const struct deal_part *part;
    double *weight; /* per stratum: 1 / total */
    uint32_t *load; /* [stratum][fold] */
    double *score;  /* per fold, of the whole in hand */
};

static int largest_first(const void *a, const void *b)
{
    const struct deal_whole *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return span_cmp(x->name, y->name);
}

static uint32_t *loads(const struct dealing *d, const struct deal_part *p)
{
    return d->load + (size_t)p->stratum * d->n_folds;
}

static void put(struct dealing *d, struct deal_whole *w, uint32_t fold)
{
    for (size_t i = 0; i < w->n_parts; i++)
        loads(d, &d->part[w->part + i])[fold] += d->part[w->part + i].n;
    w->fold = fold;
}

static void take(struct dealing *d, const struct deal_whole *w)
{
    for (size_t i = 0; i < w->n_parts; i++)
        loads(d, &d->part[w->part + i])[w->fold] -= d->part[w->part + i].n;
}

/* The fold that w, which is in none, costs least in; of equals the emptiest, then the first. */
static uint32_t cheapest(struct dealing *d, const struct deal_whole *w)
{
    const uint32_t *comments = d->load; /* stratum 0 */
    uint32_t best = 0;

    for (uint32_t f = 0; f < d->n_folds; f++)
        d->score[f] = 0;
    for (size_t i = 0; i < w->n_parts; i++) {
        const struct deal_part *p = &d->part[w->part + i];
        double times = d->weight[p->stratum] * p->n;
        const uint32_t *load = loads(d, p);
        for (uint32_t f = 0; f < d->n_folds; f++)
            d->score[f] += times * load[f];
    }
    for (uint32_t f = 1; f < d->n_folds; f++)
        if (d->score[f] < d->score[best] ||
            (d->score[f] == d->score[best] && comments[f] < comments[best]))
            best = f;
    return best;
}

static bool move_wholes(struct dealing *d)
{
    bool moved = false;

    for (uint32_t i = 0; i < d->n_wholes; i++) {
        struct deal_whole *w = &d->whole[i];
        uint32_t from = w->fold, to;
        take(d, w);
        to = cheapest(d, w);
        if (d->score[to] > d->score[from] - GAIN)
            to = from;
        put(d, w, to);
        moved = moved || to != from;
    }
    return moved;
}

/* Half of what the cost changes by when n of a stratum go from fold `from` to `to`. */
static double change(const struct dealing *d, uint32_t stratum, int64_t n, uint32_t from,
                     uint32_t to)
{
    const uint32_t *load = d->load + (size_t)stratum * d->n_folds;
    int64_t more = (int64_t)load[to] - (int64_t)load[from] + n;

    return d->weight[stratum] * (double)(n * more);
}

/* The same where v and w change places. */
static double exchange(const struct dealing *d, const struct deal_whole *v,
                       const struct deal_whole *w)
{
    const struct deal_part *p = d->part + v->part, *p_end = p + v->n_parts;
    const struct deal_part *q = d->part + w->part, *q_end = q + w->n_parts;
    double sum = 0;

    while (p < p_end || q < q_end) {
        bool of_v = q == q_end || (p < p_end && p->stratum <= q->stratum);
        bool of_w = p == p_end || (q < q_end && q->stratum <= p->stratum);
        int64_t n = (of_v ? (int64_t)p->n : 0) - (of_w ? (int64_t)q->n : 0);
        sum += change(d, of_v ? p->stratum : q->stratum, n, v->fold, w->fold);
        p += of_v;
        q += of_w;
    }
    return sum;
}

static void swap(struct dealing *d, struct deal_whole *v, struct deal_whole *w)
{
    uint32_t fold = v->fold;

    take(d, v);
    take(d, w);
    put(d, v, w->fold);
    put(d, w, fold);
}

static bool swap_wholes(struct dealing *d)
{
    uint64_t n_parts = 0;
    bool swapped = false;

    for (uint32_t i = 0; i < d->n_wholes; i++)
        n_parts += d->whole[i].n_parts;
    if (n_parts * d->n_wholes > PAIRS)
        return false;
    for (uint32_t i = 0; i < d->n_wholes; i++)
        for (uint32_t j = i + 1; j < d->n_wholes; j++) {
            struct deal_whole *v = &d->whole[i], *w = &d->whole[j];
            if (v->fold == w->fold || exchange(d, v, w) > -GAIN)
                continue;
            swap(d, v, w);
            swapped = true;
        }
    return swapped;
}

void deal(struct deal_whole *whole, uint32_t n_wholes, const struct deal_part *part,
          const uint32_t *total, uint32_t n_strata, uint32_t n_folds)
{
    struct dealing d = {whole, n_wholes, n_folds, part, NULL, NULL, NULL};
    bool better = true;

    if (n_wholes == 0)
        return;
    d.weight = mem_array(n_strata, sizeof *d.weight);
    d.load = mem_zalloc((size_t)n_strata * n_folds, sizeof *d.load);
    d.score = mem_array(n_folds, sizeof *d.score);
    for (uint32_t s = 0; s < n_strata; s++)
        d.weight[s] = 1 / (double)total[s];
    qsort(whole, n_wholes, sizeof *whole, largest_first);
    for (uint32_t i = 0; i < n_wholes; i++)
        put(&d, &whole[i], cheapest(&d, &whole[i]));
    for (int round = 0; round < ROUNDS && better; round++) {
        better = move_wholes(&d);
        better = swap_wholes(&d) || better;
    }
    free(d.weight);
    free(d.load);
    free(d.score);
}
