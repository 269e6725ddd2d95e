/* SPDX-License-Identifier: MIT */
/*
 * model: any bytes as a model file whose size and checksums are made right first, so that
 * what is behind them is reached. What is refused is refused by STANCE_MODEL; what loads
 * classifies without harm, and is written again as it was: each chunk the same bytes, and
 * the whole too where it has the chunks of this format in their order and no others.
 */
#include <string.h>

#include <zlib.h>

#include "fuzz.h"
#include "model/chunk.h"
#include "model/modelfile.h"
#include "model/scorer.h"

enum { HEADER = 32, ROW = 32, CRC_AT = 28 };

static uint64_t get(const char *p, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++)
        v |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return v;
}

static void put(char *p, uint64_t value, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = (char)(value >> (8 * i) & 0xFF);
}

static uint32_t crc(const char *p, size_t n)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)p, n);
}

/* Magic, version, size, checksums and padding as they must be; the rest as it is. */
static void make_right(char *p, size_t size)
{
    uint64_t n = get(p + 12, 4);

    memcpy(p, "\x89STN\r\n\x1A\n\1\0\0\0", 12);
    put(p + 16, size, 8);
    memset(p + 24, 0, 8);
    if (n > CHUNK_MAX || HEADER + n * ROW > size)
        return;
    for (uint64_t i = 0; i < n; i++) {
        char *row = p + HEADER + i * ROW;
        uint64_t at = get(row + 8, 8), len = get(row + 16, 8);
        put(row + 28, 0, 4);
        if (at <= size && len <= size - at) {
            for (uint64_t k = at + len; k < size && k % 8 != 0; k++)
                p[k] = 0;
        }
    }
    for (uint64_t i = 0; i < n; i++) {
        char *row = p + HEADER + i * ROW;
        uint64_t at = get(row + 8, 8), len = get(row + 16, 8);
        if (at <= size && len <= size - at)
            put(row + 24, crc(p + at, len), 4);
    }
    put(p + CRC_AT, crc(p, HEADER + n * ROW), 4);
}

static void classify(const struct model *m)
{
    uint32_t target[] = {0, m->n_targets - 1, UINT32_MAX};
    struct span statement[] = {SPAN(""), SPAN(""), SPAN("elle espionne")};
    struct scorer *s = scorer_new(m, target, statement, 3);
    struct decision d;

    scorer_read(s, SPAN("oui fermez la, non laissez la ; bof rien, elle espionne"));
    for (uint32_t i = 0; i < 3; i++) {
        scorer_decide(s, i, false, &d);
        MUST(d.label < m->n_labels);
        scorer_decide(s, i, true, &d);
        MUST(d.label < m->n_labels);
    }
    scorer_free(s);
}

static void written_again(const struct model *m)
{
    struct chunk_file before, after;
    struct buf out = {0};
    bool same = true;

    modelfile_write(&out, m);
    MUST(chunk_read(&before, m->image, "before", NULL) == 0);
    MUST(chunk_read(&after, buf_span(&out), "after", NULL) == 0);
    for (size_t i = 0; i < after.n; i++) {
        char id[5] = {0};
        const struct chunk *c;
        memcpy(id, after.chunk[i].id, 4);
        c = chunk_find(&before, id);
        MUST(c != NULL ? span_eq(c->bytes, after.chunk[i].bytes) : after.chunk[i].bytes.len == 0);
        same = same && i < before.n && memcmp(before.chunk[i].id, id, 4) == 0 &&
               before.chunk[i].flags == after.chunk[i].flags;
    }
    if (same && before.n == after.n)
        MUST(span_eq(m->image, buf_span(&out)));
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf image = {malloc(size != 0 ? size : 1), size, size};
    struct stance_err err = {0};
    struct model *m;

    if (image.p == NULL)
        exit(70);
    if (size != 0)
        memcpy(image.p, data, size);
    if (size >= HEADER)
        make_right(image.p, size);
    m = model_from_bytes(&image, "fuzz", &err);
    MUST((m != NULL) == (err.code == STANCE_OK));
    if (m == NULL) {
        MUST(err.code == STANCE_MODEL && err.message[0] != '\0');
        return 0;
    }
    classify(m);
    written_again(m);
    model_free(m);
    return 0;
}
