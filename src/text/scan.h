/* SPDX-License-Identifier: MIT */
/*
 * scan: the things in a folded text that become one stable token. Each function is asked
 * at a position where a token begins and returns the position after the thing, or the
 * position it was given where there is no such thing. None looks further ahead than the
 * thing it returns and 256 code points, so that a text is scanned in linear time.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include "text/normalize.h"

/* http(s)://…, ftp://…, www.…, lemonde.fr, youtu.be/…, and an address cut by "…". Final
 * punctuation and an unbalanced closing bracket are not part. */
size_t scan_url(const struct chars *s, size_t i);
bool scan_is_scheme(const struct chars *s, size_t i); /* http:// or https:// begins at i */

/* Can an address of either kind begin at i? Says no to nearly every word, quickly. */
bool scan_may_be_address(const struct chars *s, size_t i);

size_t scan_mention(const struct chars *s, size_t i); /* @name */
size_t scan_email(const struct chars *s, size_t i);   /* name@host.tld */
size_t scan_hashtag(const struct chars *s, size_t i); /* # and a name with a letter */

/* 12, 3,5, 1 500, 1.500.000, 12:30, 12h30, 2020-03-12, 12/03/2020; letters that follow
 * are a unit (10M, 1er, 20ans) and not part. Nothing where letters that are no unit make
 * it a word (4chan, 3d), but after three digits they always are one (1080p). */
size_t scan_number(const struct chars *s, size_t i);

/* "+1", "-1", "+1000" standing alone: agreement, disagreement. */
size_t scan_agreement(const struct chars *s, size_t i);

/* One emoji: joined sequence, flag, keycap. */
size_t scan_emoji(const struct chars *s, size_t i);

#endif
