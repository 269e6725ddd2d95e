/* SPDX-License-Identifier: MIT */
/*
 * options: walks argv along the table. Long names are taken whole, never abbreviated, so
 * that a new option cannot change what an old script means. A short option's value may be
 * attached (-j4); short options are not bundled.
 */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/nearest.h"

const struct option options_help[] = {
    {"help", 'h', NULL, "print this help", .kind = OPTION_HELP},
    {NULL},
};

void words_add(struct words *list, const char *word)
{
    MEM_GROW(list->word, list->cap, list->n + 1);
    list->word[list->n++] = word;
}

void words_release(struct words *list)
{
    free(list->word);
    *list = (struct words){0};
}

const struct option *options_next(const struct option_group **group, const struct option *row)
{
    row = row == NULL ? (*group)->rows : row + 1;
    while (row != NULL && (row->name == NULL || row->hidden))
        row = row->name != NULL ? row + 1 : (++*group)->rows;
    return row;
}

/* One argument of the command line, taken apart. */
struct piece {
    const struct option_group *group;
    const struct option *row;
    struct buf given;  /* "--folds" or "-j", for messages */
    const char *value; /* attached: after '=' or the letter; NULL: none */
};

static bool matches(const struct option *row, const char *arg, size_t len)
{
    if (arg[1] != '-')
        return row->letter == arg[1];
    return strlen(row->name) == len - 2 && memcmp(row->name, arg + 2, len - 2) == 0;
}

/* len: of the name within arg, dashes included. */
static bool find(const struct option_group *groups, const char *arg, size_t len,
                 struct piece *piece)
{
    for (piece->group = groups; piece->group->rows != NULL; piece->group++)
        for (piece->row = piece->group->rows; piece->row->name != NULL; piece->row++)
            if (matches(piece->row, arg, len))
                return true;
    return false;
}

static void suggest(const struct option_group *groups, const char *name, struct stance_err *err)
{
    struct nearest near = nearest_start(name);
    struct buf text = {0};

    for (const struct option *row = NULL; (row = options_next(&groups, row)) != NULL;)
        nearest_try(&near, row->name);
    if (nearest_found(&near) != NULL)
        buf_addf(&text, "; did you mean '--%s'?", nearest_found(&near));
    err_set(err, STANCE_USAGE, "unknown option '--%s'%s", name, buf_str(&text));
    buf_release(&text);
}

/* Fills piece from arg, "-…" or "--…". */
static int take_apart(const struct option_group *groups, const char *arg, struct piece *piece,
                      struct stance_err *err)
{
    bool is_long = arg[1] == '-';
    const char *equals = is_long ? strchr(arg, '=') : NULL;
    size_t len = equals != NULL ? (size_t)(equals - arg) : strlen(arg);

    buf_reset(&piece->given);
    buf_add(&piece->given, arg, is_long ? len : 2);
    piece->value = equals != NULL ? equals + 1 : NULL;
    if (!find(groups, arg, len, piece)) {
        if (!is_long)
            return err_set(err, STANCE_USAGE, "unknown option '%s'", arg);
        suggest(groups, buf_str(&piece->given) + 2, err);
        return -1;
    }
    if (!is_long && arg[2] != '\0') {
        if (!option_has_argument(piece->row))
            return err_set(err, STANCE_USAGE, "unknown option '%s'", arg);
        piece->value = arg + 2;
    }
    return 0;
}

/* Gives the option its value, the next argument where none is attached. */
static enum parsed take(struct piece *piece, char *const **argv, void *values,
                        struct stance_err *err)
{
    const struct option *row = piece->row;
    const char *given = buf_str(&piece->given);
    char *place = (char *)values + piece->group->offset + row->offset;

    if (row->kind == OPTION_HELP)
        return PARSED_HELP;
    if (!option_has_argument(row) && piece->value != NULL)
        return err_set(err, STANCE_USAGE, "%s takes no value", given), PARSED_BAD;
    if (option_has_argument(row) && piece->value == NULL)
        piece->value = *++*argv;
    if (option_has_argument(row) && piece->value == NULL)
        return err_set(err, STANCE_USAGE, "%s needs a value: %s", given, row->argument), PARSED_BAD;
    return option_store(row, given, piece->value, place, err) < 0 ? PARSED_BAD : PARSED;
}

enum parsed options_parse(const struct option_group *groups, char *const *argv, void *values,
                          struct words *operands, struct stance_err *err)
{
    struct piece piece = {0};
    enum parsed r = PARSED;
    bool ended = false;

    for (; *argv != NULL && r == PARSED; argv++) {
        const char *arg = *argv;
        if (ended || arg[0] != '-' || arg[1] == '\0')
            words_add(operands, arg);
        else if (strcmp(arg, "--") == 0)
            ended = true;
        else if (take_apart(groups, arg, &piece, err) < 0)
            r = PARSED_BAD;
        else
            r = take(&piece, &argv, values, err);
        if (*argv == NULL) /* a value was wanted and there was none */
            break;
    }
    buf_release(&piece.given);
    return r;
}

static size_t count_dashes(const struct words *list)
{
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        n += list->word[i] != NULL && strcmp(list->word[i], "-") == 0;
    return n;
}

int options_check_input(const struct option_group *groups, const void *values,
                        const struct words *operands, struct stance_err *err)
{
    size_t n = count_dashes(operands);

    for (; groups->rows != NULL; groups++)
        for (const struct option *row = groups->rows; row->name != NULL; row++)
            if (row->kind == OPTION_LIST && row->path)
                n += count_dashes(
                    (const void *)((const char *)values + groups->offset + row->offset));
    if (n < 2)
        return 0;
    return err_set(err, STANCE_USAGE, "standard input can be read once, but '-' is given %zu times",
                   n);
}

void options_release(const struct option_group *groups, void *values)
{
    for (; groups->rows != NULL; groups++)
        for (const struct option *row = groups->rows; row->name != NULL; row++) {
            void *place = (char *)values + groups->offset + row->offset;
            if (row->kind == OPTION_LIST)
                words_release(place);
            else if (row->kind == OPTION_GRID)
                free(((struct numbers *)place)->number);
        }
}
