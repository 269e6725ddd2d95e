/* SPDX-License-Identifier: MIT */
/* modelfile: what is not a whole and sound model file is refused, each fault by its name. */
#include "small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/chunk.h"
#include "model/modelfile.h"
#include "model/scorer.h"

enum { CRC_AT = 28, HEADER = 32, ROW = 32 };

static struct model *good;

static int make_good(void **state)
{
    (void)state;
    good = small_model();
    return 0;
}

static int drop_good(void **state)
{
    (void)state;
    model_free(good);
    return 0;
}

/* From a copy that ends where the bytes end. */
static struct model *load(struct span bytes, struct stance_err *err)
{
    struct buf image = {exact(bytes), bytes.len, bytes.len};
    return model_from_bytes(&image, "file", err);
}

static void refuse(struct span bytes, const char *why)
{
    struct stance_err err = {0};
    struct model *m = load(bytes, &err);

    assert_null(m);
    assert_int_equal(err.code, STANCE_MODEL);
    assert_string_equal(err.file, "file");
    if (why == NULL ? err.message[0] == '\0' : strstr(err.message, why) == NULL)
        fail_msg("'%s' is not in '%s'", why != NULL ? why : "a message", err.message);
}

/* A model that loads must also be safe to use. */
static void use(struct model *m)
{
    uint32_t target[] = {0, UINT32_MAX};
    struct span statement[] = {SPAN("a"), SPAN("elle espionne")};
    struct scorer *s = scorer_new(m, target, statement, 2);
    struct decision d;

    scorer_read(s, SPAN("oui non elle espionne bof rien fermez laissez la dort"));
    for (uint32_t i = 0; i < 2; i++)
        scorer_decide(s, i, i == 1, &d);
    scorer_free(s);
}

static struct buf copy_of_good(void)
{
    struct buf b = {0};
    buf_add_span(&b, good->image);
    return b;
}

static void is_small(void **state)
{
    (void)state;
    assert_in_range(good->image.len, 1000, 12000);
    use(good);
}

static void every_prefix(void **state)
{
    (void)state;
    for (size_t n = 0; n < good->image.len; n++)
        refuse((struct span){good->image.p, n}, NULL);
}

static void every_byte(void **state)
{
    static const char flip[] = {'\xFF', '\x01'};
    struct buf b = copy_of_good();

    (void)state;
    for (size_t i = 0; i < b.len; i++)
        for (size_t k = 0; k < sizeof flip; k++) {
            b.p[i] = (char)(b.p[i] ^ flip[k]);
            refuse(buf_span(&b), NULL);
            b.p[i] = good->image.p[i];
        }
    buf_add_char(&b, '\0');
    refuse(buf_span(&b), "cut or appended to");
    buf_release(&b);
}

static void same_bytes_again(void **state)
{
    struct stance_err err = {0};
    struct model *m = load(good->image, &err);
    struct buf out = {0};

    (void)state;
    assert_non_null(m);
    modelfile_write(&out, m);
    assert_int_equal(out.len, good->image.len);
    assert_memory_equal(out.p, good->image.p, out.len);
    buf_release(&out);
    model_free(m);
}

/* Threads that say something are a chunk more, which other readers may pass over. */
static void context(void **state)
{
    static const struct {
        struct context_rule rule;
        bool good;
    } cases[] = {{{1, 0}, true},    {{0.25, 0.75}, true}, {{-0.5, 0}, false},
                 {{0, 1.5}, false}, {{NAN, 1}, false},    {{1, INFINITY}, false}};
    struct context_rule none = good->context;

    (void)state;
    assert_true(none.thread == 0 && none.author == 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        struct stance_err err = {0};
        struct model *m;
        good->context = cases[i].rule;
        modelfile_write(&b, good);
        good->context = none;
        if (!cases[i].good) {
            refuse(buf_span(&b), "chunk 'CTXT' of the model file: exponents out of range");
        } else {
            m = load(buf_span(&b), &err);
            assert_non_null(m);
            assert_memory_equal(&m->context, &cases[i].rule, sizeof none);
            model_free(m);
        }
        buf_release(&b);
    }
}

/* ---- header and table ---- */

static void expect_header(size_t at, const char *bytes, size_t n, const char *why)
{
    struct buf b = copy_of_good();
    memcpy(b.p + at, bytes, n);
    refuse(buf_span(&b), why);
    buf_release(&b);
}

