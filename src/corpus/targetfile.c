/* SPDX-License-Identifier: MIT */
/* targetfile: see targetfile.h. A small file, read line by line with the usual scanner. */
#include "corpus/targetfile.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/infile.h"
#include "base/mem.h"
#include "corpus/frame.h"
#include "corpus/json.h"
#include "corpus/utf8.h"

struct reading {
    struct target_file *f;
    const char *path;
    uint64_t line;
    struct span record;
    struct buf value;
    struct stance_err *err;
};

void target_file_release(struct target_file *f)
{
    if (f == NULL)
        return;
    free(f->entry);
    arena_release(&f->arena);
    *f = (struct target_file){0};
}

static int bad(struct reading *r, size_t at, const char *what)
{
    return err_at(r->err, STANCE_DATA, r->path, r->line, at + 1, "%s", what);
}

static int string_of(struct reading *r, const struct json_value *v, struct span *out)
{
    if (v->type != JSON_STRING)
        return bad(r, (size_t)(v->raw.p - r->record.p), "expected a string");
    buf_reset(&r->value);
    json_string_decode(v->raw, &r->value);
    *out = arena_copy(&r->f->arena, buf_span(&r->value));
    return 0;
}

/* Walks an object, giving each member to `take`. */
static int each(struct reading *r, struct span object,
                int (*take)(struct reading *, const struct json_member *, void *), void *arg)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    size_t base = (size_t)(object.p - r->record.p);
    int got = json_walk_begin(&walk, object, &e), status = 0;

    if (got == 0 && walk.array) {
        status = bad(r, base, "expected an object");
    } else {
        while (status == 0 && got == 0 && (got = json_walk_next(&walk, &m, &e)) > 0) {
            got = 0;
            status = take(r, &m, arg);
        }
        if (status == 0 && got < 0)
            status = bad(r, base + e.at, e.message);
    }
    json_walk_release(&walk);
    return status;
}

static int take_language(struct reading *r, const struct json_member *m, void *arg)
{
    struct target_label *l = arg;

    if (span_eq(m->key, SPAN("fr")))
        return string_of(r, &m->value, &l->fr);
    if (span_eq(m->key, SPAN("en")))
        return string_of(r, &m->value, &l->en);
    return 0;
}

/* Doubles the room: the arena keeps the old one, which is thus no larger than the new. */
static void more_labels(struct reading *r, struct target_entry *t)
{
    size_t cap = t->label_cap != 0 ? 2 * t->label_cap : 4;
    struct target_label *all = arena_alloc(&r->f->arena, cap * sizeof *all);

    if (t->n_labels != 0)
        memcpy(all, t->label, t->n_labels * sizeof *all);
    t->label = all;
    t->label_cap = cap;
}

static int take_label(struct reading *r, const struct json_member *m, void *arg)
{
    struct target_entry *t = arg;
    struct target_label *l;

    if (t->n_labels == t->label_cap)
        more_labels(r, t);
    l = &t->label[t->n_labels++];
    *l = (struct target_label){.label = arena_copy(&r->f->arena, m->key)};
    return each(r, m->value.raw, take_language, l);
}

static int take_member(struct reading *r, const struct json_member *m, void *arg)
{
    struct target_entry *t = arg;

    if (span_eq(m->key, SPAN("id")))
        return string_of(r, &m->value, &t->id);
    if (span_eq(m->key, SPAN("statement")))
        return string_of(r, &m->value, &t->statement);
    if (span_eq(m->key, SPAN("definition")))
        return string_of(r, &m->value, &t->definition);
    if (span_eq(m->key, SPAN("labels")))
        return each(r, m->value.raw, take_label, t);
    return 0;
}

static int read_line(struct reading *r)
{
    struct target_entry t = {0};
    size_t good = utf8_valid(r->record);

    if (good != r->record.len)
        return bad(r, good, "invalid UTF-8");
    if (each(r, r->record, take_member, &t) < 0)
        return -1;
    if (t.id.p == NULL || t.id.len == 0)
        return bad(r, 0, "a target needs an \"id\"");
    if (target_file_find(r->f, t.id) != NULL)
        return bad(r, 0, "this target is defined twice");
    MEM_GROW(r->f->entry, r->f->cap, r->f->n + 1);
    r->f->entry[r->f->n++] = t;
    return 0;
}

int target_file_read(struct target_file *f, const char *path, struct stance_err *err)
{
    struct infile *in = infile_open(path, ENCODING_AUTO, err);
    struct reading r = {.f = f, .path = path, .err = err};
    struct framer *framer;
    struct frame frame;
    int got;

    if (in == NULL)
        return -1;
    framer = framer_over(in, FRAME_MAX_RECORD);
    while ((got = framer_next(framer, &frame, err)) > 0) {
        if (frame.status == FRAME_BLANK)
            continue;
        r.line = frame.line;
        r.record = frame.record;
        if (frame.status == FRAME_OVERLONG) {
            got = bad(&r, 0, "the line is longer than 1 MiB");
            break;
        }
        if (read_line(&r) < 0) {
            got = -1;
            break;
        }
    }
    framer_free(framer);
    infile_close(in);
    buf_release(&r.value);
    return got;
}

const struct target_entry *target_file_find(const struct target_file *f, struct span id)
{
    for (size_t i = 0; i < f->n; i++)
        if (span_eq(f->entry[i].id, id))
            return &f->entry[i];
    return NULL;
}
