/* SPDX-License-Identifier: MIT */
/*
 * scan: see scan.h. The addresses, names, numbers and emoji of a folded text. A bare
 * domain is believed by its last label alone: a list of those seen in French comments,
 * cut where a French word is one too ("fini.la", "oui.ca"): those need a path.
 */
#include "text/scan.h"

#define MOST_HOST 256 /* RFC 1035: 255 octets */

static bool is_digit(int32_t c)
{
    return char_kind(c) == CHAR_DIGIT;
}

static bool is_alnum(int32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static size_t skip_digits(const struct chars *s, size_t i)
{
    while (is_digit(char_at(s, i)))
        i++;
    return i;
}

static size_t skip_word(const struct chars *s, size_t i)
{
    while (char_is_word(char_at(s, i)))
        i++;
    return i;
}

static bool begins(const struct chars *s, size_t i, const char *ascii)
{
    for (; *ascii != '\0'; ascii++, i++)
        if (char_at(s, i) != *ascii)
            return false;
    return true;
}

/* ---- addresses ---- */

static const char *const sure[] = {"com",  "fr",  "org",  "net", "eu",    "be",  "ch",
                                   "info", "io",  "tv",   "uk",  "gov",   "edu", "gouv",
                                   "biz",  "bzh", "blog", "ovh", "paris", NULL};
static const char *const with_path[] = {
    "me", "to", "ly", "gg",  "gl",   "it",  "co",  "es",   "la", "st", "cc", "al",
    "nl", "pl", "ru", "us",  "in",   "pt",  "lu",  "jp",   "cn", "dk", "se", "no",
    "fi", "is", "ai", "so",  "sh",   "ca",  "de",  "re",   "fm", "at", "cz", "ma",
    "tn", "dz", "qc", "app", "news", "xyz", "dev", "link", NULL};

static bool in_address(int32_t c)
{
    if (c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '`')
        return false;
    if (c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F) || c == 0x2026)
        return false;
    return c > ' ';
}

static bool is_final(int32_t c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\'' ||
           c == '*' || c == ']';
}

/* From i, inside an address that began at `from`, to its end. */
static size_t address_end(const struct chars *s, size_t from, size_t i)
{
    size_t open = 0, close = 0;

    while (in_address(char_at(s, i)))
        i++;
    if (char_at(s, i) == 0x2026) /* a tweet cut short */
        return i + 1;
    for (size_t k = from; k < i; k++) {
        open += s->c[k] == '(';
        close += s->c[k] == ')';
    }
    for (; i > from; i--) {
        if (s->c[i - 1] == ')' && close > open)
            close--;
        else if (!is_final(s->c[i - 1]))
            break;
    }
    return i;
}

bool scan_is_scheme(const struct chars *s, size_t i)
{
    return begins(s, i, "http://") || begins(s, i, "https://");
}

/* labels.of.a.host from i; *last: where its last label begins (i: there is no dot). */
static size_t host_end(const struct chars *s, size_t i, size_t *last)
{
    size_t most = i + MOST_HOST;

    *last = i;
    for (; i < most; i++) {
        int32_t c = char_at(s, i);
        if (c == '.' && is_alnum(char_at(s, i + 1)))
            *last = i + 1;
        else if (!is_alnum(c) && !(c == '-' && is_alnum(char_at(s, i + 1))))
            break;
    }
    return i;
}

static size_t scan_domain(const struct chars *s, size_t i)
{
    size_t last, end = host_end(s, i, &last);
    int32_t next = char_at(s, end);
    bool path = next == '/' && in_address(char_at(s, end + 1));

    if (last == i || end - i >= MOST_HOST || char_is_word(next) || next == '_')
        return i;
    if (chars_in(s->c + last, end - last, sure))
        return path || next == '?' || next == '#' ? address_end(s, i, end) : end;
    return path && chars_in(s->c + last, end - last, with_path) ? address_end(s, i, end) : i;
}

