/* SPDX-License-Identifier: MIT */
/*
 * dialect: the column names of known dumps, and the names that columns usually have.
 * Two tables and nothing else; fields.c makes sense of them. Sources: the collectors' own
 * code and documentation, as of November 2026.
 */
#ifndef CORPUS_DIALECT_H
#define CORPUS_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

enum role {
    ROLE_TEXT,
    ROLE_ID,
    ROLE_THREAD,
    ROLE_PARENT,
    ROLE_AUTHOR,
    ROLE_DATE,
    ROLE_TARGET,
    ROLE_LABEL,
    N_ROLES
};

/* "text", "id", … : the word of options (--text-field) and messages. */
const char *role_name(enum role role);

enum { DIALECT_MAX_KEYS = 6 };

struct dialect {
    const char *name;
    const char *key[DIALECT_MAX_KEYS]; /* all there: it is this dialect; NULL ends */
    const char *role[N_ROLES];         /* column or path; NULL: the dump has none */
    const char *top;                   /* the parent of a top-level comment, NULL: empty */
    bool html;                         /* the text is HTML */
};

/* In order: the first whose keys are all there wins. The table ends with a NULL name. */
extern const struct dialect dialects[];

/* The usual names for a role, in the order they are looked up in; ends with NULL. Compared
 * without regard to the case of ASCII letters. */
const char *const *dialect_generic(enum role role);

#endif
