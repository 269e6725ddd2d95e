/* SPDX-License-Identifier: MIT */
/*
 * word: see word.h. A word is scanned once, from its start; the only state is where the
 * segment after the last hyphen began, because an elision can end a compound too
 * ("est-ce-qu'on"). The d' and l' inside a compound are part of it ("chef-d'œuvre").
 */
#include "text/word.h"

#include "text/scan.h"

/* And all that ends in qu: jusqu', lorsqu', parcequ'. */
static const char *const elided[] = {"c", "d", "j", "l", "m", "n", "s", "ç", "t", "y", "z", NULL};
/* What follows quelqu' and presqu' in words of their own. */
static const char *const whole[] = {"un", "une", "uns", "unes", "île", "ile", "îles", "iles", NULL};
static const char *const clitics[] = {"je",  "tu",    "il",   "elle", "on",  "nous", "vous",
                                      "ils", "elles", "ce",   "moi",  "toi", "le",   "la",
                                      "les", "lui",   "leur", "y",    "en",  NULL};
static const char *const after_t[] = {"il", "ils", "elle", "elles", "on", "en", "y", NULL};
/* Nouns and adverbs that end like a verb with its pronoun. */
static const char *const compounds[] = {"rendez-vous", "celui-la",  "celle-la", "ceux-la",
                                        "celles-la",   "jusque-la", "par-la",   "chez-moi",
                                        "chez-toi",    "chez-nous", "add-on",   NULL};

/* ---- where a word ends ---- */

static bool begins_pronoun(const struct chars *s, size_t seg, size_t end)
{
    return chars_eq(s->c + seg, end - seg, "quelqu") || chars_eq(s->c + seg, end - seg, "presqu");
}

static size_t skip_run(const struct chars *s, size_t i)
{
    while (char_is_word(char_at(s, i)))
        i++;
    return i;
}

/* Is the apostrophe at `at` the end of an elided word that began at seg? */
static bool is_elision(const struct chars *s, size_t i, size_t seg, size_t at)
{
    size_t len = at - seg;

    if (len > 1 ? s->c[at - 2] != 'q' || s->c[at - 1] != 'u' : !chars_in(s->c + seg, len, elided))
        return false;
    if (seg != i && len == 1 && (s->c[seg] == 'd' || s->c[seg] == 'l'))
        return false;
    if (char_at(s, at + 1) == '\'') /* l''avion, but not ''c'' */
        return char_is_word(char_at(s, at + 2));
    return !(len == 6 && begins_pronoun(s, seg, at) &&
             chars_in(s->c + at + 1, skip_run(s, at + 1) - at - 1, whole));
}

/* Word characters with what may stand between them: _ and the · or • of "tou·te·s".
 * An address glued to the word that began at `start` ends it. */
static size_t skip_letters(const struct chars *s, size_t start, size_t i)
{
    size_t k;

    for (;;) {
        int32_t c = char_at(s, i);
        if (c == 'h' && i > start && char_at(s, i + 1) == 't' && scan_is_scheme(s, i))
            return i;
        if (char_is_word(c)) {
            i++;
            continue;
        }
        if (c != '_' && c != 0xB7 && c != 0x2022)
            return i;
        for (k = i; char_at(s, k) == c; k++)
            ;
        if (!char_is_word(char_at(s, k)))
            return i;
        i = k;
    }
}

size_t word_scan(const struct chars *s, size_t i)
{
    size_t seg = i, k = i;

    for (;;) {
        int32_t next;
        k = skip_letters(s, i, k);
        next = char_at(s, k + 1);
        if (char_at(s, k) == '\'' && is_elision(s, i, seg, k))
            return seg == i ? k + 1 + (next == '\'') : seg - 1;
        if (!char_is_word(next) || char_kind(next) == CHAR_MARK || scan_is_scheme(s, k + 1))
            return k;
        if (char_at(s, k) == '-')
            seg = k + 1;
        else if (char_at(s, k) != '\'')
            return k;
        k++;
    }
}

/* ---- pronouns ---- */

static size_t last_hyphen(const struct chars *s, size_t i, size_t end)
{
    while (end > i && s->c[end - 1] != '-')
        end--;
    return end > i ? end - 1 : i;
}

