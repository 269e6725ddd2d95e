/* SPDX-License-Identifier: MIT */
/*
 * looks: how a text looks, without one word of it: length, punctuation, capitals, digits,
 * emoji. What can be told from that alone says nothing about stance, so a baseline made of it
 * shows how much of a figure is owed to the make of a corpus.
 */
#ifndef TEXT_LOOKS_H
#define TEXT_LOOKS_H

#include "base/span.h"

enum { LOOKS = 27 };

/* Fills LOOKS numbers of comparable size: logarithms of counts, shares, and 0 or 1. */
void looks_of(struct span text, double *out);

#endif
