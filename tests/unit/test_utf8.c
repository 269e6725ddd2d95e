/* SPDX-License-Identifier: MIT */
/* utf8: table 3-7 held against every code point and every pair of first bytes. */
#include "helpers.h"

#include <stdlib.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character),
        cmocka_unit_test(ill_formed),
        cmocka_unit_test(repair),
        cmocka_unit_test(trim),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
