/* SPDX-License-Identifier: MIT */
#include "helpers.h"

#include <unistd.h>

#include "labels.h"

char *label_copy_audit(void)
{
    struct buf b = slurp(test_path("data/label/audit.jsonl"));
    char *path = temp_file(buf_span(&b));

    buf_release(&b);
    return path;
}

bool label_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

void label_begin(struct session *s, const char *path, const char *name, bool adjudicate)
{
    struct session_settings set = {span_of(name), adjudicate, 0};
    struct stance_err err = {0};

    if (session_open(s, path, &set, &err) < 0)
        fail_msg("%s", err.message);
}

void label_end(struct session *s)
{
    struct stance_err err = {0};

    assert_int_equal(labelfile_fold(&s->file, &err), 0);
    session_release(s);
}

void label_go(struct session *s, const char *id)
{
    size_t at = session_find(s, span_of(id));

    assert_true(at != SIZE_MAX);
    s->at = at;
}

void label_give(struct session *s, uint32_t target, uint32_t value)
{
    struct stance_err err = {0};

    if (session_label(s, target, value, &err) < 0)
        fail_msg("%s", err.message);
}

struct buf label_state(const struct session *s)
{
    struct buf b = {0};

    audit_text(&s->file.audit, &b);
    return b;
}

void label_assert_same(struct buf *a, struct buf *b)
{
    assert_string_equal(buf_str(a), buf_str(b));
    buf_release(a);
    buf_release(b);
}
