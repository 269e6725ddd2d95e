/* SPDX-License-Identifier: MIT */
/*
 * json: held against jansson on a table and on mutations of it: both accept or both refuse,
 * and strings decode alike. Deviations on purpose, where ours accepts: lone surrogates,
 * \u0000 in keys, numbers beyond a double, ill-formed UTF-8 (checked before, elsewhere);
 * where ours refuses: more than 64 levels, and a NUL after a number, which jansson skips.
 */
#include "helpers.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/rng.h"

/* Both headers have a json_type: the oracle's constants are kept, then ours renamed. */
enum { ORACLE_STRING = JSON_STRING, ORACLE_OBJECT = JSON_OBJECT, ORACLE_ARRAY = JSON_ARRAY };
#define json_type   our_json_type
#define JSON_OBJECT OUR_OBJECT
#define JSON_ARRAY  OUR_ARRAY
#define JSON_STRING OUR_STRING
#define JSON_TRUE   OUR_TRUE
#define JSON_FALSE  OUR_FALSE
#define JSON_NULL   OUR_NULL
#include "corpus/json.h"
#include "corpus/utf8.h"

static bool accepted(struct span text, struct json_error *error)
{
    char *copy = exact(text);
    struct json_walk walk;
    struct json_member member;
    int r = json_walk_begin(&walk, (struct span){copy, text.len}, error);

    while (r == 0 && (r = json_walk_next(&walk, &member, error)) == 1)
        r = 0;
    /* the loop ends with r == 0 only after json_walk_next gave 0 */
    json_walk_release(&walk);
    free(copy);
    return r == 0;
}

static void same_value(struct json_value value, const json_t *expected);

static void same_members(struct span text, const json_t *expected)
{
    struct json_walk walk;
    struct json_member member;
    struct json_error error;
    size_t n = 0;

    assert_int_equal(json_walk_begin(&walk, text, &error), 0);
    while (json_walk_next(&walk, &member, &error) == 1) {
        struct json_value last = member.value;
        json_t *other;
        if (walk.array) {
            same_value(member.value, json_array_get(expected, n++));
            continue;
        }
        other = json_object_getn(expected, member.key.p, member.key.len);
        assert_non_null(other);
        if (memchr(member.key.p, '.', member.key.len) == NULL)
            assert_true(json_find(text, member.key, &last)); /* the last of its name */
        if (last.raw.p == member.value.raw.p)
            same_value(member.value, other);
    }
    json_walk_release(&walk);
}

static void same_value(struct json_value value, const json_t *expected)
{
    struct buf out = {0};

    assert_int_equal(value.type == JSON_STRING, json_typeof(expected) == (int)ORACLE_STRING);
    assert_int_equal(value.type == JSON_OBJECT, json_typeof(expected) == (int)ORACLE_OBJECT);
    assert_int_equal(value.type == JSON_ARRAY, json_typeof(expected) == (int)ORACLE_ARRAY);
    if (value.type == JSON_STRING) {
        assert_int_equal(json_string_decode(value.raw, &out), 0);
        assert_true(span_eq(buf_span(&out), (struct span){json_string_value(expected),
                                                          json_string_length(expected)}));
    } else if (value.type == JSON_OBJECT || value.type == JSON_ARRAY) {
        same_members(value.raw, expected);
    }
    buf_release(&out);
}

static bool has_surrogate(struct span s)
{
    for (size_t i = 0; i + 3 < s.len; i++)
        if (s.p[i] == '\\' && s.p[i + 1] == 'u' && (s.p[i + 2] | 0x20) == 'd')
            return true;
    return false;
}

static void compare(struct span text)
{
    struct json_error error;
    json_error_t why;
    json_t *root = json_loadb(text.p, text.len, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &why);
    bool ok = accepted(text, &error);

    if (root != NULL && ok)
        same_members(text, root);
    else if (root == NULL && ok && json_error_code(&why) != json_error_numeric_overflow &&
             json_error_code(&why) != json_error_null_byte_in_key && !has_surrogate(text) &&
             utf8_valid(text) == text.len)
        fail_msg("ours alone accepts: %.*s (%s)", (int)text.len, text.p, why.text);
    else if (root != NULL && !ok && memchr(text.p, 0, text.len) == NULL)
        fail_msg("jansson alone accepts: %.*s (%s at %zu)", (int)text.len, text.p, error.message,
                 error.at);
    if (!ok)
        assert_in_range(error.at, 0, text.len);
    json_decref(root);
}

static const char *const documents[] = {
    "{}",
    " { } ",
    "[]",
    "{\"a\":1}",
    "{\"a\":\"b\",\"c\":[1,2.5,-0,1e5,-1.25E-3,{\"d\":null}],\"e\":true,\"f\":false}\r\n",
    "{\"\":\"\",\"\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\ude21\"}",
    "{\"id\":7312345678901234567,\"text\":\"l'interdire \xC3\xA9 \xF0\x9F\x98\xA1\"}",
    "{\"a\":[[[[]]],[{}],{\"b\":{}}],\"a\":\"twice\"}",
    "{\"k\":\"a long string without anything special in it at all\",\"z\":\"\\u0000\"}",
    "{\"a\":1,}",
    "{\"a\"}",
    "{a:1}",
    "{\"a\":01}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":+1}",
    "{\"a\":NaN}",
    "{\"a\":Infinity}",
    "{\"a\":-}",
    "{\"a\":1e}",
    "{\"a\":tru}",
    "{\"a\":'b'}",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":1} x",
    "{\"a\":1}{}",
    "{\"a\":[1,]}",
    "{\"a\":[1}",
    "{\"a\":{]}",
    "",
    " ",
    "1",
    "\"a\"",
    "null",
    "{",
    "[",
    "{\"a",
    "{,}",
    "[,]",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1e999}",
    "{\"a\":\"\\ud800\"}",
    "{\"\\u0000\":1}",
};