static void header(void **state)
{
    (void)state;
    refuse(SPAN(""), "0 bytes");
    refuse(SPAN("{\"id\":\"1\",\"text\":\"this is no model but a corpus\"}\n"), "magic");
    expect_header(0, "\x88", 1, "magic");
    expect_header(4, "\n\n", 2, "magic"); /* CR LF made LF LF */
    expect_header(8, "\1\0", 2, "model format 1, this program reads format 2");
    expect_header(8, "\0\0", 2, "model format 0");
    expect_header(12, "\xFF\xFF\xFF\xFF", 4, "chunks, more than fit");
    expect_header(16, "\0\0\0\0\0\0\0\0", 8, "its header says 0");
    expect_header(24, "\1", 1, "header does not match");
    expect_header(CRC_AT, "\0\0\0\0", 4, "header does not match");
    expect_header(good->image.len - 1, "\1", 1, NULL);
}

/* ---- chunks, laid out again with right checksums ---- */

struct layout {
    struct chunk_file f;
    struct chunk chunk[CHUNK_MAX];
    struct buf bytes[CHUNK_MAX];
    size_t n;
};

static void layout_open(struct layout *l)
{
    struct stance_err err = {0};

    *l = (struct layout){0};
    assert_int_equal(chunk_read(&l->f, good->image, "good", &err), 0);
    l->n = l->f.n;
    for (size_t i = 0; i < l->n; i++) {
        l->chunk[i] = l->f.chunk[i];
        buf_add_span(&l->bytes[i], l->f.chunk[i].bytes);
    }
}

static struct buf *bytes_of(struct layout *l, const char *id)
{
    for (size_t i = 0; i < l->n; i++)
        if (memcmp(l->chunk[i].id, id, 4) == 0)
            return &l->bytes[i];
    fail_msg("no chunk %s", id);
    return NULL;
}

static void add_chunk(struct layout *l, const char *id, uint32_t flags, const char *text)
{
    memcpy(l->chunk[l->n].id, id, 4);
    l->chunk[l->n].flags = flags;
    buf_add_str(&l->bytes[l->n++], text);
}

static struct buf layout_write(struct layout *l)
{
    struct buf out = {0};

    for (size_t i = 0; i < l->n; i++)
        l->chunk[i].bytes = l->bytes[i].p != NULL ? buf_span(&l->bytes[i]) : SPAN("");
    chunk_write(&out, l->chunk, l->n);
    for (size_t i = 0; i < l->n; i++)
        buf_release(&l->bytes[i]);
    return out;
}

static void layout_refused(struct layout *l, const char *why)
{
    struct buf out = layout_write(l);
    refuse(buf_span(&out), why);
    buf_release(&out);
}

static void layout_accepted(struct layout *l)
{
    struct buf out = layout_write(l);
    struct stance_err err = {0};
    struct model *m = load(buf_span(&out), &err);

    if (m == NULL)
        fail_msg("%s", err.message);
    use(m);
    model_free(m);
    buf_release(&out);
}

static void chunks(void **state)
{
    struct layout l;

    (void)state;
    layout_open(&l);
    layout_accepted(&l);
    layout_open(&l);
    add_chunk(&l, "NEWS", CHUNK_OPTIONAL, "not known here");
    layout_accepted(&l);
    layout_open(&l);
    add_chunk(&l, "NEWS", 0, "not known here");
    layout_refused(&l, "'NEWS' of the model file: unknown, a newer program");
    layout_open(&l);
    add_chunk(&l, "PAIR", 0, "");
    layout_refused(&l, "'PAIR' of the model file: occurs twice");
    layout_open(&l);
    add_chunk(&l, "NEWS", CHUNK_OPTIONAL, "a");
    add_chunk(&l, "NEWS", CHUNK_OPTIONAL, "b");
    layout_refused(&l, "'NEWS' of the model file: occurs twice");
    layout_open(&l);
    l.n--;
    buf_release(&l.bytes[l.n]);
    layout_refused(&l, "'FPRT' of the model file: missing");
}

static void padding(void **state)
{
    struct layout l;
    struct buf out;
    struct chunk_file f;

    (void)state;
    layout_open(&l);
    add_chunk(&l, "NEWS", CHUNK_OPTIONAL, "12345");
    out = layout_write(&l);
    assert_int_equal(chunk_read(&f, buf_span(&out), "file", NULL), 0);
    out.p[out.len - 1] = 'x';
    refuse(buf_span(&out), "padding after chunk 'NEWS'");
    out.p[out.len - 1] = 0;
    out.p[out.len - 4] = 'x';
    refuse(buf_span(&out), "checksum of chunk 'NEWS'");
    buf_release(&out);
}

