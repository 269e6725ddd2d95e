/* SPDX-License-Identifier: MIT */
/*
 * fields: which column of a dump, or which path of its JSON records, plays which role.
 *
 * Three sources, the first that speaks wins for each role: what the user named; the known
 * dialect that the names show (dialect.h); the usual names. The answer is a schema, fixed
 * for the whole input, so that the result of a record depends on it and the schema alone.
 */
#ifndef CORPUS_FIELDS_H
#define CORPUS_FIELDS_H

#include "base/buf.h"
#include "base/err.h"
#include "corpus/dialect.h"
#include "corpus/form.h"
#include "corpus/keyroles.h"

enum field_kind {
    FIELD_NONE,
    FIELD_NAMED, /* one column or path */
    FIELD_OPEN   /* NDJSON: absent from the first record; its usual names, in their order */
};

struct field {
    enum field_kind kind;
    char *name;        /* owned; NULL unless FIELD_NAMED */
    size_t column;     /* CSV and TSV: from 0 */
    size_t n_named;    /* CSV and TSV: columns of this name; the last is taken */
    bool not_in_first; /* NDJSON: named, but the first record lacks it */
    bool by_user;      /* named by the user */
};

struct schema {
    /* set by the caller before schema_find, the rest 0 */
    enum form form; /* not FORM_PAGE */
    char delimiter;
    bool lossy;       /* repair ill-formed UTF-8 instead of refusing the record */
    bool textless;    /* nothing but labels may be there: the text need not be found */
    const char *file; /* for messages; borrowed, may be NULL */
    uint64_t line;    /* of the header or first record */
    /* set by schema_find */
    const char *dialect; /* a literal, NULL: usual names only */
    const char *top;     /* a parent of this value is no parent; a literal or NULL */
    bool html;           /* the text is HTML (only where the dialect's text is taken) */
    struct field role[N_ROLES];
    struct span *column; /* CSV and TSV: the names, trimmed, owned; NDJSON: none */
    size_t n_columns;
    struct keyroles keys; /* NDJSON */
};

/* What the user named: a column, "name:2" for the second of that name, a path of JSON keys;
 * "" for no such role; NULL to have it found. */
struct fields_wanted {
    const char *name[N_ROLES];
};

/* Finds the roles from the header line (CSV, TSV) or the first record (NDJSON). Only the
 * text has to be found. -1 with STANCE_DATA, the file, line and column, and what there is:
 *   - first is not UTF-8 (unless lossy), or no JSON object;
 *   - no text (unless textless), or a named column that is not there (NDJSON: text and id only,
 * since an optional key may be missing from the first record: `not_in_first` tells);
 *   - no dialect, and two columns with usual names for one role: both are named.
 * Release the schema in any case. */
int schema_find(struct schema *s, struct span first, const struct fields_wanted *wanted,
                struct stance_err *err);
void schema_release(struct schema *s); /* NULL is fine */

/* "minet YouTube comments: text=text id=comment_id …": what was found, then what is worth
 * noting. Keys of the dialect that the first record lacks are left out. */
void schema_describe(const struct schema *s, struct buf *out);

/* Whether a column of this name exists (CSV, TSV): output columns must not collide. For
 * NDJSON see parsed_member. */
bool schema_has_column(const struct schema *s, struct span name);

/* Equal but for the case of ASCII letters. */
bool fields_same_name(struct span a, const char *b);

/* Whether `name` is one of the role's usual names. */
bool fields_is_generic(enum role role, struct span name);

#endif
