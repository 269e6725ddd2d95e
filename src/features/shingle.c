/* SPDX-License-Identifier: MIT */
/* shingle: see shingle.h. A shingle's hash is made of the hashes of its tokens. */
#include "features/shingle.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "text/tokenize.h"

void shingles_release(struct shingles *s)
{
    if (s == NULL)
        return;
    free(s->start);
    free(s->shingle);
    *s = (struct shingles){0};
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool counts(const struct token *t)
{
    return t->kind == TOKEN_WORD || t->kind == TOKEN_NUMBER || t->kind == TOKEN_HASHTAG;
}

/* Writes the hash of each run of tokens that count to `to`; returns how many. */
static size_t runs(const struct tokens *t, uint64_t *to)
{
    uint64_t last[SHINGLE_TOKENS] = {0};
    size_t n_tokens = 0, n = 0;

    for (size_t i = 0; i < t->n; i++) {
        uint64_t h = 0;
        if (!counts(&t->token[i]))
            continue;
        for (int k = 1; k < SHINGLE_TOKENS; k++)
            last[k - 1] = last[k];
        last[SHINGLE_TOKENS - 1] = hash_span(t->token[i].plain);
        n_tokens++;
        for (int k = 0; k < SHINGLE_TOKENS; k++)
            h = hash_mix(h + last[k]);
        if (n_tokens >= SHINGLE_TOKENS)
            to[n++] = h;
    }
    return n;
}

/* Sorts, drops repeats; a set of too few is made empty. */
static size_t to_set(uint64_t *shingle, size_t n)
{
    size_t n_distinct = 0;

    qsort(shingle, n, sizeof *shingle, by_number);
    for (size_t i = 0; i < n; i++)
        if (n_distinct == 0 || shingle[n_distinct - 1] != shingle[i])
            shingle[n_distinct++] = shingle[i];
    return n_distinct > SHINGLE_MIN_TOKENS - SHINGLE_TOKENS ? n_distinct : 0;
}

void shingles_of(struct shingles *s, const struct corpus *c)
{
    struct tokens tokens = {0};
    size_t n = 0;

    MEM_GROW(s->start, s->start_cap, c->n_comments + 1);
    MEM_GROW(s->shingle, s->shingle_cap, 1);
    s->n_sets = c->n_comments;
    for (size_t i = 0; i < c->n_comments; i++) {
        s->start[i] = n;
        tokenize(&tokens, c->comment[i].text);
        MEM_GROW(s->shingle, s->shingle_cap, n + tokens.n + 1);
        n += to_set(s->shingle + n, runs(&tokens, s->shingle + n));
    }
    s->start[c->n_comments] = n;
    tokens_release(&tokens);
}
