/* SPDX-License-Identifier: MIT */
/*
 * rows: a row of whole numbers per feature, and sums of rows. The compiler's vectors of 16 bytes,
 * which every machine that stance runs on has, and no instruction of any one of them.
 */
#ifndef FEATURES_ROWS_H
#define FEATURES_ROWS_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t rows_four __attribute__((vector_size(16), aligned(4), may_alias));
typedef int64_t rows_two __attribute__((vector_size(16), aligned(8), may_alias));

/* Elements of a and b by their numbers; gcc has clang's name for it since 12. type: of numbers. */
#if defined __clang__ || __GNUC__ >= 12
#define ROWS_SHUFFLE(type, a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define ROWS_SHUFFLE(type, a, b, ...) __builtin_shuffle(a, b, (type){__VA_ARGS__})
#endif

enum { ROWS_LANES = 8 }; /* a width is a multiple of it */

struct rows_sum {
    rows_two lane[ROWS_LANES / 2];
};

/* Four numbers of 32 bits become twice two of 64: each beside its sign. */
static inline void rows_widen(rows_four v, rows_two *low, rows_two *high)
{
    rows_four sign = v < 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    *low = (rows_two)ROWS_SHUFFLE(rows_four, v, sign, 0, 4, 1, 5);
    *high = (rows_two)ROWS_SHUFFLE(rows_four, v, sign, 2, 6, 3, 7);
#else
    *low = (rows_two)ROWS_SHUFFLE(rows_four, v, sign, 4, 0, 5, 1);
    *high = (rows_two)ROWS_SHUFFLE(rows_four, v, sign, 6, 2, 7, 3);
#endif
}

static inline struct rows_sum rows_load(const int64_t *sum)
{
    struct rows_sum s;

    for (int k = 0; k < ROWS_LANES / 2; k++)
        s.lane[k] = *(const rows_two *)(sum + 2 * k);
    return s;
}

static inline void rows_store(struct rows_sum s, int64_t *sum)
{
    for (int k = 0; k < ROWS_LANES / 2; k++)
        *(rows_two *)(sum + 2 * k) = s.lane[k];
}

static inline struct rows_sum rows_plus(struct rows_sum s, const int32_t *row)
{
    rows_two low, high;

    rows_widen(*(const rows_four *)row, &low, &high);
    s.lane[0] += low;
    s.lane[1] += high;
    rows_widen(*(const rows_four *)(row + 4), &low, &high);
    s.lane[2] += low;
    s.lane[3] += high;
    return s;
}

/* sum += row */
static inline void row_add(int64_t *sum, const int32_t *row, uint32_t width)
{
    for (uint32_t k = 0; k < width; k += ROWS_LANES)
        rows_store(rows_plus(rows_load(sum + k), row + k), sum + k);
}

/* sum += the rows of n features */
static inline void rows_add(int64_t *sum, const int32_t *row, const uint32_t *feature, size_t n,
                            uint32_t width)
{
    for (uint32_t k = 0; k < width; k += ROWS_LANES) {
        struct rows_sum s = rows_load(sum + k);
        for (size_t i = 0; i < n; i++)
            s = rows_plus(s, row + (size_t)feature[i] * width + k);
        rows_store(s, sum + k);
    }
}

#endif
