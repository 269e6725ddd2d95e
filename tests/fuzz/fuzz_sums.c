/* SPDX-License-Identifier: MIT */
/*
 * sums: any bytes as a file of sums, with the hash of them at the end where the first byte asks for
 * it (nothing else would be read further than the hash). What is refused says why; what is added
 * has no number that is none, and is read again from what is written of it as the same.
 */
#include <math.h>
#include <unistd.h>

#include "base/mem.h"
#include "prevalence/sums.h"
#include "fuzz.h"

static const struct span targets[] = {{"ban", 3}, {"topic", 5}};
static const struct span labels[] = {{"favor", 5}, {"none", 4}, {"on", 2}};
static const struct span levels[] = {{NULL, 0}, {"source", 6}};
static const size_t strata[AUDIT_MAX_BY] = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
static const struct sums_head head = {0x1234abcd, targets};

/* One stratum "all", rows with the keys 1 and 2. */
static void make_audit(struct audit *a)
{
    *a = (struct audit){.path = mem_copy("audit", 5), .id = 7, .n_strata = 1};
    a->stratum = arena_alloc(&a->arena, sizeof *a->stratum);
    *a->stratum = (struct audit_stratum){SPAN("all"), 10, 2};
    for (uint64_t key = 1; key <= 2; key++)
        audit_add_row(a)->key = key;
}

static int read_sums(struct census *c, const char *path)
{
    struct stance_err err = {0};
    int status = sums_add(c, &head, path, &err);

    MUST((status == 0) == (err.code == STANCE_OK));
    MUST(status == 0 || (err.code == STANCE_DATA && err.message[0] != '\0'));
    return status;
}

static void expect_numbers(const struct census *c)
{
    for (size_t i = 0; i < c->n_cells; i++) {
        const struct census_cell *cell = &c->cell[i];
        MUST(cell->level < c->spec.n_levels && cell->group < c->group[cell->level].n);
        MUST(c->spec.audit == NULL || cell->stratum == 0);
        MUST(isfinite(cell->v) && isfinite(cell->on));
        for (size_t k = 0; k < c->spec.n_targets * c->spec.n_labels; k++)
            MUST(isfinite(cell->p[k]) && cell->p[k] >= 0);
    }
    for (size_t r = 0; c->spec.audit != NULL && r < c->spec.audit->n_rows; r++)
        for (size_t t = 0; c->row[r].p != NULL && t < c->spec.n_targets; t++)
            MUST(c->row[r].predicted[t] < c->spec.n_labels);
}

/* The whole of what sums_write() writes. */
static void write_sums(const struct census *c, const char *path, struct buf *out)
{
    struct stance_err err = {0};
    FILE *f;
    char bytes[4096];

    if (sums_write(c, &head, path, &err) < 0 || (f = fopen(path, "r")) == NULL)
        exit(70);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_add(out, bytes, n);
    fclose(f);
}

static void check_again(struct census *c, const struct census_spec *spec, const char *path)
{
    struct buf once = {0}, twice = {0};
    struct census again;

    census_end(c);
    write_sums(c, path, &once);
    census_init(&again, spec);
    MUST(read_sums(&again, path) == 0);
    census_end(&again);
    write_sums(&again, path, &twice);
    MUST(span_eq(buf_span(&once), buf_span(&twice)));
    census_release(&again);
    buf_release(&once);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct census_spec spec = {.level = levels,
                               .n_levels = 2,
                               .n_targets = 2,
                               .n_labels = 3,
                               .label = labels,
                               .topic = 1,
                               .on = 2,
                               .none = 1,
                               .stratum_target = strata};
    struct audit audit;
    struct census census;
    struct buf text = {0};
    char path[64];
    FILE *f;

    if (size < 1)
        return 0;
    make_audit(&audit);
    spec.audit = (data[0] & 1) == 0 ? &audit : NULL;
    spec.topic = (data[0] & 2) == 0 ? 1 : SIZE_MAX;
    buf_add_span(&text, fuzz_span(data + 1, size - 1));
    if ((data[0] & 4) == 0)
        buf_addf(&text, "{\"check\":\"%016llx\"}\n",
                 (unsigned long long)hash_span(buf_span(&text)));
    snprintf(path, sizeof path, "/tmp/fuzz_sums.%ld", (long)getpid());
    f = fopen(path, "w");
    if (f == NULL || fwrite(text.p, 1, text.len, f) != text.len || fclose(f) != 0)
        exit(70);
    census_init(&census, &spec);
    if (read_sums(&census, path) == 0) {
        expect_numbers(&census);
        check_again(&census, &spec, path);
    }
    remove(path);
    census_release(&census);
    buf_release(&text);
    audit_release(&audit);
    return 0;
}
