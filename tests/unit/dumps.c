/* SPDX-License-Identifier: MIT */
/* dumps: see dumps.h. */
#include "dumps.h"

#include <stdlib.h>

struct stance_model *dumps_model;

int dumps_make_model(void **state)
{
    struct corpus c;

    (void)state;
    tiny_corpus(&c);
    dumps_model = public_model(tiny_model(&c));
    corpus_release(&c);
    return 0;
}

int dumps_drop_model(void **state)
{
    (void)state;
    stance_model_free(dumps_model);
    return 0;
}

int dumps_classify_all(const struct span *text, size_t n, const struct stance_dump_options *o,
                       struct buf *out, struct stance_tally *tally, struct stance_err *err)
{
    struct stance_sink sink;
    char *path[8];
    int status;

    *out = (struct buf){0};
    sink = gather(out);
    for (size_t i = 0; i < n; i++)
        path[i] = temp_file(text[i]);
    status = stance_classify_files(dumps_model, o, (const char *const *)path, n, &sink, tally, NULL,
                                   err);
    for (size_t i = 0; i < n; i++)
        remove_temp(path[i]);
    buf_str(out);
    return status;
}

struct buf dumps_classify(struct span text, const struct stance_dump_options *o)
{
    struct stance_err err = {0};
    struct buf out;

    if (dumps_classify_all(&text, 1, o, &out, NULL, &err) < 0)
        fail_msg("%.*s: %s", (int)text.len, text.p, err.message);
    return out;
}

/* Digits of probabilities as "0.9999", so that what is expected can be written down. */
static void mask(struct buf *b)
{
    for (size_t i = 0; i + 5 < b->len; i++)
        if (memcmp(b->p + i, "0.", 2) == 0 && b->p[i + 2] >= '0' && b->p[i + 2] <= '9')
            memcpy(b->p + i + 2, "9999", 4);
}

void dumps_expect(struct span text, const struct stance_dump_options *o, const char *expected)
{
    struct stance_dump_options usual = {.n_jobs = 2};
    struct buf out = dumps_classify(text, o != NULL ? o : &usual);

    mask(&out);
    assert_string_equal(buf_str(&out), expected);
    buf_release(&out);
}

void dumps_refused(struct span a, struct span b, const struct stance_dump_options *o,
                   enum stance_code code, uint64_t line, const char *message)
{
    const struct span text[] = {a, b};
    struct stance_err err = {0};
    struct buf out;

    assert_int_equal(dumps_classify_all(text, b.p != NULL ? 2 : 1, o, &out, NULL, &err), -1);
    if (err.code != code || err.line != line || strstr(err.message, message) == NULL)
        fail_msg("code %d, line %d: %s", (int)err.code, (int)err.line, err.message);
    buf_release(&out);
}
