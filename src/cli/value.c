/* SPDX-License-Identifier: MIT */
/*
 * value: the text of an option becomes what its row says, or a message that says what was
 * expected. Numbers are read by base/num alone: the whole text, a decimal point, finite.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "cli/options.h"

#include <math.h>
#include <string.h>

void option_spell(const struct option *row, struct buf *out)
{
    if (row->letter != 0)
        buf_addf(out, "-%c, ", row->letter);
    buf_addf(out, "--%s", row->name);
    if (row->argument != NULL)
        buf_addf(out, "=%s", row->argument);
}

static void add_choices(const struct option *row, struct buf *out)
{
    for (size_t i = 0; row->choices[i] != NULL; i++) {
        const char *before = i == 0 ? "" : row->choices[i + 1] == NULL ? " or " : ", ";
        buf_addf(out, "%s%s", before, row->choices[i]);
    }
}

static void add_reals(const struct option *row, struct buf *out)
{
    num_add_f64(out, row->least);
    buf_add_str(out, " to ");
    num_add_f64(out, row->most);
}

/* Whole numbers as they are, but sizes as one would write them. */
static void add_bound(const struct option *row, uint64_t value, struct buf *out)
{
    const char *unit = "";

    if (row->kind == OPTION_SIZE && value >= 1 << 20 && value % (1 << 20) == 0) {
        value >>= 20;
        unit = "M";
    } else if (row->kind == OPTION_SIZE && value >= 1 << 10 && value % (1 << 10) == 0) {
        value >>= 10;
        unit = "K";
    }
    buf_addf(out, "%llu%s", (unsigned long long)value, unit);
}

static void add_wholes(const struct option *row, struct buf *out)
{
    add_bound(row, row->low, out);
    buf_add_str(out, " to ");
    add_bound(row, row->high, out);
}

void option_range(const struct option *row, struct buf *out)
{
    if (row->kind == OPTION_COUNT && row->high == UINT64_MAX)
        return;
    if (row->kind < OPTION_COUNT)
        return;
    buf_add_str(out, " (");
    if (row->kind == OPTION_CHOICE)
        add_choices(row, out);
    else if (row->kind == OPTION_COUNT || row->kind == OPTION_SIZE)
        add_wholes(row, out);
    else
        add_reals(row, out);
    buf_add_char(out, ')');
}

static void expect(const struct option *row, struct buf *out)
{
    switch (row->kind) {
    case OPTION_CHOICE:
        add_choices(row, out);
        break;
    case OPTION_COUNT:
        buf_add_str(out, "a whole number from ");
        add_wholes(row, out);
        break;
    case OPTION_SIZE:
        buf_add_str(out, "a number of bytes from ");
        add_wholes(row, out);
        break;
    case OPTION_NUMBER:
        buf_add_str(out, "a number (with a decimal point) from ");
        add_reals(row, out);
        break;
    case OPTION_GRID:
        buf_addf(out, "1 to %llu rising %snumbers with commas between them, each ",
                 (unsigned long long)row->high, row->whole ? "whole " : "");
        add_reals(row, out);
        break;
    default:
        buf_addf(out, "%s, not an empty text", row->argument);
    }
}

static int refuse(const struct option *row, const char *given, const char *value,
                  struct stance_err *err)
{
    struct buf expected = {0};

    expect(row, &expected);
    err_set(err, STANCE_USAGE, "%s '%s': expected %s", given, value, buf_str(&expected));
    buf_release(&expected);
    return -1;
}

static bool read_count(const struct option *row, struct span text, uint64_t *value)
{
    uint64_t n, unit = 1;

    if (row->kind == OPTION_SIZE && text.len != 0) {
        char last = text.p[text.len - 1];
        unit = last == 'K' || last == 'k' ? 1 << 10 : last == 'M' || last == 'm' ? 1 << 20 : 1;
        text.len -= unit != 1;
    }
    if (!num_u64(text, &n) || n > row->high / unit || n * unit < row->low)
        return false;
    *value = n * unit;
    return true;
}

static bool read_number(const struct option *row, struct span text, double *value)
{
    double x;

    if (!num_f64(text, &x) || x < row->least || x > row->most)
        return false;
    *value = x;
    return true;
}

/* The last grid given replaces the one before. */
static bool read_grid(const struct option *row, struct span text, struct numbers *grid)
{
    double x;

    grid->n = 0;
    for (bool more = true; more;) {
        const char *comma = text.len != 0 ? memchr(text.p, ',', text.len) : NULL;
        size_t len = comma != NULL ? (size_t)(comma - text.p) : text.len;
        if (!read_number(row, (struct span){text.p, len}, &x) || grid->n == row->high)
            return false;
        if (row->whole && x != floor(x))
            return false;
        if (grid->n != 0 && x <= grid->number[grid->n - 1])
            return false;
        MEM_GROW(grid->number, grid->cap, grid->n + 1);
        grid->number[grid->n++] = x;
        more = comma != NULL;
        text.p += len + more;
        text.len -= len + more;
    }
    return true;
}

static bool read_choice(const struct option *row, const char *value, int *place)
{
    for (int i = 0; row->choices[i] != NULL; i++)
        if (strcmp(row->choices[i], value) == 0) {
            *place = (int)row->low + i;
            return true;
        }
    return false;
}

static bool store(const struct option *row, const char *value, void *place)
{
    switch (row->kind) {
    case OPTION_HELP:
        return true;
    case OPTION_FLAG:
        *(bool *)place = true;
        return true;
    case OPTION_SET:
        *(int *)place = (int)row->low;
        return true;
    case OPTION_TEXT:
        *(const char **)place = value;
        return value[0] != '\0' || row->may_be_empty;
    case OPTION_LIST:
        words_add(place, value);
        return value[0] != '\0';
    case OPTION_COUNT:
    case OPTION_SIZE:
        return read_count(row, span_of(value), place);
    case OPTION_NUMBER:
        return read_number(row, span_of(value), place);
    case OPTION_GRID:
        return read_grid(row, span_of(value), place);
    case OPTION_CHOICE:
        return read_choice(row, value, place);
    }
    return false;
}

int option_store(const struct option *row, const char *given, const char *value, void *place,
                 struct stance_err *err)
{
    return store(row, value, place) ? 0 : refuse(row, given, value, err);
}
