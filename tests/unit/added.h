/* SPDX-License-Identifier: MIT */
/*
 * added: a corpus of forty comments with twenty of another domain beside it. The label shows in
 * a word, another one in either domain.
 *
 *     target   corpus                  added
 *     ban      against favor none      against favor
 *     new      -                       against favor
 *     spying   against favor           -
 *     topic    on off                  -
 *
 * So against–favor is held out, and the pairs with none, and on–off, are of one heap.
 */
#ifndef TESTS_ADDED_H
#define TESTS_ADDED_H

#include "tiny.h"

enum { ADDED_MAIN = 40, ADDED_OWN = 20, ADDED_TARGETS = 4 };
enum { ADDED_BAN, ADDED_NEW, ADDED_SPYING, ADDED_TOPIC };

/* Sealed. apart: the others are of another domain; else all are of one. */
void added_corpus(struct corpus *c, bool apart);

/* Three folds, one mix, one kernel with every factor, no choice of C, and this share alone. */
struct settings added_settings(double share, enum solver solver);

#endif
