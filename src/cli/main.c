/* SPDX-License-Identifier: MIT */
/*
 * stance: the stance of forum comments toward targets, from the command line.
 *
 * Here is only what all commands share: the table, the way from argv to a command's struct,
 * the one place that prints errors, and an end that notices a failed write. Results go to
 * stdout, everything else to stderr. SIGPIPE keeps its default action, so that
 * `stance classify … | head` ends quietly.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "cli/command.h"
#include "cli/nearest.h"
#include "cli/output.h"

const struct command *const commands[] = {
    &train_command,   &classify_command,
    &eval_command,    &compare_command,
    &agree_command,   &sample_command,
    &label_command,   &prevalence_command,
    &explain_command, &info_command,
    &import_command,  &completion_command,
    &help_command,    NULL,
};

const struct command *command_find(const char *name, struct stance_err *err)
{
    struct nearest near = nearest_start(name);

    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0 ||
            (commands[i]->alias != NULL && strcmp(commands[i]->alias, name) == 0))
            return commands[i];
        nearest_try(&near, commands[i]->name);
    }
    if (nearest_found(&near) != NULL)
        err_set(err, STANCE_USAGE, "unknown command '%s'; did you mean '%s'?", name,
                nearest_found(&near));
    else
        err_set(err, STANCE_USAGE, "unknown command '%s'", name);
    return NULL;
}

static int run_command(const struct command *command, char *const *argv, struct stance_err *err)
{
    void *values = mem_zalloc(1, command->size);
    struct words operands = {0};
    enum parsed parsed;
    int r = -1;

    if (command->defaults != NULL)
        memcpy(values, command->defaults, command->size);
    parsed = options_parse(command->groups, argv, values, &operands, err);
    words_add(&operands, NULL);
    if (parsed == PARSED_HELP)
        r = help_print(command, err);
    else if (parsed == PARSED && options_check_input(command->groups, values, &operands, err) == 0)
        r = command->run(values, operands.word, operands.n - 1, err);
    options_release(command->groups, values);
    words_release(&operands);
    free(values);
    return r;
}

static int print_version(struct stance_err *err)
{
    struct buf text = {0};

    buf_addf(&text, "stance %s\n", stance_version());
    int r = output_text(&text, err);
    buf_release(&text);
    return r;
}

/* name: the command, once known, for the hint. */
static int dispatch(char *const *argv, const char **name, struct stance_err *err)
{
    const struct command *command;

    if (argv[0] == NULL || argv[1] == NULL)
        return err_set(err, STANCE_USAGE, "which command? For instance: stance classify FILE");
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
        return print_version(err);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help_print(NULL, err);
    if (argv[1][0] == '-')
        return err_set(err, STANCE_USAGE, "unknown option '%s' before the command", argv[1]);
    command = command_find(argv[1], err);
    if (command == NULL)
        return -1;
    *name = command->name;
    return run_command(command, argv + 2, err);
}

/* A closed standard stream would let the next file opened take its number, and results end
 * up there. So closed ones are filled, the wrong way round: using them still fails. */
static void fill_closed_streams(void)
{
    static const int wrong_way[] = {O_WRONLY, O_RDONLY, O_WRONLY};

    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", wrong_way[fd]) < 0)
            _exit(STANCE_SYSTEM);
}

/* Some file systems tell of a failed write at the close only. */
static int close_stdout(struct stance_err *err)
{
    return fclose(stdout) == 0 ? 0 : err_errno(err, "<stdout>", "cannot write");
}

int main(int argc, char **argv)
{
    struct stance_err err = {0};
    const char *name = NULL;
    int r;

    (void)argc;
    fill_closed_streams();
    outfile_catch_signals();
    r = dispatch(argv, &name, &err);
    if (r == 0)
        r = close_stdout(&err);
    if (r == 0)
        return 0;
    err_print(&err);
    if (err.code == STANCE_USAGE)
        fprintf(stderr, name != NULL ? "Try 'stance %s --help'.\n" : "Try 'stance help'.\n", name);
    return err.code != STANCE_OK ? (int)err.code : STANCE_INTERNAL;
}
