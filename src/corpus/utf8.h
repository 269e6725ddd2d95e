/* SPDX-License-Identifier: MIT */
/*
 * utf8: is this well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates,
 * nothing above U+10FFFF), and if not, where does it break? NUL is a character.
 */
#ifndef CORPUS_UTF8_H
#define CORPUS_UTF8_H

#include "base/buf.h"

/* What is said of input that is not, with the first byte that breaks it. */
#define UTF8_REFUSED "byte 0x%02X is not UTF-8, expected --encoding windows-1252 or --lossy"

/* The length of the longest well-formed prefix: s.len where all of it is. */
size_t utf8_valid(struct span s);

/* Appends s to out with every maximal ill-formed part replaced by one U+FFFD (Unicode 15,
 * section 3.9, "U+FFFD substitution of maximal subparts"; what browsers do). */
void utf8_repair(struct span s, struct buf *out);

/* s without the white space at its ends: ASCII white, U+0085, U+00A0, U+1680, U+2000-200B,
 * U+2028/9, U+202F, U+205F, U+2060, U+3000, U+FEFF. s is valid UTF-8. */
struct span utf8_trim(struct span s);

#endif
