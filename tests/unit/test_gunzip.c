/* SPDX-License-Identifier: MIT */
/*
 * gunzip: what is decompressed by ISA-L is what zlib gives, and of what is no whole gzip the same
 * is said: the same bytes before it, the same words, the same position. (Built without ISA-L it
 * holds zlib against itself.)
 */
#include "helpers.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>

#include "base/unpack.h"

struct answer {
    struct buf bytes;
    struct stance_err err;
    uint64_t taken;
    bool failed;
};

/* fd -1: of memory. Reads go on to the end or the first failure. */
static void unpack_all(struct answer *a, int fd, struct span in, bool by_zlib, size_t step)
{
    char *copy = exact(in), *block = malloc(step);
    struct unpack *u = unpack_new(fd, fd < 0 ? (struct span){copy, in.len} : (struct span){0}, "x");
    ssize_t n;

    buf_reset(&a->bytes);
    a->err = (struct stance_err){0};
    if (by_zlib)
        unpack_by_zlib(u);
    while ((n = unpack_read(u, block, step, &a->err)) > 0)
        buf_add(&a->bytes, block, (size_t)n);
    a->failed = n < 0;
    a->taken = unpack_consumed(u);
    unpack_close(u);
    free(block);
    free(copy);
}

static void equal(const struct answer *a, const struct answer *b)
{
    assert_int_equal(a->failed, b->failed);
    assert_int_equal(a->err.code, b->err.code);
    assert_string_equal(a->err.message, b->err.message);
    assert_int_equal(a->taken, b->taken);
    assert_true(span_eq(buf_span(&a->bytes), buf_span(&b->bytes)));
}

static struct answer fast, slow;

static void compare(struct span in, size_t step)
{
    unpack_all(&fast, -1, in, false, step);
    unpack_all(&slow, -1, in, true, step);
    equal(&fast, &slow);
}

static void forget(void)
{
    buf_release(&fast.bytes);
    buf_release(&slow.bytes);
}

/* One member; with a header of `head` (NULL: the usual), at a level and by a strategy. */
static void add_member(struct buf *b, struct span text, int level, int strategy, gz_header *head)
{
    size_t room = text.len * 2 + 1000;
    z_stream z = {0};

    assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, strategy), Z_OK);
    if (head != NULL)
        assert_int_equal(deflateSetHeader(&z, head), Z_OK);
    buf_room(b, room);
    z.next_in = (unsigned char *)(uintptr_t)text.p;
    z.avail_in = (uInt)text.len;
    z.next_out = (unsigned char *)b->p + b->len;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    b->len += room - z.avail_out;
    deflateEnd(&z);
}

/* Text as of a dump: repeated in places, new in others. */
static void add_text(struct buf *b, size_t lines)
{
    unsigned seed = 1;

    for (size_t i = 0; i < lines; i++) {
        seed = seed * 1103515245u + 12345u;
        buf_addf(b, "{\"id\":\"%zu\",\"text\":\"c'est %u fois absurde%s\"}\n", i, seed >> 8,
                 seed & 0x1000 ? ", \xC3\xA0 mon avis" : "");
    }
}

/* Members as different encoders make them, and one of nothing. */
static void add_members(struct buf *b, struct span text)
{
    static unsigned char name[] = "dump.ndjson", comment[] = "a comment", extra[] = {1, 2, 3};
    gz_header head = {.name = name, .comment = comment, .extra = extra, .extra_len = 3, .hcrc = 1};

    add_member(b, text, 1, Z_DEFAULT_STRATEGY, NULL);
    add_member(b, text, 9, Z_DEFAULT_STRATEGY, &head);
    add_member(b, SPAN(""), 6, Z_DEFAULT_STRATEGY, NULL);
    add_member(b, text, 0, Z_DEFAULT_STRATEGY, NULL); /* stored blocks */
    add_member(b, text, 6, Z_FIXED, NULL);
    add_member(b, text, 6, Z_HUFFMAN_ONLY, NULL);
}

static void whole(void **state)
{
    static const size_t steps[] = {1, 7, 1000, 65536, 1 << 20};
    struct buf text = {0}, b = {0}, expected = {0};

    (void)state;
    add_text(&text, 9000); /* more than a block of stored bytes, in and out */
    add_members(&b, buf_span(&text));
    for (int i = 0; i < 5; i++)
        buf_add_span(&expected, buf_span(&text));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        compare(buf_span(&b), steps[i]);
        assert_false(fast.failed);
        assert_true(span_eq(buf_span(&fast.bytes), buf_span(&expected)));
    }
    buf_release(&text);
    buf_release(&b);
    buf_release(&expected);
    forget();
}