/* "http…", "https:/…": what is left of an address at the end of a cut message. */
static size_t scan_cut_scheme(const struct chars *s, size_t i)
{
    size_t k = i + 4;

    if (char_at(s, k) == 's')
        k++;
    if (char_at(s, k) == ':')
        k++;
    while (char_at(s, k) == '/' && k < i + 8)
        k++;
    return char_at(s, k) == 0x2026 ? k + 1 : i;
}

size_t scan_url(const struct chars *s, size_t i)
{
    size_t from = i;

    if (begins(s, i, "http")) {
        size_t cut = scan_cut_scheme(s, i);
        if (cut != i)
            return cut;
    }
    if (scan_is_scheme(s, i))
        from = i + (s->c[i + 4] == 's' ? 8 : 7);
    else if (begins(s, i, "ftp://"))
        from = i + 6;
    else if (begins(s, i, "www.") && is_alnum(char_at(s, i + 4)))
        from = i + 4;
    if (from == i)
        return scan_domain(s, i);
    return in_address(char_at(s, from)) ? address_end(s, from, from) : i;
}

size_t scan_email(const struct chars *s, size_t i)
{
    size_t at = i, last, end, most = i + 64; /* RFC 5321: 64 octets before the @ */

    while (at < most && (is_alnum(char_at(s, at)) || char_at(s, at) == '.' ||
                         char_at(s, at) == '_' || char_at(s, at) == '-' || char_at(s, at) == '+'))
        at++;
    if (at == i || char_at(s, at) != '@' || !is_alnum(char_at(s, at + 1)))
        return i;
    end = host_end(s, at + 1, &last);
    return last > at + 1 ? end : i;
}

bool scan_may_be_address(const struct chars *s, size_t i)
{
    int32_t c, next;

    while (is_alnum(char_at(s, i)))
        i++;
    c = char_at(s, i);
    next = char_at(s, i + 1);
    if (c == '.' || c == '-' || c == '_' || c == '+')
        return is_alnum(next);
    return c == '@' || (c == ':' && next > ' ') || c == '/' || c == 0x2026;
}

/* ---- names ---- */

size_t scan_mention(const struct chars *s, size_t i)
{
    size_t k = i + 1;

    for (;; k++) {
        int32_t c = char_at(s, k);
        if (!char_is_word(c) && c != '_' &&
            !(c == '-' && k > i + 1 && char_is_word(char_at(s, k + 1))))
            break;
    }
    return char_at(s, i) == '@' && k > i + 1 ? k : i;
}

size_t scan_hashtag(const struct chars *s, size_t i)
{
    size_t k = i + 1;
    bool letter = false;

    for (;; k++) {
        enum char_kind kind = char_kind(char_at(s, k));
        letter = letter || kind == CHAR_LETTER || kind == CHAR_IDEOGRAPH;
        if (!char_is_word(char_at(s, k)) && kind != CHAR_IDEOGRAPH && char_at(s, k) != '_')
            break;
    }
    return char_at(s, i) == '#' && letter && char_kind(char_at(s, i + 1)) != CHAR_MARK ? k : i;
}

/* ---- numbers ---- */

static const char *const units[] = {
    "e",      "è",      "em",      "éme", "ers",  "ères", "th",    "st",  "rd",   "pts",   "heure",
    "heures", "minute", "minutes", "jrs", "jour", "hz",   "er",    "re",  "ère",  "ere",   "eme",
    "ème",    "ième",   "ieme",    "nd",  "nde",  "k",    "m",     "md",  "mds",  "mrd",   "mrds",
    "go",     "mo",     "ko",      "to",  "h",    "j",    "min",   "mn",  "sec",  "km",    "kms",
    "cm",     "mm",     "m2",      "m²",  "km2",  "km²",  "m3",    "m³",  "kg",   "mg",    "l",
    "cl",     "ml",     "ha",      "ans", "an",   "mois", "jours", "eur", "euro", "euros", "x",
    "fois",   "kw",     "mw",      "gw",  "kwh",  "mwh",  "gwh",   "twh", "º",    "ª",     NULL};

