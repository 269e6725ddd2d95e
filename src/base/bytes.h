/* SPDX-License-Identifier: MIT */
/*
 * bytes: how far a text goes on without any byte of a kind, sixteen bytes at a time. By the vectors
 * that gcc and clang have for every processor; none beyond what all of its kind can do is asked
 * for. Never reads past the length given. Results count bytes: the length where there is none.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BYTES_BLOCK = 16 };

typedef unsigned char bytes_block __attribute__((vector_size(16)));

static inline bytes_block bytes_load(const char *p)
{
    bytes_block b;

    memcpy(&b, p, sizeof b);
    return b;
}

/* Each byte 255 where that of b is c, else 0. */
static inline bytes_block bytes_are(bytes_block b, char c)
{
    return (bytes_block)(b == (unsigned char)c);
}

static inline bytes_block bytes_below(bytes_block b, unsigned char limit)
{
    return (bytes_block)(b < limit);
}

/* A bit for each byte of a mask (0 or 255 each), the first the lowest. */
static inline unsigned bytes_bits(bytes_block mask)
{
#ifdef __SSE2__
    return (unsigned)_mm_movemask_epi8((__m128i)mask);
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t low = 0x0101010101010101u, gather = 0x0102040810204080u;
    uint64_t half[2]; /* the lowest bit of byte i goes to bit 56 + i, and the rest out of sight */

    memcpy(half, &mask, sizeof half);
    return (unsigned)((half[0] & low) * gather >> 56 | ((half[1] & low) * gather >> 56) << 8);
#else
    unsigned bits = 0;

    for (unsigned i = 0; i < BYTES_BLOCK; i++)
        bits |= (mask[i] & 1u) << i;
    return bits;
#endif
}

/* Where the first byte of a mask that is not 0 stands; BYTES_BLOCK: nowhere. */
static inline size_t bytes_first(bytes_block mask)
{
    return (size_t)__builtin_ctz(bytes_bits(mask) | 1u << BYTES_BLOCK);
}

/* Bytes before the first of four. */
static inline size_t bytes_before(const char *p, size_t len, char a, char b, char c, char d)
{
    size_t i = 0, n;

    for (; len - i >= BYTES_BLOCK; i += BYTES_BLOCK) {
        bytes_block x = bytes_load(p + i);
        n = bytes_first(bytes_are(x, a) | bytes_are(x, b) | bytes_are(x, c) | bytes_are(x, d));
        if (n < BYTES_BLOCK)
            return i + n;
    }
    while (i < len && p[i] != a && p[i] != b && p[i] != c && p[i] != d)
        i++;
    return i;
}

/* Bytes before the first that may not stand in a JSON string as it is: quote, backslash, control
 * character. */
static inline size_t bytes_before_escape(const char *p, size_t len)
{
    size_t i = 0, n;

    for (; len - i >= BYTES_BLOCK; i += BYTES_BLOCK) {
        bytes_block x = bytes_load(p + i);
        n = bytes_first(bytes_are(x, '"') | bytes_are(x, '\\') | bytes_below(x, 0x20));
        if (n < BYTES_BLOCK)
            return i + n;
    }
    while (i < len && p[i] != '"' && p[i] != '\\' && (unsigned char)p[i] >= 0x20)
        i++;
    return i;
}

/* Bytes before the first that is not ASCII, or may not stand in a JSON string as it is. */
static inline size_t bytes_before_odd(const char *p, size_t len)
{
    size_t i = 0, n;

    for (; len - i >= BYTES_BLOCK; i += BYTES_BLOCK) {
        bytes_block x = bytes_load(p + i);
        n = bytes_first(bytes_are(x, '"') | bytes_are(x, '\\') | bytes_below(x, 0x20) |
                        ~bytes_below(x, 0x80));
        if (n < BYTES_BLOCK)
            return i + n;
    }
    while (i < len && p[i] != '"' && p[i] != '\\' && (unsigned char)(p[i] - 0x20) < 0x60)
        i++;
    return i;
}

#endif
