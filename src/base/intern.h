/* SPDX-License-Identifier: MIT */
/*
 * intern: strings and their ids; the vocabulary of n-grams is one of these.
 *
 * A table is open, then frozen. While open, intern_add() gives an unseen string the next
 * id. A frozen one is an intern_view: four arrays that lie in memory of ours or in a
 * mapped model file, used in place; an unseen string is INTERN_NONE for good, so held-out
 * text cannot add features.
 */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"

#define INTERN_NONE UINT32_MAX

/* n entries; entry i is the bytes offset[i] … offset[i+1] of text. table has n_slots (a
 * power of two, more than n) ids or INTERN_NONE: linear probing from hash & (n_slots - 1). */
struct intern_view {
    uint32_t n, n_slots;
    const uint32_t *offset, *table;
    const char *text;
};

struct intern {
    struct buf text;
    uint32_t *offset;
    uint64_t *hash;
    uint32_t *table;
    uint32_t n, n_slots;
    size_t offset_cap, hash_cap;
};

void intern_release(struct intern *v); /* {0} is a valid empty table */

/* The id of this string, new where unseen. `hash` is hash_span(string), which callers that
 * grow a string step by step already have. Less than 2^32 bytes of text in all, or the
 * process ends as out of memory. */
uint32_t intern_add(struct intern *v, struct span string, uint64_t hash);

/* intern_add with the hash computed here. */
static inline uint32_t intern_string(struct intern *v, struct span string)
{
    return intern_add(v, string, hash_span(string));
}

/* Borrowed view of what is there now; good until the next intern_add or release. */
struct intern_view intern_frozen(const struct intern *v);

uint32_t intern_find(const struct intern_view *v, struct span string, uint64_t hash);

static inline struct span intern_text(const struct intern_view *v, uint32_t id)
{
    return (struct span){v->text + v->offset[id], v->offset[id + 1] - v->offset[id]};
}

#endif
