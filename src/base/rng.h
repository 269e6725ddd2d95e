/* SPDX-License-Identifier: MIT */
/*
 * rng: seeded pseudo-random numbers, the same on every machine.
 * SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
 * OOPSLA 2014), chosen because any 64-bit seed is a good one and the state is one word.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};

static inline uint64_t rng_u64(struct rng *r)
{
    uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Uniform in [0, n), n > 0; rejection keeps it free of modulo bias. */
static inline uint64_t rng_below(struct rng *r, uint64_t n)
{
    uint64_t limit = UINT64_MAX - UINT64_MAX % n, v;
    do
        v = rng_u64(r);
    while (v >= limit);
    return v % n;
}

/* Stream number i of a seed: the tasks of one job draw from streams of their own, so that
 * it does not matter which thread does which, or how many there are. */
static inline struct rng rng_stream(uint64_t seed, uint64_t i)
{
    struct rng r = {seed};
    r.state = rng_u64(&r) ^ i;
    r.state = rng_u64(&r);
    return r;
}

/* Normal but for the far tails, mean 0, variance 1: the sum of twelve uniform numbers of 16
 * bits (Irwin-Hall). Integers until the end, so that no library's logarithm is in it. Never
 * beyond 6: for random starts, not for statistics. */
static inline double rng_normal(struct rng *r)
{
    int64_t sum = 0;

    for (int i = 0; i < 3; i++)
        for (uint64_t bits = rng_u64(r), k = 0; k < 4; k++, bits >>= 16)
            sum += (int64_t)(bits & 0xFFFF);
    return (double)(sum - 6 * INT64_C(0xFFFF)) / 65536;
}

#endif
