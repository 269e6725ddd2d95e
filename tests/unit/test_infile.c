/* SPDX-License-Identifier: MIT */
/* infile: every packing and encoding, whole, in odd-sized reads, and cut at every byte. */
#include "helpers.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

#include "base/infile.h"

/* All of it, in reads of `step` bytes; false with *err filled on failure. */
static bool read_all(struct span in, enum encoding e, size_t step, struct buf *out,
                     struct stance_err *err)
{
    char *copy = exact(in), *block = malloc(step);
    struct infile *f = infile_memory((struct span){copy, in.len}, "input", e);
    ssize_t n;

    buf_reset(out);
    while ((n = infile_read(f, block, step, err)) > 0)
        buf_add(out, block, (size_t)n);
    infile_close(f);
    free(block);
    free(copy);
    return n == 0;
}

static void same(struct span in, enum encoding e, struct span expected)
{
    static const size_t steps[] = {1, 3, 64, 100000};
    struct buf out = {0};
    struct stance_err err = {0};

    for (size_t i = 0; i < 4; i++) {
        if (!read_all(in, e, steps[i], &out, &err))
            fail_msg("%s", err.message);
        assert_int_equal(out.len, expected.len);
        assert_true(span_eq(buf_span(&out), expected));
    }
    buf_release(&out);
}

static void refused(struct span in, const char *words)
{
    struct buf out = {0};
    struct stance_err err = {0};

    assert_false(read_all(in, ENCODING_AUTO, 4096, &out, &err));
    assert_int_equal(err.code, STANCE_DATA);
    assert_string_equal(err.file, "input");
    if (strstr(err.message, words) == NULL)
        fail_msg("\"%s\" does not hold \"%s\"", err.message, words);
    buf_release(&out);
}

static void add_gzip(struct buf *b, struct span text)
{
    unsigned char room[1 << 16];
    z_stream z = {0};

    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)text.p;
    z.avail_in = (uInt)text.len;
    z.next_out = room;
    z.avail_out = sizeof room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_add(b, room, sizeof room - z.avail_out);
    deflateEnd(&z);
}

static void add_zstd(struct buf *b, struct span text)
{
    char room[1 << 16];
    size_t n = ZSTD_compress(room, sizeof room, text.p, text.len, 3);
    assert_false(ZSTD_isError(n));
    buf_add(b, room, n);
}

static void encodings(void **state)
{
    (void)state;
    same(SPAN(""), ENCODING_AUTO, SPAN(""));
    same(SPAN("a\0b\xFF\r\n"), ENCODING_AUTO, SPAN("a\0b\xFF\r\n"));
    same(SPAN("\xEF\xBB\xBF\xC3\xA9"), ENCODING_AUTO, SPAN("\xC3\xA9"));
    same(SPAN("\xEF\xBB\xBF\xC3\xA9"), ENCODING_UTF8, SPAN("\xC3\xA9"));
    same(SPAN("\xEF\xBB"), ENCODING_AUTO, SPAN("\xEF\xBB"));
    same(SPAN("\xFF\xFE\x61\0\xE9\0"), ENCODING_AUTO, SPAN("a\xC3\xA9"));
    same(SPAN("\xFE\xFF\0\x61\0\xE9"), ENCODING_AUTO, SPAN("a\xC3\xA9"));
    same(SPAN("\xFF\xFE\x3D\xD8\x21\xDE"), ENCODING_AUTO, SPAN("\xF0\x9F\x98\xA1"));
    same(SPAN("\xFF\xFE"), ENCODING_AUTO, SPAN(""));
    same(SPAN("caf\xE9 \x80 l\x92ours \x81"), ENCODING_WINDOWS_1252,
         SPAN("caf\xC3\xA9 \xE2\x82\xAC l\xE2\x80\x99ours \xEF\xBF\xBD"));
    same(SPAN("\xA4\xBD\xE0"), ENCODING_ISO_8859_15, SPAN("\xE2\x82\xAC\xC5\x93\xC3\xA0"));
}

