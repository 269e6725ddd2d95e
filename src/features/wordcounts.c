/* SPDX-License-Identifier: MIT */
/* wordcounts: see wordcounts.h. The table cannot forget, so it is made anew from those kept. */
#include "features/wordcounts.h"

#include <stdlib.h>

#include "base/mem.h"

void wordcounts_init(struct wordcounts *c, uint32_t max_distinct)
{
    *c = (struct wordcounts){.max_distinct = max_distinct};
}

void wordcounts_release(struct wordcounts *c)
{
    if (c == NULL)
        return;
    intern_release(&c->words);
    tokens_release(&c->tokens);
    free(c->n);
    *c = (struct wordcounts){0};
}

static uint32_t n_above(const struct wordcounts *c, uint64_t count)
{
    uint32_t n = 0;

    for (uint32_t id = 0; id < c->words.n; id++)
        n += c->n[id] > count;
    return n;
}

static void forget_rare(struct wordcounts *c)
{
    struct intern kept = {0};
    struct intern_view old = intern_frozen(&c->words);
    uint64_t limit = 1;

    while (n_above(c, limit) > c->max_distinct / 2)
        limit++;
    for (uint32_t id = 0; id < old.n; id++)
        if (c->n[id] > limit) /* never moved up: kept has no more words than id */
            c->n[intern_add(&kept, intern_text(&old, id), c->words.hash[id])] = c->n[id];
    intern_release(&c->words);
    c->words = kept;
    c->lost += limit;
}

static void count_word(struct wordcounts *c, struct span word)
{
    uint32_t before = c->words.n, id = intern_string(&c->words, word);

    if (id == before) {
        MEM_GROW(c->n, c->n_cap, (size_t)id + 1);
        c->n[id] = 0;
    }
    c->n[id]++;
    if (c->words.n > c->max_distinct)
        forget_rare(c);
}

void wordcounts_add(struct wordcounts *c, struct span text)
{
    tokenize(&c->tokens, text);
    for (size_t i = 0; i < c->tokens.n; i++)
        count_word(c, c->tokens.token[i].text);
    c->n_tokens += c->tokens.n;
    c->n_texts++;
}

struct ranked {
    uint64_t n;
    struct span word;
};

static int by_count(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return span_cmp(x->word, y->word);
}

void wordcounts_top(const struct wordcounts *c, uint32_t max_words, uint64_t min_count,
                    struct intern *out)
{
    struct ranked *rank = mem_array(c->words.n, sizeof *rank);
    struct intern_view v = intern_frozen(&c->words);
    uint32_t n = 0;

    for (uint32_t id = 0; id < v.n; id++)
        if (c->n[id] >= min_count)
            rank[n++] = (struct ranked){c->n[id], intern_text(&v, id)};
    qsort(rank, n, sizeof *rank, by_count);
    for (uint32_t i = 0; i < n && i < max_words; i++)
        intern_string(out, rank[i].word);
    free(rank);
}
