/* SPDX-License-Identifier: MIT */
/*
 * piecekey: a pretoken as the key that its piece is kept by (pieces.c): its bytes in words of
 * eight, the rest of the last one 0, and a hash of them. No byte past the end of the text is read.
 */
#ifndef FEATURES_PIECEKEY_H
#define FEATURES_PIECEKEY_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct piece_key {
    struct span text;
    uint64_t first, second; /* its first 16 bytes, the others 0 */
    uint64_t hash;
    uint32_t at; /* where it was found; 0: it was not */
    bool line_start;
};

/* What keeps the first n bytes in memory of a word. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define PIECE_KEY_FIRST(n) (UINT64_MAX >> (64 - 8 * (n)))
#else
#define PIECE_KEY_FIRST(n) (UINT64_MAX << (64 - 8 * (n)))
#endif
static const uint64_t piece_key_first_of[9] = {0,
                                               PIECE_KEY_FIRST(1),
                                               PIECE_KEY_FIRST(2),
                                               PIECE_KEY_FIRST(3),
                                               PIECE_KEY_FIRST(4),
                                               PIECE_KEY_FIRST(5),
                                               PIECE_KEY_FIRST(6),
                                               PIECE_KEY_FIRST(7),
                                               PIECE_KEY_FIRST(8)};

/* The n bytes at c, at most 8, of a text that ends at `end`; the others 0. */
static inline uint64_t piece_key_bytes(const char *c, size_t n, const char *end)
{
    uint64_t w = 0;

    memcpy(&w, c, end - c < 8 ? n : 8);
    return w & piece_key_first_of[n];
}

/* Eight bytes from i on, i being a multiple of 8 past the first 16. */
static inline uint64_t piece_key_later(const struct piece_key *k, size_t i, const char *end)
{
    size_t left = k->text.len - i;

    return piece_key_bytes(k->text.p + i, left < 8 ? left : 8, end);
}

static inline uint64_t piece_key_mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
}

/* After piece_key_first(). Most pretokens have at most 16 bytes: of those, no branch depends on how
 * many. */
static inline void piece_key_hash(struct piece_key *k, const char *end)
{
    uint64_t h = (2 * k->text.len + k->line_start) * 0x9E3779B97F4A7C15u;

    h = piece_key_mix(piece_key_mix(h, k->first), k->second);
    for (size_t i = 16; i < k->text.len; i += 8)
        h = piece_key_mix(h, piece_key_later(k, i, end));
    k->hash = h * 0x9E3779B97F4A7C15u;
}

/* Sets the first 16 bytes. */
static inline void piece_key_first(struct piece_key *k, const char *end)
{
    const char *p = k->text.p;
    size_t len = k->text.len, n = len < 8 ? len : 8, more = len - n < 8 ? len - n : 8;

    if (end - p < 16) {
        k->first = piece_key_bytes(p, n, end);
        k->second = 0;
        if (more != 0)
            k->second = piece_key_bytes(p + 8, more, end);
        return;
    }
    memcpy(&k->first, p, 8);
    memcpy(&k->second, p + 8, 8);
    k->first &= piece_key_first_of[n];
    k->second &= piece_key_first_of[more];
}

#endif
