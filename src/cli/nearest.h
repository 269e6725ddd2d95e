/* SPDX-License-Identifier: MIT */
/* nearest: which of the known names was probably meant. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *word, *best; /* borrowed */
    size_t distance;
};

struct nearest nearest_start(const char *word);
void nearest_try(struct nearest *near, const char *name);

/* The nearest name tried (the first of equals), NULL where none is near enough. */
const char *nearest_found(const struct nearest *near);

#endif