/* Chunks that are large enough to be checked side by side. */
static void large_chunks(void **state)
{
    enum { N = 5, LEN = 500 * 1000 };
    char id[N][4] = {"AAAA", "BBBB", "CCCC", "DDDD", "EEEE"}, why[64], *bytes = calloc(1, LEN);
    struct chunk chunk[N];
    struct chunk_file f;
    struct stance_err err;
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < N; i++) {
        memcpy(chunk[i].id, id[i], 4);
        chunk[i].flags = 0;
        chunk[i].bytes = (struct span){bytes, LEN - i};
    }
    chunk_write(&out, chunk, N);
    assert_int_equal(chunk_read(&f, buf_span(&out), "file", NULL), 0);
    for (size_t i = 0; i < N; i++)
        for (size_t at = 0; at < LEN - i; at += LEN - i - 1) {
            char *byte = out.p + (f.chunk[i].bytes.p - out.p) + at;
            *byte ^= 1;
            assert_int_equal(chunk_read(&f, buf_span(&out), "file", &err), -1);
            snprintf(why, sizeof why, "checksum of chunk '%.4s'", id[i]);
            assert_non_null(strstr(err.message, why));
            *byte ^= 1;
        }
    free(bytes);
    buf_release(&out);
}

/* Overwrites a chunk at an offset, or cuts it there where n is 0. */
static void crafted(const char *id, size_t at, const void *bytes, size_t n, const char *why)
{
    struct layout l;
    struct buf *b;

    layout_open(&l);
    b = bytes_of(&l, id);
    if (n == 0) {
        assert_true(at <= b->len);
        b->len = at;
    } else {
        assert_true(at + n <= b->len);
        memcpy(b->p + at, bytes, n);
    }
    layout_refused(&l, why);
}

static void u32(const char *id, size_t index, uint32_t value, const char *why)
{
    crafted(id, index * 4, &value, 4, why);
}

static void f64(const char *id, size_t at, double value, const char *why)
{
    crafted(id, at, &value, 8, why);
}

static void wild_positions(void **state)
{
    size_t n = good->vocab.n;

    (void)state;
    u32("VOFF", 0, 1, "strings out of order");
    u32("VOFF", 1, UINT32_MAX, "strings out of order");
    u32("VOFF", 1, 0, "an n-gram is empty");
    u32("VOFF", n, UINT32_MAX, "strings out of order");
    u32("VOFF", n, good->vocab.offset[n] - 1, "strings out of order");
    crafted("VTXT", 1, NULL, 0, "strings out of order");
    crafted("VOFF", 0, NULL, 0, "'VOFF' of the model file: wrong size");
    crafted("VOFF", 6, NULL, 0, "'VOFF' of the model file: wrong size");
    u32("WSTA", 0, 1, "positions out of order");
    u32("WSTA", 1, UINT32_MAX, "positions out of order");
    u32("WSTA", n, UINT32_MAX, "positions out of order");
    crafted("WSTA", 4 * n, NULL, 0, "'WSTA' of the model file: wrong size");
    u32("WSLO", 0, good->n_slots, "a weight of no pair and target");
    u32("WSLO", good->weight_start[n] - 1, UINT32_MAX, "a weight of no pair and target");
    crafted("WVAL", 8, NULL, 0, "'WSLO' of the model file: wrong size");
    crafted("IDFW", 8, NULL, 0, "'IDFW' of the model file: wrong size");
    crafted("WALP", 8, NULL, 0, "'WALP' of the model file: wrong size");
}

static void wild_table(void **state)
{
    uint32_t n_slots = good->vocab.n_slots, used = UINT32_MAX;
    uint32_t *full = calloc(n_slots, 4);

    (void)state;
    for (uint32_t i = 0; i < n_slots; i++)
        if (good->vocab.table[i] != INTERN_NONE)
            used = i;
    u32("VTAB", used, good->vocab.n, "not a table of the n-grams");
    u32("VTAB", used, UINT32_MAX - 1, "not a table of the n-grams");
    crafted("VTAB", 0, full, 4 * (size_t)n_slots, "not a table of the n-grams");
    crafted("VTAB", 4 * ((size_t)n_slots - 1), NULL, 0, "not a table of the n-grams");
    crafted("VTAB", 0, NULL, 0, "not a table of the n-grams");
    crafted("VTAB", 3, NULL, 0, "'VTAB' of the model file: wrong size");
    free(full);
}

