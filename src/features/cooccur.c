/* SPDX-License-Identifier: MIT */
/*
 * cooccur: each meeting is one number in a buffer a quarter as long as the pairs; when it is
 * full it is sorted and merged into them, from behind, in place.
 *
 * Dropping words leaves exact counts: a pair is dropped only with one of its words, and the
 * words below the limit never missed a meeting. It does not depend on order: the pairs that
 * met so far only grow, so the limit at the end is the greatest for which all pairs fit.
 */
#include "features/cooccur.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/radix.h"

enum { MIN_EVENTS = 1 << 20 };
enum { WEIGHT_BITS = 8 };

void cooccur_init(struct cooccur *c, const struct intern *words, uint32_t window, size_t max_pairs)
{
    *c = (struct cooccur){.words = intern_frozen(words), .window = window, .max_pairs = max_pairs};
    c->n_words = c->words.n;
    for (c->id_bits = 1; c->words.n > UINT32_C(1) << c->id_bits;)
        c->id_bits++;
}

void cooccur_release(struct cooccur *c)
{
    if (c == NULL)
        return;
    free(c->pair);
    free(c->event);
    free(c->scratch);
    free(c->id);
    tokens_release(&c->tokens);
    *c = (struct cooccur){0};
}

/* ---- events into pairs ---- */

RADIX_PASS(sort_by_byte, uint64_t)

static void sort_events(struct cooccur *c)
{
    for (unsigned shift = 0; shift < 2 * c->id_bits; shift += 8) {
        uint64_t *sorted = c->scratch;
        sort_by_byte(c->event, sorted, c->n_events, WEIGHT_BITS + shift);
        c->scratch = c->event;
        c->event = sorted;
    }
}

/* Keys of events that are among no pairs; both are sorted. */
static size_t n_unseen(const struct cooccur *c)
{
    size_t n = 0, p = 0;

    for (size_t e = 0; e < c->n_events; e++) {
        uint64_t key = c->event[e] >> WEIGHT_BITS;
        if (e > 0 && c->event[e - 1] >> WEIGHT_BITS == key)
            continue;
        while (p < c->n_pairs && c->pair[p].key < key)
            p++;
        n += p == c->n_pairs || c->pair[p].key != key;
    }
    return n;
}

/* Takes the last events, all of one key. */
static struct pair last_events(struct cooccur *c)
{
    struct pair sum = {c->event[c->n_events - 1] >> WEIGHT_BITS, 0};

    for (; c->n_events > 0 && c->event[c->n_events - 1] >> WEIGHT_BITS == sum.key; c->n_events--)
        sum.n += c->event[c->n_events - 1] & 255;
    return sum;
}

/* The greatest first: a place is written only after what lay there has moved up. */
static void merge(struct cooccur *c)
{
    size_t p = c->n_pairs, to = p + n_unseen(c);

    c->n_pairs = to;
    c->pair = mem_resize(c->pair, to, sizeof *c->pair);
    while (c->n_events > 0) {
        struct pair sum = last_events(c);
        for (; p > 0 && c->pair[p - 1].key > sum.key; p--)
            c->pair[--to] = c->pair[p - 1];
        if (p > 0 && c->pair[p - 1].key == sum.key)
            sum.n += c->pair[--p].n;
        c->pair[--to] = sum;
    }
}

/* ---- the bound ---- */

/* How many words, the first ones, have no more than max_pairs pairs among them. */
static uint32_t words_that_fit(const struct cooccur *c)
{
    size_t *n = mem_zalloc(c->n_words, sizeof *n), sum = 0; /* pairs by their second word */
    uint32_t fit = 0;

    for (size_t p = 0; p < c->n_pairs; p++)
        n[cooccur_second(c, c->pair[p].key)]++;
    while (fit < c->n_words && sum + n[fit] <= c->max_pairs)
        sum += n[fit++];
    free(n);
    return fit;
}

static void drop_words(struct cooccur *c)
{
    size_t kept = 0;

    c->n_words = words_that_fit(c);
    for (size_t p = 0; p < c->n_pairs; p++)
        if (cooccur_second(c, c->pair[p].key) < c->n_words)
            c->pair[kept++] = c->pair[p];
    c->n_pairs = kept;
}

void cooccur_settle(struct cooccur *c)
{
    if (c->n_events == 0)
        return;
    sort_events(c);
    merge(c);
    if (c->n_pairs > c->max_pairs)
        drop_words(c);
}

/* ---- texts ---- */

static void make_room(struct cooccur *c)
{
    size_t cap;

    cooccur_settle(c);
    cap = c->n_pairs / 4 > MIN_EVENTS ? c->n_pairs / 4 : MIN_EVENTS;
    if (cap <= c->events_cap)
        return;
    c->events_cap = cap;
    free(c->event); /* empty: nothing to copy */
    free(c->scratch);
    c->event = mem_array(cap, sizeof *c->event);
    c->scratch = mem_array(cap, sizeof *c->scratch);
}

static void add_event(struct cooccur *c, uint32_t a, uint32_t b, uint32_t weight)
{
    uint64_t first = a < b ? a : b, second = a < b ? b : a;

    if (c->n_events == c->events_cap)
        make_room(c);         /* may drop words */
    if (second >= c->n_words) /* dropped, or in no vocabulary */
        return;
    c->event[c->n_events++] = (first << c->id_bits | second) << WEIGHT_BITS | weight;
}

static void look_up(struct cooccur *c)
{
    MEM_GROW(c->id, c->id_cap, c->tokens.n);
    for (size_t i = 0; i < c->tokens.n; i++) {
        struct span word = c->tokens.token[i].text;
        c->id[i] = intern_find(&c->words, word, hash_span(word));
    }
}

void cooccur_add(struct cooccur *c, struct span text)
{
    tokenize(&c->tokens, text);
    look_up(c);
    for (size_t i = 0; i < c->tokens.n; i++) {
        if (c->id[i] >= c->n_words)
            continue;
        for (uint32_t d = 1; d <= c->window && d <= i; d++)
            add_event(c, c->id[i], c->id[i - d], c->window + 1 - d);
    }
}
