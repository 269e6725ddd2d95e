/* SPDX-License-Identifier: MIT */
/* helpers: what every unit test needs; includes cmocka with its prerequisites. */
#ifndef TESTS_HELPERS_H
#define TESTS_HELPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"

/* A copy in a heap block of exactly len bytes, so that AddressSanitizer sees a read
 * one byte past the end. Free it with free(). */
char *exact(struct span s);

/* A new file in a fresh temporary folder holding these bytes; the path is owned by the
 * caller. remove_temp() deletes the file and its folder and frees the path. */
char *temp_file(struct span bytes);
void remove_temp(char *path);

/* The whole of a file; fails the test where it cannot be read. */
struct buf slurp(const char *path);

/* The path of a file under tests/, from the environment variable STANCE_TESTS or "tests". */
const char *test_path(const char *name);

/* One labelled comment more; thread and author may be NULL, and so may target. */
void add_comment(struct corpus *c, const char *id, const char *thread, const char *author,
                 const char *text, const char *target, const char *label);

#endif
