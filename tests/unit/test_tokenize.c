/* SPDX-License-Identifier: MIT */
/*
 * test_tokenize: the rows of tests/data/tokens.tsv, and what holds for any bytes.
 * A row is: input TAB tokens separated by one space [TAB plain:… | kinds:… | quoted:…].
 * Escapes in every column: \t \n \\ \0 \xHH \u{HEX}. A line that begins with # is a comment;
 * an input that begins with # writes it \x23.
 */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/tokenize.h"

static unsigned hex(struct span s, size_t *i, size_t most)
{
    unsigned v = 0;
    for (size_t k = 0; k < most && *i < s.len && strchr("0123456789abcdefABCDEF", s.p[*i]); k++) {
        char d = s.p[(*i)++];
        v = v * 16 + (unsigned)(d <= '9' ? d - '0' : (d | 32) - 'a' + 10);
    }
    return v;
}

static void unescape_one(struct buf *out, struct span s, size_t *i)
{
    char e = s.p[(*i)++];
    if (e == 'x') {
        buf_add_char(out, (char)hex(s, i, 2));
    } else if (e == 'u') {
        ++*i; /* { */
        buf_add_utf8(out, hex(s, i, 6));
        ++*i; /* } */
    } else {
        buf_add_char(out, e == 't' ? '\t' : e == 'n' ? '\n' : e == '0' ? '\0' : e);
    }
}

static struct buf unescape(struct span s)
{
    struct buf out = {0};
    for (size_t i = 0; i < s.len;)
        if (s.p[i] == '\\' && ++i < s.len)
            unescape_one(&out, s, &i);
        else
            buf_add_char(&out, s.p[i++]);
    return out;
}

/* The text up to the separator, which is eaten; *more: was there one? */
static struct span cut(struct span *rest, char separator, bool *more)
{
    const char *end = rest->len != 0 ? memchr(rest->p, separator, rest->len) : NULL;
    struct span field = {rest->p, end != NULL ? (size_t)(end - rest->p) : rest->len};
    size_t eaten = field.len + (end != NULL);
    *more = end != NULL;
    *rest = (struct span){rest->p + eaten, rest->len - eaten};
    return field;
}

static void run(struct tokens *t, struct span text)
{
    char *copy = exact(text);
    tokenize(t, (struct span){copy, text.len});
    free(copy);
}

static struct buf join(const struct tokens *t, char view)
{
    struct buf b = {0};
    for (size_t i = 0; i < t->n; i++) {
        const struct token *k = &t->token[i];
        if (i != 0 && view != 'q')
            buf_add_char(&b, ' ');
        if (view == 't' || view == 'p')
            buf_add_span(&b, view == 't' ? k->text : k->plain);
        else if (view == 'k')
            buf_add_str(&b, token_kind_name(k->kind));
        else
            buf_add_char(&b, k->quoted ? 'q' : '-');
    }
    return b;
}

static int n_failed;

static void expect(const struct tokens *t, char view, struct span want, unsigned line)
{
    struct buf got = join(t, view), wanted = unescape(want);
    if (!span_eq(buf_span(&got), buf_span(&wanted))) {
        print_error("tokens.tsv:%u: want [%s]\n", line, buf_str(&wanted));
        print_error("tokens.tsv:%u: got  [%s]\n", line, buf_str(&got));
        n_failed++;
    }
    buf_release(&got);
    buf_release(&wanted);
}

/* What holds for any text. */
static void check_all(const struct tokens *t)
{
    for (size_t i = 0; i < t->n; i++) {
        int32_t c;
        size_t n = 0;
        struct span rest = t->token[i].text;
        assert_true(rest.len != 0 && t->token[i].plain.len != 0);
        for (; rest.len != 0; n++) {
            size_t step = char_decode(rest, &c);
            rest = (struct span){rest.p + step, rest.len - step};
        }
        assert_in_range(n, 1, 64);
    }
}

/* Every beginning and every end of the input, cut inside characters too. */
static void check_cuts(struct tokens *t, struct span input)
{
    for (size_t i = 0; i <= input.len; i++) {
        run(t, (struct span){input.p, i});
        check_all(t);
        run(t, (struct span){input.p + i, input.len - i});
        check_all(t);
    }
}

static void check_canonical(struct tokens *t, struct span input, unsigned line, bool composed)
{
    struct buf other = {0}, want = join(t, 't'), got;
    canonical_add(&other, input, composed);
    run(t, buf_span(&other));
    got = join(t, 't');
    if (!span_eq(buf_span(&got), buf_span(&want))) {
        print_error("tokens.tsv:%u: %s gives [%s]\n", line, composed ? "NFC" : "NFD",
                    buf_str(&got));
        n_failed++;
    }
    buf_release(&other);
    buf_release(&want);
    buf_release(&got);
}

