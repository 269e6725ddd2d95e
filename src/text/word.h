/* SPDX-License-Identifier: MIT */
/*
 * word: where a French word ends, and the one spelling that its exaggerations share.
 *
 * An elided word keeps its apostrophe and ends there: l' avion, qu' il, j' suis. Any other
 * apostrophe stays inside: aujourd'hui, quelqu'un, prud'homme, p'tit, don't. A compound
 * stays whole (peut-être, sous-marin, chef-d'œuvre, celui-ci); a pronoun after a verb is
 * split off with its hyphen, which tells a question or an order from a statement: est -ce,
 * dit -elle, donne -le -moi; the t of a-t-il goes: a -il.
 */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "text/normalize.h"

/* A token is cut to this many code points: nothing longer is a word, and it bounds the
 * n-grams that one glued or hostile "word" can add to a vocabulary. */
#define WORD_MOST 64

/* A word that begins at i (a word character): the position after it. */
size_t word_scan(const struct chars *s, size_t i);

/* Where the pronouns at the end of the word [i, end) begin: fills at[0 … return value - 1],
 * ascending, with the positions of their hyphens. verb: where the word before them ends,
 * i where nothing is left of it ("t-il"). */
#define WORD_CLITICS 3
size_t word_clitics(const struct chars *s, size_t i, size_t end, size_t at[WORD_CLITICS],
                    size_t *verb);

/* Writes the stable spelling of the n code points to `to` and returns its length: a letter
 * three times or more in a row becomes two (Roman numerals such as xviii are left), mdrrr
 * is mdr, ptdrrr ptdr, looool lol, hahahaha haha; cut to WORD_MOST. */
size_t word_stable(const int32_t *c, size_t n, int32_t to[WORD_MOST]);

#endif
