/* SPDX-License-Identifier: MIT */
/*
 * chartrie: see chartrie.h. A text is a key of 6 bits a symbol, the first symbol uppermost, 0 where
 * it has ended; sorted, the keys have the nodes of each level in order, children behind one
 * another. A character that no n-gram has is symbol 0 too: nothing goes on with it.
 *
 * Invariant: symbol 1 is the blank. Node 0 is no node; a node of one symbol is not kept, those of
 * two are found by both symbols at once.
 */
#include "features/chartrie.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/chars.h"

enum { BITS = 6, N_CODES = 1 << BITS, BLANK = 1, NONE = 0, OUTSIDE = 255, ASCII = 128 };
enum { PART = 128 }; /* symbols that are looked at in one go */
#define NO_NUMBER UINT32_MAX

struct node {
    uint64_t child; /* bit s: it goes on with symbol s */
    uint32_t first; /* of its children */
    uint32_t number;
};

/* A character that n-grams have: how often, and its symbol or OUTSIDE. */
struct character {
    int32_t c;
    uint8_t symbol;
    size_t n;
};

struct chartrie {
    uint8_t ascii[ASCII];     /* their symbols */
    struct character *beyond; /* by code point */
    size_t n_beyond, beyond_cap;
    uint32_t pair[N_CODES * N_CODES]; /* the node of two symbols */
    struct node *node;
    size_t n_nodes, cap;
};

/* ---- symbols ---- */

