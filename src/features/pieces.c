/* SPDX-License-Identifier: MIT */
/*
 * pieces: see pieces.h. Kept pieces lie in one block, each on cache lines of its own, its key with
 * it; a table of hashes says where. Once half of it is full, only what comes a second time is kept:
 * which pretokens came once is one bit of another table.
 *
 * A comment is read in three steps: hash each pretoken and ask for its slot; look into the slots
 * and ask for the pieces; take the pieces, or work out what is not there.
 *
 * Invariant: what is kept is a function of the key alone; so it does not matter when it was worked
 * out, and forgetting it changes nothing.
 */
#include "features/pieces.h"

#include <stdlib.h>

#include "base/mem.h"
#include "features/piecekey.h"
#include "features/rows.h"
#include "text/plainword.h"

enum {
    BATCH = 32,              /* pieces between two looks at the room for what they hold */
    KEY_MOST = 64,           /* bytes: a longer pretoken is not kept */
    MOST_IDS = 8 * KEY_MOST, /* nor one that holds more */
    COPIED = 16,             /* ids at once */
    LINE = 64,
    MOST_LINES = PIECES_MOST / LINE,
    ONCE_BITS = 20, /* bits of the table of those that came once */
    MOST_ONCE = 1 << 18
};

/* Of a slot, the line where the piece begins (0: free), and above it bits of the hash, the tag. */
enum { AT_BITS = 20, AT = (1 << AT_BITS) - 1 };
_Static_assert((int)MOST_LINES <= (int)AT, "a slot holds the number of any line");

/* Behind it: the key, filled up with 0 to a multiple of 8 bytes, 16 at least; the sums; the words;
 * the ids, of 16 bits where all fit, as those of frequent n-grams do. */
struct piece {
    uint16_t n_ids, n_words;
    uint8_t len;                      /* of the key */
    bool line_start, then_line_start; /* at the pretoken, and after it */
    bool wide;                        /* ids of 32 bits */
    uint64_t rest[];
};

struct pieces {
    const struct ngram_index *index;
    const int32_t *row;
    uint32_t width;
    uint32_t *slot;
    unsigned char *room; /* lines */
    uint64_t *once;
    unsigned slot_bits;
    size_t most_lines, n_lines, n_kept, n_once;
    struct span text; /* the comment at hand */
    struct pretokens cut;
    struct piece_key *asked; /* one for each */
    size_t asked_cap;
    bool line_start;
    struct pieces_found found;
    struct tokens tokens;
    int64_t *worked; /* the sums of the piece that was worked out last */
};

static void forget(struct pieces *p)
{
    memset(p->slot, 0, sizeof *p->slot << p->slot_bits);
    p->n_lines = 1; /* line 0 says free */
    p->n_kept = 0;
}

static void forget_once(struct pieces *p)
{
    memset(p->once, 0, (size_t)1 << (ONCE_BITS - 3));
    p->n_once = 0;
}

/* Pieces take two lines or three, so that of the slots no more than two thirds are used. */
struct pieces *pieces_new(const struct ngram_index *index, const int32_t *row, uint32_t width,
                          size_t bytes)
{
    struct pieces *p = mem_zalloc(1, sizeof *p);

    p->index = index;
    p->row = row;
    p->width = width;
    p->most_lines = bytes / LINE;
    while (((size_t)1 << p->slot_bits) * 3 < p->most_lines * 2)
        p->slot_bits++;
    p->slot = mem_large((size_t)1 << p->slot_bits, sizeof *p->slot);
    p->room = mem_large(p->most_lines + 1, LINE); /* as much as is copied at once */
    p->once = mem_alloc((size_t)1 << (ONCE_BITS - 3));
    p->worked = mem_zalloc(width, sizeof *p->worked);
    forget(p);
    forget_once(p);
    return p;
}

void pieces_free(struct pieces *p)
{
    if (p == NULL)
        return;
    free(p->slot);
    free(p->room);
    free(p->once);
    pretokens_release(&p->cut);
    free(p->asked);
    free(p->found.word);
    ngram_sink_release(&p->found.chars);
    tokens_release(&p->tokens);
    free(p->worked);
    free(p);
}

