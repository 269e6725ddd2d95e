/* SPDX-License-Identifier: MIT */
/* frame: records, lines and over-long ones, the same whatever the sizes of the reads. */
#include "helpers.h"

#include <stdlib.h>

#include "base/rng.h"
#include "corpus/frame.h"

struct pieces {
    struct span left;
    size_t step;
};

static ssize_t read_pieces(void *arg, void *buf, size_t cap, struct stance_err *err)
{
    struct pieces *p = arg;
    size_t n = p->left.len < p->step ? p->left.len : p->step;

    (void)err;
    n = n < cap ? n : cap;
    if (n != 0)
        memcpy(buf, p->left.p, n);
    p->left = (struct span){p->left.p + n, p->left.len - n};
    return (ssize_t)n;
}

/* One line of text per frame: "LINE STATUS FULL_LEN TERMINATOR_LEN [RECORD]". */
static void cut(struct span in, enum form form, size_t max, size_t step, struct buf *out)
{
    char *copy = exact(in);
    struct pieces p = {{copy, in.len}, step};
    struct framer *f = framer_new(read_pieces, &p, max);
    struct stance_err err;
    struct frame frame;
    int r;

    buf_reset(out);
    framer_set_form(f, form, ',');
    while ((r = framer_next(f, &frame, &err)) == 1) {
        buf_addf(out, "%d+%d %c%s %d %d [", (int)frame.line, (int)frame.n_lines,
                 "-bo"[frame.status], frame.unclosed ? "u" : "", (int)frame.full_len,
                 (int)frame.terminator.len);
        buf_add_span(out, frame.record);
        buf_add_str(out, "] ");
    }
    assert_int_equal(r, 0);
    framer_free(f);
    free(copy);
}

static void expect(struct span in, enum form form, size_t max, const char *expected)
{
    static const size_t steps[] = {1, 2, 3, 5, 1000};
    struct buf out = {0};

    for (size_t i = 0; i < 5; i++) {
        cut(in, form, max, steps[i], &out);
        assert_string_equal(buf_str(&out), expected);
    }
    buf_release(&out);
}

static void lines(void **state)
{
    (void)state;
    expect(SPAN(""), FORM_NDJSON, 10, "");
    expect(SPAN("{}\n{}"), FORM_NDJSON, 10, "1+1 - 2 1 [{}] 2+1 - 2 0 [{}] ");
    expect(SPAN("a\r\n\r\n \t\nb\r"), FORM_NDJSON, 10,
           "1+1 - 1 2 [a] 2+1 b 0 2 [] 3+1 b 2 1 [ \t] 4+1 - 2 0 [b\r] ");
    expect(SPAN("a\rb\n"), FORM_NDJSON, 10, "1+1 - 3 1 [a\rb] ");
    expect(SPAN("\t\n"), FORM_TSV, 10, "1+1 - 1 1 [\t] ");
    expect(SPAN("\"a\n"), FORM_TSV, 10, "1+1 - 2 1 [\"a] ");
}

static void quotes(void **state)
{
    (void)state;
    expect(SPAN("a,\"b\nc\"\nd\n"), FORM_CSV, 99, "1+2 - 7 1 [a,\"b\nc\"] 3+1 - 1 1 [d] ");
    expect(SPAN("\"\"\"\n\"\nx"), FORM_CSV, 99, "1+2 - 5 1 [\"\"\"\n\"] 3+1 - 1 0 [x] ");
    expect(SPAN("5\" a\r\nb\r\n"), FORM_CSV, 99, "1+1 - 4 2 [5\" a] 2+1 - 1 2 [b] ");
    expect(SPAN("\"a\nb"), FORM_CSV, 99, "1+2 - 4 0 [\"a\nb] ");
}

static void overlong(void **state)
{
    (void)state;
    expect(SPAN("abc\nabcd\nab\n"), FORM_NDJSON, 3,
           "1+1 - 3 1 [abc] 2+1 o 4 1 [abc] 3+1 - 2 1 [ab] ");
    expect(SPAN("abc\r\nabcdefgh\r\nabcdef"), FORM_NDJSON, 3,
           "1+1 - 3 2 [abc] 2+1 o 8 2 [abc] 3+1 o 6 0 [abc] ");
    /* an open quote: the record ends at the first line end past max_record */
    expect(SPAN("\"a\nbb\ncc\ndd\n"), FORM_CSV, 4,
           "1+2 ou 5 1 [\"a\nb] 3+1 - 2 1 [cc] 4+1 - 2 1 [dd] ");
}

/* Random bytes of a hostile alphabet: reads of any size give the same frames, whose
 * lengths and terminators add up to the input. */
