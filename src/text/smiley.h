/* SPDX-License-Identifier: MIT */
/* smiley: faces made of punctuation, codes of forums, the remains of smiley images. */
#ifndef TEXT_SMILEY_H
#define TEXT_SMILEY_H

#include "text/normalize.h"

/* The face that begins at i in a folded text (:) :-( ^^ <3 and the `" />` that is left of a
 * removed image): returns the position after it and sets *name to "SMILEY+", "SMILEY-" or
 * "SMILEY"; returns i where there is none. A mouth may be repeated: :)))). */
size_t smiley_scan(const struct chars *s, size_t i, const char **name);

/* A face spelt in letters (xd, o_o, t_t), n folded code points: its name, or NULL. */
const char *smiley_word(const int32_t *c, size_t n);

/* The forum code that begins at i (":noel:"), its colons included; i where there is none. */
size_t smiley_code(const struct chars *s, size_t i);

#endif
