/* SPDX-License-Identifier: MIT */
/* auditjson: see auditjson.h. */
#include "audit/auditjson.h"

#include "base/err.h"
#include "base/num.h"

int auditjson_refuse(const struct auditjson *r, const char *what)
{
    return err_at(r->err, STANCE_DATA, r->name, r->line, 0, "%s", what);
}

bool auditjson_get(struct span object, const char *key, enum json_type type, struct json_value *v)
{
    return json_find(object, span_of(key), v) && v->type == type;
}

struct span auditjson_copy(struct auditjson *r, const struct json_value *v)
{
    buf_reset(&r->decoded);
    json_string_decode(v->raw, &r->decoded);
    return arena_copy(&r->a->arena, buf_span(&r->decoded));
}

/* p NULL where the member is not there or no string. */
struct span auditjson_text(struct auditjson *r, struct span object, const char *key)
{
    struct json_value v;

    return auditjson_get(object, key, JSON_STRING, &v) ? auditjson_copy(r, &v) : (struct span){0};
}

bool auditjson_count(struct span object, const char *key, uint64_t *n)
{
    struct json_value v;

    return auditjson_get(object, key, JSON_NUMBER, &v) && num_u64(v.raw, n);
}

bool auditjson_hex(struct auditjson *r, struct span object, const char *key, uint64_t *n)
{
    struct json_value v;

    if (!auditjson_get(object, key, JSON_STRING, &v))
        return false;
    buf_reset(&r->decoded);
    json_string_decode(v.raw, &r->decoded);
    return num_hex64(buf_span(&r->decoded), n);
}

/* Each element or member of the value of a key, if it is there; -1 as soon as take() says so. */
int auditjson_each(struct auditjson *r, struct span object, const char *key,
                   int (*take)(struct auditjson *r, const struct json_member *m, void *arg),
                   void *arg)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    struct json_value v;
    int status = 0;

    if (!json_find(object, span_of(key), &v) || json_walk_begin(&walk, v.raw, &e) < 0) {
        json_walk_release(&walk);
        return 0;
    }
    while (status == 0 && json_walk_next(&walk, &m, &e) > 0)
        status = take(r, &m, arg);
    json_walk_release(&walk);
    return status;
}

static int count_one(struct auditjson *r, const struct json_member *m, void *arg)
{
    (void)r;
    (void)m;
    ++*(size_t *)arg;
    return 0;
}

size_t auditjson_many(struct auditjson *r, struct span object, const char *key)
{
    size_t n = 0;

    auditjson_each(r, object, key, count_one, &n);
    return n;
}
