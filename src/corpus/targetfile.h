/* SPDX-License-Identifier: MIT */
/*
 * targetfile: what targets are called. NDJSON, one target a line:
 *   {"id", "statement", "definition", "labels": {LABEL: {"fr": NAME, "en": NAME}}}
 * all but id optional; the statement is what the name kernel compares.
 */
#ifndef CORPUS_TARGETFILE_H
#define CORPUS_TARGETFILE_H

#include "base/arena.h"

#include <stance.h>

struct target_label {
    struct span label, fr, en; /* p NULL where not given */
};

struct target_entry {
    struct span id, statement, definition; /* p NULL where not given */
    struct target_label *label;            /* in the arena */
    size_t n_labels, label_cap;
};

struct target_file {
    struct target_entry *entry;
    size_t n, cap;
    struct arena arena;
};

void target_file_release(struct target_file *f); /* {0} is a valid empty one */

/* Errors are STANCE_DATA with file, line and column, or STANCE_SYSTEM. */
int target_file_read(struct target_file *f, const char *path, struct stance_err *err);

/* The entry of this target, or NULL. */
const struct target_entry *target_file_find(const struct target_file *f, struct span id);

#endif
