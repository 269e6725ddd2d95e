/* SPDX-License-Identifier: MIT */
/*
 * normalize: see normalize.h. Three steps over code points: read (bytes, entities, what
 * vanishes), fold, map. Most French text is made of code points that fold to one code
 * point and touch no combining mark: those are copied. The rest is folded in stretches
 * that begin and end where neither decomposition nor composition can reach across.
 *
 * Invariants: what vanishes goes before composition, so that removing it cannot bring a
 * base and its mark together afterwards. Everything is linear in the input, also for a
 * megabyte of combining marks on one letter (sort_marks).
 */
#include "text/normalize.h"

#include <pthread.h>
#include <stdio.h>

#include <utf8proc.h>

#include "text/entity.h"

#define JOINER 0x200D

/* ---- what a code point is ---- */

static bool is_han(int32_t c)
{
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_skin_tone(int32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

/* Pictographs below the arrows are typography (©, ™), not feeling. */
static bool is_emoji(int32_t c)
{
    return c >= 0x2190 && (is_skin_tone(c) || utf8proc_get_property(c)->boundclass ==
                                                  UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC);
}

static enum char_kind kind_by_category(int32_t c)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return is_han(c) ? CHAR_IDEOGRAPH : CHAR_LETTER;
    case UTF8PROC_CATEGORY_ND:
        return CHAR_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return CHAR_MARK;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_CC:
        return CHAR_SPACE;
    default:
        return CHAR_OTHER;
    }
}

enum char_kind char_kind_beyond(int32_t c)
{
    if (c >= 0xC0 && c < 0x250)
        return c == 0xD7 || c == 0xF7 ? CHAR_OTHER : CHAR_LETTER;
    if (c >= 0x1F1E6 && c <= 0x1F1FF)
        return CHAR_FLAG;
    return is_emoji(c) ? CHAR_EMOJI : kind_by_category(c);
}

/* ---- reading ---- */

/* No need to ask the tables for what nearly all text is made of. */
static bool may_vanish(int32_t c)
{
    return c >= 0x300 || c == 0xAD;
}

static bool is_tag(int32_t c)
{
    return c >= 0xE0020 && c <= 0xE007F;
}

/* Adds c to the raw text unless it vanishes. *joined: a joiner waits for an emoji. */
static void read_char(struct chars *raw, int32_t c, bool *joined)
{
    int32_t last = raw->n != 0 ? raw->c[raw->n - 1] : 0;

    if (!may_vanish(c)) {
        *joined = false;
        chars_add(raw, c);
        return;
    }
    if (c == JOINER)
        *joined = is_emoji(last);
    if (is_skin_tone(c) && is_emoji(last))
        return;
    if (utf8proc_get_property(c)->ignorable) {
        if (is_tag(c) && (last == 0x1F3F4 || is_tag(last)))
            chars_add(raw, c);
        return;
    }
    if (*joined && is_emoji(c))
        chars_add(raw, JOINER);
    *joined = false;
    chars_add(raw, c);
}

/* Adds what is ASCII and begins no entity; the room is made. Returns the bytes read. */
static size_t read_ascii(struct chars *raw, struct span text)
{
    size_t i = 0;
    for (; i < text.len && (unsigned char)text.p[i] < 0x80 && text.p[i] != '&'; i++)
        raw->c[raw->n + i] = text.p[i];
    raw->n += i;
    return i;
}

static void read_text(struct chars *raw, struct span text, bool entities)
{
    bool joined = false;

    raw->n = 0;
    chars_room(raw, text.len); /* never more code points than bytes */
    while (text.len != 0) {
        int32_t c;
        size_t step = read_ascii(raw, text);
        if (step != 0) {
            joined = false;
            text = (struct span){text.p + step, text.len - step};
            continue;
        }
        step = entities && text.p[0] == '&' ? entity_read(text, &c) : 0;
        if (step == 0)
            step = char_decode(text, &c);
        read_char(raw, c, &joined);
        text = (struct span){text.p + step, text.len - step};
    }
}

/* ---- mapping ---- */

