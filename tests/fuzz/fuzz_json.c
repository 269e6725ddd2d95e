/* SPDX-License-Identifier: MIT */
/*
 * json: a string decoded and written decodes to the same; an accepted object with a member
 * put before its closing brace is accepted and has one member more.
 */
#include "corpus/json.h"
#include "corpus/utf8.h"
#include "fuzz.h"

static void check_string(struct span raw)
{
    struct buf once = {0}, written = {0}, twice = {0};

    MUST(json_string_decode(raw, &once) == 0);
    MUST(once.len + 2 <= raw.len);
    if (utf8_valid(raw) == raw.len) {
        MUST(utf8_valid(buf_span(&once)) == once.len);
        json_add_string(&written, buf_span(&once));
        MUST(json_string_decode(buf_span(&written), &twice) == 0);
        MUST(span_eq(buf_span(&once), buf_span(&twice)));
    }
    buf_release(&once);
    buf_release(&written);
    buf_release(&twice);
}

/* Members of the text, or -1; *close is where the walk ended. */
static long walk_all(struct span text, bool check, size_t *close)
{
    struct json_walk walk;
    struct json_member m;
    struct json_error error;
    struct json_value found;
    int r = json_walk_begin(&walk, text, &error);
    long n = 0;

    while (r == 0 && (r = json_walk_next(&walk, &m, &error)) == 1) {
        MUST(m.value.raw.p >= text.p && m.value.raw.p + m.value.raw.len <= text.p + text.len);
        if (check && m.value.type == JSON_STRING)
            check_string(m.value.raw);
        if (check && n < 8 && m.value.type == JSON_OBJECT)
            json_find(m.value.raw, SPAN("a.b"), &found);
        n++;
        r = 0;
    }
    if (r < 0)
        MUST(error.at <= text.len && error.message != NULL);
    *close = walk.array ? SIZE_MAX : walk.at;
    json_walk_release(&walk);
    return r < 0 ? -1 : n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = fuzz_span(data, size);
    struct buf more = {0};
    size_t close, ignored;
    long n = walk_all(text, true, &close);

    if (n >= 0 && close != SIZE_MAX) {
        buf_add(&more, text.p, close);
        buf_add_str(&more, n > 0 ? ",\"predicted\":[1]" : "\"predicted\":[1]");
        buf_add(&more, text.p + close, text.len - close);
        MUST(walk_all(buf_span(&more), false, &ignored) == n + 1);
    }
    buf_release(&more);
    return 0;
}
