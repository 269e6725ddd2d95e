/* SPDX-License-Identifier: MIT */
/*
 * help: everything --help prints comes from the tables. `help --list-options` (hidden)
 * lists them bare, a line "COMMAND<TAB>GROUP<TAB>-o, --output-file=MODEL" each, for the
 * check of the man page.
 */
#include <string.h>

#include "base/err.h"
#include "cli/command.h"
#include "cli/output.h"

enum { COLUMN = 26, WIDTH = 79 };

struct help {
    bool list_options;
};

static const struct option rows[] = {
    {"list-options", 0, NULL, "list every option of every command, for scripts",
     AT_FLAG(struct help, list_options), .hidden = true},
    {NULL},
};

static const struct option_group groups[] = {
    {"help", rows, 0},
    {"General", options_help, 0},
    {NULL},
};

/* Words from `text` to WIDTH; lines after the first begin at `indent`. */
static void wrap(struct buf *out, const char *text, size_t column, size_t indent)
{
    bool first = true;

    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        if (!first && column + 1 + len > WIDTH) {
            buf_add_char(out, '\n');
            for (column = 0; column < indent; column++)
                buf_add_char(out, ' ');
        } else if (!first) {
            buf_add_char(out, ' ');
            column++;
        }
        buf_add(out, text, len);
        column += len;
        text += len + strspn(text + len, " ");
        first = false;
    }
    buf_add_char(out, '\n');
}

/* "  LEFT", then `right` wrapped from COLUMN on. */
static void add_pair(struct buf *out, const char *left, const char *right)
{
    size_t width = strlen(left) + 2;

    buf_addf(out, "  %s", left);
    if (width > COLUMN - 2) {
        buf_add_char(out, '\n');
        width = 0;
    }
    for (; width < COLUMN; width++)
        buf_add_char(out, ' ');
    wrap(out, right, COLUMN, COLUMN);
}

static void add_option(struct buf *out, const struct option *row)
{
    struct buf left = {0}, right = {0};

    if (row->letter == 0)
        buf_add_str(&left, "    "); /* long names stand in one column */
    option_spell(row, &left);
    buf_add_str(&right, row->help);
    option_range(row, &right);
    add_pair(out, buf_str(&left), buf_str(&right));
    buf_release(&left);
    buf_release(&right);
}

static void add_usage(struct buf *out, const struct command *command)
{
    const char *before = "Usage: stance ";

    for (const char *form = command->usage; form != NULL; before = "       stance ") {
        const char *end = strchr(form, '\n');
        buf_add_str(out, before);
        buf_add(out, form, end != NULL ? (size_t)(end - form) : strlen(form));
        buf_add_char(out, '\n');
        form = end != NULL ? end + 1 : NULL;
    }
}

static void add_group(struct buf *out, const char *title, const struct option *row)
{
    buf_addf(out, "\n%s:\n", title);
    for (; row->name != NULL; row++)
        add_option(out, row);
}

static void add_command(struct buf *out, const struct command *command)
{
    add_usage(out, command);
    buf_add_char(out, '\n');
    wrap(out, command->about, 0, 0);
    for (const struct option_group *g = command->groups; g->rows != NULL; g++)
        if (!g->rows[0].hidden)
            add_group(out, strcmp(g->title, command->name) == 0 ? "Options" : g->title, g->rows);
}

static void add_program(struct buf *out)
{
    buf_add_str(out, "Usage: stance COMMAND [OPTION]... [FILE...]\n\n"
                     "The stance of forum comments toward targets.\n\nCommands:\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        add_pair(out, commands[i]->name, commands[i]->summary);
    buf_add_str(out, "\nGeneral:\n");
    add_pair(out, "-h, --help", "print this help");
    add_pair(out, "-V, --version", "print the versions of the program and of its libraries");
    buf_add_str(out,
                "\n'stance help COMMAND' tells more. Exit status: 0 done; 1 the answer is no;\n"
                "2 wrong command line; 3 bad corpus or text; 4 bad model; 5 cannot read or\n"
                "write; 70 out of memory or a bug.\n");
}

int help_print(const struct command *command, struct stance_err *err)
{
    struct buf out = {0};
    int r;

    if (command == NULL)
        add_program(&out);
    else
        add_command(&out, command);
    r = output_text(&out, err);
    buf_release(&out);
    return r;
}

static int list_options(struct stance_err *err)
{
    struct buf out = {0};
    int r;

    for (size_t i = 0; commands[i] != NULL; i++) {
        const struct option_group *g = commands[i]->groups;
        for (const struct option *row = NULL; (row = options_next(&g, row)) != NULL;) {
            buf_addf(&out, "%s\t%s\t", commands[i]->name, g->title);
            option_spell(row, &out);
            buf_add_char(&out, '\n');
        }
    }
    r = output_text(&out, err);
    buf_release(&out);
    return r;
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct help *help = values;
    const struct command *command = NULL;

    if (n > 1)
        return err_set(err, STANCE_USAGE, "help on one command at a time");
    if (help->list_options)
        return list_options(err);
    if (n == 1 && (command = command_find(operand[0], err)) == NULL)
        return -1;
    return help_print(command, err);
}

const struct command help_command = {
    .name = "help",
    .summary = "tell about a command",
    .usage = "help [COMMAND]",
    .about = "Prints what 'stance COMMAND --help' prints, or the list of commands.",
    .groups = groups,
    .size = sizeof(struct help),
    .run = run,
};
