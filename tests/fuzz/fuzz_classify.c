/* SPDX-License-Identifier: MIT */
/*
 * classify: any bytes as a dump, through a model made here once. One record out per record
 * in; NDJSON that comes out is NDJSON; one thread and three write the same. The first byte
 * chooses the options, the second how long a record may be and, if odd, whole threads; the rest is
 * the dump.
 */
#include <string.h>
#include <unistd.h>

#include "corpus/csv.h"
#include "corpus/json.h"
#include "corpus/utf8.h"
#include "fuzz.h"

#include <stance.h>

#include "base/buf.h"

static int gather(void *arg, const char *p, size_t len, struct stance_err *err)
{
    (void)err;
    buf_add(arg, p, len);
    return 0;
}

/* A file with these bytes, which must be closed; its path is /dev/fd/N. */
static FILE *file_of(struct span s, char path[32])
{
    FILE *f = tmpfile();

    if (f == NULL || fwrite(s.p, 1, s.len, f) != s.len || fflush(f) != 0)
        exit(70);
    rewind(f);
    snprintf(path, 32, "/dev/fd/%d", fileno(f));
    return f;
}

static struct stance_model *train(void)
{
    static const char rows[] = "id,text,target,label\n1,oui,ban,favor\n2,non,ban,against\n"
                               "3,oui la,ban,favor\n4,non la,ban,against\n5,bof,spying,none\n"
                               "6,elle espionne,spying,favor\n7,bof rien,spying,none\n"
                               "8,espionne oui,spying,favor\n";
    struct stance_train_options o = {.n_folds = 2, .n_jobs = 1};
    struct stance_err err = {0};
    char path[32];
    FILE *f = file_of(SPAN(rows), path);
    const char *paths[] = {path};
    struct stance_corpus *c = stance_corpus_load(paths, 1, NULL, NULL, NULL, &err);
    struct stance_model *m = NULL;

    MUST(c != NULL);
    m = stance_train(c, &o, NULL, &err);
    MUST(m != NULL);
    stance_corpus_free(c);
    fclose(f);
    return m;
}

static bool is_json(struct span line)
{
    struct json_walk walk = {0};
    struct json_member member;
    struct json_error e;
    int got = json_walk_begin(&walk, line, &e);

    if (got == 0 && walk.array)
        got = -1;
    while (got == 0 && (got = json_walk_next(&walk, &member, &e)) > 0)
        got = 0;
    json_walk_release(&walk);
    return got == 0;
}

static void check_json(struct span out, uint64_t n)
{
    uint64_t lines = 0;

    MUST(utf8_valid(out) == out.len);
    while (out.len > 0) {
        const char *end = memchr(out.p, '\n', out.len);
        MUST(end != NULL);
        MUST(is_json((struct span){out.p, (size_t)(end - out.p)}));
        out.len -= (size_t)(end + 1 - out.p);
        out.p = end + 1;
        lines++;
    }
    MUST(lines == n);
}

/* Records of a table that was made here: every quote is closed, every row ends. */
static void check_table(struct span out, uint64_t n)
{
    enum csv_state state = CSV_START;
    uint64_t lines = 0;

    for (size_t i = 0; i < out.len; i++) {
        if (out.p[i] == '\n' && state != CSV_QUOTED) {
            state = CSV_START;
            lines++;
        } else {
            state = csv_step(state, out.p[i], ',');
        }
    }
    MUST(out.len == 0 ? n == 0 : lines == n + 1);
}

static int run(const struct stance_model *m, const struct stance_dump_options *o, struct span text,
               struct buf *out, struct stance_tally *tally)
{
    struct stance_sink sink = {out, gather};
    struct stance_err err = {0};
    char path[32];
    FILE *f = file_of(text, path);
    const char *paths[] = {path};
    int status = stance_classify_files(m, o, paths, 1, &sink, tally, NULL, &err);

    MUST((status == 0) == (err.code == STANCE_OK));
    MUST(status == 0 || err.message[0] != '\0');
    fclose(f);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct stance_model *m;
    static const enum stance_form form[] = {STANCE_FORM_AS_INPUT, STANCE_FORM_NDJSON,
                                            STANCE_FORM_CSV, STANCE_FORM_TSV};
    struct stance_dump_options o = {.n_jobs = 1};
    struct stance_tally tally = {0};
    struct buf out = {0}, other = {0};
    struct span text;
    uint64_t total = 0;

    if (m == NULL)
        m = train();
    if (size < 2)
        return 0;
    text = fuzz_span(data + 2, size - 2);
    o.output = form[data[0] & 3];
    o.longform = (data[0] & 4) != 0;
    o.flat = (data[0] & 8) != 0;
    o.probs = (data[0] & 16) != 0;
    o.input.lossy = (data[0] & 32) != 0;
    o.input.fields.target = (data[0] & 64) != 0 ? "target" : NULL;
    o.allow_unseen = (data[0] & 128) != 0;
    o.input.max_record = 64 + data[1] * 16u;
    o.whole_threads = (data[1] & 1) != 0 && o.input.fields.target == NULL;
    if (run(m, &o, text, &out, &tally) == 0) {
        uint64_t per = o.longform && o.input.fields.target == NULL ? 2 : 1;
        for (int s = 0; s < STANCE_N_STATUS; s++)
            total += tally.status[s];
        MUST(total == tally.records);
        if (o.output == STANCE_FORM_NDJSON)
            check_json(buf_span(&out), per * tally.records);
        if (o.output == STANCE_FORM_CSV)
            check_table(buf_span(&out), per * tally.records);
    }
    o.n_jobs = 3;
    run(m, &o, text, &other, NULL);
    MUST(span_eq(buf_span(&out), buf_span(&other)));
    stance_tally_release(&tally);
    buf_release(&out);
    buf_release(&other);
    return 0;
}