/* ---- where pieces are ---- */

static struct piece *piece_at(const struct pieces *p, uint32_t at)
{
    return (struct piece *)(void *)(p->room + (size_t)at * LINE);
}

static inline bool is_piece_of(const struct piece *q, const struct piece_key *a, const char *end)
{
    if (((q->len ^ a->text.len) | (unsigned)(q->line_start ^ a->line_start) |
         (q->rest[0] ^ a->first) | (q->rest[1] ^ a->second)) != 0)
        return false;
    for (size_t i = 16; i < a->text.len; i += 8)
        if (q->rest[i / 8] != piece_key_later(a, i, end))
            return false;
    return true;
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 8) & ~(uint32_t)AT;
}

/* The slot of this hash from slot i on: one of its tag, or a free one. */
static inline uint32_t *probe(const struct pieces *p, uint64_t hash, size_t i)
{
    size_t mask = ((size_t)1 << p->slot_bits) - 1;
    uint32_t tag = tag_of(hash);

    for (;; i++) {
        uint32_t *s = p->slot + (i & mask);
        if (((*s ^ tag) & ~(uint32_t)AT) == 0 || *s == 0)
            return s;
    }
}

static inline uint32_t *first_slot(const struct pieces *p, uint64_t hash)
{
    return probe(p, hash, hash >> (64 - p->slot_bits));
}

/* The slot of the piece, or the free one where it would go. */
static uint32_t *find(const struct pieces *p, const struct piece_key *a, const char *end)
{
    uint32_t *s = first_slot(p, a->hash);

    while (*s != 0 && !is_piece_of(piece_at(p, *s & AT), a, end))
        s = probe(p, a->hash, (size_t)(s - p->slot) + 1);
    return s;
}

/* ---- a piece's parts ---- */

static uint64_t *sums_of(const struct piece *q)
{
    return (uint64_t *)(uintptr_t)(q->rest + (q->len > 16 ? (q->len + 7) / 8 : 2));
}

static size_t lines_of(const struct pieces *p, const struct piece *q)
{
    size_t bytes = (size_t)((const char *)sums_of(q) - (const char *)q) +
                   4 * ((size_t)p->width + q->n_words) + (q->wide ? 4u : 2u) * (size_t)q->n_ids;
    return (bytes + LINE - 1) / LINE;
}

/* Makes room for a batch of kept pieces. */
static void make_room(struct pieces_found *f)
{
    MEM_GROW(f->word, f->word_cap, f->n_words + BATCH * KEY_MOST);
    MEM_GROW(f->chars.id, f->chars.cap, f->chars.n + BATCH * MOST_IDS + COPIED);
}

/* There is room behind both. */
static inline void widen(uint32_t *to, const uint16_t *from, size_t n)
{
    typedef uint16_t eight __attribute__((vector_size(16), aligned(2), may_alias));
    typedef uint32_t four __attribute__((vector_size(16), aligned(4), may_alias));
    const eight zero = {0};

    for (size_t i = 0; i < n; i += COPIED)
        for (size_t k = i; k < i + COPIED; k += 8) {
            eight v = *(const eight *)(from + k);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            *(four *)(to + k) = (four)ROWS_SHUFFLE(eight, v, zero, 0, 8, 1, 9, 2, 10, 3, 11);
            *(four *)(to + k + 4) = (four)ROWS_SHUFFLE(eight, v, zero, 4, 12, 5, 13, 6, 14, 7, 15);
#else
            *(four *)(to + k) = (four)ROWS_SHUFFLE(eight, v, zero, 8, 0, 9, 1, 10, 2, 11, 3);
            *(four *)(to + k + 4) = (four)ROWS_SHUFFLE(eight, v, zero, 12, 4, 13, 5, 14, 6, 15, 7);
#endif
        }
}

