/* SPDX-License-Identifier: MIT */
/* worked: the lines of a table of worked examples, cut at tabs; comments and empty lines left out.
 */
#ifndef TESTS_WORKED_H
#define TESTS_WORKED_H

#include "helpers.h"

#include <string.h>

enum { WORKED_FIELDS = 16 };

struct worked {
    struct buf file;
    char *at;
    char *field[WORKED_FIELDS];
    size_t n;
};

void worked_open(struct worked *w, const char *name);   /* as test_path() */
bool worked_line(struct worked *w);                     /* false at the end */
double worked_number(const struct worked *w, size_t i); /* "nan" too; else the test fails */
void worked_close(struct worked *w);

#endif