static void any_reads(void **state)
{
    static const char alphabet[] = "a,\"\n\n\r\0x";
    struct rng rng = {3};
    struct buf whole = {0}, part = {0};
    char in[64];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)rng_below(&rng, sizeof in), max = 1 + (size_t)rng_below(&rng, 20);
        enum form form = (enum form)rng_below(&rng, 3);
        for (size_t i = 0; i < len; i++)
            in[i] = alphabet[rng_below(&rng, sizeof alphabet - 1)];
        cut((struct span){in, len}, form, max, 1000, &whole);
        cut((struct span){in, len}, form, max, 1 + (size_t)rng_below(&rng, 7), &part);
        assert_true(span_eq(buf_span(&whole), buf_span(&part)));
    }
    buf_release(&whole);
    buf_release(&part);
}

/* As cut(), of records that are kept and taken a few at a time, the last of them given back at
 * times; of each the bytes are looked at only then. */
static void cut_kept(struct span in, enum form form, size_t max, struct rng *rng, struct buf *out)
{
    char *copy = exact(in);
    struct pieces p = {{copy, in.len}, 1 + (size_t)rng_below(rng, 9)};
    struct framer *f = framer_new(read_pieces, &p, max);
    struct buf bytes = {0};
    struct stance_err err;
    struct frame frame[5];
    size_t n = 0;
    int r;

    buf_reset(out);
    framer_set_form(f, form, ',');
    framer_keep(f);
    do {
        size_t end = n > 0 ? framer_at(f) : 0, most = 1 + (size_t)rng_below(rng, 4), kept;
        for (r = 1; n < most && (r = framer_next(f, &frame[n], &err)) == 1; n++)
            end = framer_at(f);
        kept = r == 1 && n > 1 && rng_below(rng, 2) == 0 ? n - 1 : n;
        framer_take(f, kept < n ? frame[kept].at : end, &bytes);
        for (size_t i = 0; i < kept; i++) {
            buf_addf(out, "%d+%d %c%s %d %d [", (int)frame[i].line, (int)frame[i].n_lines,
                     "-bo"[frame[i].status], frame[i].unclosed ? "u" : "", (int)frame[i].full_len,
                     (int)frame[i].terminator.len);
            assert_true(frame[i].at + frame[i].record.len <= bytes.len);
            buf_add(out, bytes.p + frame[i].at, frame[i].record.len);
            buf_add_str(out, "] ");
        }
        if (kept < n) {
            frame[0] = frame[kept];
            frame[0].at = 0;
        }
        n -= kept;
    } while (r == 1);
    assert_int_equal(r, 0);
    assert_int_equal(framer_ahead(f), 0);
    buf_release(&bytes);
    framer_free(f);
    free(copy);
}

static void kept(void **state)
{
    static const char alphabet[] = "a,\"\n\n\r\0x";
    struct rng rng = {5};
    struct buf whole = {0}, part = {0};
    char in[64];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)rng_below(&rng, sizeof in), max = 1 + (size_t)rng_below(&rng, 20);
        enum form form = (enum form)rng_below(&rng, 3);
        for (size_t i = 0; i < len; i++)
            in[i] = alphabet[rng_below(&rng, sizeof alphabet - 1)];
        cut((struct span){in, len}, form, max, 1000, &whole);
        cut_kept((struct span){in, len}, form, max, &rng, &part);
        if (!span_eq(buf_span(&whole), buf_span(&part)))
            fail_msg("%s\n%s", buf_str(&whole), buf_str(&part));
    }
    buf_release(&whole);
    buf_release(&part);
}

static void long_lines(void **state)
{
    struct buf b = {0};
    struct stance_err err;
    struct infile *in;
    struct framer *f;
    struct frame frame;
    struct span first;

    (void)state;
    for (int i = 0; i < 3000000; i++)
        buf_add_char(&b, 'x');
    buf_add_str(&b, "\r\nshort\n");
    in = infile_memory(buf_span(&b), "input", ENCODING_AUTO);
    f = framer_over(in, FRAME_MAX_RECORD);
    assert_int_equal(framer_peek(f, 100, &first, &err), 0);
    assert_int_equal(first.len, 100);
    assert_int_equal(framer_next(f, &frame, &err), 1);
    assert_int_equal(frame.status, FRAME_OVERLONG);
    assert_int_equal(frame.full_len, 3000000);
    assert_int_equal(frame.record.len, FRAME_MAX_RECORD);
    assert_int_equal(frame.terminator.len, 2);
    assert_int_equal(framer_next(f, &frame, &err), 1);
    assert_true(span_eq(frame.record, SPAN("short")));
    assert_int_equal(frame.line, 2);
    assert_int_equal(framer_next(f, &frame, &err), 0);
    assert_int_equal(framer_next(f, &frame, &err), 0);
    framer_free(f);
    infile_close(in);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),     cmocka_unit_test(quotes),     cmocka_unit_test(overlong),
        cmocka_unit_test(any_reads), cmocka_unit_test(long_lines), cmocka_unit_test(kept),
    };
    return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
