/* SPDX-License-Identifier: MIT */
/*
 * ngramindex: see ngramindex.h. Built from the shorter n-grams to the longer, so that each finds
 * the one that it extends; where that is no feature itself it gets a number past them.
 *
 * Invariant: an id is in the index exactly if intern_find() gives it for the bytes that ngrams_of()
 * would lay out; a vocabulary from a damaged file may hold others, which are left out.
 */
#include "features/ngramindex.h"

#include <stdlib.h>

#include "base/mem.h"

enum { MOST = 1 << 30, MOST_PARTS = 16 };

/* ---- a table ---- */

static unsigned bits_for(size_t n)
{
    unsigned bits = 6;

    while (((size_t)1 << bits) < n)
        bits++;
    return bits;
}

static void table_init(struct ngram_table *t, size_t most)
{
    unsigned bits = bits_for(2 * most + 2);

    *t = (struct ngram_table){.shift = 64 - bits};
    t->n_slots = (size_t)1 << bits;
    t->slot = mem_large(t->n_slots, sizeof *t->slot);
    memset(t->slot, 0, t->n_slots * sizeof *t->slot);
}

static struct ngram_slot *table_find(const struct ngram_table *t, uint64_t key)
{
    size_t i = ngram_hash(key) >> t->shift;

    while (t->slot[i].key != 0 && t->slot[i].key != key)
        i = (i + 1) & (t->n_slots - 1);
    return &t->slot[i];
}

static void table_put(struct ngram_table *t, struct ngram_slot *s, uint64_t key, uint32_t ngram)
{
    *s = (struct ngram_slot){.key = key, .ngram = ngram};
    t->n++;
}

static void table_grow(struct ngram_table *t)
{
    struct ngram_table old = *t;

    table_init(t, old.n_slots);
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.slot[i].key != 0)
            table_put(t, table_find(t, old.slot[i].key), old.slot[i].key, old.slot[i].ngram);
    free(old.slot);
}

/* The key's n-gram, which is this one where the key is new. */
static uint32_t table_add(struct ngram_table *t, uint64_t key, uint32_t ngram)
{
    struct ngram_slot *s;

    if (2 * t->n >= t->n_slots)
        table_grow(t);
    s = table_find(t, key);
    if (s->key == 0)
        table_put(t, s, key, ngram);
    return s->ngram;
}

/* ---- n-grams of words ---- */

static uint32_t step(struct ngram_index *x, uint64_t key, uint32_t id)
{
    uint32_t value = table_add(&x->pairs, key, id != NGRAM_NONE ? id : x->n_ngrams);

    x->n_ngrams += value == x->n_ngrams; /* leads on only */
    return value;
}

/* The words of an n-gram; 0 where one is empty, or they are more than `most`. */
static size_t split(struct span rest, char mark, struct span *part, size_t most)
{
    size_t n = 0;

    for (;;) {
        const char *end = memchr(rest.p, mark, rest.len);
        size_t len = end != NULL ? (size_t)(end - rest.p) : rest.len;
        if (n == most || len == 0)
            return 0;
        part[n++] = (struct span){rest.p, len};
        if (end == NULL)
            return n;
        rest = (struct span){end + 1, rest.len - len - 1};
    }
}

static size_t parts_of(const struct ngram_settings *set, struct span ngram, struct span *part)
{
    struct span rest = {ngram.p + 1, ngram.len - 1};
    size_t most = set->word_max < MOST_PARTS ? set->word_max : MOST_PARTS;

    switch (ngram_space(ngram)) {
    case NGRAM_SKIPS:
        return set->skip_max != 0 && split(rest, '\t', part, 2) == 2 ? 2 : 0;
    case NGRAM_OPENINGS:
        return set->opening != 0 ? split(rest, ' ', part, 2) : 0;
    case NGRAM_VECTORS:
        return set->vectors != 0 ? split(rest, ' ', part, 1) : 0;
    default:
        return ngram.p[0] == NGRAM_WORD ? split(rest, ' ', part, most) : 0;
    }
}

static void add_words(struct ngram_index *x, enum ngram_space space, const uint32_t *word, size_t n,
                      uint32_t id)
{
    enum ngram_link link = space == NGRAM_SKIPS      ? NGRAM_AFTER_GAP
                           : space == NGRAM_OPENINGS ? NGRAM_AFTER_OPENING
                                                     : NGRAM_AFTER_WORD;
    uint32_t before = word[0];

    if (n == 1)
        x->single[space][word[0]] = id;
    for (size_t k = 1; k < n; k++) {
        before = step(x, ngram_pair_key(link, before, word[k]), k + 1 == n ? id : NGRAM_NONE);
        link = NGRAM_AFTER_NGRAM;
    }
}

