/* SPDX-License-Identifier: MIT */
/*
 * ngram: each n-gram is the one before it plus a token or a character, so its bytes are
 * laid out once per starting point and the hash grows with them.
 */
#include "features/ngram.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/intern.h"

void ngram_sink_release(struct ngram_sink *s)
{
    if (s == NULL)
        return;
    free(s->id);
    buf_release(&s->scratch);
    *s = (struct ngram_sink){0};
}

static void emit(struct ngram_sink *s, struct span ngram, uint64_t running)
{
    uint32_t id = s->lookup(s->arg, ngram, hash_mix(running));
    if (id == INTERN_NONE)
        return;
    MEM_GROW(s->id, s->cap, s->n + 1);
    s->id[s->n++] = id;
}

/* space: the letter; the n-grams that start at token `first` and end before token `stop`. */
static void word_ngrams(struct ngram_sink *s, const struct tokens *t, char space, size_t first,
                        size_t stop, uint32_t max)
{
    struct buf *b = &s->scratch;
    uint64_t h;

    buf_reset(b);
    buf_add_char(b, space);
    h = hash_more(HASH_START, b->p, 1);
    for (size_t i = first; i < stop && i - first < max; i++) {
        size_t done = b->len;
        if (i > first)
            buf_add_char(b, ' ');
        buf_add_span(b, t->token[i].text);
        h = hash_more(h, b->p + done, b->len - done);
        emit(s, buf_span(b), h);
    }
}

static void skip_grams(struct ngram_sink *s, const struct tokens *t, size_t first, uint32_t max)
{
    struct buf *b = &s->scratch;

    for (size_t i = first + 2; i < t->n && i - first <= (size_t)max + 1; i++) {
        buf_reset(b);
        buf_add_char(b, NGRAM_SKIP);
        buf_add_span(b, t->token[first].text);
        buf_add_char(b, '\t');
        buf_add_span(b, t->token[i].text);
        emit(s, buf_span(b), hash_more(HASH_START, b->p, b->len));
    }
}

static void vector_word(struct ngram_sink *s, struct span word)
{
    struct buf *b = &s->scratch;

    buf_reset(b);
    buf_add_char(b, NGRAM_VECTOR);
    buf_add_span(b, word);
    emit(s, buf_span(b), hash_more(HASH_START, b->p, b->len));
}

/* The number of bytes of the character at p; valid UTF-8 is the tokenizer's promise. */
static size_t char_len(const char *p)
{
    unsigned char c = (unsigned char)*p;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* An n-gram never has a space inside: where one ends it, no longer one follows from there.
 * The bytes are gathered in the scratch, behind the space's letter. */
void ngrams_of_chars(struct ngram_sink *s, struct span running, const struct ngram_settings *set)
{
    const char *p = running.p, *stop = running.p + running.len;
    char ngram[1 + 4 * NGRAM_MAX_CHARS] = {NGRAM_CHAR};
    uint64_t start = hash_more(HASH_START, ngram, 1);

    for (; p < stop; p += char_len(p)) {
        const char *q = p;
        uint64_t h = start;
        size_t n_bytes = 1;
        for (uint32_t n = 1; n <= set->char_max && q < stop; n++) {
            size_t len = char_len(q);
            h = hash_more(h, q, len);
            memcpy(ngram + n_bytes, q, len);
            n_bytes += len;
            if (n >= set->char_min)
                emit(s, (struct span){ngram, n_bytes}, h);
            if (*q == ' ' && q > p)
                break;
            q += len;
        }
    }
}

void ngrams_of(struct ngram_sink *s, const struct tokens *t, const struct ngram_settings *set)
{
    size_t opening = t->n < set->opening ? t->n : set->opening;

    s->n = 0;
    for (size_t i = 0; set->word_max != 0 && i < t->n; i++)
        word_ngrams(s, t, NGRAM_WORD, i, t->n, set->word_max);
    for (size_t i = 0; set->skip_max != 0 && i < t->n; i++)
        skip_grams(s, t, i, set->skip_max);
    for (size_t i = 0; i < opening; i++)
        word_ngrams(s, t, NGRAM_OPEN, i, opening, 2);
    for (size_t i = 0; set->vectors != 0 && i < t->n; i++)
        vector_word(s, t->token[i].text);
    if (set->char_max != 0)
        ngrams_of_chars(s, buf_span(&t->running), set);
}