static bool is_clitic(const struct chars *s, size_t hyphen, size_t end)
{
    return end - hyphen <= 6 && chars_in(s->c + hyphen + 1, end - hyphen - 1, clitics);
}

size_t word_clitics(const struct chars *s, size_t i, size_t end, size_t at[WORD_CLITICS],
                    size_t *verb)
{
    size_t found[WORD_CLITICS], n = 0, first_end = end, hyphen;

    *verb = end;
    if (last_hyphen(s, i, end) == i || (end - i <= 11 && chars_in(s->c + i, end - i, compounds)))
        return 0;
    while (n < WORD_CLITICS && (hyphen = last_hyphen(s, i, end)) > i && is_clitic(s, hyphen, end)) {
        found[n++] = hyphen;
        first_end = end;
        end = hyphen;
    }
    if (n != 0 && chars_in(s->c + end + 1, first_end - end - 1, after_t) && s->c[end - 1] == 't' &&
        (end - 1 == i || s->c[end - 2] == '-'))
        end = end - 1 == i ? i : end - 2;
    for (size_t k = 0; k < n; k++)
        at[k] = found[n - 1 - k];
    *verb = end;
    return n;
}

/* ---- one spelling ---- */

/* Of i, v and x, none more than three times in a row: iii, xviii, but not iiii. */
static bool is_roman(const int32_t *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (c[i] != 'i' && c[i] != 'v' && c[i] != 'x')
            return false;
        if (i >= 3 && c[i] == c[i - 1] && c[i] == c[i - 2] && c[i] == c[i - 3])
            return false;
    }
    return true;
}

/* Does c spell `word` with each letter once or more? */
static bool is_drawn_out(const int32_t *c, size_t n, const char *word)
{
    size_t i = 0;
    for (; *word != '\0'; word++) {
        if (i == n || c[i] != *word)
            return false;
        while (i < n && c[i] == *word && c[i] != word[1])
            i++;
    }
    return i == n;
}

/* lol, lolol, loool; not "lo". */
static bool is_lol(const int32_t *c, size_t n)
{
    size_t turns = 0;
    for (size_t i = 0; i < n; i++) {
        if (c[i] != 'l' && c[i] != 'o')
            return false;
        turns += i != 0 && c[i] != c[i - 1];
    }
    return n >= 3 && c[0] == 'l' && c[n - 1] == 'l' && turns >= 2;
}

/* h and one vowel, changing three times or more: haha, ahahah, hihihi. The vowel, or 0. */
static int32_t laugh_vowel(const int32_t *c, size_t n)
{
    int32_t vowel = c[0] != 'h' ? c[0] : (n > 1 ? c[1] : 0);
    size_t turns = 0;

    if (vowel != 'a' && vowel != 'e' && vowel != 'i' && vowel != 'o' && vowel != 'u' &&
        vowel != 0xE9)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (c[i] != 'h' && c[i] != vowel)
            return 0;
        turns += i != 0 && c[i] != c[i - 1];
    }
    return turns >= 3 ? vowel : 0;
}

static size_t spell(int32_t *to, const char *word)
{
    size_t n = 0;
    while (word[n] != '\0') {
        to[n] = word[n];
        n++;
    }
    return n;
}

static size_t stable_laugh(int32_t *to, size_t n)
{
    int32_t vowel;

    if (to[0] == 'm' && is_drawn_out(to, n, "mdr"))
        return spell(to, "mdr");
    if (to[0] == 'p' && is_drawn_out(to, n, "ptdr"))
        return spell(to, "ptdr");
    if (is_lol(to, n))
        return spell(to, "lol");
    if (n < 4 || (vowel = laugh_vowel(to, n)) == 0)
        return n;
    to[0] = to[2] = 'h';
    to[1] = to[3] = vowel;
    return 4;
}

size_t word_stable(const int32_t *c, size_t n, int32_t to[WORD_MOST])
{
    size_t len = 0;
    bool roman = n <= 8 && is_roman(c, n); /* xxxviii is the longest */

    for (size_t i = 0, run = 0; i < n && len < WORD_MOST; i++) {
        run = i != 0 && c[i] == c[i - 1] ? run + 1 : 1;
        if (run >= 3 && !roman && char_kind(c[i]) == CHAR_LETTER)
            continue;
        to[len++] = c[i];
    }
    return stable_laugh(to, len);
}