/* ---- building ---- */

/* ---- words ---- */

static uint64_t word_hash(struct span s)
{
    uint64_t h = s.len * 0x9E3779B97F4A7C15u, w;

    for (; s.len > 8; s.p += 8, s.len -= 8) {
        memcpy(&w, s.p, 8);
        h = (h ^ w) * 0xD6E8FEB86659FD93u;
        h ^= h >> 32;
    }
    w = 0;
    for (size_t i = 0; i < s.len; i++)
        w = w << 8 | (unsigned char)s.p[i];
    h = (h ^ w) * 0xD6E8FEB86659FD93u;
    return (h ^ h >> 32) * 0x9E3779B97F4A7C15u;
}

static void table_words(struct ngram_index *x)
{
    struct intern_view v = intern_frozen(&x->words);
    unsigned bits = bits_for(2 * (size_t)v.n + 1);
    size_t mask = ((size_t)1 << bits) - 1;

    x->n_words = v.n;
    x->word_shift = 64 - bits;
    x->word = mem_zalloc(mask + 1, sizeof *x->word);
    for (uint32_t i = 0; i < v.n; i++) {
        uint64_t hash = word_hash(intern_text(&v, i));
        size_t slot = hash >> x->word_shift;
        while (x->word[slot].number != 0)
            slot = (slot + 1) & mask;
        x->word[slot] = (struct ngram_word){(uint32_t)hash, i + 1};
    }
}

uint32_t ngram_index_word(const struct ngram_index *x, struct span token)
{
    struct intern_view v = intern_frozen(&x->words);
    uint64_t hash = word_hash(token);
    size_t mask = ((size_t)1 << (64 - x->word_shift)) - 1;

    for (size_t slot = hash >> x->word_shift;; slot = (slot + 1) & mask) {
        struct ngram_word w = x->word[slot];
        if (w.number == 0)
            return x->n_words;
        if (w.tag == (uint32_t)hash && span_eq(intern_text(&v, w.number - 1), token))
            return w.number - 1;
    }
}

static void add(struct ngram_index *x, struct span ngram, uint32_t number)
{
    struct span part[MOST_PARTS];
    uint32_t word[MOST_PARTS];
    size_t n = parts_of(&x->set, ngram, part);

    for (size_t k = 0; k < n; k++)
        word[k] = ngram_index_word(x, part[k]);
    add_words(x, ngram_space(ngram), word, n, number);
}

static void number_words(struct ngram_index *x, struct span ngram)
{
    struct span part[MOST_PARTS];
    size_t n = parts_of(&x->set, ngram, part);

    for (size_t k = 0; k < n; k++)
        intern_string(&x->words, part[k]);
}

/* A vocabulary's n-grams by what they are made of. */
struct sorted {
    uint32_t *id; /* of words, the shorter before the longer */
    size_t n;
    struct chartrie_gram *chars;
    size_t n_chars;
};

/* The words that an n-gram is made of, CHARS, or 0 for one that is never found: by its settings,
 * or because the table does not lead to it. */
enum { CHARS = MOST_PARTS + 1 };

static size_t n_chars(struct span utf8)
{
    size_t n = 0;

    for (size_t i = 0; i < utf8.len; i++)
        n += ((unsigned char)utf8.p[i] & 0xC0) != 0x80;
    return n;
}

static unsigned kind_of(const struct intern_view *v, const struct ngram_settings *set, uint32_t id)
{
    struct span ngram = intern_text(v, id), part[MOST_PARTS];
    size_t kind = CHARS;

    if (ngram_space(ngram) != NGRAM_CHARS)
        kind = parts_of(set, ngram, part);
    else if (n_chars(ngram) - 1 < set->char_min || n_chars(ngram) - 1 > set->char_max)
        kind = 0;
    return kind != 0 && intern_find(v, ngram, hash_span(ngram)) == id ? (unsigned)kind : 0;
}

