/* SPDX-License-Identifier: MIT */
/* cells: what is seen as one character is never cut, and lines are as wide as they seem. */
#include "helpers.h"

#include <locale.h>

#include "tui/cells.h"
#include "tui/keys.h"

static void test_clusters(void **state)
{
    /* text, what is sent of its first cluster, its bytes, its columns */
    static const struct {
        const char *text, *shown;
        size_t len;
        int width;
    } cases[] = {
        {"ab", "a", 1, 1},
        {"éa", "é", 2, 1},
        {"e\xcc\x81x", "e\xcc\x81", 3, 1},
        {"😱x", "😱", 4, 2},
        {"👍🏽x", "👍", 8, 2},
        {"👨‍👩‍👧x", "👨👩👧", 18, 6},
        {"❤️x", "❤", 6, 1},
        {"🇫🇷🇩🇪", "🇫🇷", 8, 2},
        {"漢字", "漢", 3, 2},
        {"\xcc\x81x", " \xcc\x81", 2, 1},
        {"\x1b[31m", "\xef\xbf\xbd", 1, 1},
        {"\xff", "\xef\xbf\xbd", 1, 1},
        {"\xf0\x9f", "\xef\xbf\xbd", 1, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        int width;
        size_t n = cells_next(span_of(cases[i].text), false, &out, &width);
        if (n != cases[i].len || width != cases[i].width ||
            !span_eq(buf_span(&out), span_of(cases[i].shown)))
            fail_msg("'%s': %zu bytes, %d columns, '%s'", cases[i].text, n, width, buf_str(&out));
        buf_release(&out);
    }
}

static void test_ascii(void **state)
{
    struct buf out = {0};
    int used;

    (void)state;
    used = cells_fit(&out, span_of("« Éte\xcc\x81, l’œuf » 😱"), 80, true);
    assert_string_equal(buf_str(&out), "\" Ete, l'?uf \" ?");
    assert_int_equal(used, 16);
    buf_release(&out);
}

/* At every width, lines fit, nothing is lost but blanks where lines break, no mark stands alone. */
static void test_wrap(void **state)
{
    static const char text[] =
        "Famille 👨‍👩‍👧 e\xcc\x81te\xcc\x81 😱😱😱😱😱😱😱😱 "
        "unmottrèslongsansblanc\n\ndrapeau 🇫🇷🇫🇷🇫🇷";
    struct buf all = {0};
    int width;

    (void)state;
    for (struct span s = span_of(text); s.len > 0;) {
        size_t n = s.p[0] == '\n' || s.p[0] == ' ' ? 1 : cells_next(s, false, &all, &width);
        s = (struct span){s.p + n, s.len - n};
    }
    for (int room = 6; room < 60; room++) {
        struct cells_page page = {0};
        struct buf found = {0};
        cells_add(&page, span_of(text), 0, room, 0, 0, false);
        for (size_t i = 0; i < page.n; i++) {
            struct span line = {page.text.p + page.line[i].at, page.line[i].len};
            size_t blanks = 0;
            while (blanks < line.len && line.p[line.len - 1 - blanks] == ' ')
                blanks++;
            assert_true(cells_width((struct span){line.p, line.len - blanks}, false) <= room);
            assert_false(line.len > 1 && (unsigned char)line.p[0] == 0xCC);
            for (size_t k = 0; k < line.len; k++)
                if (line.p[k] != ' ')
                    buf_add_char(&found, line.p[k]);
        }
        assert_string_equal(buf_str(&found), buf_str(&all));
        buf_release(&found);
        cells_page_release(&page);
    }
    buf_release(&all);
}

static void test_most(void **state)
{
    struct cells_page page = {0};

    (void)state;
    cells_add(&page, span_of("un deux trois\nquatre cinq"), 0, 9, 2, 2, false);
    assert_int_equal(page.n, 2);
    assert_memory_equal(page.text.p, "un deux   trois …", 10);
    cells_page_reset(&page);
    cells_add(&page, SPAN(""), 0, 9, 0, 0, false);
    assert_int_equal(page.n, 1);
    cells_page_release(&page);
}

static void test_keys(void **state)
{
    size_t target, label;
    bool seen[128] = {false};

    (void)state;
    for (size_t t = 0; t < 4; t++)
        for (size_t l = 0; l < 6; l++) {
            char key = keys_label(t, l);
            if (key == 0)
                continue;
            assert_false(seen[(int)key]);
            seen[(int)key] = true;
            assert_null(strchr("gjklmnopquz?#: ", key)); /* keys of commands */
            assert_true(keys_find(key, &target, &label));
            assert_int_equal(target, t);
            assert_int_equal(label, l);
        }
    assert_false(keys_find('q', &target, &label));
    assert_false(keys_find(0, &target, &label));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clusters), cmocka_unit_test(test_ascii), cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_most),     cmocka_unit_test(test_keys),
    };

    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return 0; /* no widths to be had here */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
