/* SPDX-License-Identifier: MIT */
/*
 * auditread: line by line. The check of a line comes first: where it holds the line is as the
 * program wrote it, and what else can be wrong is a file put together from several.
 */
#include <stdlib.h>

#include "audit/auditjson.h"
#include "base/err.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/num.h"
#include "corpus/frame.h"
#include "corpus/utf8.h"

enum { LONGEST_LINE = 16 << 20 };

bool audit_line_is_whole(struct span line)
{
    static const char key[] = ",\"check\":\"";
    enum { KEY = sizeof key - 1, TAIL = KEY + 16 + 2 };
    uint64_t check;

    return line.len >= TAIL && memcmp(line.p + line.len - TAIL, key, KEY) == 0 &&
           line.p[line.len - 2] == '"' && line.p[line.len - 1] == '}' &&
           num_hex64((struct span){line.p + line.len - 18, 16}, &check) &&
           check == hash_span((struct span){line.p, line.len - TAIL});
}

static int check_line(const struct auditjson *r)
{
    struct span t = r->text;

    if (t.len >= 11 && r->line == 1 && memcmp(t.p, "{\"" AUDIT_KEY, sizeof AUDIT_KEY) != 0)
        return 0; /* no audit at all: read_manifest says so */
    if (!audit_line_is_whole(t))
        return auditjson_refuse(
            r, "this line was edited or is cut: it does not end in the \"check\" of its "
               "bytes. Labels are corrected with `stance label`, and brought from "
               "elsewhere with its --import");
    return 0;
}

static int read_line(struct auditjson *r, const struct frame *frame)
{
    r->line = frame->line;
    r->text = frame->record;
    if (frame->status == FRAME_OVERLONG)
        return auditjson_refuse(r, "the line is longer than 16 MiB");
    if (check_line(r) < 0)
        return -1;
    if (utf8_valid(r->text) != r->text.len || !json_whole_object(r->text))
        return r->line == 1
                   ? auditjson_refuse(r, "no audit: expected the file that `stance sample` writes")
                   : auditjson_refuse(r, "no JSON object");
    return r->line == 1 ? auditmanifest_read(r) : auditrows_read(r);
}

/* What can be seen when all rows are there. */
static int close_rows(struct auditjson *r)
{
    struct audit *a = r->a;

    if (r->line == 0)
        return auditjson_refuse(r, "the file is empty, expected an audit");
    if (a->n_rows != r->announced) {
        r->line = 1;
        return err_at(r->err, STANCE_DATA, r->name, 1, 0,
                      "rows are missing or too many: %llu here, the first line says %llu",
                      (unsigned long long)a->n_rows, (unsigned long long)r->announced);
    }
    for (size_t i = 0; i < a->n_rows; i++) {
        uint32_t *at;
        if (r->like[i].p == NULL)
            continue;
        at = keymap_find(&r->ids, hash_span(r->like[i]));
        r->line = a->row[i].line;
        if (at == NULL || *at >= i)
            return auditjson_refuse(r, "a row is like one that does not stand before it");
        a->row[i].like = *at;
    }
    return 0;
}

static int read_lines(struct auditjson *r, struct framer *framer)
{
    struct frame frame;
    int got;

    while ((got = framer_next(framer, &frame, r->err)) > 0)
        if (read_line(r, &frame) < 0)
            return -1;
    return got < 0 ? -1 : close_rows(r);
}

static int read_all(struct audit *a, struct framer *framer, const char *name,
                    struct stance_err *err)
{
    struct auditjson r = {.a = a, .name = name, .err = err};
    int status;

    *a = (struct audit){.path = mem_copy(name, strlen(name))};
    status = read_lines(&r, framer);
    keymap_release(&r.ids);
    free(r.like);
    buf_release(&r.decoded);
    return status;
}

int audit_read(struct audit *a, const char *path, struct stance_err *err)
{
    struct infile *in = infile_open(path, ENCODING_UTF8, err);
    struct framer *framer;
    int status;

    *a = (struct audit){0};
    if (in == NULL)
        return -1;
    framer = framer_over(in, LONGEST_LINE);
    status = read_all(a, framer, infile_name(in), err);
    framer_free(framer);
    infile_close(in);
    return status;
}

static ssize_t read_span(void *arg, void *to, size_t cap, struct stance_err *err)
{
    struct span *rest = arg;
    size_t n = rest->len < cap ? rest->len : cap;

    (void)err;
    if (n == 0)
        return 0;
    memcpy(to, rest->p, n);
    rest->p += n;
    rest->len -= n;
    return (ssize_t)n;
}

int audit_parse(struct audit *a, struct span text, const char *name, struct stance_err *err)
{
    struct framer *framer = framer_new(read_span, &text, LONGEST_LINE);
    int status = read_all(a, framer, name, err);

    framer_free(framer);
    return status;
}

int audit_read_targets(struct audit *a, const char *path, struct stance_err *err)
{
    struct infile *in = infile_open(path, ENCODING_AUTO, err);
    struct auditjson r = {.a = a, .name = path, .err = err};
    struct framer *framer;
    struct frame frame;
    int got;

    if (in == NULL)
        return -1;
    framer = framer_over(in, FRAME_MAX_RECORD);
    a->target = arena_alloc(&a->arena, AUDIT_MAX_TARGETS * sizeof *a->target);
    while ((got = framer_next(framer, &frame, err)) > 0) {
        r.line = frame.line;
        if (frame.status == FRAME_BLANK)
            continue;
        if (frame.status != FRAME_OK || utf8_valid(frame.record) != frame.record.len ||
            !json_whole_object(frame.record) || a->n_targets == AUDIT_MAX_TARGETS ||
            !auditmanifest_target(&r, frame.record, &a->target[a->n_targets])) {
            got = auditjson_refuse(
                &r, "no definition of a target: expected {\"id\", \"labels\": {LABEL: "
                    "{\"fr\", \"en\"}}}, at most 64 of them");
            break;
        }
        a->n_targets++;
    }
    framer_free(framer);
    infile_close(in);
    buf_release(&r.decoded);
    return got;
}
