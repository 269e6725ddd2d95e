/* SPDX-License-Identifier: MIT */
/*
 * entity: see entity.h. The table is sorted by byte for bsearch. Without the semicolon nothing is
 * decoded: browsers do, but a comment that says "R&D" or "a&copyb" is more frequent than one with a
 * broken entity.
 */
#include "text/entity.h"

#include <stdlib.h>

#define LONGEST     8 /* bytes between '&' and ';' */
#define REPLACEMENT 0xFFFD

struct entity {
    char name[LONGEST + 1];
    int32_t c;
};

/* clang-format off */
static const struct entity entities[] = {
    {"AElig", 198}, {"Aacute", 193}, {"Acirc", 194}, {"Agrave", 192}, {"Aring", 197},
    {"Atilde", 195}, {"Auml", 196}, {"Ccedil", 199}, {"Dagger", 8225}, {"ETH", 208},
    {"Eacute", 201}, {"Ecirc", 202}, {"Egrave", 200}, {"Euml", 203}, {"Iacute", 205},
    {"Icirc", 206}, {"Igrave", 204}, {"Iuml", 207}, {"Ntilde", 209}, {"OElig", 338},
    {"Oacute", 211}, {"Ocirc", 212}, {"Ograve", 210}, {"Oslash", 216}, {"Otilde", 213},
    {"Ouml", 214}, {"Prime", 8243}, {"Scaron", 352}, {"THORN", 222}, {"Uacute", 218},
    {"Ucirc", 219}, {"Ugrave", 217}, {"Uuml", 220}, {"Yacute", 221}, {"Yuml", 376},
    {"aacute", 225}, {"acirc", 226}, {"acute", 180}, {"aelig", 230}, {"agrave", 224}, {"amp", 38},
    {"apos", 39}, {"aring", 229}, {"asymp", 8776}, {"atilde", 227}, {"auml", 228},
    {"bdquo", 8222}, {"brvbar", 166}, {"bull", 8226}, {"ccedil", 231}, {"cedil", 184},
    {"cent", 162}, {"circ", 710}, {"copy", 169}, {"curren", 164}, {"dagger", 8224}, {"deg", 176},
    {"divide", 247}, {"eacute", 233}, {"ecirc", 234}, {"egrave", 232}, {"emsp", 8195},
    {"ensp", 8194}, {"eth", 240}, {"euml", 235}, {"euro", 8364}, {"frac12", 189}, {"frac14", 188},
    {"frac34", 190}, {"ge", 8805}, {"gt", 62}, {"harr", 8596}, {"hearts", 9829}, {"hellip", 8230},
    {"iacute", 237}, {"icirc", 238}, {"iexcl", 161}, {"igrave", 236}, {"infin", 8734},
    {"iquest", 191}, {"iuml", 239}, {"laquo", 171}, {"larr", 8592}, {"ldquo", 8220}, {"le", 8804},
    {"lrm", 8206}, {"lsaquo", 8249}, {"lsquo", 8216}, {"lt", 60}, {"macr", 175}, {"mdash", 8212},
    {"micro", 181}, {"middot", 183}, {"minus", 8722}, {"nbsp", 160}, {"ndash", 8211},
    {"ne", 8800}, {"not", 172}, {"ntilde", 241}, {"oacute", 243}, {"ocirc", 244}, {"oelig", 339},
    {"ograve", 242}, {"ordf", 170}, {"ordm", 186}, {"oslash", 248}, {"otilde", 245},
    {"ouml", 246}, {"para", 182}, {"permil", 8240}, {"plusmn", 177}, {"pound", 163},
    {"prime", 8242}, {"quot", 34}, {"raquo", 187}, {"rarr", 8594}, {"rdquo", 8221}, {"reg", 174},
    {"rlm", 8207}, {"rsaquo", 8250}, {"rsquo", 8217}, {"sbquo", 8218}, {"scaron", 353},
    {"sect", 167}, {"shy", 173}, {"sup1", 185}, {"sup2", 178}, {"sup3", 179}, {"szlig", 223},
    {"thinsp", 8201}, {"thorn", 254}, {"tilde", 732}, {"times", 215}, {"trade", 8482},
    {"uacute", 250}, {"ucirc", 251}, {"ugrave", 249}, {"uml", 168}, {"uuml", 252},
    {"yacute", 253}, {"yen", 165}, {"yuml", 255}, {"zwj", 8205}, {"zwnj", 8204},
};
/* clang-format on */

/* What bytes 128 to 159 are in Windows-1252; 0 where it has nothing. */
static const int32_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static int by_name(const void *key, const void *row)
{
    return span_cmp(*(const struct span *)key, span_of(((const struct entity *)row)->name));
}

static int digit_value(char d)
{
    if (d >= '0' && d <= '9')
        return d - '0';
    if (d >= 'a' && d <= 'f')
        return d - 'a' + 10;
    return d >= 'A' && d <= 'F' ? d - 'A' + 10 : 16;
}

/* Eight digits of base 16 do not overflow; more than LONGEST never get here. */
static bool read_number(struct span digits, int base, int32_t *c)
{
    int64_t v = 0;

    for (size_t i = 0; i < digits.len; i++) {
        int d = digit_value(digits.p[i]);
        if (d >= base)
            return false;
        v = v * base + d;
    }
    if (v >= 128 && v < 160 && windows[v - 128] != 0)
        v = windows[v - 128];
    if (v == 0 || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
        v = REPLACEMENT;
    *c = (int32_t)v;
    return digits.len != 0;
}

static bool read_name(struct span name, int32_t *c)
{
    const struct entity *e =
        bsearch(&name, entities, sizeof entities / sizeof *entities, sizeof *entities, by_name);
    if (e == NULL)
        return false;
    *c = e->c;
    return true;
}

size_t entity_read(struct span text, int32_t *c)
{
    size_t end = 1, most = text.len < LONGEST + 4 ? text.len : LONGEST + 4;
    struct span name;
    bool known;

    while (end < most && text.p[end] != ';')
        end++;
    if (end == most || text.p[0] != '&')
        return 0;
    name = (struct span){text.p + 1, end - 1};
    if (name.len > 2 && name.p[0] == '#' && (name.p[1] == 'x' || name.p[1] == 'X'))
        known = read_number((struct span){name.p + 2, name.len - 2}, 16, c);
    else if (name.len > 1 && name.p[0] == '#')
        known = read_number((struct span){name.p + 1, name.len - 1}, 10, c);
    else
        known = read_name(name, c);
    return known ? end + 1 : 0;
}
