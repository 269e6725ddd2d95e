/* SPDX-License-Identifier: MIT */
/*
 * wordgrams: see wordgrams.h. A pair is a candidate if the index may have it (ngram_may_be()), a
 * question that fits the nearest cache; of the others nothing is stored and on none is branched.
 *
 * Invariant: all lists and arrays have room for what the words can give (make_room()).
 */
#include "features/wordgrams.h"

#include <stdlib.h>

#include "base/mem.h"

struct list {
    uint32_t *id;
    size_t n, cap;
};

/* A pair that may be there, and where it ends. */
struct candidate {
    uint64_t key;
    const struct ngram_slot *slot;
    uint32_t at;
};

/* The candidates of one link. */
struct range {
    enum ngram_space space;
    size_t from, to;
};

enum { MOST_RANGES = 32 };

struct wordgrams {
    const struct ngram_index *x;
    const int32_t *row;
    uint32_t width;
    const uint32_t *word;
    size_t n;
    uint32_t *before_hash, *word_hash; /* of each word */
    uint32_t *chosen;
    struct candidate *candidate;
    size_t n_candidates, cap;
    struct range range[MOST_RANGES];
    size_t n_ranges;
    uint32_t *ngram, *end; /* of words that lead on: which, and where they end */
    size_t n_ngrams;
    struct list list[NGRAM_SPACES];
};

struct wordgrams *wordgrams_new(const struct ngram_index *index, const int32_t *row, uint32_t width)
{
    struct wordgrams *g = mem_zalloc(1, sizeof *g);

    g->x = index;
    g->row = row;
    g->width = width;
    return g;
}

static void free_arrays(struct wordgrams *g)
{
    free(g->before_hash);
    free(g->word_hash);
    free(g->chosen);
    free(g->ngram);
    free(g->end);
    free(g->candidate);
}

void wordgrams_free(struct wordgrams *g)
{
    if (g == NULL)
        return;
    free_arrays(g);
    for (int s = 0; s < NGRAM_SPACES; s++)
        free(g->list[s].id);
    free(g);
}

static void make_room(struct wordgrams *g, size_t n)
{
    const struct ngram_settings *set = &g->x->set;

    if (n >= g->cap) {
        free_arrays(g);
        g->cap = 2 * n + 64;
        g->before_hash = mem_array(g->cap, sizeof *g->before_hash);
        g->word_hash = mem_array(g->cap, sizeof *g->word_hash);
        g->chosen = mem_array(g->cap, sizeof *g->chosen);
        g->ngram = mem_array(g->cap, sizeof *g->ngram);
        g->end = mem_array(g->cap, sizeof *g->end);
        g->candidate = mem_array(g->cap * (set->skip_max + 2), sizeof *g->candidate);
    }
    MEM_GROW(g->list[NGRAM_WORDS].id, g->list[NGRAM_WORDS].cap, n * set->word_max + 1);
    MEM_GROW(g->list[NGRAM_SKIPS].id, g->list[NGRAM_SKIPS].cap, n * set->skip_max + 1);
    MEM_GROW(g->list[NGRAM_OPENINGS].id, g->list[NGRAM_OPENINGS].cap, 2 * (size_t)set->opening + 1);
    MEM_GROW(g->list[NGRAM_VECTORS].id, g->list[NGRAM_VECTORS].cap, n + 1);
}

/* Puts it into a list of n if it is a feature; returns how many there are then. */
static inline size_t put(uint32_t *id, size_t n, uint32_t ngram, uint32_t n_features)
{
    id[n] = ngram;
    return n + (ngram < n_features); /* NGRAM_NONE is none either */
}

/* Ends a list at n, and asks for the rows of what is new in it. */
static void put_end(struct wordgrams *g, enum ngram_space space, size_t n)
{
    struct list *list = &g->list[space];
    const uint32_t *id = list->id;
    const int32_t *row = g->row;
    uint32_t width = g->width;

    for (size_t i = list->n; i < n && width != 0; i++)
        __builtin_prefetch(row + (size_t)id[i] * width);
    list->n = n;
}

static void put_singles(struct wordgrams *g, enum ngram_space space, size_t n)
{
    const uint32_t *single = g->x->single[space];
    const uint32_t *word = g->word;
    uint32_t *id = g->list[space].id, n_features = g->x->n_features;
    size_t n_ids = g->list[space].n;

    for (size_t i = 0; i < n; i++)
        n_ids = put(id, n_ids, single[word[i]], n_features);
    put_end(g, space, n_ids);
}

/* ---- pairs of words ---- */

/* Which words i below n are candidates with the one `gap` before; returns how many. */
static size_t choose(const struct wordgrams *g, enum ngram_link link, size_t gap, size_t n)
{
    const uint32_t *before = g->before_hash, *word = g->word_hash, *may = g->x->may;
    uint32_t *chosen = g->chosen, of_link = ngram_link_hash(link);
    unsigned shift = g->x->may_shift;
    size_t n_chosen = 0;

    for (size_t i = gap; i < n; i++) {
        chosen[n_chosen] = (uint32_t)i;
        n_chosen += ngram_may_be(may, shift, of_link + before[i - gap] + word[i]);
    }
    return n_chosen;
}

