/* SPDX-License-Identifier: MIT */
/*
 * options: one table per command says what may be asked for. Parsing, --help, completion
 * and the check of the man page all read the same rows.
 *
 * A command's table is a list of groups, so that what several commands share (how input is
 * read, how a model is trained) is written once. A row says where its value goes: at
 * `offset` in the group's struct, which lies at the group's `offset` in the command's.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#include <stance.h>

/* Texts of the command line, borrowed; the array is owned. */
struct words {
    const char **word;
    size_t n, cap;
};

struct numbers {
    double *number;
    size_t n, cap;
};

enum option_kind {
    OPTION_HELP,   /* no value: parsing stops, the caller prints the help */
    OPTION_FLAG,   /* bool: true */
    OPTION_SET,    /* int: `low`; lets --x and --no-x share a place, the last one wins */
    OPTION_TEXT,   /* const char * */
    OPTION_LIST,   /* struct words: each time one more */
    OPTION_COUNT,  /* uint64_t, low to high */
    OPTION_SIZE,   /* uint64_t, bytes, low to high; K and M are 1024 and 1024² */
    OPTION_NUMBER, /* double, least to most */
    OPTION_GRID,  /* struct numbers: N1,N2,… rising, at most `high` of them, each least to most */
    OPTION_CHOICE /* int: low + place among `choices` */
};

struct option {
    const char *name; /* long, without dashes; NULL ends a table */
    char letter;      /* 0: none */
    const char *argument;
    const char *help;
    enum option_kind kind;
    size_t offset;
    uint64_t low, high;
    double least, most;
    const char *const *choices; /* NULL-terminated */
    bool whole;                 /* OPTION_GRID: numbers without a fraction */
    bool path;                  /* completed as the name of a file */
    bool may_be_empty;          /* OPTION_TEXT */
    bool hidden;                /* works, but is not told */
};

/* kind and offset of a row in one word, refused by the compiler where the member has
 * another type than the kind stores. */
#define OPTION_AT(what, type, s, m)                                                                \
    .kind = (what), .offset = offsetof(s, m) + 0 * sizeof(_Generic(&((s *)0)->m, type * : 1))
#define AT_FLAG(s, m)   OPTION_AT(OPTION_FLAG, bool, s, m)
#define AT_SET(s, m)    OPTION_AT(OPTION_SET, int, s, m)
#define AT_TEXT(s, m)   OPTION_AT(OPTION_TEXT, const char *, s, m)
#define AT_LIST(s, m)   OPTION_AT(OPTION_LIST, struct words, s, m)
#define AT_COUNT(s, m)  OPTION_AT(OPTION_COUNT, uint64_t, s, m)
#define AT_SIZE(s, m)   OPTION_AT(OPTION_SIZE, uint64_t, s, m)
#define AT_NUMBER(s, m) OPTION_AT(OPTION_NUMBER, double, s, m)
#define AT_GRID(s, m)   OPTION_AT(OPTION_GRID, struct numbers, s, m)
#define AT_CHOICE(s, m) OPTION_AT(OPTION_CHOICE, int, s, m)

struct option_group {
    const char *title; /* over its rows in --help; a section of the man page */
    const struct option *rows;
    size_t offset;
};

/* Walks the rows that are told: give NULL to get the first, *group at the first group; NULL
 * after the last. */
const struct option *options_next(const struct option_group **group, const struct option *row);

/* -h, --help alone, for commands that have nothing else in general. */
extern const struct option options_help[];

enum parsed { PARSED_BAD = -1, PARSED = 0, PARSED_HELP = 1 };

/* Reads argv into the command's struct and the operands. Options and operands may be
 * mixed; "--" ends options; "-" is an operand. Groups end with rows NULL. PARSED_BAD with
 * err (STANCE_USAGE) filled: unknown option (the nearest is suggested), value missing,
 * not wanted, or out of range (what was expected is said). */
enum parsed options_parse(const struct option_group *groups, char *const *argv, void *values,
                          struct words *operands, struct stance_err *err);

/* Fails (STANCE_USAGE) where standard input is named twice among operands and lists of files:
 * the second would be read as empty. */
int options_check_input(const struct option_group *groups, const void *values,
                        const struct words *operands, struct stance_err *err);

/* Frees what lists hold. */
void options_release(const struct option_group *groups, void *values);

void words_add(struct words *list, const char *word);
void words_release(struct words *list);

/* "-o, --output=MODEL", as help, man page and check spell it. */
void option_spell(const struct option *row, struct buf *out);

/* " (2 to 1000)", " (none or balanced)"; nothing where every value is good. */
void option_range(const struct option *row, struct buf *out);

/* Converts and stores one value; `given` is how the option was written, for messages. */
int option_store(const struct option *row, const char *given, const char *value, void *place,
                 struct stance_err *err);

static inline bool option_has_argument(const struct option *row)
{
    return row->kind > OPTION_SET;
}

#endif
