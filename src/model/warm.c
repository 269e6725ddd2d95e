/* SPDX-License-Identifier: MIT */
/*
 * warm: see warm.h. Features are counted a space at a time, in two passes: one counts, one collects
 * what came again and sets the counters back to 0, which is what they all are between two spaces.
 * Neither pass branches on what it finds.
 */
#include "model/warm.h"

#include <stdlib.h>

#include "base/mem.h"
#include "features/pieces.h"
#include "features/rows.h"
#include "features/wordgrams.h"

struct warm {
    const struct ngram_index *index;
    const int32_t *row;
    uint32_t width;
    struct pieces *pieces;
    struct wordgrams *grams;
    uint16_t *count; /* per feature */
    uint32_t *again; /* features, and how often they come */
    uint16_t *tf;
    uint32_t *twice, *all; /* features */
    size_t again_cap, tf_cap, twice_cap, all_cap;
};

struct warm *warm_new(const struct ngram_index *index, const int32_t *row, uint32_t width,
                      size_t bytes)
{
    struct warm *w = mem_zalloc(1, sizeof *w);

    w->index = index;
    w->row = row;
    w->width = width;
    w->pieces = pieces_new(index, row, width, bytes);
    w->grams = wordgrams_new(index, row, width);
    w->count = mem_zalloc(index->n_features, sizeof *w->count);
    return w;
}

void warm_free(struct warm *w)
{
    if (w == NULL)
        return;
    pieces_free(w->pieces);
    wordgrams_free(w->grams);
    free(w->count);
    free(w->again);
    free(w->tf);
    free(w->twice);
    free(w->all);
    free(w);
}

/* Collects the feature if it comes again, and sets its counter back; returns how many there are. */
static inline size_t collect(uint16_t *counter, uint32_t feature, uint32_t *again, uint16_t *tf,
                             size_t n)
{
    uint16_t count = counter[feature];

    counter[feature] = 0;
    again[n] = feature;
    tf[n] = count;
    return n + (count >= 2);
}

/* Collects what comes again; returns how many features that are. Four at a time: it is half of all
 * that is done for a comment. */
static size_t count(struct warm *w, const uint32_t *id, size_t n)
{
    uint16_t *counter = w->count, *tf = w->tf;
    uint32_t *again = w->again;
    size_t n_again = 0, i;

    for (i = 0; i + 4 <= n; i += 4) {
        counter[id[i]]++;
        counter[id[i + 1]]++;
        counter[id[i + 2]]++;
        counter[id[i + 3]]++;
    }
    for (; i < n; i++)
        counter[id[i]]++;
    for (i = 0; i + 4 <= n; i += 4) {
        n_again = collect(counter, id[i], again, tf, n_again);
        n_again = collect(counter, id[i + 1], again, tf, n_again);
        n_again = collect(counter, id[i + 2], again, tf, n_again);
        n_again = collect(counter, id[i + 3], again, tf, n_again);
    }
    for (; i < n; i++)
        n_again = collect(counter, id[i], again, tf, n_again);
    return n_again;
}

/* Asks for the rows of the first n that come again. */
static void ask_again(const struct warm *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(w->row + (size_t)w->again[i] * w->width);
}

/* Most come twice: their rows are summed at once, the others one by one. */
static bool add_again(struct warm *w, enum ngram_space space, size_t n, struct tally *t)
{
    const int32_t *row = w->row;
    uint32_t *again = w->again, *twice = w->twice, width = w->width;
    uint16_t *tf = w->tf;
    size_t n_twice = 0, n_more = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t feature = again[i];
        uint16_t count = tf[i];
        twice[n_twice] = again[n_more] = feature;
        tf[n_more] = count;
        n_twice += count == 2;
        n_more += count != 2;
    }
    if (n_twice != 0)
        rows_add(tally_of(t, space, 2), row, twice, n_twice, width);
    for (size_t i = 0; i < n_more; i++) {
        if (tf[i] > TALLY_MOST_TF)
            return false;
        row_add(tally_of(t, space, tf[i]), row + (size_t)again[i] * width, width);
    }
    return true;
}

/* Room for what n features can give. */
static void make_room(struct warm *w, size_t n)
{
    MEM_GROW(w->again, w->again_cap, n + 1);
    MEM_GROW(w->tf, w->tf_cap, n + 1);
    MEM_GROW(w->twice, w->twice_cap, n + 1);
}

static bool tally_grams(struct warm *w, enum ngram_space space, struct tally *t)
{
    size_t n;
    const uint32_t *id = wordgrams_of(w->grams, space, &n);

    if (n == 0)
        return true;
    make_room(w, n);
    rows_add(tally_of(t, space, 0), w->row, id, n, w->width);
    return add_again(w, space, count(w, id, n), t);
}

/* The order is one in which what is asked for has time to arrive. */
bool warm_tally(struct warm *w, struct span text, struct tally *t)
{
    const struct pieces_found *f = pieces_read(w->pieces, text, tally_of(t, NGRAM_CHARS, 0));
    size_t n_again;
    bool good;

    wordgrams_ask(w->grams, f->word, f->n_words);
    make_room(w, f->chars.n);
    n_again = count(w, f->chars.id, f->chars.n);
    ask_again(w, n_again);
    wordgrams_find(w->grams);
    good = add_again(w, NGRAM_CHARS, n_again, t);
    wordgrams_find_longer(w->grams);
    for (int space = NGRAM_SPACES; space-- > 0;) /* words last */
        good = tally_grams(w, (enum ngram_space)space, t) && good;
    return good;
}

uint32_t *warm_features(struct warm *w, struct span text, size_t *n)
{
    const struct pieces_found *f = pieces_read(w->pieces, text, NULL);

    wordgrams_ask(w->grams, f->word, f->n_words);
    wordgrams_find(w->grams);
    wordgrams_find_longer(w->grams);
    *n = 0;
    for (int space = 0; space < NGRAM_SPACES; space++) {
        size_t more = f->chars.n;
        const uint32_t *id = f->chars.id;
        if (space != NGRAM_CHARS)
            id = wordgrams_of(w->grams, (enum ngram_space)space, &more);
        MEM_GROW(w->all, w->all_cap, *n + more + 1);
        if (more != 0)
            memcpy(w->all + *n, id, more * sizeof *id);
        *n += more;
    }
    return w->all;
}
