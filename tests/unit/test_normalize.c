/* SPDX-License-Identifier: MIT */
/*
 * test_normalize: folding and entities on their own; the rows of tokens.tsv see them
 * through the tokenizer. The laws of folding are asked of every code point.
 */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/entity.h"
#include "text/normalize.h"

static struct buf folded(struct normalizer *z, struct span text)
{
    struct buf b = {0};
    char *copy = exact(text);

    normalize(z, (struct span){copy, text.len}, false);
    for (size_t i = 0; i < z->out.n; i++)
        buf_add_utf8(&b, (unsigned)z->out.c[i]);
    free(copy);
    return b;
}

struct row {
    const char *in, *out;
};

static void test_folds(void **state)
{
    static const struct row rows[] = {
        {"ABC", "abc"},
        {"\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9"},
        {"E\xCC\x81", "\xC3\xA9"},
        {"\xC5\x92", "\xC5\x93"},
        {"a\t\r\nb\x7F", "a \n\nb "},
        {"l\xE2\x80\x99", "l'"},
        {"a\xE2\x80\x8B\xC2\xAD"
         "b",
         "ab"},
        {"e\xE2\x80\x8D\xCC\x81", "\xC3\xA9"},
        {"\xEF\xAC\x80", "ff"},
        {"\xC2\xB2", "\xC2\xB2"},
        {"\xC5\x89", "'n"},
        {"q\xCC\x87\xCC\xA3", "q\xCC\xA3\xCC\x87"},
        {"\xFF", "\xEF\xBF\xBD"},
        {"&amp;", "&amp;"},
    };
    struct normalizer z = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b = folded(&z, span_of(rows[i].in));
        assert_string_equal(buf_str(&b), rows[i].out);
        buf_release(&b);
    }
    normalizer_release(&z);
    normalizer_release(NULL);
}

static void assert_folds(struct normalizer *z, struct span a, struct span want, int32_t c)
{
    struct buf b = folded(z, a);
    if (!span_eq(buf_span(&b), want))
        fail_msg("U+%04X", (unsigned)c);
    buf_release(&b);
}

/* Folding again changes nothing; both canonical forms fold alike. Between a letter and a
 * mark, where composition could reach across. */
static void check_code_point(struct normalizer *z, int32_t c, struct buf view[4])
{
    struct buf once, *in = &view[0], *nfd = &view[1], *nfc = &view[2], *plain = &view[3];
    int32_t read;

    in->len = nfd->len = nfc->len = plain->len = 0;
    buf_add_char(in, 'e');
    buf_add_utf8(in, (unsigned)c);
    assert_int_equal(char_decode((struct span){in->p + 1, in->len - 1}, &read), in->len - 1);
    assert_int_equal(read, c);
    buf_add_str(in, "\xCC\x81z");
    canonical_add(nfd, buf_span(in), false);
    canonical_add(nfc, buf_span(in), true);
    once = folded(z, buf_span(in));
    plain_add(plain, z->out.c, z->out.n);
    assert_true(plain->len != 0 && plain->len <= once.len);
    assert_folds(z, buf_span(&once), buf_span(&once), c);
    assert_folds(z, buf_span(nfd), buf_span(&once), c);
    assert_folds(z, buf_span(nfc), buf_span(&once), c);
    buf_release(&once);
}