static size_t place_of(const struct chartrie *t, int32_t c)
{
    size_t low = 0, high = t->n_beyond;

    while (low < high) {
        size_t mid = (low + high) / 2;
        if (t->beyond[mid].c < c)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static uint8_t symbol_of(const struct chartrie *t, int32_t c)
{
    size_t i;

    if (c < ASCII)
        return t->ascii[c];
    i = place_of(t, c);
    return i < t->n_beyond && t->beyond[i].c == c ? t->beyond[i].symbol : NONE;
}

static void count_beyond(struct chartrie *t, int32_t c)
{
    size_t i = place_of(t, c);

    if (i == t->n_beyond || t->beyond[i].c != c) {
        MEM_GROW(t->beyond, t->beyond_cap, t->n_beyond + 1);
        memmove(t->beyond + i + 1, t->beyond + i, (t->n_beyond - i) * sizeof *t->beyond);
        t->beyond[i] = (struct character){c, OUTSIDE, 0};
        t->n_beyond++;
    }
    t->beyond[i].n++;
}

static int by_frequency(const void *a, const void *b)
{
    const struct character *x = a, *y = b;

    if (x->n != y->n)
        return x->n < y->n ? 1 : -1;
    return x->c - y->c;
}

/* The most frequent characters become symbols; those of n-grams that do not are OUTSIDE. */
static void choose_symbols(struct chartrie *t, const struct chartrie_gram *gram, size_t n)
{
    size_t count[ASCII] = {0}, n_all;
    struct character *all;

    for (size_t i = 0; i < n; i++)
        for (struct span s = gram[i].text; s.len != 0;) {
            int32_t c;
            size_t len = char_decode(s, &c);
            if (c < ASCII)
                count[c]++;
            else
                count_beyond(t, c);
            s = (struct span){s.p + len, s.len - len};
        }
    count[' '] = SIZE_MAX; /* comes first */
    n_all = ASCII + t->n_beyond;
    all = mem_array(n_all, sizeof *all);
    for (size_t i = 0; i < n_all; i++)
        all[i] =
            i < ASCII ? (struct character){(int32_t)i, OUTSIDE, count[i]} : t->beyond[i - ASCII];
    qsort(all, n_all, sizeof *all, by_frequency);
    for (size_t i = 0; i < n_all && all[i].n != 0; i++) {
        uint8_t symbol = i < CHARTRIE_SYMBOLS ? (uint8_t)(BLANK + i) : OUTSIDE;
        if (all[i].c < ASCII)
            t->ascii[all[i].c] = symbol;
        else
            t->beyond[place_of(t, all[i].c)].symbol = symbol;
    }
    free(all);
}

/* ---- building ---- */

/* 0 where the trie does not hold it. */
static uint64_t key_of(const struct chartrie *t, struct span text)
{
    uint64_t key = 0;
    unsigned n = 0;

    for (; text.len != 0; n++) {
        int32_t c;
        size_t len = char_decode(text, &c);
        uint8_t symbol = symbol_of(t, c);
        if (symbol == OUTSIDE || n == CHARTRIE_MOST || (c == CHAR_REPLACEMENT && len == 1))
            return 0;
        key = key << BITS | symbol;
        text = (struct span){text.p + len, text.len - len};
    }
    return n < 2 ? 0 : key << BITS * (CHARTRIE_MOST - n);
}

struct keyed {
    uint64_t key;
    uint32_t number, at; /* at: the node of its first symbols, as far as they have been read */
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

static uint64_t first_symbols(uint64_t key, unsigned n)
{
    return key >> BITS * (CHARTRIE_MOST - n);
}

static uint32_t add_node(struct chartrie *t)
{
    MEM_GROW(t->node, t->cap, t->n_nodes + 1);
    t->node[t->n_nodes] = (struct node){.number = NO_NUMBER};
    return (uint32_t)t->n_nodes++;
}

static void link_child(struct chartrie *t, uint32_t parent, uint32_t child, unsigned symbol)
{
    struct node *p = &t->node[parent];

    if (p->child == 0)
        p->first = child;
    p->child |= (uint64_t)1 << symbol;
}

/* The nodes of all first `length` symbols, in the order of the keys. */
static void add_level(struct chartrie *t, struct keyed *k, size_t n, unsigned length)
{
    uint64_t last = 0;

    for (size_t i = 0; i < n; i++) {
        uint64_t first = first_symbols(k[i].key, length);
        unsigned symbol = (unsigned)first % N_CODES;
        if (symbol == NONE)
            continue; /* it has ended before */
        if (first != last) {
            uint32_t node = add_node(t);
            if (length == 2)
                t->pair[first] = node;
            else
                link_child(t, k[i].at, node, symbol);
        }
        last = first;
        k[i].at = (uint32_t)t->n_nodes - 1;
        if (first << BITS * (CHARTRIE_MOST - length) == k[i].key) /* it ends here */
            t->node[k[i].at].number = k[i].number;
    }
}

struct chartrie *chartrie_new(const struct chartrie_gram *gram, size_t n)
{
    struct chartrie *t = mem_zalloc(1, sizeof *t);
    struct keyed *k = mem_array(n, sizeof *k);
    size_t n_keys = 0;

    choose_symbols(t, gram, n);
    for (size_t i = 0; i < n; i++) {
        k[n_keys] = (struct keyed){key_of(t, gram[i].text), gram[i].number, 0};
        n_keys += k[n_keys].key != 0;
    }
    qsort(k, n_keys, sizeof *k, by_key);
    add_node(t); /* that is none */
    for (unsigned length = 2; length <= CHARTRIE_MOST; length++)
        add_level(t, k, n_keys, length);
    free(k);
    return t;
}

void chartrie_free(struct chartrie *t)
{
    if (t == NULL)
        return;
    free(t->beyond);
    free(t->node);
    free(t);
}

/* ---- finding ---- */

static unsigned count_bits(uint64_t w)
{
    w -= w >> 1 & 0x5555555555555555u;
    w = (w & 0x3333333333333333u) + (w >> 2 & 0x3333333333333333u);
    w = (w + (w >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (unsigned)(w * 0x0101010101010101u >> 56);
}

/* An n-gram that is being spelled. */
struct path {
    uint32_t node, next; /* where the next symbol is */
};

/* The n-grams that begin at the first n of n_symbols symbols: those of two symbols for all
 * beginnings, then those of three, so that the nodes of a length are fetched at once. No branch
 * depends on which there are. */
static size_t spell(const struct chartrie *t, const uint8_t *symbol, size_t n, size_t n_symbols,
                    uint32_t *number)
{
    struct path path[PART];
    size_t n_paths = 0, found = 0;

    for (size_t i = 0; i < n && i + 1 < n_symbols; i++) {
        uint32_t node = t->pair[symbol[i] * N_CODES + symbol[i + 1]];
        __builtin_prefetch(&t->node[node]);
        path[n_paths] = (struct path){node, (uint32_t)i + 2};
        n_paths += node != NONE;
    }
    while (n_paths != 0) {
        size_t n_on = 0;
        for (size_t i = 0; i < n_paths; i++) {
            struct path at = path[i];
            const struct node *node = &t->node[at.node];
            uint8_t s = symbol[at.next];
            uint32_t child = node->first + count_bits(node->child & (((uint64_t)1 << s) - 1));
            number[found] = node->number;
            found += node->number != NO_NUMBER;
            __builtin_prefetch(&t->node[child]);
            path[n_on] = (struct path){child, at.next + 1};
            n_on += symbol[at.next - 1] != BLANK && (node->child >> s & 1) != 0;
        }
        n_paths = n_on;
    }
    return found;
}

/* The symbols of a text's characters, at most `most`; *took: the bytes read. false: one is
 * outside. */
static bool read_symbols(const struct chartrie *t, struct span text, uint8_t *symbol, size_t most,
                         size_t *n, size_t *took)
{
    size_t i = 0, k = 0;

    while (i < text.len && k < most) {
        int32_t c = (unsigned char)text.p[i];
        size_t len = 1;
        if (c >= ASCII)
            len = char_decode((struct span){text.p + i, text.len - i}, &c);
        symbol[k] = symbol_of(t, c);
        if (symbol[k++] == OUTSIDE)
            return false;
        i += len;
    }
    *n = k;
    *took = i;
    return true;
}

bool chartrie_find(const struct chartrie *t, struct span running, uint32_t *number, size_t *n)
{
    uint8_t symbol[PART + 1];
    size_t kept = 0, found = 0, n_read, took;

    *n = 0;
    while (running.len != 0) {
        size_t last;
        if (!read_symbols(t, running, symbol + kept, PART - kept, &n_read, &took))
            return false;
        running = (struct span){running.p + took, running.len - took};
        n_read += kept;
        /* what begins near the end of a part is found whole in the next */
        kept = running.len != 0 ? CHARTRIE_MOST : 1;
        last = n_read > kept ? n_read - kept : 0;
        symbol[n_read] = NONE; /* with which nothing goes on */
        found += spell(t, symbol, last, n_read, number + found);
        memmove(symbol, symbol + last, n_read - last);
    }
    *n = found;
    return true;
}
