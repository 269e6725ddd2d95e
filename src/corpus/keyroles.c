/* SPDX-License-Identifier: MIT */
/* keyroles: see keyroles.h. */
#include "corpus/keyroles.h"

_Static_assert(N_ROLES <= 8, "a set of roles is a byte");

static void add_key(struct keyroles *k, unsigned bit, struct span key, bool any_case)
{
    k->by_length[keyroles_length(key.len)] |= (unsigned char)bit;
    if (key.len == 0)
        return;
    k->by_first[(unsigned char)key.p[0]] |= (unsigned char)bit;
    if (any_case && (key.p[0] | 0x20) >= 'a' && (key.p[0] | 0x20) <= 'z')
        k->by_first[(unsigned char)key.p[0] ^ 0x20] |= (unsigned char)bit;
}

void keyroles_add(struct keyroles *k, enum role role, struct span name, bool any_case)
{
    for (size_t i = 0; i <= name.len; i++)
        if (i == name.len || name.p[i] == '.')
            add_key(k, 1u << role, (struct span){name.p, i}, any_case);
}