/* What may follow a member: zeros; anything else is named. */
static void followed(void **state)
{
    const struct {
        struct span tail;
        const char *words; /* NULL: nothing is wrong */
    } cases[] = {
        {SPAN("\0\0\0\0"), NULL},
        {SPAN("x"), "trailing garbage after the gzip data, at byte "},
        {SPAN("\0\0\x1F\x8B"), "trailing garbage after the gzip data, at byte "},
        {SPAN("\x1F"), "ends too early"},
        {SPAN("\x1Fxyz"), "incorrect header check"},
        {SPAN("\x1F\x8B\x09\0\0\0"), "unknown compression method"},
        {SPAN("\x1F\x8B\x08\xE0\0\0\0\0\0\0"), "unknown header flags set"},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_reset(&b);
        add_member(&b, SPAN("bonjour"), 6, Z_DEFAULT_STRATEGY, NULL);
        buf_add_span(&b, cases[i].tail);
        for (size_t step = 1; step < 100; step += 13) {
            compare(buf_span(&b), step);
            assert_int_equal(fast.failed, cases[i].words != NULL);
            if (cases[i].words != NULL)
                assert_non_null(strstr(fast.err.message, cases[i].words));
        }
    }
    buf_release(&b);
    forget();
}

static void cut(void **state)
{
    struct buf text = {0}, b = {0};

    (void)state;
    add_text(&text, 12);
    add_members(&b, buf_span(&text));
    for (size_t n = 0; n < b.len; n++) {
        compare((struct span){b.p, n}, 4096);
        compare((struct span){b.p, n}, 5);
    }
    buf_release(&text);
    buf_release(&b);
    forget();
}

/* Every bit of headers, blocks and checks turned, one at a time. ISA-L may read all of it only
 * where all of it is right: a set of codes that no one uses may lack some. */
static void damaged(void **state)
{
    struct buf text = {0}, b = {0};
    struct answer good = {.taken = 0};

    (void)state;
    add_text(&text, 8);
    add_members(&b, buf_span(&text));
    unpack_all(&good, -1, buf_span(&b), true, 65536);
    for (size_t i = 0; i < b.len * 8; i++) {
        b.p[i / 8] = (char)(b.p[i / 8] ^ 1 << i % 8);
        unpack_all(&fast, -1, buf_span(&b), false, 65536);
        unpack_all(&slow, -1, buf_span(&b), true, 65536);
        if (slow.failed && !fast.failed && strstr(slow.err.message, "invalid distances set"))
            equal(&fast, &good);
        else
            equal(&fast, &slow);
        b.p[i / 8] = (char)(b.p[i / 8] ^ 1 << i % 8);
    }
    buf_release(&good.bytes);
    buf_release(&text);
    buf_release(&b);
    forget();
}

/* Damage far behind what the caller has got already, in the second of two members. */
static void damaged_late(void **state)
{
    struct buf text = {0}, b = {0};
    size_t second;

    (void)state;
    add_text(&text, 20000);
    add_member(&b, buf_span(&text), 6, Z_DEFAULT_STRATEGY, NULL);
    second = b.len;
    add_member(&b, buf_span(&text), 1, Z_DEFAULT_STRATEGY, NULL);
    for (size_t i = 0; i < 40; i++) {
        size_t at = second + 20 + (b.len - second - 20) / 40 * i;
        b.p[at] = (char)~b.p[at];
        compare(buf_span(&b), 4000);
        assert_true(fast.failed && fast.bytes.len >= text.len);
        b.p[at] = (char)~b.p[at];
    }
    buf_release(&text);
    buf_release(&b);
    forget();
}

/* A file that is read from its middle, whole and cut: going back goes to where it began. */
static void of_file(void **state)
{
    struct buf text = {0}, b = {0};
    char *path;

    (void)state;
    add_text(&text, 9000);
    buf_add_str(&b, "before");
    add_member(&b, SPAN("first"), 6, Z_DEFAULT_STRATEGY, NULL);
    add_member(&b, buf_span(&text), 6, Z_DEFAULT_STRATEGY, NULL);
    for (int whole_file = 0; whole_file < 2; whole_file++) {
        path = temp_file((struct span){b.p, b.len - (whole_file ? 0 : 9)});
        for (int by_zlib = 0; by_zlib < 2; by_zlib++) {
            int fd = open(path, O_RDONLY);
            assert_int_equal(lseek(fd, 6, SEEK_SET), 6);
            unpack_all(by_zlib ? &slow : &fast, fd, (struct span){0}, by_zlib, 4096);
        }
        equal(&fast, &slow);
        assert_int_equal(fast.failed, !whole_file);
        assert_int_equal(fast.bytes.len, text.len + 5);
        remove_temp(path);
    }
    buf_release(&text);
    buf_release(&b);
    forget();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),   cmocka_unit_test(followed),     cmocka_unit_test(cut),
        cmocka_unit_test(damaged), cmocka_unit_test(damaged_late), cmocka_unit_test(of_file),
    };
    return cmocka_run_group_tests_name("gunzip", tests, NULL, NULL);
}
