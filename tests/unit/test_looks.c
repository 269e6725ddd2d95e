/* SPDX-License-Identifier: MIT */
/* looks: texts and the numbers that are meant. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "text/looks.h"

/* The features in their order. */
enum feature {
    EXCLAMATION,
    QUESTION,
    STOP,
    ELLIPSIS,
    COMMA,
    COLON,
    QUOTE,
    BRACKET,
    APOSTROPHE,
    HYPHEN,
    SLASH,
    AT,
    HASH,
    GREATER,
    STAR,
    EMOJI,
    LINE,
    CHARS,
    WORDS,
    MIDDLE,
    WORD_LENGTH,
    DIGITS,
    SHOUTED,
    CAPITALS,
    ENDS_EXCLAMATION,
    ENDS_QUESTION,
    ENDS_STOP
};

/* How often: features that are logarithms of counts. */
static const struct {
    const char *text;
    enum feature feature;
    double n;
} counts[] = {
    {"", CHARS, 0},
    {"", WORDS, 0},
    {"Oui, oui, et oui.", COMMA, 2},
    {"Oui !!", EXCLAMATION, 2},
    {"Oui ?! Non ?", QUESTION, 2},
    {"Bon. Oui.", STOP, 2},
    {"Bon. Oui.", ELLIPSIS, 0},
    {"Bon.. oui", ELLIPSIS, 1},
    {"Bon.. oui", STOP, 0},
    {"Bon... oui", ELLIPSIS, 1},
    {"Bon... oui", STOP, 0},
    {"Bon....... oui.", ELLIPSIS, 1},
    {"Bon....... oui.", STOP, 1},
    {"Bon… oui", ELLIPSIS, 1},
    {"Bon. . oui", ELLIPSIS, 0},
    {"Bon. . oui", STOP, 2},
    {"a : b ; c", COLON, 2},
    {"« a » “b” \"c\"", QUOTE, 6},
    {"(a)", BRACKET, 2},
    {"l'un, l’autre", APOSTROPHE, 2},
    {"peut-être – non — oui", HYPHEN, 3},
    {"et/ou", SLASH, 1},
    {"@toi #ici", AT, 1},
    {"@toi #ici", HASH, 1},
    {"> dit-il", GREATER, 1},
    {"*fort*", STAR, 2},
    {"oui 👍 👍", EMOJI, 2},
    {"un\ndeux\n", LINE, 2},
    {"été", CHARS, 3},
    {"un deux, trois", WORDS, 3},
    {"l'été", WORDS, 2},
    {"en 2024, 7 fois", DIGITS, 5},
    {"C'EST NUL", SHOUTED, 2}, /* C is one letter */
    {"ÉTÉ À PARIS", SHOUTED, 2},
    {"A 2024", SHOUTED, 0},
    {"Oui", SHOUTED, 0},
};

/* As they are: shares, and 0 or 1. */
static const struct {
    const char *text;
    enum feature feature;
    double value;
} shares[] = {
    {"", WORD_LENGTH, 0},
    {"", CAPITALS, 0},
    {"un quatre", WORD_LENGTH, (2 + 6) / 2.0 / 4},
    {"OUi non", CAPITALS, 2.0 / 6},
    {"Œuf", CAPITALS, 1.0 / 3},
    {"3 × 4", CAPITALS, 0},
    {"Non !", ENDS_EXCLAMATION, 1},
    {"Non ! Oui", ENDS_EXCLAMATION, 0},
    {"Non ? \n", ENDS_QUESTION, 1},
    {"Non ?!", ENDS_QUESTION, 0},
    {"Non.", ENDS_STOP, 1},
    {"Non...", ENDS_STOP, 1},
    {"Non…", ENDS_STOP, 1},
    {"Non, ", ENDS_STOP, 0},
    {"", ENDS_STOP, 0},
};

static double look(const char *text, enum feature feature)
{
    double out[LOOKS];
    struct span s = span_of(text);
    char *copy = exact(s);

    looks_of((struct span){copy, s.len}, out);
    free(copy);
    return out[feature];
}

static void table(void **state)
{
    (void)state;
    assert_int_equal(ENDS_STOP + 1, LOOKS);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (fabs(look(counts[i].text, counts[i].feature) - log1p(counts[i].n)) > 1e-12)
            fail_msg("'%s': feature %d counts %g, expected %g", counts[i].text, counts[i].feature,
                     expm1(look(counts[i].text, counts[i].feature)), counts[i].n);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (fabs(look(shares[i].text, shares[i].feature) - shares[i].value) > 1e-12)
            fail_msg("'%s': feature %d is %g, expected %g", shares[i].text, shares[i].feature,
                     look(shares[i].text, shares[i].feature), shares[i].value);
}

/* Other words of the same letters' number: the same looks. */
static void no_word(void **state)
{
    static const char *const pair[][2] = {
        {"Oui, c'est bien !", "Non, l'été nuit !"},
        {"J'ADORE 12 fois", "D'ABORD 98 eaux"},
        {"pour", "sans"},
    };
    double a[LOOKS], b[LOOKS];

    (void)state;
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        looks_of(span_of(pair[i][0]), a);
        looks_of(span_of(pair[i][1]), b);
        for (int k = 0; k < LOOKS; k++)
            if (a[k] != b[k])
                fail_msg("'%s' and '%s' differ in feature %d", pair[i][0], pair[i][1], k);
    }
}

static void any_bytes(void **state)
{
    static const char *const odd[] = {"\xFF", "\xC3", "\xED\xA0\x80", "\xF0\x9F\x98", "a\x80z"};
    double out[LOOKS];

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (int k = 0; k < LOOKS; k++)
            assert_true(isfinite(look(odd[i], (enum feature)k)));
    looks_of(SPAN("a\0b"), out);
    assert_true(fabs(out[WORDS] - log1p(2)) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(no_word),
        cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests_name("looks", tests, NULL, NULL);
}
