/* SPDX-License-Identifier: MIT */
/*
 * normalize: bytes to folded code points, and what a code point is. The only room that
 * knows utf8proc (Unicode 15.0 with utf8proc 2.8).
 *
 * Folded means: canonical decomposition, full case folding, canonical composition
 * (Unicode Standard 3.13, UAX #15), so that NFC and NFD, capitals and small letters give
 * the same code points; accents stay. Beyond that:
 *   - the ligatures U+FB00-FB06, full-width forms, the bold or italic letters of the
 *     mathematical block and the double marks (U+203C, U+2047-2049) take their
 *     compatibility form, nothing else does (a superscript stays one);
 *   - every apostrophe becomes ', every hyphen and the minus sign become -;
 *   - every space and control character becomes a blank, every line end a '\n';
 *   - default-ignorable code points vanish (zero-width, soft hyphen, variation selectors,
 *     direction marks), but for the joiner inside an emoji sequence and the tags of a flag;
 *   - a skin tone after an emoji vanishes.
 * Folding what is folded changes nothing.
 */
#ifndef TEXT_NORMALIZE_H
#define TEXT_NORMALIZE_H

#include "base/buf.h"
#include "text/chars.h"

enum char_kind {
    CHAR_OTHER, /* punctuation, symbols, unassigned; also the 0 of char_at() */
    CHAR_SPACE,
    CHAR_NEWLINE,
    CHAR_LETTER,    /* and numbers that are no digits: ², ½, Ⅳ */
    CHAR_DIGIT,     /* decimal digits of any script */
    CHAR_MARK,      /* combining */
    CHAR_IDEOGRAPH, /* Han: a word of its own */
    CHAR_EMOJI,
    CHAR_FLAG /* regional indicator: two make a flag */
};

enum char_kind char_kind_beyond(int32_t c); /* c >= 0x80 */

/* The kind of a folded code point. Inline, because every scanner asks it of every letter. */
static inline enum char_kind char_kind(int32_t c)
{
    if (c >= 0x80)
        return char_kind_beyond(c);
    if (c >= 'a' && c <= 'z')
        return CHAR_LETTER;
    if (c == ' ')
        return CHAR_SPACE;
    if (c >= '0' && c <= '9')
        return CHAR_DIGIT;
    return c == '\n' ? CHAR_NEWLINE : CHAR_OTHER;
}

static inline bool char_is_word(int32_t c)
{
    enum char_kind kind = char_kind(c);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_MARK;
}

/* {0} is a valid new one. Reused from text to text it allocates nothing once warm. */
struct normalizer {
    struct chars raw, work; /* scratch */
    struct chars out;       /* the result, good until the next call */
};

/* Folds `text` (any bytes) into z->out. With `entities`, HTML entities are decoded first,
 * once (see entity.h). */
void normalize(struct normalizer *z, struct span text, bool entities);
void normalizer_release(struct normalizer *z); /* may be NULL */

/* Appends the accent-free view of n folded code points, as UTF-8: combining diacritics
 * (U+0300-036F) go, œ is oe, æ is ae. Letters of any script stay otherwise. Appends
 * nothing where there were only diacritics. */
void plain_add(struct buf *out, const int32_t *c, size_t n);

/* Appends the canonical decomposition (compose: composition) of `text`, nothing folded,
 * nothing dropped, bad bytes as U+FFFD. For tests and tools: allocates. */
void canonical_add(struct buf *out, struct span text, bool compose);

/* "utf8proc 2.8.0, Unicode 15.0.0": folding can change with either. A literal's lifetime. */
const char *normalize_version(void);

#endif