/* One code point for all that are typed for one another. */
static int32_t map_char(int32_t c)
{
    switch (c) {
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
    case 0x201B: /* ‛ */
    case 0x02BC: /* ʼ */
    case 0x2032: /* ′ */
    case 0x00B4: /* ´ */
        return '\'';
    case 0x2010: /* ‐ */
    case 0x2011: /* non-breaking hyphen */
    case 0x2212: /* − */
        return '-';
    case 0x2800: /* the empty Braille pattern, typed as a blank */
        return ' ';
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case 0x85:
    case 0x2028:
    case 0x2029:
        return '\n';
    default:
        break;
    }
    if (c < 0x20 || (c >= 0x7F && c <= 0xA0))
        return ' ';
    return c >= 0x1680 && kind_by_category(c) == CHAR_SPACE ? ' ' : c;
}

/* ---- folding ---- */

/* What each ASCII code point folds to: controls to a blank, line ends to '\n'. */
static const char ascii_fold[] = "          \n\n\n\n                  "
                                 " !\"#$%&'()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz"
                                 "[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ ";
_Static_assert(sizeof ascii_fold == 129, "one for each ASCII code point");

/* Folds to one code point by simple_fold(), and no mark itself. */
static bool is_simple(int32_t c)
{
    if (c < 0x100)
        return c != 0xB5 && c != 0xDF; /* µ, ß */
    return c == 0x152 || c == 0x153 || (c >= 0x2010 && c <= 0x2029);
}

static int32_t simple_fold(int32_t c)
{
    if (c < 0x80)
        return ascii_fold[c];
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
        return c + 32;
    return c == 0x152 ? 0x153 : map_char(c);
}

static bool wants_compat(int32_t c)
{
    return (c >= 0xFB00 && c <= 0xFB06) || (c >= 0xFF01 && c <= 0xFFEE) || c == 0x203C ||
           (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0x2047 && c <= 0x2049);
}

/* Appends what c becomes under these utf8proc options; c itself where it knows nothing. */
static void decompose(struct chars *out, int32_t c, int options)
{
    int boundary = 0;
    utf8proc_ssize_t n;

    chars_room(out, 32); /* the longest decomposition has 18 */
    n = utf8proc_decompose_char(c, out->c + out->n, 32, (utf8proc_option_t)options, &boundary);
    if (n < 0 || n > 32)
        chars_add(out, c);
    else
        out->n += (size_t)n;
}

static int combining_class(int32_t c)
{
    return c < 0x300 ? 0 : utf8proc_get_property(c)->combining_class;
}

/* A stable counting sort by combining class, for runs where insertion would be quadratic.
 * `spare` lends the room behind its content. */
static void sort_long(int32_t *c, size_t n, struct chars *spare)
{
    size_t start[257] = {0};
    int32_t *copy;

    chars_room(spare, n);
    copy = spare->c + spare->n;
    memcpy(copy, c, n * sizeof *c);
    for (size_t i = 0; i < n; i++)
        start[combining_class(c[i]) + 1]++;
    for (size_t k = 1; k < 257; k++)
        start[k] += start[k - 1];
    for (size_t i = 0; i < n; i++)
        c[start[combining_class(copy[i])]++] = copy[i];
}

static void sort_short(int32_t *c, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && combining_class(c[k - 1]) > combining_class(c[k]); k--) {
            int32_t swap = c[k];
            c[k] = c[k - 1];
            c[k - 1] = swap;
        }
}

/* The canonical ordering algorithm (UAX #15): each run of marks from `from` on, sorted by
 * class. */
static void sort_marks(struct chars *s, size_t from, struct chars *spare)
{
    for (size_t i = from, j; i < s->n; i = j) {
        j = i + 1;
        if (combining_class(s->c[i]) == 0)
            continue;
        while (j < s->n && combining_class(s->c[j]) != 0)
            j++;
        if (j - i > 32)
            sort_long(s->c + i, j - i, spare);
        else
            sort_short(s->c + i, j - i);
    }
}

