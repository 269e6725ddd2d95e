/* SPDX-License-Identifier: MIT */
/* arena: blocks in a list; a string larger than a block gets one of its own. */
#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

enum { BLOCK = 65536 };

struct arena_block {
    struct arena_block *next;
    size_t cap;
    _Alignas(max_align_t) char bytes[];
};

void arena_release(struct arena *a)
{
    if (a == NULL)
        return;
    while (a->block != NULL) {
        struct arena_block *next = a->block->next;
        free(a->block);
        a->block = next;
    }
    a->used = 0;
}

static char *room(struct arena *a, size_t size, size_t align)
{
    struct arena_block *b = a->block;
    size_t at = (a->used + align - 1) / align * align;

    if (b == NULL || at > b->cap || size > b->cap - at) {
        size_t cap = size < BLOCK ? BLOCK : size;
        if (cap > SIZE_MAX - sizeof *b)
            cap = SIZE_MAX - sizeof *b; /* fails as out of memory */
        b = mem_alloc(sizeof *b + cap);
        b->cap = cap;
        b->next = a->block;
        a->block = b;
        at = 0;
    }
    a->used = at + size;
    return b->bytes + at;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return room(a, size, _Alignof(max_align_t));
}

struct span arena_copy(struct arena *a, struct span s)
{
    char *p = room(a, s.len + 1, 1);

    if (s.len != 0)
        memcpy(p, s.p, s.len);
    p[s.len] = '\0';
    return (struct span){p, s.len};
}
