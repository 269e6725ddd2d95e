/* SPDX-License-Identifier: MIT */
/*
 * keys: which key gives which label. Each of the first three targets has a row of keys under the
 * left hand, the same places on AZERTY, QWERTY and QWERTZ: e r t y, s d f h, x c v b. Digits are
 * the labels of the target at hand, whatever their number, and its sub-codes after a stance.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

/* The key of a label; 0 where it has none of its own. */
char keys_label(size_t target, size_t label);

/* The target and label of a key; false where it is none, whatever they are then. */
bool keys_find(int key, size_t *target, size_t *label);

#endif
