/* SPDX-License-Identifier: MIT */
/*
 * jsonmemory: an object walked after any other says the same as when it is walked by itself, also
 * cut anywhere and with any byte changed.
 */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "corpus/jsonmemory.h"

/* Pairs that begin alike: a member known from one must not be taken for the other's. */
static const char *const object[] = {
    "{}",
    "{\"a\":0}",
    "{\"a\":0 }",
    "{\"a\":01}",
    "{\"a\":0.5}",
    "{\"a\":0,\"b\":1}",
    "{\"a\":0,\"b\":1,}",
    "{\"b\":1,\"a\":0}",
    " { \"a\" : 0 , \"b\" : 1 } ",
    "{\"a\":true}",
    "{\"a\":truee}",
    "{\"a\":\"\"}",
    "{\"a\":\"x\"}",
    "{\"a\":\"x\\n\",\"b\":\"\\u00e9\"}",
    "{\"a\\n\":\"x\",\"b\":2}",
    "{\"\":null,\"\":null}",
    "{\"a\":[],\"b\":{},\"c\":[1,{\"d\":[2]}]}",
    "{\"a\":[],\"b\":{\"a\":[]},\"c\":[1,{\"d\":[2]}]}x",
    "{\"a\":[1,2],\"b\":{\"a\":[]},\"c\":[1,{\"d\":[2}]}",
    "{\"a\":\"01234567890123456789012345678901234567890123456789\",\"b\":1}",
    "{\"a\":\"0123456789012345678901234567890123456789012345678\",\"b\":1}",
    "{\"a\":\"012345678901234567890123456789012345678901234567\",\"b\":2}",
    "[0,1]",
    "[\"a\":0]",
    "0",
};
enum { N_OBJECTS = sizeof object / sizeof *object };

/* All that a walk says, written down. */
static void write_walk(struct buf *out, struct span text, struct json_memory *memory)
{
    struct json_walk walk;
    struct json_member m;
    struct json_error error = {0};
    int r = json_walk_begin(&walk, text, &error);

    walk.memory = memory;
    while (r == 0 && (r = json_walk_next(&walk, &m, &error)) == 1) {
        buf_addf(out, "%.*s %d %d %td %zu\n", (int)m.key.len, m.key.p, (int)m.value.type,
                 m.value.escaped, m.value.raw.p - text.p, m.value.raw.len);
        r = 0;
    }
    buf_addf(out, "%d %zu %zu", r, r < 0 ? error.at : walk.at, walk.n);
    json_walk_release(&walk);
}

/* From copies that end where the text ends. */
static void same_after(struct span before, struct span text)
{
    struct json_memory memory = {0};
    struct buf ignored = {0}, alone = {0}, after = {0};
    char *copy = exact(before), *p = exact(text);

    write_walk(&ignored, (struct span){copy, before.len}, &memory);
    free(copy);
    write_walk(&alone, (struct span){p, text.len}, NULL);
    write_walk(&after, (struct span){p, text.len}, &memory);
    assert_string_equal(buf_str(&after), buf_str(&alone));
    free(p);
    json_memory_release(&memory);
    buf_release(&ignored);
    buf_release(&alone);
    buf_release(&after);
}

static void each_after_each(void **state)
{
    (void)state;
    for (size_t a = 0; a < N_OBJECTS; a++)
        for (size_t b = 0; b < N_OBJECTS; b++)
            for (size_t len = 0; len <= strlen(object[b]); len++)
                same_after(span_of(object[a]), (struct span){object[b], len});
}

static void changed(void **state)
{
    const char bytes[] = {'"', '\\', ',', ':', '}', ']', '1', ' ', 'a', 'e', 0, 1};
    char text[80];

    (void)state;
    for (size_t a = 0; a < N_OBJECTS; a++)
        for (size_t i = 0; i < strlen(object[a]); i++)
            for (size_t k = 0; k < sizeof bytes; k++) {
                size_t len = strlen(object[a]);
                assert_true(len < sizeof text);
                memcpy(text, object[a], len);
                text[i] = bytes[k];
                same_after(span_of(object[a]), (struct span){text, len});
                same_after((struct span){text, len}, span_of(object[a]));
            }
}

static void what_is_known(void **state)
{
    struct json_memory memory = {0};
    struct buf out = {0};
    char text[100];

    (void)state;
    for (size_t n = 40; n < 60; n++) { /* the key's four bytes, two quotes, and a bracket more */
        size_t len = (size_t)snprintf(text, sizeof text, "{\"a\":\"%0*d\"}", (int)n, 0);
        write_walk(&out, (struct span){text, len}, &memory);
        assert_int_equal(memory.n, 1);
        assert_int_equal(memory.known[0].len, n + 7 <= JSON_KNOWN_MOST ? n + 7 : 0);
    }
    json_memory_release(&memory);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_after_each),
        cmocka_unit_test(changed),
        cmocka_unit_test(what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