/* Unicode Standard, table 3-7: the edges of each row. */
static void test_decode(void **state)
{
    static const struct {
        const char *text;
        size_t step;
        int32_t c;
    } rows[] = {
        {"\x7F", 1, 0x7F},
        {"\x80", 1, 0xFFFD},
        {"\xC0\x80", 1, 0xFFFD},
        {"\xC1\xBF", 1, 0xFFFD},
        {"\xC2\x80", 2, 0x80},
        {"\xC2", 1, 0xFFFD},
        {"\xC2"
         "A",
         1, 0xFFFD},
        {"\xE0\x9F\xBF", 1, 0xFFFD},
        {"\xE0\xA0\x80", 3, 0x800},
        {"\xED\x9F\xBF", 3, 0xD7FF},
        {"\xED\xA0\x80", 1, 0xFFFD},
        {"\xEF\xBF\xBF", 3, 0xFFFF},
        {"\xE2\x80", 1, 0xFFFD},
        {"\xF0\x8F\xBF\xBF", 1, 0xFFFD},
        {"\xF0\x90\x80\x80", 4, 0x10000},
        {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
        {"\xF4\x90\x80\x80", 1, 0xFFFD},
        {"\xF5\x80\x80\x80", 1, 0xFFFD},
        {"\xFF", 1, 0xFFFD},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *copy = exact(span_of(rows[i].text));
        int32_t c;
        assert_int_equal(char_decode((struct span){copy, strlen(rows[i].text)}, &c), rows[i].step);
        assert_int_equal(c, rows[i].c);
        free(copy);
    }
}

static void test_every_code_point(void **state)
{
    struct normalizer z = {0};
    struct buf view[4] = {{0}, {0}, {0}, {0}};

    (void)state;
    for (int32_t c = 1; c <= 0x10FFFF; c++)
        if ((c < 0xD800 || c > 0xDFFF) && (c < 0x40000 || c % 251 == 0 || c >= 0xE0000))
            check_code_point(&z, c, view); /* planes 4 to 13 hold nothing */
    for (size_t i = 0; i < 4; i++)
        buf_release(&view[i]);
    normalizer_release(&z);
}

static void test_latin1_entities(void **state)
{
    static const char names[] =
        "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg "
        "macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 "
        "frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave "
        "Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde "
        "Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute "
        "acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute "
        "icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave "
        "uacute ucirc uuml yacute thorn yuml ";
    int32_t c, want = 160;
    const char *name = names, *end;

    (void)state;
    for (; (end = strchr(name, ' ')) != NULL; name = end + 1) {
        char text[16];
        int n = snprintf(text, sizeof text, "&%.*s;", (int)(end - name), name);
        char *copy = exact((struct span){text, (size_t)n});
        assert_int_equal(entity_read((struct span){copy, (size_t)n}, &c), n);
        assert_int_equal(c, want++);
        for (size_t k = 1; k < (size_t)n; k++) /* cut */
            assert_int_equal(entity_read((struct span){copy, k}, &c), 0);
        free(copy);
    }
    assert_int_equal(want, 256);
}

static void test_other_entities(void **state)
{
    static const struct {
        const char *text;
        int32_t c;
    } rows[] = {
        {"&quot;", '"'},         {"&amp;", '&'},           {"&lt;", '<'},
        {"&gt;", '>'},           {"&apos;", '\''},         {"&OElig;", 0x152},
        {"&oelig;", 0x153},      {"&euro;", 0x20AC},       {"&hellip;", 0x2026},
        {"&rsquo;", 0x2019},     {"&ndash;", 0x2013},      {"&zwnj;", 0x200C},
        {"&#65;", 'A'},          {"&#x1F602;", 0x1F602},   {"&#150;", 0x2013},
        {"&#129;", 129},         {"&#0;", 0xFFFD},         {"&#xDFFF;", 0xFFFD},
        {"&#99999999;", 0xFFFD}, {"&#x10FFFF;", 0x10FFFF},
    };
    static const char *const none[] = {"&;",     "&#;",        "&#x;",
                                       "&#xG;",  "&#1a;",      "&AMP;",
                                       "& amp;", "&inconnue;", "&#0000000000065;",
                                       "amp;",   "&amp"};
    int32_t c;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(entity_read(span_of(rows[i].text), &c), strlen(rows[i].text));
        assert_int_equal(c, rows[i].c);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(entity_read(span_of(none[i]), &c), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_latin1_entities),
        cmocka_unit_test(test_other_entities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
