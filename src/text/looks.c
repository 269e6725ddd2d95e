/* SPDX-License-Identifier: MIT */
/*
 * looks: one pass over the text as it was written. Capitals are those of the Latin alphabets of
 * western Europe, by range: enough for a baseline, and no table is needed.
 */
#include "text/looks.h"

#include <math.h>
#include <stdbool.h>

#include "text/normalize.h"

enum mark {
    MARK_EXCLAMATION,
    MARK_QUESTION,
    MARK_STOP,
    MARK_ELLIPSIS,
    MARK_COMMA,
    MARK_COLON,
    MARK_QUOTE,
    MARK_BRACKET,
    MARK_APOSTROPHE,
    MARK_HYPHEN,
    MARK_SLASH,
    MARK_AT,
    MARK_HASH,
    MARK_GREATER,
    MARK_STAR,
    MARK_EMOJI,
    MARK_LINE,
    N_MARKS,
    MARK_NONE
};

struct count {
    double chars, words, letters, capitals, digits, shouted; /* words all in capitals */
    double mark[N_MARKS];
    enum mark last;                     /* since the last letter or digit */
    size_t dots;                        /* full stops just before, without anything between */
    double word_letters, word_capitals; /* of the word being read */
};

static const struct {
    int32_t c;
    enum mark mark;
} marks[] = {
    {'!', MARK_EXCLAMATION},   {'?', MARK_QUESTION}, {'.', MARK_STOP},
    {0x2026, MARK_ELLIPSIS},   {',', MARK_COMMA},    {';', MARK_COLON},
    {':', MARK_COLON},         {'"', MARK_QUOTE},    {0xAB, MARK_QUOTE},
    {0xBB, MARK_QUOTE},        {0x201C, MARK_QUOTE}, {0x201D, MARK_QUOTE},
    {'(', MARK_BRACKET},       {')', MARK_BRACKET},  {'\'', MARK_APOSTROPHE},
    {0x2019, MARK_APOSTROPHE}, {'-', MARK_HYPHEN},   {0x2013, MARK_HYPHEN},
    {0x2014, MARK_HYPHEN},     {'/', MARK_SLASH},    {'@', MARK_AT},
    {'#', MARK_HASH},          {'>', MARK_GREATER},  {'*', MARK_STAR},
    {'\n', MARK_LINE},
};

static enum mark mark_of(int32_t c)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].c == c)
            return marks[i].mark;
    return c >= 0x80 && char_kind(c) == CHAR_EMOJI ? MARK_EMOJI : MARK_NONE;
}

static bool is_capital(int32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || c == 0x152;
}

static void end_word(struct count *k)
{
    k->words += k->word_letters > 0;
    k->shouted += k->word_letters > 1 && k->word_capitals == k->word_letters;
    k->word_letters = k->word_capitals = 0;
}

/* Full stops in a row are one ellipsis. */
static void take_stop(struct count *k)
{
    k->dots++;
    k->mark[MARK_STOP] += k->dots == 1 ? 1 : k->dots == 2 ? -1 : 0;
    k->mark[MARK_ELLIPSIS] += k->dots == 2;
    k->last = MARK_STOP;
}

static void take_mark(struct count *k, enum mark mark)
{
    if (mark == MARK_STOP) {
        take_stop(k);
        return;
    }
    k->dots = 0;
    if (mark != MARK_NONE)
        k->mark[mark]++;
    if (mark != MARK_NONE && mark != MARK_LINE)
        k->last = mark;
}

static void take(struct count *k, int32_t c)
{
    k->chars++;
    if (is_capital(c) || char_is_word(c)) {
        k->digits += c >= '0' && c <= '9';
        k->letters++;
        k->capitals += is_capital(c);
        k->word_letters++;
        k->word_capitals += is_capital(c);
        k->last = MARK_NONE;
        k->dots = 0;
        return;
    }
    end_word(k);
    take_mark(k, mark_of(c));
}

void looks_of(struct span text, double *out)
{
    struct count k = {.last = MARK_NONE};
    int32_t c;

    while (text.len > 0) {
        size_t n = char_decode(text, &c);
        take(&k, c);
        text.p += n;
        text.len -= n;
    }
    end_word(&k);
    for (int m = 0; m < N_MARKS; m++)
        out[m] = log1p(k.mark[m]);
    out += N_MARKS;
    *out++ = log1p(k.chars);
    *out++ = log1p(k.words);
    *out++ = log1p(k.words) * log1p(k.words) / 4; /* neither the short nor the long */
    *out++ = k.words > 0 ? k.letters / k.words / 4 : 0;
    *out++ = log1p(k.digits);
    *out++ = log1p(k.shouted);
    *out++ = k.letters > 0 ? k.capitals / k.letters : 0;
    *out++ = k.last == MARK_EXCLAMATION;
    *out++ = k.last == MARK_QUESTION;
    *out = k.last == MARK_STOP || k.last == MARK_ELLIPSIS;
}
