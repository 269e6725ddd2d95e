/* SPDX-License-Identifier: MIT */
/*
 * smiley: see smiley.h. A face is eyes, a nose that may be missing, a mouth. The text is
 * folded, so ":D" is seen as ":d": a mouth that is a letter must not be followed by one,
 * and ":d'accord" is none either. What is no face of eyes and mouth is in a table.
 */
#include "text/smiley.h"

struct face {
    const char *text, *name;
};

/* The longer before the shorter that it begins with. */
static const struct face faces[] = {
    {"</3", "SMILEY-"},   {"<3", "SMILEY+"},   {">_<", "SMILEY-"}, {"><", "SMILEY-"},
    {"-_-'", "SMILEY-"},  {"-_-", "SMILEY-"},  {"^_^", "SMILEY+"}, {"^-^", "SMILEY+"},
    {"^^'", "SMILEY+"},   {"^^", "SMILEY+"},   {";_;", "SMILEY-"}, {">:(", "SMILEY-"},
    {"(^_^)", "SMILEY+"}, {"\\o/", "SMILEY+"},
};

static size_t match(const struct chars *s, size_t i, const char *ascii)
{
    size_t k = i;
    for (; *ascii != '\0'; ascii++, k++)
        if (char_at(s, k) != *ascii)
            return i;
    return k;
}

static size_t skip_same(const struct chars *s, size_t i)
{
    size_t k = i;
    while (char_at(s, k) == s->c[i])
        k++;
    return k;
}

static const char *mouth_name(int32_t c)
{
    switch (c) {
    case ')':
    case ']':
    case '}':
    case 'd':
    case 'p':
        return "SMILEY+";
    case '(':
    case '[':
    case '{':
    case '/':
    case '\\':
    case 's':
    case '@':
        return "SMILEY-";
    case 'o':
    case '|':
        return "SMILEY";
    default:
        return NULL;
    }
}

/* Does what follows the mouth leave it a mouth? ":(voir" opens a bracket, ":/" may be the
 * start of "://", ":d'" of an elision, ":\\_" of an escape. */
static bool mouth_ends(int32_t mouth, int32_t next)
{
    if (mouth >= 'a' && mouth <= 'z')
        return !char_is_word(next) && next != '\'' && next != '_';
    if (mouth == '(' || mouth == '[' || mouth == '{' || mouth == '@' || mouth == '/')
        return !char_is_word(next);
    return mouth != '\\' || next <= ' ';
}

/* "x=d" is algebra and ";s" a slip: such eyes want a mouth that can be nothing else. */
static bool eyes_allow(int32_t eyes, int32_t before, int32_t mouth)
{
    bool letter = mouth >= 'a' && mouth <= 'z';

    if (eyes == ';')
        return !letter || mouth == 'd' || mouth == 'p';
    return eyes == ':' || !char_is_word(before) || !(letter || mouth == '/');
}

/* :) =-( ;d :'( and so on. */
static size_t scan_face(const struct chars *s, size_t i, const char **name)
{
    int32_t eyes = char_at(s, i), mouth;
    bool tear = false;
    size_t k = i + 1, end;

    if (eyes != ':' && eyes != ';' && eyes != '=')
        return i;
    if (char_at(s, k) == '\'') {
        tear = true;
        k++;
    }
    if (char_at(s, k) == '-' || (char_at(s, k) == 'o' && char_at(s, k + 1) == ')'))
        k++;
    mouth = char_at(s, k);
    if (mouth_name(mouth) == NULL || (tear && mouth != ')' && mouth != '(' && mouth != 'd'))
        return i;
    end = skip_same(s, k);
    if (!mouth_ends(mouth, char_at(s, end)) || (mouth == '/' && end > k + 1))
        return i;
    if (!eyes_allow(eyes, i != 0 ? s->c[i - 1] : ' ', mouth))
        return i;
    *name = mouth_name(mouth);
    return end;
}

/* `" />`: what a dump keeps of <img alt=":)" />. */
static size_t scan_residue(const struct chars *s, size_t i)
{
    size_t k = i + 1;
    while (char_at(s, k) == ' ' && k < i + 3)
        k++;
    return char_at(s, k) == '/' && char_at(s, k + 1) == '>' ? k + 2 : i;
}

size_t smiley_scan(const struct chars *s, size_t i, const char **name)
{
    size_t end = i;

    if (char_at(s, i) == '"') {
        *name = "SMILEY";
        return scan_residue(s, i);
    }
    if ((end = scan_face(s, i, name)) != i)
        return end;
    for (size_t k = 0; k < sizeof faces / sizeof *faces; k++) {
        end = match(s, i, faces[k].text);
        if (end == i)
            continue;
        *name = faces[k].name;
        if (s->c[end - 1] == '3' || s->c[end - 1] == '^')
            end = skip_same(s, end - 1);
        /* "<30" counts, "a><b" compares */
        if (s->c[i] == '^' || !char_is_word(char_at(s, end)))
            return end;
    }
    return i;
}

static bool is_xd(const int32_t *c, size_t n)
{
    size_t k = 0;
    while (k < n && c[k] == 'x')
        k++;
    if (k == 0 || k == n)
        return false;
    while (k < n && c[k] == 'd')
        k++;
    return k == n;
}

const char *smiley_word(const int32_t *c, size_t n)
{
    static const char *const sad[] = {"t_t", "u_u", "x_x", ";_;", NULL};
    static const char *const wide[] = {"o_o", "0_0", "o_0", "0_o", NULL};

    if (c[0] == 'x' && is_xd(c, n))
        return "SMILEY+";
    if (n != 3 || c[1] != '_')
        return NULL;
    if (chars_in(c, n, sad))
        return "SMILEY-";
    return chars_in(c, n, wide) ? "SMILEY" : NULL;
}

size_t smiley_code(const struct chars *s, size_t i)
{
    size_t k = i + 1;

    if (char_at(s, i) != ':' || char_kind(char_at(s, k)) != CHAR_LETTER)
        return i;
    while (k < i + 33 &&
           (char_is_word(char_at(s, k)) || char_at(s, k) == '_' || char_at(s, k) == '-'))
        k++;
    if (k < i + 3 || char_at(s, k) != ':' || char_at(s, k + 1) == '/')
        return i;
    return k + 1;
}
