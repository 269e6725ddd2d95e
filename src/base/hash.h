/* SPDX-License-Identifier: MIT */
/*
 * hash: 64-bit hash of bytes for tables, folds and fingerprints.
 * FNV-1a with a final avalanche (the mixer of MurmurHash3). Fingerprints of training
 * comments and the order of folds are stored in model files: the function is frozen.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

#include <stdint.h>

#define HASH_START 0xCBF29CE484222325u

static inline uint64_t hash_more(uint64_t h, const void *p, size_t len)
{
    const unsigned char *q = p;
    for (size_t i = 0; i < len; i++)
        h = (h ^ q[i]) * 0x100000001B3u;
    return h;
}

static inline uint64_t hash_mix(uint64_t h)
{
    h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDu;
    h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 33;
}

static inline uint64_t hash_span(struct span s)
{
    return hash_mix(hash_more(HASH_START, s.p, s.len));
}

#endif
