/* SPDX-License-Identifier: MIT */
/*
 * keymap: 64-bit keys to 32-bit numbers, open addressing. Keys are hashes already (any key is
 * mixed once more); a key that is there keeps its place until release.
 */
#ifndef BASE_KEYMAP_H
#define BASE_KEYMAP_H

#include <stdint.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

struct keymap_slot {
    uint64_t key;
    uint32_t value;
    uint32_t used;
};

struct keymap {
    struct keymap_slot *slot;
    size_t n, n_slots; /* n_slots: 0 or a power of two, at most half of them used */
};

static inline void keymap_release(struct keymap *m) /* {0} is a valid empty one */
{
    free(m->slot);
    *m = (struct keymap){0};
}

static inline struct keymap_slot *keymap_probe(const struct keymap *m, uint64_t key)
{
    size_t i = (size_t)hash_mix(key) & (m->n_slots - 1);

    while (m->slot[i].used && m->slot[i].key != key)
        i = (i + 1) & (m->n_slots - 1);
    return &m->slot[i];
}

/* The value of this key, NULL where it is not there. */
static inline uint32_t *keymap_find(const struct keymap *m, uint64_t key)
{
    struct keymap_slot *s = m->n_slots != 0 ? keymap_probe(m, key) : NULL;

    return s != NULL && s->used ? &s->value : NULL;
}

static inline void keymap_double(struct keymap *m)
{
    struct keymap old = *m;

    m->n_slots = old.n_slots != 0 ? old.n_slots * 2 : 64;
    m->slot = mem_zalloc(m->n_slots, sizeof *m->slot);
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.slot[i].used)
            *keymap_probe(m, old.slot[i].key) = old.slot[i];
    free(old.slot);
}

/* The value of this key, which becomes `fresh` where the key is new. Good until the next add. */
static inline uint32_t *keymap_add(struct keymap *m, uint64_t key, uint32_t fresh)
{
    struct keymap_slot *s;

    if ((m->n + 1) * 2 > m->n_slots)
        keymap_double(m);
    s = keymap_probe(m, key);
    if (!s->used) {
        *s = (struct keymap_slot){key, fresh, 1};
        m->n++;
    }
    return &s->value;
}

#endif
