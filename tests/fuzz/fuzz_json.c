/* SPDX-License-Identifier: MIT */
/*
 * json: a string decoded and written decodes to the same; an accepted object with a member
 * put before its closing brace is accepted and has one member more; the second line walked after
 * the first, whose members are remembered, says what it says by itself.
 */
#include "corpus/jsonmemory.h"
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

static void check_memory(struct span text)
{
    const char *line = text.len != 0 ? memchr(text.p, '\n', text.len) : NULL;
    struct json_memory memory = {0};
    struct json_walk alone, after;
    struct json_member a, b;
    struct json_error error, other;
    int r;

    if (line == NULL)
        return;
    r = json_walk_begin(&alone, (struct span){text.p, (size_t)(line - text.p)}, &error);
    alone.memory = &memory;
    while (r >= 0 && json_walk_next(&alone, &a, &error) == 1)
        ;
    json_walk_release(&alone);
    text = (struct span){line + 1, text.len - (size_t)(line + 1 - text.p)};
    r = json_walk_begin(&alone, text, &error);
    json_walk_begin(&after, text, &other);
    after.memory = &memory;
    while (r >= 0) {
        r = json_walk_next(&alone, &a, &error);
        MUST(json_walk_next(&after, &b, &other) == r && alone.at == after.at);
        MUST(r >= 0 || (error.at == other.at && error.message == other.message));
        if (r <= 0)
            break;
        MUST(span_eq(a.key, b.key) && a.value.type == b.value.type);
        MUST(a.value.escaped == b.value.escaped && a.value.raw.p == b.value.raw.p &&
             a.value.raw.len == b.value.raw.len);
    }
    json_walk_release(&alone);
    json_walk_release(&after);
    json_memory_release(&memory);
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
    check_memory(text);
    return 0;
}