static void compose(struct chars *s, size_t from)
{
    utf8proc_ssize_t n = utf8proc_normalize_utf32(s->c + from, (utf8proc_ssize_t)(s->n - from),
                                                  UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (n >= 0)
        s->n = from + (size_t)n;
}

/* Decomposes before folding, because folding one mark (U+0345) moves it past others. */
static void fold_stretch(struct normalizer *z, const int32_t *c, size_t n)
{
    size_t from = z->out.n;
    int options = UTF8PROC_DECOMPOSE | UTF8PROC_STABLE;

    z->work.n = 0;
    for (size_t i = 0; i < n; i++)
        decompose(&z->work, c[i], wants_compat(c[i]) ? options | UTF8PROC_COMPAT : options);
    sort_marks(&z->work, 0, &z->out);
    for (size_t i = 0; i < z->work.n; i++)
        decompose(&z->out, z->work.c[i], options | UTF8PROC_CASEFOLD);
    sort_marks(&z->out, from, &z->work);
    compose(&z->out, from);
    for (size_t i = from; i < z->out.n; i++)
        z->out.c[i] = map_char(z->out.c[i]);
}

/* Nothing after a simple code point can compose with it when this follows. */
static bool is_edge(const struct chars *s, size_t i)
{
    return i + 1 >= s->n || s->c[i + 1] < 0x300 || is_simple(s->c[i + 1]);
}

/* From i to the next stretch that is not simple. */
static size_t copy_simple(struct normalizer *z, size_t i)
{
    const struct chars *raw = &z->raw;

    chars_room(&z->out, raw->n - i);
    for (; i < raw->n; i++) {
        if (raw->c[i] < 0x80 && i + 1 < raw->n && raw->c[i + 1] < 0x80)
            z->out.c[z->out.n++] = ascii_fold[raw->c[i]];
        else if (is_simple(raw->c[i]) && is_edge(raw, i))
            z->out.c[z->out.n++] = simple_fold(raw->c[i]);
        else
            break;
    }
    return i;
}

void normalize(struct normalizer *z, struct span text, bool entities)
{
    const struct chars *raw = &z->raw;

    read_text(&z->raw, text, entities);
    z->out.n = 0;
    for (size_t i = 0, j; i < raw->n; i = j) {
        j = copy_simple(z, i);
        if (j != i)
            continue;
        for (j = i + 1; j < raw->n && !(is_simple(raw->c[j]) && is_edge(raw, j)); j++)
            ;
        fold_stretch(z, raw->c + i, j - i);
    }
}

void normalizer_release(struct normalizer *z)
{
    if (z == NULL)
        return;
    chars_release(&z->raw);
    chars_release(&z->work);
    chars_release(&z->out);
}

/* ---- other views ---- */

static bool is_diacritic(int32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

static void plain_char(struct buf *out, int32_t c)
{
    int32_t part[32];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(c, part, 32, UTF8PROC_DECOMPOSE, &boundary);
    bool accented = false;

    for (utf8proc_ssize_t i = 0; i < n && n <= 32; i++)
        accented = accented || is_diacritic(part[i]);
    if (!accented)
        buf_add_utf8(out, (unsigned)c);
    for (utf8proc_ssize_t i = 0; accented && i < n; i++)
        if (!is_diacritic(part[i]))
            buf_add_utf8(out, (unsigned)part[i]);
}

void plain_add(struct buf *out, const int32_t *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c[i] < 0x80)
            buf_add_char(out, (char)c[i]);
        else if (c[i] == 0x153)
            buf_add_str(out, "oe");
        else if (c[i] == 0xE6)
            buf_add_str(out, "ae");
        else
            plain_char(out, c[i]);
}

void canonical_add(struct buf *out, struct span text, bool composed)
{
    struct chars s = {0}, spare = {0};

    while (text.len != 0) {
        int32_t c;
        size_t step = char_decode(text, &c);
        decompose(&s, c, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);
        text = (struct span){text.p + step, text.len - step};
    }
    sort_marks(&s, 0, &spare);
    if (composed && s.n != 0)
        compose(&s, 0);
    for (size_t i = 0; i < s.n; i++)
        buf_add_utf8(out, (unsigned)s.c[i]);
    chars_release(&s);
    chars_release(&spare);
}

static char version_text[64];
static pthread_once_t version_once = PTHREAD_ONCE_INIT;

static void compose_version(void)
{
    snprintf(version_text, sizeof version_text, "utf8proc %s, Unicode %s", utf8proc_version(),
             utf8proc_unicode_version());
}

const char *normalize_version(void)
{
    pthread_once(&version_once, compose_version);
    return version_text;
}
