/* SPDX-License-Identifier: MIT */
/*
 * chunk: little-endian throughout, written and read byte by byte here; the chunks'
 * insides are used in place, which is why a big-endian machine is refused at load.
 * The magic has a high-bit byte, CR LF, ^Z and LF, so that a file mangled as text shows.
 */
#include "model/chunk.h"

#include "base/checksum.h"
#include "base/err.h"
#include "base/jobs.h"

enum { HEADER = 32, ROW = 32, CRC_AT = 28 };

static const char magic[8] = {'\x89', 'S', 'T', 'N', '\r', '\n', '\x1A', '\n'};

static void put(char *p, uint64_t value, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = (char)(value >> (8 * i) & 0xFF);
}

static uint64_t get(const char *p, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++)
        v |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return v;
}

static uint32_t crc(const char *p, size_t len)
{
    return checksum_more(0, p, len);
}

/* Over header and table, the checksum's own four bytes read as zero. */
static uint32_t table_crc(const char *image, size_t n_chunks)
{
    unsigned char zero[4] = {0};
    uint32_t c = checksum_more(0, image, CRC_AT);
    c = checksum_more(c, zero, sizeof zero);
    return checksum_more(c, image + HEADER, n_chunks * ROW);
}

static size_t aligned(size_t n)
{
    return (n + 7) / 8 * 8;
}

void chunk_write(struct buf *out, const struct chunk *chunk, size_t n)
{
    size_t at = HEADER + n * ROW;
    char *p;

    buf_room(out, at);
    memset(out->p, 0, at);
    out->len = at;
    for (size_t i = 0; i < n; i++) {
        p = out->p + HEADER + i * ROW;
        memcpy(p, chunk[i].id, 4);
        put(p + 4, chunk[i].flags, 4);
        put(p + 8, out->len, 8);
        put(p + 16, chunk[i].bytes.len, 8);
        put(p + 24, crc(chunk[i].bytes.p, chunk[i].bytes.len), 4);
        buf_add_span(out, chunk[i].bytes);
        while (out->len % 8 != 0)
            buf_add_char(out, '\0');
    }
    p = out->p;
    memcpy(p, magic, sizeof magic);
    put(p + 8, CHUNK_MAJOR, 2);
    put(p + 10, CHUNK_MINOR, 2);
    put(p + 12, n, 4);
    put(p + 16, out->len, 8);
    put(p + CRC_AT, table_crc(p, n), 4);
}

#define REFUSE(...) err_at(err, STANCE_MODEL, name, 0, 0, __VA_ARGS__)

static int read_header(struct chunk_file *f, struct span image, const char *name,
                       struct stance_err *err)
{
    uint64_t size;

    if (image.len < HEADER)
        return REFUSE("not a model file: %zu bytes, a header alone has %d", image.len, HEADER);
    if (memcmp(image.p, magic, sizeof magic) != 0)
        return REFUSE("not a model file: it does not begin with the magic bytes");
    if (get(image.p + 8, 2) != CHUNK_MAJOR)
        return REFUSE("model format %u, this program reads format %d",
                      (unsigned)get(image.p + 8, 2), CHUNK_MAJOR);
    f->minor = (uint16_t)get(image.p + 10, 2);
    f->n = get(image.p + 12, 4);
    size = get(image.p + 16, 8);
    if (size != image.len)
        return REFUSE("model file is %zu bytes long, its header says %llu: cut or appended to",
                      image.len, (unsigned long long)size);
    if (f->n > CHUNK_MAX || HEADER + f->n * ROW > image.len)
        return REFUSE("model file announces %zu chunks, more than fit", f->n);
    f->checksum = table_crc(image.p, f->n);
    if (get(image.p + 24, 4) != 0 || get(image.p + CRC_AT, 4) != f->checksum)
        return REFUSE("checksum of the model file's header does not match: it is damaged");
    return 0;
}

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != 0)
            return false;
    return true;
}

/* Where they lie, one after the other to the end. */
static int read_chunks(struct chunk_file *f, struct span image, const char *name,
                       struct stance_err *err)
{
    size_t at = HEADER + f->n * ROW;
    for (size_t i = 0; i < f->n; i++) {
        const char *row = image.p + HEADER + i * ROW;
        struct chunk *c = &f->chunk[i];
        uint64_t offset = get(row + 8, 8), size = get(row + 16, 8);

        memcpy(c->id, row, 4);
        c->flags = (uint32_t)get(row + 4, 4);
        if (offset != at || size > image.len - at || aligned(size) > image.len - at)
            return REFUSE("chunk %zu of the model file lies outside it", i + 1);
        c->bytes = (struct span){image.p + at, size};
        if (!all_zero(image.p + at + size, aligned(size) - size) || get(row + 28, 4) != 0)
            return REFUSE("padding after chunk '%.4s' of the model file is not zero", c->id);
        at += aligned(size);
    }
    if (at != image.len)
        return REFUSE("%zu bytes after the last chunk of the model file", image.len - at);
    return 0;
}

/* ---- the chunks' own checksums ---- */

enum { FEW_BYTES = 1 << 20, MOST_JOBS = 4 }; /* fewer bytes are not worth a thread */

struct check {
    const struct chunk_file *f;
    const char *table;
    bool right[CHUNK_MAX];
};

static void check_chunk(size_t i, void *arg)
{
    struct check *c = arg;
    struct span bytes = c->f->chunk[i].bytes;

    c->right[i] = crc(bytes.p, bytes.len) == get(c->table + i * ROW + 24, 4);
}

/* A fifth of the time that a label of one comment takes, so that processors share it. */
static int check_chunks(const struct chunk_file *f, struct span image, const char *name,
                        struct stance_err *err)
{
    struct check c = {.f = f, .table = image.p + HEADER};
    unsigned n_jobs = jobs_count(0);

    n_jobs = image.len < FEW_BYTES ? 1 : n_jobs > MOST_JOBS ? MOST_JOBS : n_jobs;
    jobs_run(n_jobs, f->n, check_chunk, &c);
    for (size_t i = 0; i < f->n; i++)
        if (!c.right[i])
            return REFUSE("checksum of chunk '%.4s' does not match: the model file is damaged",
                          f->chunk[i].id);
    return 0;
}

int chunk_read(struct chunk_file *f, struct span image, const char *name, struct stance_err *err)
{
    *f = (struct chunk_file){0};
    if (read_header(f, image, name, err) < 0 || read_chunks(f, image, name, err) < 0)
        return -1;
    return check_chunks(f, image, name, err);
}

const struct chunk *chunk_find(const struct chunk_file *f, const char *id)
{
    for (size_t i = 0; i < f->n; i++)
        if (memcmp(f->chunk[i].id, id, 4) == 0)
            return &f->chunk[i];
    return NULL;
}