static inline void take(struct pieces *p, const struct piece *q, int64_t *sum)
{
    struct pieces_found *f = &p->found;
    uint32_t width = p->width, n_words = q->n_words, n_ids = q->n_ids;
    const int32_t *row = (const int32_t *)(const void *)sums_of(q);
    const uint32_t *from = (const uint32_t *)row + width;
    uint32_t *to = f->word + f->n_words;

    row_add(sum, row, width);
    to[0] = from[0]; /* there is room behind all */
    for (size_t i = 1; i < n_words; i++)
        to[i] = from[i];
    f->n_words += n_words;
    from += n_words;
    to = f->chars.id + f->chars.n;
    if (q->wide)
        memcpy(to, from, n_ids * sizeof *to);
    else
        widen(to, (const uint16_t *)from, n_ids);
    f->chars.n += n_ids;
    p->line_start = q->then_line_start;
}

/* ---- working one out ---- */

static void put_word(struct pieces *p, struct span token)
{
    p->found.word[p->found.n_words++] = ngram_index_word(p->index, token);
}

static void put_tokens(struct pieces *p, const struct piece_key *a)
{
    struct pieces_found *f = &p->found;

    p->line_start = tokenize_pretoken(&p->tokens, a->text, a->line_start);
    MEM_GROW(f->word, f->word_cap, f->n_words + p->tokens.n);
    for (size_t i = 0; i < p->tokens.n; i++)
        put_word(p, p->tokens.token[i].text);
    ngram_index_chars(p->index, buf_span(&p->tokens.running), &f->chars);
}

/* Appends what a pretoken holds. */
static void work_out(struct pieces *p, const struct piece_key *a)
{
    struct plainword w;

    if (!plainword_read(&w, a->text)) {
        put_tokens(p, a);
        return;
    }
    for (size_t i = 0; i < w.n; i++)
        put_word(p, w.token[i]);
    ngram_index_chars(p->index, w.running, &p->found.chars);
    p->line_start = false;
}

/* The sums of what was appended from `from` on. */
static void sum_up(struct pieces *p, size_t from)
{
    const uint32_t *id = p->found.chars.id + from;
    size_t n = p->found.chars.n - from;

    if (p->width == 0)
        return;
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(p->row + (size_t)id[i] * p->width);
    memset(p->worked, 0, p->width * sizeof *p->worked);
    rows_add(p->worked, p->row, id, n, p->width);
}

/* Did this pretoken come before? Now it did. */
static bool came_before(struct pieces *p, uint64_t hash)
{
    uint64_t bit = hash >> 16 & (((uint64_t)1 << ONCE_BITS) - 1);
    bool before = p->once[bit / 64] >> (bit % 64) & 1;

    if (!before && p->n_once++ == MOST_ONCE)
        forget_once(p);
    p->once[bit / 64] |= (uint64_t)1 << (bit % 64);
    return before;
}

static bool are_wide(const uint32_t *id, size_t n)
{
    uint32_t all = 0;

    for (size_t i = 0; i < n; i++)
        all |= id[i];
    return all > UINT16_MAX;
}

static bool is_full(const struct pieces *p)
{
    return 3 * p->n_kept >= (size_t)2 << p->slot_bits ||
           p->n_lines > p->most_lines - p->most_lines / 256;
}

static bool sums_fit(const struct pieces *p)
{
    for (uint32_t k = 0; k < p->width; k++)
        if (p->worked[k] > INT32_MAX || p->worked[k] < INT32_MIN)
            return false;
    return true;
}

