/* SPDX-License-Identifier: MIT */
/*
 * intern: a string table with linear probing, half full at most. Texts lie end to end in
 * one buffer, so that the whole is four arrays that a model file can hold as they are.
 */
#include "base/intern.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_SLOTS = 1024 };

void intern_release(struct intern *v)
{
    if (v == NULL)
        return;
    buf_release(&v->text);
    free(v->offset);
    free(v->hash);
    free(v->table);
    *v = (struct intern){0};
}

static void rehash(struct intern *v, uint32_t n_slots)
{
    v->table = mem_resize(v->table, n_slots, sizeof *v->table);
    memset(v->table, 0xFF, n_slots * sizeof *v->table);
    v->n_slots = n_slots;
    for (uint32_t id = 0; id < v->n; id++) {
        uint32_t slot = (uint32_t)v->hash[id] & (n_slots - 1);
        while (v->table[slot] != INTERN_NONE)
            slot = (slot + 1) & (n_slots - 1);
        v->table[slot] = id;
    }
}

static uint32_t append(struct intern *v, struct span string, uint64_t hash)
{
    if (string.len > UINT32_MAX - 1 - v->text.len)
        mem_array(SIZE_MAX, 2); /* offsets are 32 bits wide: give up as out of memory */
    MEM_GROW(v->offset, v->offset_cap, (size_t)v->n + 2);
    MEM_GROW(v->hash, v->hash_cap, (size_t)v->n + 1);
    buf_add_span(&v->text, string);
    v->hash[v->n] = hash;
    v->offset[0] = 0;
    v->offset[v->n + 1] = (uint32_t)v->text.len;
    return v->n++;
}

uint32_t intern_add(struct intern *v, struct span string, uint64_t hash)
{
    struct intern_view view;
    uint32_t id, slot;

    if (v->n_slots == 0 || v->n >= v->n_slots / 2)
        rehash(v, v->n_slots != 0 ? v->n_slots * 2 : FIRST_SLOTS);
    view = intern_frozen(v);
    id = intern_find(&view, string, hash);
    if (id != INTERN_NONE)
        return id;
    id = append(v, string, hash);
    slot = (uint32_t)hash & (v->n_slots - 1);
    while (v->table[slot] != INTERN_NONE)
        slot = (slot + 1) & (v->n_slots - 1);
    v->table[slot] = id;
    return id;
}

struct intern_view intern_frozen(const struct intern *v)
{
    return (struct intern_view){v->n, v->n_slots, v->offset, v->table, v->text.p};
}

uint32_t intern_find(const struct intern_view *v, struct span string, uint64_t hash)
{
    uint32_t slot;

    if (v->n_slots == 0)
        return INTERN_NONE;
    for (slot = (uint32_t)hash & (v->n_slots - 1);; slot = (slot + 1) & (v->n_slots - 1)) {
        uint32_t id = v->table[slot];
        if (id == INTERN_NONE || span_eq(intern_text(v, id), string))
            return id;
    }
}
