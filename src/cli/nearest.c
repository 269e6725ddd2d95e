/* SPDX-License-Identifier: MIT */
/*
 * nearest: edit distance with swaps of neighbours ("optimal string alignment": Damerau,
 * CACM 7(3), 1964). Near enough is one mistake per three letters of what was typed.
 */
#include "cli/nearest.h"

#include <string.h>

enum { MAX_NAME = 40 }; /* longer names are never suggested */

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Both shorter than MAX_NAME. Row i holds the distances of a's first i bytes. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t d[MAX_NAME + 1][MAX_NAME + 1];

    for (size_t j = 0; j <= b_len; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        d[i][0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t differ = a[i - 1] != b[j - 1];
            d[i][j] = min(min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + differ);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a_len][b_len];
}

struct nearest nearest_start(const char *word)
{
    return (struct nearest){word, NULL, (strlen(word) + 2) / 3 + 1};
}

void nearest_try(struct nearest *near, const char *name)
{
    size_t len = strlen(near->word), name_len = strlen(name);

    if (len > MAX_NAME || name_len > MAX_NAME)
        return;
    size_t d = distance(near->word, len, name, name_len);
    if (d < near->distance) {
        near->distance = d;
        near->best = name;
    }
}

const char *nearest_found(const struct nearest *near)
{
    return near->best;
}