static inline struct candidate ask(const struct ngram_table *pairs, uint64_t key, uint32_t at)
{
    const struct ngram_slot *slot = ngram_slot_of(pairs, ngram_hash(key));

    __builtin_prefetch(slot);
    return (struct candidate){key, slot, at};
}

static void ask_pairs(struct wordgrams *g, enum ngram_space space, enum ngram_link link, size_t gap,
                      size_t n)
{
    const struct ngram_table pairs = g->x->pairs;
    size_t n_chosen = choose(g, link, gap, n), from = g->n_candidates;
    const uint32_t *chosen = g->chosen, *word = g->word;
    struct candidate *c = g->candidate + from;

    for (size_t k = 0; k < n_chosen; k++) {
        uint32_t i = chosen[k];
        c[k] = ask(&pairs, ngram_pair_key(link, word[i - gap], word[i]), i);
    }
    g->n_candidates += n_chosen;
    g->range[g->n_ranges++] = (struct range){space, from, g->n_candidates};
}

static void find_pairs(struct wordgrams *g, struct range r)
{
    const struct ngram_table pairs = g->x->pairs;
    const struct candidate *c = g->candidate + r.from, *end = g->candidate + r.to;
    uint32_t *id = g->list[r.space].id, n_features = g->x->n_features;
    size_t n_ids = g->list[r.space].n;

    for (; c < end; c++)
        n_ids = put(id, n_ids, ngram_at(&pairs, c->slot, c->key), n_features);
    put_end(g, r.space, n_ids);
}

/* ---- words in a row ---- */

/* As find_pairs(), but what is there is kept to go on from. */
static void find_rows(struct wordgrams *g, struct range r)
{
    const struct ngram_table pairs = g->x->pairs;
    const struct candidate *c = g->candidate + r.from, *stop = g->candidate + r.to;
    uint32_t *id = g->list[r.space].id, *row = g->ngram, *end = g->end;
    uint32_t n_features = g->x->n_features;
    size_t n_ids = g->list[r.space].n, n = 0;

    for (; c < stop; c++) {
        uint32_t ngram = ngram_at(&pairs, c->slot, c->key);
        n_ids = put(id, n_ids, ngram, n_features);
        row[n] = ngram;
        end[n] = c->at;
        n += ngram != NGRAM_NONE;
    }
    put_end(g, r.space, n_ids);
    g->n_ngrams = n;
}

/* Those that may go on with the next word. */
static void ask_longer(struct wordgrams *g)
{
    uint32_t of_link = ngram_link_hash(NGRAM_AFTER_NGRAM);

    g->n_candidates = 0;
    for (size_t k = 0; k < g->n_ngrams; k++) {
        uint32_t i = g->end[k] + 1;
        if (i < g->n && ngram_may_be(g->x->may, g->x->may_shift,
                                     of_link + ngram_before_hash(g->ngram[k]) + g->word_hash[i]))
            g->candidate[g->n_candidates++] =
                ask(&g->x->pairs, ngram_pair_key(NGRAM_AFTER_NGRAM, g->ngram[k], g->word[i]), i);
    }
}

/* ---- a comment ---- */

static void begin(struct wordgrams *g, const uint32_t *word, size_t n)
{
    make_room(g, n);
    g->word = word;
    g->n = n;
    g->n_candidates = g->n_ranges = 0;
    for (int s = 0; s < NGRAM_SPACES; s++)
        g->list[s].n = 0;
    for (size_t i = 0; i < n; i++) {
        g->before_hash[i] = ngram_before_hash(word[i]);
        g->word_hash[i] = ngram_word_hash(word[i]);
    }
}

void wordgrams_ask(struct wordgrams *g, const uint32_t *word, size_t n)
{
    const struct ngram_settings *set = &g->x->set;
    size_t opening = n < set->opening ? n : set->opening;

    begin(g, word, n);
    ask_pairs(g, NGRAM_WORDS, NGRAM_AFTER_WORD, 1, set->word_max >= 2 ? n : 0);
    ask_pairs(g, NGRAM_OPENINGS, NGRAM_AFTER_OPENING, 1, opening);
    for (uint32_t gap = 2; set->skip_max != 0 && gap <= set->skip_max + 1; gap++)
        ask_pairs(g, NGRAM_SKIPS, NGRAM_AFTER_GAP, gap, n);
    put_singles(g, NGRAM_WORDS, set->word_max != 0 ? n : 0);
    put_singles(g, NGRAM_OPENINGS, opening);
    put_singles(g, NGRAM_VECTORS, set->vectors != 0 ? n : 0);
}

void wordgrams_find(struct wordgrams *g)
{
    find_rows(g, g->range[0]);
    for (size_t r = 1; r < g->n_ranges; r++)
        find_pairs(g, g->range[r]);
    if (g->x->set.word_max >= 3)
        ask_longer(g);
}

void wordgrams_find_longer(struct wordgrams *g)
{
    for (uint32_t length = 3; length <= g->x->set.word_max; length++) {
        if (length > 3)
            ask_longer(g);
        find_rows(g, (struct range){NGRAM_WORDS, 0, g->n_candidates});
    }
}

const uint32_t *wordgrams_of(const struct wordgrams *g, enum ngram_space space, size_t *n)
{
    *n = g->list[space].n;
    return g->list[space].id;
}