static void sort(struct sorted *s, const struct intern_view *v, const struct ngram_settings *set,
                 const uint32_t *number)
{
    size_t start[CHARS + 2] = {0};
    uint8_t *kind = mem_array(v->n, 1);

    *s = (struct sorted){.id = mem_array(v->n, sizeof *s->id)};
    s->chars = mem_array(v->n, sizeof *s->chars);
    for (uint32_t i = 0; i < v->n; i++) {
        struct span ngram = intern_text(v, i);
        kind[i] = (uint8_t)kind_of(v, set, i);
        start[kind[i] + 1]++;
        if (kind[i] == CHARS)
            s->chars[s->n_chars++] =
                (struct chartrie_gram){{ngram.p + 1, ngram.len - 1}, number[i]};
    }
    s->n = v->n - start[1] - s->n_chars;
    start[1] = 0;
    for (size_t k = 1; k <= CHARS; k++)
        start[k] += start[k - 1];
    for (uint32_t i = 0; i < v->n; i++)
        if (kind[i] != 0 && kind[i] != CHARS)
            s->id[start[kind[i]]++] = i;
    free(kind);
}

static void set_may(struct ngram_index *x)
{
    unsigned bits = bits_for(8 * x->pairs.n);

    bits = bits < 32 ? bits : 32;
    x->may_shift = 32 - bits;
    x->may = mem_zalloc(((size_t)1 << bits) / 32, sizeof *x->may);
    for (size_t i = 0; i < x->pairs.n_slots; i++) {
        uint64_t key = x->pairs.slot[i].key;
        uint32_t bit = (ngram_link_hash((enum ngram_link)(key >> 60)) +
                        ngram_before_hash((uint32_t)(key >> 30) & (MOST - 1)) +
                        ngram_word_hash((uint32_t)key & (MOST - 1))) >>
                       x->may_shift;
        if (key != 0)
            x->may[bit / 32] |= (uint32_t)1 << (bit % 32);
    }
}

static bool fits(const struct intern_view *v, const struct ngram_settings *set)
{
    /* every n-gram may need one more number for each of its parts */
    return v->n < MOST / MOST_PARTS && (set->char_max == 0 || set->char_min >= 2) &&
           set->word_max <= MOST_PARTS && set->skip_max <= MOST_PARTS &&
           set->char_max <= CHARTRIE_MOST;
}

struct ngram_index *ngram_index_new(const struct intern_view *v, const struct ngram_settings *set,
                                    const uint32_t *number)
{
    struct ngram_index *x;
    struct sorted s;

    if (!fits(v, set))
        return NULL;
    x = mem_zalloc(1, sizeof *x);
    x->set = *set;
    x->vocab = *v;
    x->number = mem_array(v->n, sizeof *number);
    memcpy(x->number, number, v->n * sizeof *number);
    x->n_features = x->n_ngrams = v->n;
    sort(&s, v, set, number);
    for (size_t i = 0; i < s.n; i++)
        number_words(x, intern_text(v, s.id[i]));
    table_words(x);
    for (int space = 0; space < NGRAM_SPACES; space++) {
        x->single[space] = mem_array((size_t)x->n_words + 1, sizeof **x->single);
        memset(x->single[space], 0xFF, ((size_t)x->n_words + 1) * sizeof **x->single);
    }
    table_init(&x->pairs, s.n);
    for (size_t i = 0; i < s.n; i++)
        add(x, intern_text(v, s.id[i]), number[s.id[i]]);
    set_may(x);
    x->chars = chartrie_new(s.chars, s.n_chars);
    free(s.id);
    free(s.chars);
    return x;
}

void ngram_index_free(struct ngram_index *x)
{
    if (x == NULL)
        return;
    intern_release(&x->words);
    free(x->word);
    for (int s = 0; s < NGRAM_SPACES; s++)
        free(x->single[s]);
    free(x->pairs.slot);
    free(x->may);
    chartrie_free(x->chars);
    free(x->number);
    free(x);
}

/* ---- characters ---- */

static uint32_t number_of(void *arg, struct span ngram, uint64_t hash)
{
    const struct ngram_index *x = arg;
    uint32_t id = intern_find(&x->vocab, ngram, hash);

    return id != INTERN_NONE ? x->number[id] : INTERN_NONE;
}

void ngram_index_chars(const struct ngram_index *x, struct span running, struct ngram_sink *s)
{
    size_t n;

    if (x->set.char_max == 0)
        return;
    MEM_GROW(s->id, s->cap, s->n + running.len * CHARTRIE_MOST);
    if (chartrie_find(x->chars, running, s->id + s->n, &n)) {
        s->n += n;
        return;
    }
    s->lookup = number_of;
    s->arg = (void *)(uintptr_t)x;
    ngrams_of_chars(s, running, &x->set);
}
