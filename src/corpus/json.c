/* SPDX-License-Identifier: MIT */
/*
 * json: why by hand. Of Debian's C libraries jansson refuses lone surrogates and is the
 * slowest (38 MB/s), cJSON turns 19-digit ids into doubles and cuts strings at \u0000,
 * json-c takes NaN and bad UTF-8 without a word, yajl maps surrogates to '?'; none of them
 * tells where a value lies in the text, which is needed to give a record back unchanged
 * with one member added. jansson is the oracle of the unit test.
 *
 * What stands inside a string is the business of json_text.c. No recursion on input: open brackets
 * are bits of one word, which is why the depth limit is 64. A value is scanned once when the walk
 * passes it, and not even that where the same member stood there before (jsonmemory.h); decoding
 * happens only for the few strings that are asked for.
 */
#include "corpus/json.h"

#include <stdint.h>

#include "base/bytes.h"
#include "corpus/jsonmemory.h"

struct scan {
    const char *p;
    size_t len, at;
    struct json_error *error;
};

static int fail(struct scan *s, const char *message)
{
    *s->error = (struct json_error){s->at, message};
    return -1;
}

static void skip_white(struct scan *s)
{
    while (s->at < s->len && (s->p[s->at] == ' ' || s->p[s->at] == '\t' || s->p[s->at] == '\n' ||
                              s->p[s->at] == '\r'))
        s->at++;
}

/* The next byte, or -1 at the end; NUL is a byte. */
static int peek(const struct scan *s)
{
    return s->at < s->len ? (unsigned char)s->p[s->at] : -1;
}

