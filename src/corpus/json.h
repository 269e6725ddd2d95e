/* SPDX-License-Identifier: MIT */
/*
 * json: a pull scanner over one JSON text (RFC 8259) that lies in memory.
 *
 * Strict: no trailing commas, no NaN, no junk after the value, no control character in a
 * string, no leading zero; nesting to JSON_MAX_DEPTH. Two things are lenient because dumps
 * hold them: a lone surrogate escape becomes U+FFFD, and \u0000 is a NUL byte. Numbers stay
 * text (ids have 19 digits). UTF-8 is not checked here: utf8_valid(record) comes first.
 */
#ifndef CORPUS_JSON_H
#define CORPUS_JSON_H

#include "base/buf.h"

enum { JSON_MAX_DEPTH = 64 };

enum json_type {
    JSON_OBJECT,
    JSON_ARRAY,
    JSON_STRING,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL
};

struct json_value {
    enum json_type type;
    bool escaped; /* a string that holds escapes: where not, its bytes between the quotes are it */
    struct span raw; /* its bytes, quotes or brackets included; lies in the text */
};

/* at: offset in the text of the byte that cannot be; message: what was expected there. */
struct json_error {
    size_t at;
    const char *message; /* a literal */
};

struct json_memory;

/* A walk over the members of an object, or the elements of an array. */
struct json_walk {
    struct span text;
    size_t at; /* after the walk: the offset of the closing bracket */
    size_t n;  /* members given so far */
    bool array;
    struct buf key;             /* a key that had escapes, decoded */
    struct json_memory *memory; /* of an object; borrowed. NULL: nothing is remembered */
};

struct json_member {
    struct span key; /* decoded; good until the next step. Empty in an array */
    struct json_value value;
};

/* Starts at an object or an array, white space around it allowed. -1 with *error where the
 * text is neither. Release the walk in any case. */
int json_walk_begin(struct json_walk *walk, struct span text, struct json_error *error);
/* 1 and a member, 0 after the last, when the text to its very end has been checked, or -1
 * with *error. A value given has been checked whole. */
int json_walk_next(struct json_walk *walk, struct json_member *member, struct json_error *error);
void json_walk_release(struct json_walk *walk);

/* Whether the text is one object, all of it well formed. (json_is_object is a macro of jansson,
 * which tests hold this scanner against.) */
bool json_whole_object(struct span text);

/* Appends what a string (raw, with its quotes) stands for. -1, with part of it appended,
 * where raw has no quotes or a bad escape: cannot happen for a JSON_STRING of a walk. */
int json_string_decode(struct span raw, struct buf *out);

/* The value at a path such as "user.unique_id" in a checked object; a key that holds the
 * dots itself goes first, and of a key given twice the last counts. */
bool json_find(struct span object, struct span path, struct json_value *value);

/* Appends "…" with what must be escaped, escaped; ill-formed UTF-8 becomes U+FFFD. */
void json_add_string(struct buf *out, struct span text);

#endif
