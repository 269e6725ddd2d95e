/* SPDX-License-Identifier: MIT */
/*
 * jsonmemory: the members of the object before, by their place in it.
 *
 * Of the sixty members of a dump's record fifty are the same in the next one, byte for byte
 * ("archived":false). Such a member need not be scanned again: from its first byte to the one
 * behind its value, the same bytes are the same key and value.
 */
#ifndef CORPUS_JSONMEMORY_H
#define CORPUS_JSONMEMORY_H

#include <stdint.h>
#include <string.h>

#include "corpus/json.h"

enum { JSON_KNOWN_MOST = 56 }; /* bytes: longer members are seldom the same */

struct json_known {
    char bytes[JSON_KNOWN_MOST]; /* the key's quote to the byte behind the value */
    uint8_t len;                 /* of them; 0: nothing is known */
    uint8_t key_len, value_at;
    uint8_t type; /* enum json_type */
    bool escaped; /* the value */
};

struct json_memory {
    struct json_known *known; /* by place */
    size_t n, cap;
};

void json_memory_release(struct json_memory *m);

/* The member at text.p + at, *end behind its value; false where it is not the one known of place i.
 */
static inline bool json_memory_has(const struct json_memory *m, size_t i, struct span text,
                                   size_t at, struct json_member *member, size_t *end)
{
    const struct json_known *k;
    const char *p = text.p + at;

    if (i >= m->n)
        return false;
    k = m->known + i;
    if (k->len == 0 || text.len - at < k->len || memcmp(p, k->bytes, k->len) != 0)
        return false;
    *end = at + k->len - 1;
    member->key = (struct span){p + 1, k->key_len};
    member->value = (struct json_value){
        (enum json_type)k->type, k->escaped, {p + k->value_at, k->len - 1u - k->value_at}};
    return true;
}

/* Keeps the member from `at` to `end`, whose key has no escapes, as that of place i. */
void json_memory_keep(struct json_memory *m, size_t i, struct span text, size_t at,
                      const struct json_member *member, size_t end);

#endif
