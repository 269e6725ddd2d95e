/* SPDX-License-Identifier: MIT */
/*
 * num: text to number and back, the same in every locale. The whole text must be the
 * number: no blanks, no trailing junk, no comma, no nan, no inf, no hexadecimal.
 */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

bool num_u64(struct span s, uint64_t *value);   /* decimal digits only */
bool num_f64(struct span s, double *value);     /* [-]digits[.digits][e[-]digits], finite */
bool num_hex64(struct span s, uint64_t *value); /* sixteen digits, 0-9 and a-f */

/* Fixed-point with `decimals` (0 to 17) digits, '.' whatever the locale; nan as "nan", what rounds
 * to 0 without a sign. */
void num_add_fixed(struct buf *b, double value, int decimals);
/* The shortest of %.15g, %.16g, %.17g that reads back as the same double. */
void num_add_f64(struct buf *b, double value);

#endif