/* Unpaired halves of UTF-16, wherever a read may cut them. */
static void surrogates(void **state)
{
    (void)state;
    same(SPAN("\xFE\xFF\xD8\x3D\0\x61"), ENCODING_AUTO,
         SPAN("\xEF\xBF\xBD"
              "a"));
    same(SPAN("\xFE\xFF\xDE\x21\0\x61"), ENCODING_AUTO,
         SPAN("\xEF\xBF\xBD"
              "a"));
    same(SPAN("\xFE\xFF\0\x61\xD8\x3D"), ENCODING_AUTO, SPAN("a\xEF\xBF\xBD"));
    same(SPAN("\xFE\xFF\0\x61\0"), ENCODING_AUTO, SPAN("a\xEF\xBF\xBD"));
    same(SPAN("\xFE\xFF\xD8\x3D\xD8\x3D\xDE\x21"), ENCODING_AUTO,
         SPAN("\xEF\xBF\xBD\xF0\x9F\x98\xA1"));
    same(SPAN("\xFE\xFF\xD8\x3D\xDE"), ENCODING_AUTO, SPAN("\xEF\xBF\xBD\xEF\xBF\xBD"));
    refused(SPAN("\xFF\xFE\0\0a\0\0\0"), "UTF-32");
}

/* The decoder fed in pieces of 1 to 7 bytes gives what it gives fed whole. */
static void pieces(void **state)
{
    static const char utf16[] = "\xD8\x3D\xDE\x21\0\x61\xD8\x3D\0\xE9\xDE\x21\xD8\x3D\xD8\x3D\xDE";
    char whole[256], part[512];
    struct decode d = {.from = ENCODING_UTF16BE};
    size_t len = sizeof utf16 - 1, n = decode_run(&d, utf16, len, true, whole);

    (void)state;
    for (size_t step = 1; step < 8; step++) {
        size_t m = 0;
        d = (struct decode){.from = ENCODING_UTF16BE};
        for (size_t i = 0; i < len; i += step) {
            size_t take = len - i < step ? len - i : step;
            m += decode_run(&d, utf16 + i, take, i + take == len, part + m);
        }
        assert_int_equal(m, n);
        assert_memory_equal(part, whole, n);
    }
}

static void packed(void **state)
{
    struct buf b = {0}, text = {0};

    (void)state;
    add_gzip(&b, SPAN("un "));
    same(buf_span(&b), ENCODING_AUTO, SPAN("un "));
    add_gzip(&b, SPAN(""));
    add_gzip(&b, SPAN("deux"));
    same(buf_span(&b), ENCODING_AUTO, SPAN("un deux"));
    buf_add(&b, "\0\0\0", 3);
    same(buf_span(&b), ENCODING_AUTO, SPAN("un deux"));
    buf_add_str(&b, "x");
    refused(buf_span(&b), "trailing garbage after the gzip data");
    buf_reset(&b);
    add_zstd(&b, SPAN("trois "));
    buf_add(&b, "\x50\x2A\x4D\x18\x02\0\0\0zz", 10); /* a skippable frame */
    add_zstd(&b, SPAN("quatre"));
    same(buf_span(&b), ENCODING_AUTO, SPAN("trois quatre"));
    buf_reset(&text);
    buf_add(&text, "\x5F\x2A\x4D\x18\0\0\0\0", 8); /* pzstd starts with such a frame */
    buf_add_span(&text, buf_span(&b));
    same(buf_span(&text), ENCODING_AUTO, SPAN("trois quatre"));
    buf_reset(&text);
    buf_add_str(&b, "garbage");
    refused(buf_span(&b), "trailing garbage after the zstd data");
    buf_reset(&b);
    for (int i = 0; i < 9000; i++)
        buf_addf(&text, "%d\n", i * 7919 % 1000);
    add_gzip(&b, buf_span(&text));
    same(buf_span(&b), ENCODING_AUTO, buf_span(&text));
    buf_reset(&b);
    add_zstd(&b, buf_span(&text));
    same(buf_span(&b), ENCODING_AUTO, buf_span(&text));
    buf_release(&text);
    buf_release(&b);
}

