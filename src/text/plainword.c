/* SPDX-License-Identifier: MIT */
/*
 * plainword: see plainword.h. Letters are those of ASCII and the accented ones of U+00C0-00FF that
 * lose their accent one for one. Left to the tokenizer is each word that word_stable() could spell
 * in another way (a letter three times, laughter, mdr, lol) or smiley_word() could take for a face:
 * by the letters that it is made of.
 */
#include "text/plainword.h"

/* What U+00C0 + i is without case and accent; 0 where it is no such letter. */
static const char plain_of[64] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"
                                 "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

#define LETTER(c) ((uint32_t)1 << ((c) - 'a'))
static const uint32_t vowels =
    LETTER('a') | LETTER('e') | LETTER('i') | LETTER('o') | LETTER('u'); /* é is e here */

/* Could a word of these letters, one of them thrice in a row or not, have another spelling? */
static bool may_change(uint32_t letters, char first, bool thrice)
{
    const uint32_t mdr = LETTER('m') | LETTER('d') | LETTER('r');
    const uint32_t ptdr = LETTER('p') | LETTER('t') | LETTER('d') | LETTER('r');

    return thrice || first == 'x' || (letters & ~(vowels | LETTER('h'))) == 0 ||
           (letters & ~mdr) == 0 || (letters & ~ptdr) == 0 ||
           (letters & ~(LETTER('l') | LETTER('o'))) == 0;
}

struct reading {
    const unsigned char *p;
    size_t i, len;
    char *to, *plain;
};

static unsigned char small(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

/* One letter from r->i, to both views; 0 where there is none, else what it is without accent. */
static char take_letter(struct reading *r)
{
    unsigned char c = small(r->p[r->i]);
    char plain;

    if (c >= 'a' && c <= 'z') {
        r->i++;
        *r->to++ = (char)c;
        return *r->plain++ = (char)c;
    }
    if (c != 0xC3 || r->i + 1 >= r->len || (r->p[r->i + 1] & 0xC0) != 0x80)
        return 0;
    plain = plain_of[r->p[r->i + 1] & 0x3F];
    if (plain == '\0')
        return 0;
    *r->to++ = (char)0xC3;
    *r->to++ = (char)(r->p[r->i + 1] == 0xBF ? 0xBF : r->p[r->i + 1] | 0x20);
    r->i += 2;
    return *r->plain++ = plain;
}

static void put(struct plainword *w, const char *from, const char *to)
{
    w->token[w->n++] = (struct span){from, (size_t)(to - from)};
}

/* l' d' c' j' m' n' s' t' y' z': the token, apostrophe and all. */
static void take_elided(struct plainword *w, struct reading *r)
{
    unsigned char c = small(r->p[0]);

    if (r->len < 3 || r->p[1] != '\'' || c < 'a' || c > 'z' || memchr("cdjlmnstyz", c, 10) == NULL)
        return;
    *r->to++ = *r->plain++ = (char)c;
    *r->to++ = *r->plain++ = '\'';
    r->i = 2;
    put(w, w->bytes, r->to);
}

static bool take_word(struct plainword *w, struct reading *r)
{
    const char *from = r->to;
    uint32_t letters = 0;
    char first = 0, last = 0, c;
    size_t run = 0;
    bool thrice = false;

    while (r->i < r->len && (c = take_letter(r)) != 0) {
        run = c == last ? run + 1 : 1; /* e and é are one here: doubt, no more */
        thrice = thrice || run == 3;
        letters |= LETTER(c);
        first = first != 0 ? first : c;
        last = c;
    }
    if (letters == 0 || may_change(letters, first, thrice))
        return false;
    put(w, from, r->to);
    return true;
}

/* One mark at the end that is a token as it stands. */
static bool take_mark(struct plainword *w, struct reading *r)
{
    unsigned char c;

    if (r->i == r->len)
        return true;
    c = r->p[r->i];
    if (r->i + 1 != r->len || (c != ',' && c != '.' && c != '!' && c != '?' && c != ')'))
        return false;
    *r->to = *r->plain++ = (char)c;
    put(w, r->to, r->to + 1);
    return true;
}

bool plainword_read(struct plainword *w, struct span pretoken)
{
    struct reading r = {.p = (const unsigned char *)pretoken.p,
                        .len = pretoken.len,
                        .to = w->bytes,
                        .plain = w->plain};

    if (pretoken.len > PLAINWORD_MOST)
        return false;
    w->n = 0;
    *r.plain++ = ' ';
    take_elided(w, &r);
    if (!take_word(w, &r) || !take_mark(w, &r))
        return false;
    *r.plain++ = ' ';
    w->running = (struct span){w->plain, (size_t)(r.plain - w->plain)};
    return true;
}
