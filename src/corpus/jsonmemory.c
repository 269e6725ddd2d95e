/* SPDX-License-Identifier: MIT */
/* jsonmemory: see jsonmemory.h. */
#include "corpus/jsonmemory.h"

#include <stdlib.h>

#include "base/mem.h"

void json_memory_release(struct json_memory *m)
{
    free(m->known);
    *m = (struct json_memory){0};
}

void json_memory_keep(struct json_memory *m, size_t i, struct span text, size_t at,
                      const struct json_member *member, size_t end)
{
    struct json_known *k;
    size_t len = end + 1 - at;

    MEM_GROW(m->known, m->cap, i + 1);
    for (; m->n <= i; m->n++)
        m->known[m->n].len = 0;
    k = m->known + i;
    k->len = 0;
    if (len > JSON_KNOWN_MOST || end >= text.len)
        return;
    memcpy(k->bytes, text.p + at, len);
    k->len = (uint8_t)len;
    k->key_len = (uint8_t)member->key.len;
    k->value_at = (uint8_t)(member->value.raw.p - (text.p + at));
    k->type = (uint8_t)member->value.type;
    k->escaped = member->value.escaped;
}