/* A packed stream cut at any byte after its magic is refused; flipped, never read past. */
static void damaged(void **state)
{
    struct buf b = {0}, out = {0};
    struct stance_err err;

    (void)state;
    for (int zstd = 0; zstd < 2; zstd++) {
        buf_reset(&b);
        (zstd ? add_zstd : add_gzip)(&b, SPAN("bonjour bonjour bonjour tout le monde"));
        for (size_t n = 4; n < b.len; n++)
            refused((struct span){b.p, n}, "ends too early");
        for (size_t i = 0; i < b.len * 8; i++) {
            b.p[i / 8] = (char)(b.p[i / 8] ^ 1 << i % 8);
            read_all(buf_span(&b), ENCODING_AUTO, 16, &out, &err);
            b.p[i / 8] = (char)(b.p[i / 8] ^ 1 << i % 8);
        }
    }
    buf_release(&b);
    buf_release(&out);
}

static void files(void **state)
{
    struct stance_err err = {0};
    struct buf b = {0};
    char *path, block[64];
    struct infile *f;

    (void)state;
    assert_null(infile_open("/nonexistent/x", ENCODING_AUTO, &err));
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_non_null(strstr(err.message, "No such file"));
    assert_null(infile_open("/tmp", ENCODING_AUTO, &err));
    assert_non_null(strstr(err.message, "Is a directory"));
    add_gzip(&b, SPAN("\xFF\xFE\x61\0"));
    path = temp_file(buf_span(&b));
    f = infile_open(path, ENCODING_AUTO, &err);
    assert_non_null(f);
    assert_string_equal(infile_name(f), path);
    assert_int_equal(infile_read(f, block, sizeof block, &err), 1);
    assert_int_equal(infile_read(f, block, sizeof block, &err), 0);
    assert_true(infile_info(f).transcoded && infile_info(f).had_mark);
    assert_int_equal(infile_info(f).n_stored, b.len);
    assert_int_equal(infile_info(f).size, b.len);
    assert_int_equal(infile_info(f).n_plain, 4);
    assert_int_equal(infile_info(f).packing, PACKING_GZIP);
    infile_close(f);
    infile_close(NULL);
    remove_temp(path);
    buf_release(&b);
}

/* Standard input that comes a byte at a time, so that no block holds the magic whole. */
static void slow_pipe(void **state)
{
    struct buf b = {0};
    struct stance_err err = {0};
    char block[64];
    int ends[2], saved = dup(STDIN_FILENO);
    struct infile *f;
    size_t got = 0;
    ssize_t n;
    pid_t pid;

    (void)state;
    add_gzip(&b, SPAN("\xFF\xFE\x61\0\xE9\0"));
    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        for (size_t i = 0; i < b.len; i++)
            if (write(ends[1], b.p + i, 1) != 1 || (i < 16 && poll(NULL, 0, 1) < 0))
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    f = infile_open("-", ENCODING_AUTO, &err);
    assert_string_equal(infile_name(f), "<stdin>");
    while ((n = infile_read(f, block + got, sizeof block - got, &err)) > 0)
        got += (size_t)n;
    assert_int_equal(n, 0);
    assert_int_equal(got, 3);
    assert_memory_equal(block, "a\xC3\xA9", 3);
    assert_int_equal(infile_info(f).size, 0);
    infile_close(f);
    dup2(saved, STDIN_FILENO);
    close(saved);
    waitpid(pid, NULL, 0);
    buf_release(&b);
}

static void names(void **state)
{
    enum encoding e;

    (void)state;
    assert_true(encoding_by_name("Windows-1252", &e) && e == ENCODING_WINDOWS_1252);
    assert_true(encoding_by_name("UTF-8", &e) && e == ENCODING_UTF8);
    assert_false(encoding_by_name("utf-16", &e));
    assert_false(encoding_by_name("", &e));
    assert_string_equal(encoding_name(ENCODING_ISO_8859_15), "iso-8859-15");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings), cmocka_unit_test(surrogates), cmocka_unit_test(pieces),
        cmocka_unit_test(packed),    cmocka_unit_test(damaged),    cmocka_unit_test(files),
        cmocka_unit_test(names),     cmocka_unit_test(slow_pipe),
    };
    return cmocka_run_group_tests_name("infile", tests, NULL, NULL);
}