static void wild_numbers(void **state)
{
    size_t n_weights = good->weight_start[good->vocab.n];

    (void)state;
    for (size_t i = 0; i < good->vocab.n; i++)
        f64("IDFW", 8 * i, NAN, "not a finite number");
    for (size_t i = 0; i < n_weights; i++)
        f64("WVAL", 8 * i, i % 2 == 0 ? INFINITY : -INFINITY, "not a finite number");
    f64("WALP", 0, -INFINITY, "not a finite number");
    f64("PAIR", 8, NAN, "finite figures");         /* rho */
    f64("PAIR", 8 + 40, NAN, "finite figures");    /* the last of the six */
    u32("PAIR", 0, 1, "not a pair of labels");     /* a == b */
    u32("PAIR", 1, 3, "not a pair of labels");     /* b is no label */
    u32("SETT", 0, 9, "settings out of range");    /* word_max */
    u32("SETT", 2, 17, "settings out of range");   /* char_max */
    u32("SETT", 1, 7, "settings out of range");    /* char_min above char_max */
    u32("SETT", 3, 9, "settings out of range");    /* skip_max */
    u32("SETT", 4, 65, "settings out of range");   /* opening */
    u32("SETT", 5, 2, "settings out of range");    /* vectors */
    u32("SETT", 7, 1, "settings out of range");    /* what must be zero */
    f64("SETT", 32, NAN, "settings out of range"); /* shares */
    f64("SETT", 32, -1, "settings out of range");
    f64("SETT", 64, -1, "settings out of range");
    f64("SETT", 72, INFINITY, "settings out of range"); /* kernel a */
    f64("SETT", 96, NAN, "settings out of range");      /* kernel d */
    f64("SETT", 104, 1.5, "settings out of range");     /* exponents of the rules */
    f64("SETT", 112, NAN, "settings out of range");
    u32("SETT", 30, 0, "out of range"); /* n_targets */
    u32("SETT", 30, UINT32_MAX, "out of range");
    u32("SETT", 30, SETTINGS_MAX_TARGETS + 1, "out of range");
    u32("SETT", 31, 1, "out of range"); /* n_labels */
    u32("SETT", 31, 65, "out of range");
    u32("SETT", 32, UINT32_MAX, "out of range"); /* n_pairs */
    u32("SETT", 33, 1, "settings out of range"); /* what must be zero */
    crafted("SETT", 128, NULL, 0, "'SETT' of the model file: wrong size");
}

static void numbers_that_disagree(void **state)
{
    (void)state;
    u32("SETT", 30, 1, NULL); /* one target instead of two */
    u32("SETT", 30, 3, NULL);
    u32("SETT", 30, 1000000, NULL);
    u32("SETT", 31, 2, NULL); /* two labels instead of three */
    u32("SETT", 31, 64, NULL);
    u32("SETT", 32, 0, NULL); /* no pair instead of three */
    u32("SETT", 32, 4, NULL);
    crafted("SEEN", 8, NULL, 0, "'SEEN' of the model file: wrong size");
    crafted("CONF", 8, NULL, 0, "'CONF' of the model file: wrong size");
    crafted("CONB", 8, NULL, 0, "'CONB' of the model file: wrong size");
    crafted("FPRT", 8, NULL, 0, "'FPRT' of the model file: wrong size");
}

static void wild_names(void **state)
{
    (void)state;
    u32("LABL", 0, 2, "wrong number of strings");
    u32("LABL", 1, 1, "strings out of order");
    u32("LABL", 2, UINT32_MAX, "strings out of order");
    u32("LABL", 4, 0, "strings out of order"); /* the end before the beginning */
    crafted("LABL", 4, NULL, 0, "wrong number of strings");
    crafted("TARG", 0, NULL, 0, "wrong number of strings");
    u32("TARG", 0, UINT32_MAX, "wrong number of strings");
    u32("TARG", 1, 1, "strings out of order");
    /* labels are against, favor, none: 4 + 4·4 bytes of head, then their text */
    crafted("LABL", 20, "zgainst", 7, "not distinct and sorted");
    crafted("LABL", 20, "a\0ainst", 7, "a NUL in the name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_small),
        cmocka_unit_test(every_prefix),
        cmocka_unit_test(every_byte),
        cmocka_unit_test(same_bytes_again),
        cmocka_unit_test(context),
        cmocka_unit_test(header),
        cmocka_unit_test(chunks),
        cmocka_unit_test(padding),
        cmocka_unit_test(large_chunks),
        cmocka_unit_test(wild_positions),
        cmocka_unit_test(wild_table),
        cmocka_unit_test(wild_numbers),
        cmocka_unit_test(numbers_that_disagree),
        cmocka_unit_test(wild_names),
    };
    return cmocka_run_group_tests_name("modelfile", tests, make_good, drop_good);
}
