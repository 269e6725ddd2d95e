/* SPDX-License-Identifier: MIT */
/*
 * stance completion: a script for bash, written from the tables, so that it cannot lag
 * behind. bash splits words at '=', so the script looks at what stands before it.
 */
#include <string.h>

#include "base/err.h"
#include "cli/command.h"
#include "cli/output.h"

static const struct option_group groups[] = {
    {"General", options_help, 0},
    {NULL},
};

static const char head[] =
    "# bash completion for stance, written by 'stance completion bash'\n"
    "_stance()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local command=${COMP_WORDS[1]} options= i\n"
    "    COMPREPLY=()\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=\n"
    "    elif [[ $prev == = ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n";

static const char tail[] = "    if [[ $cur == -* ]]; then\n"
                           "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
                           "        for i in \"${!COMPREPLY[@]}\"; do\n"
                           "            [[ ${COMPREPLY[i]} == *= ]] || COMPREPLY[i]+=' '\n"
                           "        done\n"
                           "    else\n"
                           "        compopt -o filenames +o nospace 2>/dev/null\n"
                           "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
                           "    fi\n"
                           "}\n"
                           "complete -o nospace -F _stance stance\n";

static void add_commands(struct buf *out)
{
    buf_add_str(out, "    if ((COMP_CWORD == 1)); then\n        COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; commands[i] != NULL; i++)
        buf_addf(out, "%s ", commands[i]->name);
    buf_add_str(out, "--help --version\" -- \"$cur\"))\n"
                     "        COMPREPLY=(\"${COMPREPLY[@]/%/ }\")\n        return\n    fi\n");
}

static void add_options(struct buf *out, const struct command *command)
{
    const struct option_group *g = command->groups;
    const char *before = "";

    buf_addf(out, "    %s)\n        options=\"", command->name);
    for (const struct option *row = NULL; (row = options_next(&g, row)) != NULL; before = " ")
        buf_addf(out, "%s--%s%s", before, row->name, option_has_argument(row) ? "=" : "");
    buf_add_str(out, "\"\n        ;;\n");
}

/* "    train\ --output | train\ -o)" */
static void add_pattern(struct buf *out, const struct command *command, const struct option *row)
{
    buf_addf(out, "    '%s --%s'", command->name, row->name);
    if (row->letter != 0)
        buf_addf(out, " | '%s -%c'", command->name, row->letter);
    buf_add_str(out, ")\n");
}

/* What may follow an option that wants a value: choices, files (the tail's default), or
 * nothing that could be known. */
static void add_values(struct buf *out, const struct command *command, const struct option *row)
{
    if (!option_has_argument(row) || row->path)
        return;
    add_pattern(out, command, row);
    if (row->choices != NULL) {
        buf_add_str(out, "        COMPREPLY=($(compgen -S ' ' -W \"");
        for (size_t i = 0; row->choices[i] != NULL; i++)
            buf_addf(out, "%s%s", i == 0 ? "" : " ", row->choices[i]);
        buf_add_str(out, "\" -- \"$cur\"))\n");
    }
    buf_add_str(out, "        return\n        ;;\n");
}

static void add_script(struct buf *out)
{
    buf_add_str(out, head);
    add_commands(out);
    buf_add_str(out, "    case $command in\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        add_options(out, commands[i]);
    buf_add_str(out, "    esac\n    case \"$command $prev\" in\n");
    for (size_t i = 0; commands[i] != NULL; i++) {
        const struct option_group *g = commands[i]->groups;
        for (const struct option *row = NULL; (row = options_next(&g, row)) != NULL;)
            add_values(out, commands[i], row);
    }
    buf_add_str(out, "    esac\n");
    buf_add_str(out, tail);
}

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct buf out = {0};
    int r;

    (void)values;
    if (n != 1 || strcmp(operand[0], "bash") != 0)
        return err_set(err, STANCE_USAGE, "for which shell? Expected: bash");
    add_script(&out);
    r = output_text(&out, err);
    buf_release(&out);
    return r;
}

const struct command completion_command = {
    .name = "completion",
    .summary = "print a completion script for a shell",
    .usage = "completion bash",
    .about = "Prints a script that completes commands, options and their values. To try it: "
             ". <(stance completion bash)",
    .groups = groups,
    .size = 1,
    .run = run,
};
