/* SPDX-License-Identifier: MIT */
/*
 * entity: HTML character references left in a dump. Named ones: those of HTML 4 that occur
 * in French text (all of Latin-1, œ, €, typographic marks); decimal and hexadecimal ones,
 * where 128 to 159 are read as Windows-1252, as browsers do.
 */
#ifndef TEXT_ENTITY_H
#define TEXT_ENTITY_H

#include <stdint.h>

#include "base/span.h"

/* The length in bytes of the reference that `text` begins with, its '&' and ';' included,
 * and its code point in *c; 0 where there is none (unknown, unterminated). A number that
 * is no character gives U+FFFD. Reads at most 12 bytes. */
size_t entity_read(struct span text, int32_t *c);

#endif