/* d/d/d, d-d-d or d.d.d, from the end of its first digits. */
static size_t scan_date(const struct chars *s, size_t i, size_t first)
{
    int32_t mark = char_at(s, first);
    size_t second, third;

    if (first - i > 4 || (mark != '/' && mark != '-' && mark != '.'))
        return i;
    second = skip_digits(s, first + 1);
    if (second == first + 1 || second > first + 3 || char_at(s, second) != mark)
        return i;
    third = skip_digits(s, second + 1);
    return third > second + 1 && third <= second + 5 ? third : i;
}

/* 12h30, 12:30, 12:30:45, from the end of its first digits. */
static size_t scan_time(const struct chars *s, size_t i, size_t first)
{
    int32_t mark = char_at(s, first);
    size_t end = skip_digits(s, first + 1);

    if (first - i > 2 || (mark != 'h' && mark != ':') || end != first + 3)
        return i;
    if (mark == 'h')
        return char_is_word(char_at(s, end)) ? i : end;
    if (char_at(s, end) == ':' && skip_digits(s, end + 1) == end + 3)
        return end + 3;
    return end;
}

/* Three digits and no more: a group of thousands. */
static bool is_group(const struct chars *s, size_t i)
{
    return skip_digits(s, i) == i + 3;
}

static size_t skip_groups(const struct chars *s, size_t i, size_t first)
{
    if (first - i <= 3)
        while (char_at(s, first) == ' ' && is_digit(char_at(s, first + 1)) &&
               is_digit(char_at(s, first + 2)) && is_digit(char_at(s, first + 3)) &&
               !is_digit(char_at(s, first + 4)))
            first += 4;
    while ((char_at(s, first) == '.' || char_at(s, first) == ',' || char_at(s, first) == '\'') &&
           is_digit(char_at(s, first + 1))) {
        if (char_at(s, first) == '\'' && !is_group(s, first + 1))
            break;
        first = skip_digits(s, first + 1);
    }
    return first;
}

size_t scan_number(const struct chars *s, size_t i)
{
    size_t first = skip_digits(s, i), end;

    if (first == i)
        return i;
    if ((end = scan_date(s, i, first)) != i || (end = scan_time(s, i, first)) != i)
        return end;
    end = skip_groups(s, i, first);
    if (end - i >= 3 || char_kind(char_at(s, end)) != CHAR_LETTER || scan_is_scheme(s, end))
        return end;
    return chars_in(s->c + end, skip_word(s, end) - end, units) ? end : i;
}

/* 1, 10, 100, 1000, 1 000, …: "+1" and what outbids it. */
static bool is_power_of_ten(const struct chars *s, size_t i, size_t end)
{
    if (i == end || s->c[i] != '1')
        return false;
    for (i++; i < end; i++)
        if (s->c[i] != '0' && s->c[i] != ' ')
            return false;
    return true;
}

size_t scan_agreement(const struct chars *s, size_t i)
{
    int32_t last = i != 0 ? s->c[i - 1] : ' ', next;
    size_t end = scan_number(s, i + 1);

    if (char_is_word(last) || last == '+' || last == '-' || last == '/' || last == '%')
        return i;
    if (!is_power_of_ten(s, i + 1, end))
        return i;
    next = char_at(s, end + (char_at(s, end) == ' '));
    if (next == '%' || next == 0x20AC || next == '$' || next == 0xB0)
        return i;
    next = char_at(s, end);
    if (char_is_word(next) || ((next == '/' || next == '-' || next == ':' || next == '+') &&
                               is_digit(char_at(s, end + 1))))
        return i;
    return end;
}

/* ---- emoji ---- */

size_t scan_emoji(const struct chars *s, size_t i)
{
    int32_t c = char_at(s, i);
    enum char_kind kind = char_kind(c);

    if (char_at(s, i + 1) == 0x20E3 && (kind == CHAR_DIGIT || c == '#' || c == '*'))
        return i + 2;
    if (kind == CHAR_FLAG)
        return i + (char_kind(char_at(s, i + 1)) == CHAR_FLAG ? 2 : 1);
    if (kind != CHAR_EMOJI)
        return i;
    for (i++; char_at(s, i) == 0x200D; i += 2)
        ;
    while (char_at(s, i) >= 0xE0020 && char_at(s, i) <= 0xE007F)
        i++;
    return i;
}