static void check_row(struct tokens *t, struct span row, unsigned line)
{
    bool more;
    struct buf input = unescape(cut(&row, '\t', &more));
    struct span field;

    if (!more)
        fail_msg("tokens.tsv:%u: no tab", line);
    run(t, buf_span(&input));
    check_all(t);
    field = cut(&row, '\t', &more);
    expect(t, 't', field, line);
    while (more) {
        field = cut(&row, '\t', &more);
        char view = field.p[0];
        cut(&field, ':', &more);
        assert_true(more && strchr("pkq", view) != NULL);
        expect(t, view, field, line);
        more = row.len != 0;
    }
    check_canonical(t, buf_span(&input), line, false);
    check_canonical(t, buf_span(&input), line, true);
    check_cuts(t, buf_span(&input));
    buf_release(&input);
}

static void test_rows(void **state)
{
    struct buf file = slurp(test_path("data/tokens.tsv"));
    struct span rest = buf_span(&file);
    struct tokens t = {0};
    unsigned line = 0, n = 0;
    bool more = true;

    (void)state;
    while (more) {
        struct span row = cut(&rest, '\n', &more);
        line++;
        if (row.len == 0 || row.p[0] == '#')
            continue;
        check_row(&t, row, line);
        n++;
    }
    assert_int_equal(n_failed, 0);
    assert_true(n >= 220);
    tokens_release(&t);
    buf_release(&file);
}

/* Tokens joined by blanks are tokenized to themselves where nothing is contextual: plain
 * words, accents, elisions, runs of marks. (A clitic's hyphen and a closing quotation mark
 * are contextual.) */
static void test_again(void **state)
{
    static const char *const texts[] = {
        "L'\xC3\x89tat n'interdira pas Huawei !!!! Nooooon... mdrrrr",
        "J'suis d'accord, aujourd'hui peut-\xC3\xAAtre ?! #Ecologie :noel: +1",
        "co\xC3\xBBt \xC5\x93uvre stra\xC3\x9F"
        "e \xEF\xAC\x81n p'tit sous-marin haha lol ptdr",
    };
    struct tokens t = {0};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf once, twice;
        tokenize(&t, span_of(texts[i]));
        once = join(&t, 't');
        tokenize(&t, buf_span(&once));
        twice = join(&t, 't');
        assert_string_equal(buf_str(&once), buf_str(&twice));
        buf_release(&once);
        buf_release(&twice);
    }
    tokens_release(&t);
}

static struct buf repeat(const char *unit, size_t bytes)
{
    struct buf b = {0};
    while (b.len < bytes)
        buf_add_str(&b, unit);
    return b;
}

/* clang-format off */
static const char *const units[] = {
    "a", "a.", "a-", "d'", "a_", "'", "\"", ":", ":a", "1 ", "1 000 ", "1.", "+1", "http://", "(",
    "@", "#", "&", "&amp;", "\xCC\x81", "e\xCC\xA3\xCC\x81", "\xC2\xAB", ">", "\n>", "-il", "^",
    "x", "\xF0\x9F\x98\x80", "\xFF", "\xF0\x9F\x91\xA9\xE2\x80\x8D", "\xE2\x80\x8D", "_",
    "\xC2\xB7", "=", "<3", "0h", "a+", "www.", "a-d'", "a-t'", ": ", "\" ", "\xCD\x85\xCC\x81",
    "quelqu'", "-_", ":-", "a@", "\xCC\x81\xCC\xA3", "\xEA\xB0\x80", "\xD8\xA7\xD9\x91", "12:",
};
/* clang-format on */

/* A megabyte of each: quadratic time would not come back. */
static void test_hostile(void **state)
{
    struct tokens t = {0};

    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct buf b = repeat(units[i], 1000000);
        tokenize(&t, buf_span(&b));
        check_all(&t);
        buf_release(&b);
    }
    tokens_release(&t);
}

static void test_long_token(void **state)
{
    struct buf b = {0};
    struct tokens t = {0};

    (void)state;
    for (int i = 0; i < 100; i++)
        buf_add_str(&b, i % 2 != 0 ? "\xC3\xA9" : "t");
    tokenize(&t, buf_span(&b));
    assert_int_equal(t.n, 1);
    assert_int_equal(t.token[0].text.len, 96);
    assert_int_equal(t.token[0].plain.len, 64);
    tokens_release(&t);
    buf_release(&b);
}

static void test_warm(void **state)
{
    struct buf b = repeat("L'\xC3\xA9t\xC3\xA9 \xF0\x9F\x98\x80 12 ", 5000);
    struct tokens t = {0};
    const void *token, *bytes;

    (void)state;
    tokenize(&t, buf_span(&b));
    token = t.token;
    bytes = t.bytes.p;
    for (size_t n = 0; n < b.len; n += 97)
        tokenize(&t, (struct span){b.p, n});
    assert_ptr_equal(token, t.token);
    assert_ptr_equal(bytes, t.bytes.p);
    tokenize(&t, (struct span){NULL, 0});
    assert_int_equal(t.n, 0);
    tokens_release(&t);
    tokens_release(&t);
    tokens_release(NULL);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),    cmocka_unit_test(test_again),
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_long_token),
        cmocka_unit_test(test_warm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
