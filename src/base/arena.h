/* SPDX-License-Identifier: MIT */
/* arena: many small strings, freed together; what it hands out never moves. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

struct arena {
    struct arena_block *block;
    size_t used;
};

void arena_release(struct arena *a);                    /* {0} is a valid empty arena */
void *arena_alloc(struct arena *a, size_t size);        /* not zeroed; aligned for any object */
struct span arena_copy(struct arena *a, struct span s); /* NUL added after the copy */

#endif
