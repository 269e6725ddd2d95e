/* SPDX-License-Identifier: MIT */
/*
 * fuzz_tokenize: what holds for the tokens of any bytes. Build with clang:
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -Isrc \
 *     tests/fuzz/fuzz_tokenize.c $(ls src/text/?*.c) src/base/buf.c src/base/mem.c -lutf8proc
 * Seeds: any folder of small texts, for instance the lines of tests/data/tokens.tsv.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/tokenize.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort() is what the fuzzer records, also under NDEBUG. */
static void must(bool truth)
{
    if (!truth)
        abort();
}

static size_t count(struct span s)
{
    size_t n = 0;
    for (; s.len != 0; n++) {
        int32_t c;
        size_t step = char_decode(s, &c);
        must(step > 1 || (unsigned char)s.p[0] < 0x80); /* valid UTF-8 */
        must(c > ' ');
        s = (struct span){s.p + step, s.len - step};
    }
    return n;
}

static void check_tokens(const struct tokens *t)
{
    const char *from = t->bytes.p, *end = from;

    for (size_t i = 0; i < t->n; i++) {
        const struct token *k = &t->token[i];
        must(k->kind <= TOKEN_PUNCT);
        must(k->text.p == end && k->text.len != 0 && k->plain.len != 0);
        end = k->text.p + k->text.len;
        must(k->plain.p == k->text.p || k->plain.p == end);
        if (k->plain.p == end)
            end += k->plain.len;
        must(count(k->text) <= 64);
        must(count(k->plain) <= 128); /* œ is two letters */
    }
    must((size_t)(end - from) == t->bytes.len);
}

static void must_equal(const struct tokens *a, const struct tokens *b)
{
    must(a->n == b->n);
    for (size_t i = 0; i < a->n; i++) {
        must(a->token[i].kind == b->token[i].kind && a->token[i].quoted == b->token[i].quoted);
        must(span_eq(a->token[i].text, b->token[i].text));
        must(span_eq(a->token[i].plain, b->token[i].plain));
    }
}

/* The same tokens for both canonical forms, again and in a fresh struct. */
static void check_same(const struct tokens *want, struct span input)
{
    struct buf nfd = {0}, nfc = {0};
    struct tokens t = {0};

    canonical_add(&nfd, input, false);
    canonical_add(&nfc, input, true);
    tokenize(&t, buf_span(&nfd));
    must_equal(want, &t);
    tokenize(&t, buf_span(&nfc));
    must_equal(want, &t);
    tokenize(&t, input);
    must_equal(want, &t);
    tokens_release(&t);
    buf_release(&nfd);
    buf_release(&nfc);
}

static void check_fold(struct span input)
{
    struct normalizer one = {0}, two = {0};
    struct buf b = {0};

    normalize(&one, input, false);
    for (size_t i = 0; i < one.out.n; i++)
        buf_add_utf8(&b, (unsigned)one.out.c[i]);
    normalize(&two, buf_span(&b), false);
    must(one.out.n == two.out.n);
    must(one.out.n == 0 || memcmp(one.out.c, two.out.c, one.out.n * sizeof *one.out.c) == 0);
    normalizer_release(&one);
    normalizer_release(&two);
    buf_release(&b);
}

/* The Greek question mark is canonically a semicolon, so that normalizing may end an
 * entity that was none. */
static bool has_greek_question_mark(struct span s)
{
    for (size_t i = 0; i + 1 < s.len; i++)
        if (memcmp(s.p + i, "\xCD\xBE", 2) == 0)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tokens t;
    struct span input = {(const char *)data, size};

    tokenize(&t, input);
    check_tokens(&t);
    if (!has_greek_question_mark(input))
        check_same(&t, input);
    check_fold(input);
    return 0;
}
