/* SPDX-License-Identifier: MIT */
/* pages: what the tests of web pages look for. Pages are NUL-terminated by page_spaces(). */
#ifndef TESTS_PAGES_H
#define TESTS_PAGES_H

#include "base/buf.h"

/* Narrow spaces become spaces, so that rows in tests can be typed and read. */
void page_spaces(struct buf *b);

size_t page_count(const char *text, const char *what);

/* Fail the test where the page lacks it, or has it. */
void page_has(const struct buf *page, const char *what);
void page_lacks(const struct buf *page, const char *what);

/* Every tag that is opened is closed, in order; attributes are quoted; ids are unique. */
void page_well_formed(const struct buf *page, const char *name);

#endif
