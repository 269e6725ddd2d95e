/* SPDX-License-Identifier: MIT */
/* counts: see counts.h. The counter keeps its buffers from comment to comment. */
#include "features/counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"

struct counter {
    struct ngram_settings set;
    struct tokens tokens;
    struct ngram_sink sink;
};

void counts_release(struct counts *c)
{
    if (c == NULL)
        return;
    free(c->start);
    free(c->entry);
    *c = (struct counts){0};
}

enum { FEW = 48 }; /* below it, sorting by insertion is faster */

static void sort_few(uint32_t *id, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t v = id[i];
        size_t j = i;
        for (; j > 0 && id[j - 1] > v; j--)
            id[j] = id[j - 1];
        id[j] = v;
    }
}

RADIX_PASS(sort_by_byte, uint32_t)

/* Ids are dense and small, so that two or three passes do; scratch has room for n. */
static void sort_ids(uint32_t *id, size_t n, uint32_t *scratch)
{
    uint32_t all = 0, *from = id, *to = scratch;

    if (n < FEW) {
        sort_few(id, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        all |= id[i];
    for (unsigned shift = 0; shift < 32 && all >> shift != 0; shift += 8) {
        uint32_t *sorted = to;
        sort_by_byte(from, to, n, shift);
        to = from;
        from = sorted;
    }
    if (from != id)
        memcpy(id, from, n * sizeof *id);
}

size_t counts_of_ids(uint32_t *id, size_t n, struct count *out)
{
    size_t n_out = 0;

    sort_ids(id, n, (uint32_t *)out); /* n of `out` are 2·n numbers, not needed until sorted */
    for (size_t i = 0; i < n; i++) {
        if (n_out > 0 && out[n_out - 1].id == id[i])
            out[n_out - 1].n++;
        else
            out[n_out++] = (struct count){id[i], 1};
    }
    return n_out;
}

static uint32_t add_to_vocab(void *arg, struct span ngram, uint64_t hash)
{
    return intern_add(arg, ngram, hash);
}

struct counter *counter_new(const struct ngram_settings *set)
{
    struct counter *k = mem_zalloc(1, sizeof *k);
    k->set = *set;
    k->sink.lookup = add_to_vocab;
    return k;
}

void counter_free(struct counter *k)
{
    if (k == NULL)
        return;
    tokens_release(&k->tokens);
    ngram_sink_release(&k->sink);
    free(k);
}

void counter_add(struct counter *k, struct counts *c, struct intern *v, struct span text)
{
    size_t done = c->n_rows != 0 ? c->start[c->n_rows] : 0;

    k->sink.arg = v;
    tokenize(&k->tokens, text);
    ngrams_of(&k->sink, &k->tokens, &k->set);
    MEM_GROW(c->entry, c->entry_cap, done + k->sink.n);
    MEM_GROW(c->start, c->start_cap, c->n_rows + 2);
    c->start[c->n_rows] = done;
    c->n_rows++;
    c->start[c->n_rows] = done + counts_of_ids(k->sink.id, k->sink.n, c->entry + done);
    c->n_ids = v->n;
}