enum { N_DOCUMENTS = sizeof documents / sizeof documents[0] };

static void table(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_DOCUMENTS; i++) {
        struct span s = span_of(documents[i]);
        for (size_t n = 0; n <= s.len; n++) /* truncated at every byte too */
            compare((struct span){s.p, n});
    }
}

static void mutations(void **state)
{
    static const char alphabet[] = "{}[]\",:\\ud8e0109.-+ntf \t\n\0\x01\xC3";
    struct rng rng = {11};
    char text[256];

    (void)state;
    for (int round = 0; round < 200000; round++) {
        const char *from = documents[rng_below(&rng, N_DOCUMENTS)];
        size_t len = strlen(from), n = 1 + (size_t)rng_below(&rng, 3);
        memcpy(text, from, len);
        for (size_t i = 0; i < n && len != 0; i++) {
            size_t at = (size_t)rng_below(&rng, len);
            if (rng_below(&rng, 4) == 0)
                memmove(text + at, text + at + 1, --len - at);
            else
                text[at] = alphabet[rng_below(&rng, sizeof alphabet - 1)];
        }
        compare((struct span){text, len});
    }
}

static void decoded(struct span raw, struct span expected)
{
    struct buf out = {0};
    char *copy = exact(raw);
    assert_int_equal(json_string_decode((struct span){copy, raw.len}, &out), 0);
    assert_true(span_eq(buf_span(&out), expected));
    free(copy);
    buf_release(&out);
}

#define R "\xEF\xBF\xBD"

static void lenient(void **state)
{
    struct json_error error;

    (void)state;
    decoded(SPAN("\"\\ud83d\\ude21\""), SPAN("\xF0\x9F\x98\xA1"));
    decoded(SPAN("\"\\ud83d\""), SPAN(R));
    decoded(SPAN("\"\\ud83dx\""), SPAN(R "x"));
    decoded(SPAN("\"\\ud83d\\u0041\""), SPAN(R "A"));
    decoded(SPAN("\"\\ud83d\\ud83d\\ude21\""), SPAN(R "\xF0\x9F\x98\xA1"));
    decoded(SPAN("\"\\ude21\\\\u\""), SPAN(R "\\u"));
    decoded(SPAN("\"a\\u0000b\""), SPAN("a\0b"));
    assert_true(accepted(SPAN("{\"a\":\"\\ud800\",\"\\u0000\":1e999}"), &error));
    assert_false(accepted(SPAN("{\"a\":\"\0\"}"), &error));
    assert_int_equal(error.at, 6);
    assert_false(accepted(SPAN("{\"a\":1}\0"), &error));
}

static void positions(void **state)
{
    struct json_error error;

    (void)state;
    assert_false(accepted(SPAN("{\"a\":1,}"), &error));
    assert_int_equal(error.at, 7);
    assert_string_equal(error.message, "expected a key in double quotes");
    assert_false(accepted(SPAN("{\"a\":[1 2]}"), &error));
    assert_int_equal(error.at, 8);
    assert_false(accepted(SPAN("{} {}"), &error));
    assert_int_equal(error.at, 3);
}

static void depth(void **state)
{
    struct json_error error;
    char text[140];

    (void)state;
    for (size_t n = 1; n <= 70; n++) {
        memset(text, '[', n);
        memset(text + n, ']', n);
        assert_int_equal(accepted((struct span){text, 2 * n}, &error), n <= JSON_MAX_DEPTH);
    }
    memset(text, '[', sizeof text);
    assert_false(accepted((struct span){text, sizeof text}, &error));
    assert_int_equal(error.at, JSON_MAX_DEPTH);
}

static void paths(void **state)
{
    struct span text = SPAN("{\"user\":{\"id\":\"u1\",\"n\":{\"x\":2}},\"a.b\":3,\"a\":{\"b\":4},"
                            "\"d\":1,\"\\u0064\":5,\"s\":\"x\"}");
    struct json_value v;

    (void)state;
    assert_true(json_find(text, SPAN("user.id"), &v) && span_eq(v.raw, SPAN("\"u1\"")));
    assert_true(json_find(text, SPAN("user.n.x"), &v) && span_eq(v.raw, SPAN("2")));
    assert_true(json_find(text, SPAN("a.b"), &v) && span_eq(v.raw, SPAN("3")));
    assert_true(json_find(text, SPAN("d"), &v) && span_eq(v.raw, SPAN("5")));
    assert_false(json_find(text, SPAN("s.x"), &v));
    assert_false(json_find(text, SPAN("user.none"), &v));
    assert_false(json_find(text, SPAN(""), &v));
    assert_false(json_find(SPAN("[]"), SPAN("a"), &v));
}

static void written(struct span text, const char *expected)
{
    struct buf out = {0};
    json_add_string(&out, text);
    assert_string_equal(buf_str(&out), expected);
    buf_release(&out);
}

static void strings(void **state)
{
    (void)state;
    written(SPAN(""), "\"\"");
    written(SPAN("\"\\/\b\f\n\r\t\v\0\x1F\x7F"),
            "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u000b\\u0000\\u001f\x7F\"");
    written(SPAN("\xC3\xA9\xFF"), "\"\xC3\xA9" R "\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),     cmocka_unit_test(mutations), cmocka_unit_test(lenient),
        cmocka_unit_test(positions), cmocka_unit_test(depth),     cmocka_unit_test(paths),
        cmocka_unit_test(strings),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
