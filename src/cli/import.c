/* SPDX-License-Identifier: MIT */
/* stance import: the saved text of article pages to one corpus record per comment. */
#include "base/err.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/term.h"

struct import {
    const char *output;
    struct reading reading;
    struct term term;
};

static const struct option rows[] = {
    {"output-file", 'o', "FILE", "where the records go instead of standard output",
     AT_TEXT(struct import, output), .path = true},
    {NULL},
};

static const struct option_group groups[] = {
    {"import", rows, 0},
    {"Encoding", encoding_options, offsetof(struct import, reading)},
    {"General", term_options, offsetof(struct import, term)},
    {NULL},
};

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct import *import = values;
    enum stance_encoding encoding = (enum stance_encoding)import->reading.encoding;
    struct stance_talk talk = term_talk(&import->term);
    struct output output;
    int r = 0;

    if (n == 0)
        return err_set(err, STANCE_USAGE, "which page? Name at least one file, or -");
    if (output_open(&output, import->output, err) < 0)
        return -1;
    term_note_waiting(&import->term, operand, n);
    for (size_t i = 0; i < n && r == 0; i++)
        r = stance_import_page(operand[i], encoding, &output.sink, &talk, err);
    term_end(&import->term);
    return output_close(&output, r, err);
}

const struct command import_command = {
    .name = "import",
    .summary = "turn saved article pages into corpus records",
    .usage = "import [OPTION]... PAGE...",
    .about = "Reads pages saved as text and writes one NDJSON record per comment, ready for "
             "labelling or for stance classify.",
    .groups = groups,
    .size = sizeof(struct import),
    .run = run,
};
