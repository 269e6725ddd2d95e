/* SPDX-License-Identifier: MIT */
/*
 * command: a command is one file and one row of the table in main.c. Commands use the
 * public library and the toolbox src/base, nothing else of ours.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"

struct command {
    const char *name, *summary;
    const char *alias; /* another name that works; NULL */
    const char *usage; /* forms, one a line, without the program's name */
    const char *about; /* paragraphs of --help; lines are wrapped there */
    const struct option_group *groups;
    size_t size;          /* of the command's struct */
    const void *defaults; /* of `size` bytes; NULL: all zero */
    /* What the command does. values: the command's struct, filled by the options; operand:
     * NULL-terminated. -1 with err filled: main prints it, and its code is the exit
     * status. */
    int (*run)(void *values, const char *const *operand, size_t n, struct stance_err *err);
};

extern const struct command train_command, classify_command, eval_command, compare_command,
    agree_command, sample_command, prevalence_command, label_command, import_command,
    explain_command, info_command, completion_command, help_command;

/* All commands, NULL at the end. */
extern const struct command *const commands[];

/* NULL, with err (STANCE_USAGE) and a suggestion, where there is none of that name. */
const struct command *command_find(const char *name, struct stance_err *err);

/* Prints a command's help, or that of the program for NULL, to stdout. */
int help_print(const struct command *command, struct stance_err *err);

#endif