static bool is_hex(int c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static int scan_escape(struct scan *s)
{
    int c;

    s->at++;
    c = peek(s);
    if (c < 0 || memchr("\"\\/bfnrtu", c, 9) == NULL)
        return fail(s, "expected one of \" \\ / b f n r t u after a backslash");
    s->at++;
    for (int i = 0; c == 'u' && i < 4; i++, s->at++)
        if (peek(s) < 0 || !is_hex(peek(s)))
            return fail(s, "expected four hexadecimal digits after \\u");
    return 0;
}

/* *escaped is set where the string holds a backslash, and left alone where it does not. */
static int scan_string(struct scan *s, bool *escaped)
{
    if (peek(s) != '"')
        return fail(s, "expected a string");
    s->at++;
    for (;;) {
        int c;
        s->at += bytes_before_escape(s->p + s->at, s->len - s->at);
        c = peek(s);
        if (c == '"') {
            s->at++;
            return 0;
        }
        if (c < 0)
            return fail(s, "string is not closed");
        if (c != '\\')
            return fail(s, "control character in a string, expected an escape");
        *escaped = true;
        if (scan_escape(s) < 0)
            return -1;
    }
}

static bool scan_digits(struct scan *s)
{
    size_t from = s->at;
    while (peek(s) >= '0' && peek(s) <= '9')
        s->at++;
    return s->at > from;
}

static int scan_number(struct scan *s)
{
    if (peek(s) == '-')
        s->at++;
    if (peek(s) == '0')
        s->at++;
    else if (!scan_digits(s))
        return fail(s, "expected a digit");
    if (peek(s) == '.') {
        s->at++;
        if (!scan_digits(s))
            return fail(s, "expected a digit after the decimal point");
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->at++;
        if (peek(s) == '+' || peek(s) == '-')
            s->at++;
        if (!scan_digits(s))
            return fail(s, "expected a digit in the exponent");
    }
    return 0;
}

static int scan_word(struct scan *s, struct span word)
{
    if (s->len - s->at < word.len || memcmp(s->p + s->at, word.p, word.len) != 0)
        return fail(s, "expected a value");
    s->at += word.len;
    return 0;
}

/* A string, number or word; *type is set even where it fails. */
static int scan_scalar(struct scan *s, enum json_type *type, bool *escaped)
{
    switch (peek(s)) {
    case '"':
        *type = JSON_STRING;
        return scan_string(s, escaped);
    case 't':
        *type = JSON_TRUE;
        return scan_word(s, SPAN("true"));
    case 'f':
        *type = JSON_FALSE;
        return scan_word(s, SPAN("false"));
    case 'n':
        *type = JSON_NULL;
        return scan_word(s, SPAN("null"));
    default:
        *type = JSON_NUMBER;
        if (peek(s) == '-' || (peek(s) >= '0' && peek(s) <= '9'))
            return scan_number(s);
        return fail(s, "expected a value");
    }
}

/* Also the ':' behind it; *end is that of the key itself. */
static int scan_key(struct scan *s, size_t *end, bool *escaped)
{
    skip_white(s);
    if (peek(s) != '"')
        return fail(s, "expected a key in double quotes");
    if (scan_string(s, escaped) < 0)
        return -1;
    *end = s->at;
    skip_white(s);
    if (peek(s) != ':')
        return fail(s, "expected ':' after the key");
    s->at++;
    skip_white(s);
    return 0;
}

/* Brackets still open inside a value: bit i of `object` says what the i-th is. */
struct open {
    uint64_t object;
    unsigned n, limit;
};

/* At '{' or '[': goes in, to the first element, or past an empty one. */
static int scan_open(struct scan *s, struct open *o)
{
    bool object = peek(s) == '{', escaped;
    size_t end;

    if (o->n >= o->limit)
        return fail(s, "nested too deeply, expected at most 64 levels");
    s->at++;
    o->object = (o->object & ~(1ull << o->n)) | (uint64_t)object << o->n;
    o->n++;
    skip_white(s);
    if (peek(s) == (object ? '}' : ']')) {
        s->at++;
        o->n--;
        return 0;
    }
    return object && scan_key(s, &end, &escaped) < 0 ? -1 : 1;
}

/* After an element: 1 at the next one, 0 where all brackets are closed. */
static int scan_on(struct scan *s, struct open *o)
{
    size_t end;
    bool escaped;

    while (o->n != 0) {
        bool object = (o->object >> (o->n - 1) & 1) != 0;
        skip_white(s);
        if (peek(s) == ',') {
            s->at++;
            if (object && scan_key(s, &end, &escaped) < 0)
                return -1;
            skip_white(s);
            return 1;
        }
        if (peek(s) != (object ? '}' : ']'))
            return fail(s, object ? "expected ',' or '}'" : "expected ',' or ']'");
        s->at++;
        o->n--;
    }
    return 0;
}

/* An object or array inside the walked one, which is level 1 of the depth. */
static int scan_nested(struct scan *s)
{
    struct open o = {.limit = JSON_MAX_DEPTH - 1};
    enum json_type type;
    bool escaped;
    int c, r;

    do {
        c = peek(s);
        if (c == '{' || c == '[') {
            r = scan_open(s, &o);
            if (r > 0)
                continue;
        } else {
            r = scan_scalar(s, &type, &escaped);
        }
        if (r == 0)
            r = scan_on(s, &o);
    } while (r > 0);
    return r;
}

static int scan_value(struct scan *s, struct json_value *value)
{
    size_t from = s->at;
    int c = peek(s), r;

    value->escaped = false;
    if (c == '{' || c == '[') {
        value->type = c == '{' ? JSON_OBJECT : JSON_ARRAY;
        r = scan_nested(s);
    } else {
        r = scan_scalar(s, &value->type, &value->escaped);
    }
    value->raw = (struct span){s->p + from, s->at - from};
    return r;
}

int json_walk_begin(struct json_walk *walk, struct span text, struct json_error *error)
{
    struct scan s = {text.p, text.len, 0, error};

    *walk = (struct json_walk){.text = text};
    skip_white(&s);
    if (peek(&s) != '{' && peek(&s) != '[')
        return fail(&s, "expected a JSON object");
    walk->array = peek(&s) == '[';
    walk->at = s.at + 1;
    return 0;
}

void json_walk_release(struct json_walk *walk)
{
    buf_release(&walk->key);
}

static struct span key_of(struct json_walk *walk, struct span raw, bool escaped)
{
    if (!escaped)
        return (struct span){raw.p + 1, raw.len - 2};
    buf_reset(&walk->key);
    buf_room(&walk->key, 1); /* an empty key is not NULL */
    json_string_decode(raw, &walk->key);
    return buf_span(&walk->key);
}

/* At the closing bracket: only white space may follow. */
static int finish(struct json_walk *walk, struct scan *s)
{
    walk->at = s->at++;
    skip_white(s);
    if (s->at < s->len)
        return fail(s, "expected nothing after the value");
    return 0;
}

/* An element of an array may look as a key does. */
static bool remembers(const struct json_walk *walk)
{
    return walk->memory != NULL && !walk->array;
}

static int scan_member(struct json_walk *walk, struct scan *s, struct json_member *member)
{
    size_t from = s->at, end;
    bool escaped = false;

    member->key = SPAN("");
    if (!walk->array) {
        if (scan_key(s, &end, &escaped) < 0)
            return -1;
        member->key = key_of(walk, (struct span){s->p + from, end - from}, escaped);
    }
    if (scan_value(s, &member->value) < 0)
        return -1;
    if (remembers(walk) && !escaped)
        json_memory_keep(walk->memory, walk->n, walk->text, from, member, s->at);
    return 0;
}

int json_walk_next(struct json_walk *walk, struct json_member *member, struct json_error *error)
{
    struct scan s = {walk->text.p, walk->text.len, walk->at, error};

    skip_white(&s);
    if (peek(&s) == (walk->array ? ']' : '}'))
        return finish(walk, &s);
    if (walk->n != 0) {
        if (peek(&s) != ',')
            return fail(&s, walk->array ? "expected ',' or ']'" : "expected ',' or '}'");
        s.at++;
        skip_white(&s);
    }
    if (!remembers(walk) ||
        !json_memory_has(walk->memory, walk->n, walk->text, s.at, member, &walk->at)) {
        if (scan_member(walk, &s, member) < 0)
            return -1;
        walk->at = s.at;
    }
    walk->n++;
    return 1;
}

static bool find_key(struct span object, struct span key, struct json_value *value)
{
    struct json_walk walk;
    struct json_member member;
    struct json_error error;
    bool found = false;

    if (json_walk_begin(&walk, object, &error) == 0 && !walk.array)
        while (json_walk_next(&walk, &member, &error) == 1)
            if (span_eq(member.key, key)) {
                *value = member.value;
                found = true;
            }
    json_walk_release(&walk);
    return found;
}

bool json_find(struct span object, struct span path, struct json_value *value)
{
    while (!find_key(object, path, value)) {
        const char *dot = memchr(path.p, '.', path.len);
        size_t n = dot != NULL ? (size_t)(dot - path.p) : 0;
        if (dot == NULL || !find_key(object, (struct span){path.p, n}, value) ||
            value->type != JSON_OBJECT)
            return false;
        object = value->raw;
        path = (struct span){dot + 1, path.len - n - 1};
    }
    return true;
}

bool json_whole_object(struct span text)
{
    struct json_walk walk = {0};
    struct json_member member;
    struct json_error error;
    int got = json_walk_begin(&walk, text, &error);

    if (got == 0)
        while ((got = json_walk_next(&walk, &member, &error)) > 0)
            ;
    json_walk_release(&walk);
    return got == 0 && !walk.array;
}
