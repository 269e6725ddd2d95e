/* SPDX-License-Identifier: MIT */
/*
 * ngramindex: the n-grams of a frozen vocabulary, found by their parts.
 *
 * intern_find() wants each n-gram's bytes; here an n-gram is found from the one that it extends:
 * words are numbered and a pair (n-gram before, next word) is one key of a table; characters lead
 * through a trie. What is found is the same, id by id, as long as ngram_index_new() gives an
 * index at all; the table of the vocabulary stays the definition. Nothing changes after building:
 * threads may share it.
 */
#ifndef FEATURES_NGRAMINDEX_H
#define FEATURES_NGRAMINDEX_H

#include "base/intern.h"
#include "features/chartrie.h"
#include "features/ngram.h"

#define NGRAM_NONE UINT32_MAX

/* Pairs of a key and an n-gram: linear probing, half full at most. */
struct ngram_slot {
    uint64_t key; /* 0: free */
    uint32_t ngram, unused;
};

struct ngram_table {
    struct ngram_slot *slot;
    unsigned shift; /* of the key's hash */
    size_t n, n_slots;
};

struct ngram_word {
    uint32_t tag, number; /* number + 1; 0: free */
};

struct ngram_index {
    struct ngram_settings set;
    uint32_t n_features; /* n-grams below it are of the vocabulary; those from it on only lead to
                            longer ones */
    uint32_t n_ngrams;
    uint32_t n_words; /* a word's number is below it; a word that no n-gram has is n_words */
    struct intern words;
    struct ngram_word *word; /* the words again, with more of their hashes to tell them apart by */
    unsigned word_shift;
    uint32_t *single[NGRAM_SPACES]; /* [words, openings, vectors][word]: its n-gram or NGRAM_NONE */
    struct ngram_table pairs;
    uint32_t *may; /* a bit for each pair that there is, and for one in ten that there are not */
    unsigned may_shift;
    struct chartrie *chars;
    struct intern_view vocab; /* for what the trie does not hold */
    uint32_t *number;
};

/* number[id]: what the index calls the n-gram of this id, each less than v->n and none twice. NULL
 * where the settings have n-grams that pieces of a text cannot be asked for one by one (characters
 * of length 1) or that are too long, or the vocabulary is too large. The vocabulary is borrowed. */
struct ngram_index *ngram_index_new(const struct intern_view *v, const struct ngram_settings *set,
                                    const uint32_t *number);
void ngram_index_free(struct ngram_index *x);

/* The number of a word. */
uint32_t ngram_index_word(const struct ngram_index *x, struct span token);

/* Appends the numbers of the character n-grams of a running text (a blank at both ends) to s->id,
 * one per occurrence. s: {0}, or one used for this before. */
void ngram_index_chars(const struct ngram_index *x, struct span running, struct ngram_sink *s);

static inline uint64_t ngram_hash(uint64_t key)
{
    return (key ^ key >> 29) * 0x9E3779B97F4A7C15u;
}

/* Where the search for it begins: to be asked for early, before ngram_at(). */
static inline const struct ngram_slot *ngram_slot_of(const struct ngram_table *t, uint64_t hash)
{
    return t->slot + (hash >> t->shift);
}

/* The n-gram of a key, NGRAM_NONE where there is none. */
static inline uint32_t ngram_at(const struct ngram_table *t, const struct ngram_slot *s,
                                uint64_t key)
{
    while (s->key != key) {
        if (s->key == 0)
            return NGRAM_NONE;
        s = s + 1 < t->slot + t->n_slots ? s + 1 : t->slot;
    }
    return s->ngram;
}

/* What the second part of a pair is to the first. */
enum ngram_link {
    NGRAM_AFTER_WORD = 1, /* a word, and the next */
    NGRAM_AFTER_NGRAM,    /* words, and the next */
    NGRAM_AFTER_GAP,      /* a word, and one further on */
    NGRAM_AFTER_OPENING   /* a word of the opening, and the next */
};

static inline uint64_t ngram_pair_key(enum ngram_link link, uint32_t before, uint32_t word)
{
    return (uint64_t)link << 60 | (uint64_t)before << 30 | word;
}

/* Whether there may be a pair is asked of the sum of three numbers, those of a word being made once
 * for all its pairs. */
static inline uint32_t ngram_before_hash(uint32_t before)
{
    return before * 0x9E3779B1u;
}

static inline uint32_t ngram_word_hash(uint32_t word)
{
    return word * 0x85EBCA77u;
}

static inline uint32_t ngram_link_hash(enum ngram_link link)
{
    return link * 0xC2B2AE3Du;
}

static inline bool ngram_may_be(const uint32_t *may, unsigned may_shift, uint32_t hash)
{
    uint32_t bit = hash >> may_shift;

    return may[bit / 32] >> (bit % 32) & 1;
}

#endif
