/* SPDX-License-Identifier: MIT */
/* utf8: table 3-7 held against every code point and every pair of first bytes. */
#include "helpers.h"

#include <stdlib.h>

#include "base/rng.h"
#include "corpus/utf8.h"

static size_t valid(struct span s)
{
    char *copy = exact(s);
    size_t n = utf8_valid((struct span){copy, s.len});
    free(copy);
    return n;
}

static void every_character(void **state)
{
    struct buf b = {0};

    (void)state;
    for (unsigned c = 0; c <= 0x10FFFF; c++) {
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        buf_reset(&b);
        buf_add_utf8(&b, c);
        assert_int_equal(utf8_valid(buf_span(&b)), surrogate ? 0 : b.len);
        assert_int_equal(utf8_valid((struct span){b.p, b.len - 1}), 0);
    }
    buf_release(&b);
}

static void ill_formed(void **state)
{
    (void)state;
    assert_int_equal(valid(SPAN("")), 0);
    assert_int_equal(valid(SPAN("a\0b")), 3);
    assert_int_equal(valid(SPAN("abc\x80")), 3);
    assert_int_equal(valid(SPAN("12345678\xC0\x80")), 8);
    assert_int_equal(valid(SPAN("\xE0\x80\x80")), 0);
    assert_int_equal(valid(SPAN("\xF4\x90\x80\x80")), 0);
    assert_int_equal(valid(SPAN("\xF5\x80\x80\x80")), 0);
    assert_int_equal(valid(SPAN("caf\xC3\xA9 \xC3")), 6);
}

static void repaired(const struct span in, struct span expected)
{
    struct buf b = {0};
    char *copy = exact(in);
    utf8_repair((struct span){copy, in.len}, &b);
    assert_true(span_eq(buf_span(&b), expected));
    free(copy);
    buf_release(&b);
}

#define R "\xEF\xBF\xBD"

static void repair(void **state)
{
    (void)state;
    repaired(SPAN(""), SPAN(""));
    repaired(SPAN("ok"), SPAN("ok"));
    repaired(SPAN("a\xFF"
                  "b"),
             SPAN("a" R "b"));
    /* the example of the Unicode standard, table 3-11 */
    repaired(SPAN("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), SPAN(R R R R "A"));
    repaired(SPAN("\xED\xA0\x80"), SPAN(R R R));
    repaired(SPAN("\xC3"), SPAN(R));
}

static void trim(void **state)
{
    struct span s = utf8_trim(SPAN(" \t\xC2\xA0\xE2\x80\x8B"
                                   "a b\xC3\xA9\xE3\x80\x80\r\n"));

    (void)state;
    assert_true(span_eq(s, SPAN("a b\xC3\xA9")));
    assert_int_equal(utf8_trim(SPAN("\xE2\x80\xAF\xEF\xBB\xBF ")).len, 0);
    assert_int_equal(utf8_trim(SPAN("")).len, 0);
    assert_int_equal(utf8_trim(SPAN("\xF0\x9F\x98\xA1")).len, 4);
}

/* A code point at a time, by its value: the length of the valid prefix. */
static size_t by_value(const unsigned char *p, size_t len)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t i = 0;

    while (i < len) {
        unsigned c = p[i];
        size_t n = c < 0x80 ? 1 : c >= 0xC0 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : 4;
        if ((c >= 0x80 && c < 0xC0) || c >= 0xF8 || n > len - i)
            return i;
        c = n == 1 ? c : c & (0xFFu >> (n + 1));
        for (size_t k = 1; k < n; k++) {
            if ((p[i + k] & 0xC0) != 0x80)
                return i;
            c = c << 6 | (p[i + k] & 0x3Fu);
        }
        if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            return i;
        i += n;
    }
    return i;
}

/* Characters of all lengths across the ends of blocks, whole and with bytes that spoil them. */
static void long_texts(void **state)
{
    static const char *const character[] = {
        "a",        "bcdefgh",      "\xC3\xA9",     "\xC2\x80",
        "\xDF\xBF", "\xE2\x80\x99", "\xEF\xBF\xBF", "\xF0\x9F\x98\xA1"};
    static const unsigned char spoil[] = {0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
                                          0xED, 0xF0, 0xF4, 0xF5, 0xFF, 'a',  0xA0};
    struct rng rng = {7};
    struct buf b = {0};
    size_t n_valid = 0;

    (void)state;
    for (int round = 0; round < 200000; round++) {
        buf_reset(&b);
        while (b.len < 20 + (size_t)round % 40)
            buf_add_str(&b, character[rng_below(&rng, rng_below(&rng, 3) == 0 ? 8 : 5)]);
        if (round % 2 == 1)
            b.p[rng_below(&rng, b.len)] = (char)spoil[rng_below(&rng, sizeof spoil)];
        b.len -= rng_below(&rng, 8) == 0;
        assert_int_equal(valid(buf_span(&b)), by_value((unsigned char *)b.p, b.len));
        n_valid += valid(buf_span(&b)) == b.len;
    }
    assert_in_range(n_valid, 90000, 130000);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character),
        cmocka_unit_test(long_texts),
        cmocka_unit_test(ill_formed),
        cmocka_unit_test(repair),
        cmocka_unit_test(trim),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
