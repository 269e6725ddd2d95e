/* SPDX-License-Identifier: MIT */
/*
 * shown: text that others wrote, made safe and honest for a terminal. What would command the
 * terminal is shown as a sign (an escape as U+241B), what would turn the direction of the line or
 * hide is written out (<U+202E>), line ends of every kind become "\n", a tab two blanks; what has
 * no width and no meaning alone goes. Letters, marks and emoji stay as they are.
 */
#ifndef LABEL_SHOWN_H
#define LABEL_SHOWN_H

#include "base/buf.h"

/* Appends text (any bytes). What is appended has no control character but "\n". */
void shown_add(struct buf *out, struct span text);

/* The same in one line: a line end is a blank, and blanks at the ends go. */
void shown_add_line(struct buf *out, struct span text);

#endif