/* Keeps what was appended from `word` and `id` on. */
static void keep(struct pieces *p, const struct piece_key *a, const char *end, size_t word,
                 size_t id)
{
    const struct pieces_found *f = &p->found;
    size_t n_words = f->n_words - word, n_ids = f->chars.n - id, n_lines;
    struct piece *q = piece_at(p, (uint32_t)p->n_lines),
                 head = {.n_ids = (uint16_t)n_ids,
                         .n_words = (uint16_t)n_words,
                         .len = (uint8_t)a->text.len,
                         .line_start = a->line_start,
                         .then_line_start = p->line_start,
                         .wide = are_wide(f->chars.id + id, n_ids)};
    uint32_t *s = find(p, a, end);
    int32_t *row;

    if (n_ids > MOST_IDS || n_words > KEY_MOST || !sums_fit(p))
        return;
    n_lines = lines_of(p, &head);
    if (*s != 0 || is_full(p) || p->n_lines + n_lines > p->most_lines)
        return;
    *s = tag_of(a->hash) | (uint32_t)p->n_lines;
    *q = head;
    q->rest[0] = a->first;
    q->rest[1] = a->second;
    for (size_t i = 16; i < a->text.len; i += 8)
        q->rest[i / 8] = piece_key_later(a, i, end);
    row = (int32_t *)(void *)sums_of(q);
    for (uint32_t k = 0; k < p->width; k++)
        row[k] = (int32_t)p->worked[k];
    memcpy(row + p->width, f->word + word, n_words * sizeof *f->word);
    if (head.wide)
        memcpy(row + p->width + n_words, f->chars.id + id, n_ids * sizeof *f->chars.id);
    for (size_t i = 0; !head.wide && i < n_ids; i++)
        ((uint16_t *)(row + p->width + n_words))[i] = (uint16_t)f->chars.id[id + i];
    p->n_lines += n_lines;
    p->n_kept++;
}

static void work_out_and_keep(struct pieces *p, const struct piece_key *a, const char *end,
                              int64_t *sum)
{
    size_t word = p->found.n_words, id = p->found.chars.n;

    work_out(p, a);
    sum_up(p, id);
    for (uint32_t k = 0; k < p->width; k++)
        sum[k] += p->worked[k];
    if (a->text.len <= KEY_MOST && (p->n_lines < p->most_lines / 2 || came_before(p, a->hash)))
        keep(p, a, end, word, id);
    make_room(&p->found);
}

/* ---- a comment ---- */

static void ask(struct pieces *p)
{
    struct span text = p->text;
    const char *end = text.p + text.len;

    MEM_GROW(p->asked, p->asked_cap, p->cut.n);
    for (size_t i = 0; i < p->cut.n; i++) {
        const struct pretoken *t = &p->cut.piece[i];
        struct piece_key *a = &p->asked[i];
        a->text = (struct span){text.p + t->from, t->len};
        a->line_start = t->line == PRETOKEN_FIRST;
        a->hash = a->first = a->second = 0;
        if (a->text.len <= KEY_MOST) {
            piece_key_first(a, end);
            piece_key_hash(a, end);
        }
        __builtin_prefetch(p->slot + (a->hash >> (64 - p->slot_bits)));
    }
}

static void look(struct pieces *p)
{
    for (size_t i = 0; i < p->cut.n; i++) {
        struct piece_key *a = &p->asked[i];
        const unsigned char *piece;
        a->at = *first_slot(p, a->hash) & AT;
        piece = p->room + (size_t)a->at * LINE;
        __builtin_prefetch(piece);
        __builtin_prefetch(piece + LINE);
    }
}

/* A piece that was not where it was looked for first, or whose line start was not known. */
static void get_anyway(struct pieces *p, struct piece_key *a, const char *end, int64_t *sum)
{
    uint32_t at = 0;

    if (a->text.len <= KEY_MOST) {
        piece_key_hash(a, end);
        at = *find(p, a, end) & AT;
    }
    if (at != 0)
        take(p, piece_at(p, at), sum);
    else
        work_out_and_keep(p, a, end, sum);
}

static void get(struct pieces *p, int64_t *sum)
{
    const char *end = p->text.p + p->text.len;

    for (size_t i = 0; i < p->cut.n; i++) {
        struct piece_key *a = &p->asked[i];
        const struct piece *q = piece_at(p, a->at);
        if (i % BATCH == 0)
            make_room(&p->found);
        if (p->cut.piece[i].line == PRETOKEN_CARRIED)
            a->line_start = p->line_start;
        if (a->at != 0 && is_piece_of(q, a, end))
            take(p, q, sum);
        else
            get_anyway(p, a, end, sum);
    }
}

const struct pieces_found *pieces_read(struct pieces *p, struct span text, int64_t *sum)
{
    if (is_full(p))
        forget(p);
    p->text = text;
    p->found.n_words = p->found.chars.n = 0;
    p->line_start = false;
    pretokens_of(&p->cut, text);
    ask(p);
    look(p);
    get(p, sum);
    return &p->found;
}
