/* SPDX-License-Identifier: MIT */
/*
 * radix: one pass of a radix sort of unsigned numbers: by the byte at `shift`, equal ones in the
 * order they had. RADIX_PASS(name, type) defines it for one type, as
 *     static void name(const type *from, type *to, size_t n, unsigned shift);
 */
#ifndef BASE_RADIX_H
#define BASE_RADIX_H

#include <stddef.h>

#define RADIX_PASS(name, type)                                                                     \
    static void name(const type *from, type *to, size_t n, unsigned shift)                         \
    {                                                                                              \
        size_t at[256] = {0}, sum = 0;                                                             \
                                                                                                   \
        for (size_t i = 0; i < n; i++)                                                             \
            at[from[i] >> shift & 255]++;                                                          \
        for (unsigned b = 0; b < 256; b++) {                                                       \
            size_t count = at[b];                                                                  \
            at[b] = sum;                                                                           \
            sum += count;                                                                          \
        }                                                                                          \
        for (size_t i = 0; i < n; i++)                                                             \
            to[at[from[i] >> shift & 255]++] = from[i];                                            \
    }

#endif
