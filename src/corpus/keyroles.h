/* SPDX-License-Identifier: MIT */
/*
 * keyroles: which roles a key of a record may have to do with, told by its first byte and its
 * length alone. Every key of every record is asked for, and most are nobody's: those need no
 * comparison. Never misses a role; names one in vain where two keys are alike in both.
 */
#ifndef CORPUS_KEYROLES_H
#define CORPUS_KEYROLES_H

#include "base/span.h"
#include "corpus/dialect.h"

enum { KEYROLES_LENGTHS = 64 }; /* the last stands for all that are longer */

/* Sets of roles: bit r is role r. {0}: no key is anybody's. */
struct keyroles {
    unsigned char by_first[256], by_length[KEYROLES_LENGTHS];
};

/* This key is of the role; a path ("user.name") is so by each of its beginnings ("user") too.
 * any_case: in capitals and small letters. */
void keyroles_add(struct keyroles *k, enum role role, struct span name, bool any_case);

static inline size_t keyroles_length(size_t len)
{
    return len < KEYROLES_LENGTHS - 1 ? len : KEYROLES_LENGTHS - 1;
}

static inline unsigned keyroles_of(const struct keyroles *k, struct span key)
{
    unsigned roles = k->by_length[keyroles_length(key.len)];

    return key.len != 0 ? roles & k->by_first[(unsigned char)key.p[0]] : roles;
}

#endif
