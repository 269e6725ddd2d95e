/* SPDX-License-Identifier: MIT */
/* auditrows: a row of an audit, and what annotators said of it. */
#include "audit/auditjson.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"

static const char *const known[] = {
    "id",      "thread", "parent",  "author", "date",        "text",    "context",
    "audit",   "key",    "purpose", "batch",  "stratum",     "cluster", "sample_prob",
    "repeats", "like",   "copies",  "stance", "annotations", "codes",   "check"};

static bool is_known(struct span key)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (span_eq(key, span_of(known[i])))
            return true;
    return false;
}

/* Members that the program gives no meaning to, in their order. */
static void read_extra(struct auditjson *r, struct audit_row *row)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    struct extra **end = &row->comment.extra;

    if (json_walk_begin(&walk, r->text, &e) == 0)
        while (json_walk_next(&walk, &m, &e) > 0) {
            if (is_known(m.key) || m.value.type != JSON_STRING)
                continue;
            *end = arena_alloc(&r->a->arena, sizeof **end);
            **end = (struct extra){.key = arena_copy(&r->a->arena, m.key),
                                   .value = auditjson_copy(r, &m.value)};
            end = &(*end)->next;
        }
    json_walk_release(&walk);
}

static uint32_t stratum_of(const struct audit *a, struct span name)
{
    for (size_t i = 0; i < a->n_strata; i++)
        if (span_eq(a->stratum[i].name, name))
            return (uint32_t)i;
    return AUDIT_NONE;
}

static int read_comment(struct auditjson *r, struct audit_row *row)
{
    struct comment *c = &row->comment;
    struct json_value v;

    c->id = auditjson_text(r, r->text, "id");
    c->text = auditjson_text(r, r->text, "text");
    if (c->id.p == NULL || c->text.p == NULL)
        return auditjson_refuse(r, "a row without \"id\" or \"text\"");
    c->thread = auditjson_text(r, r->text, "thread");
    c->parent = auditjson_text(r, r->text, "parent");
    c->author = auditjson_text(r, r->text, "author");
    c->date = auditjson_text(r, r->text, "date");
    if (auditjson_get(r->text, "context", JSON_OBJECT, &v))
        row->context = arena_copy(&r->a->arena, v.raw);
    read_extra(r, row);
    return 0;
}

static int read_drawing(struct auditjson *r, struct audit_row *row)
{
    struct span purpose = auditjson_text(r, r->text, "purpose");
    uint64_t audit, batch, repeats = 1;
    struct json_value v;

    if (!auditjson_hex(r, r->text, "audit", &audit) || audit != r->a->id)
        return auditjson_refuse(r, "this row is of another audit than the first line");
    if (!auditjson_hex(r, r->text, "key", &row->key) ||
        !auditjson_count(r->text, "batch", &batch) || batch == 0 || batch > 1000000)
        return auditjson_refuse(r, "a row without \"key\" or \"batch\"");
    auditjson_count(r->text, "repeats", &repeats);
    row->batch = (uint32_t)batch;
    row->repeats = repeats > 0 && repeats < UINT32_MAX ? (uint32_t)repeats : 1;
    row->training = span_eq(purpose, SPAN("train"));
    if (row->training)
        return 0;
    if (!span_eq(purpose, SPAN("estimate")))
        return auditjson_refuse(r, "a row's \"purpose\" is neither \"estimate\" nor \"train\"");
    row->stratum = stratum_of(r->a, auditjson_text(r, r->text, "stratum"));
    row->cluster = auditjson_text(r, r->text, "cluster");
    if (row->stratum == AUDIT_NONE || row->cluster.p == NULL)
        return auditjson_refuse(
            r, "a row without \"cluster\", or with a \"stratum\" that the first line "
               "does not have");
    if (!auditjson_get(r->text, "sample_prob", JSON_NUMBER, &v) ||
        !num_f64(v.raw, &row->sample_prob) || !(row->sample_prob > 0) || row->sample_prob > 1)
        return auditjson_refuse(
            r, "a row without the probability it was drawn with (\"sample_prob\", above "
               "0 and at most 1): no share can be estimated from it");
    return 0;
}

struct saying {
    uint32_t *value;
    bool codes;
};

static int take_value(struct auditjson *r, const struct json_member *m, void *arg)
{
    struct saying *s = arg;
    uint32_t t = audit_find_target(r->a, m->key), value;
    struct span name =
        m->value.type == JSON_STRING ? auditjson_copy(r, &m->value) : (struct span){0};

    if (t == AUDIT_NONE)
        return err_at(r->err, STANCE_DATA, r->name, r->line, 0,
                      "a label of target '%.*s', which this audit does not have", (int)m->key.len,
                      m->key.p);
    value = name.p == NULL ? AUDIT_NONE
            : s->codes     ? audit_find_code(&r->a->target[t], name)
                           : audit_find_label(&r->a->target[t], name);
    if (value == AUDIT_NONE)
        return err_at(r->err, STANCE_DATA, r->name, r->line, 0, "'%s' is no %s of target '%s'",
                      name.p != NULL ? name.p : "", s->codes ? "sub-code" : "label",
                      r->a->target[t].id.p);
    s->value[t] = value;
    return 0;
}

/* All of it but who and whether it decides. */
static int read_say(struct auditjson *r, struct span object, struct audit_say *say)
{
    struct saying labels = {say->label, false}, codes = {say->code, true};
    struct json_value v;

    say->suggested = auditjson_get(object, "suggested", JSON_TRUE, &v);
    say->skipped = auditjson_get(object, "skipped", JSON_TRUE, &v);
    say->note = auditjson_text(r, object, "note");
    if (auditjson_each(r, object, "stance", take_value, &labels) < 0)
        return -1;
    return auditjson_each(r, object, "codes", take_value, &codes);
}

static int take_say(struct auditjson *r, const struct json_member *m, void *arg)
{
    struct audit_row *row = arg;
    struct span name;
    struct json_value v;
    uint32_t annotator;

    if (m->value.type != JSON_OBJECT)
        return auditjson_refuse(r, "an annotation is none");
    name = auditjson_text(r, m->value.raw, "annotator");
    annotator = name.p != NULL ? audit_find_annotator(r->a, name) : AUDIT_NONE;
    if (annotator == AUDIT_NONE)
        return auditjson_refuse(r, "an annotation by nobody that the first line names");
    return read_say(
        r, m->value.raw,
        audit_say_of(r->a, row, annotator, auditjson_get(m->value.raw, "decides", JSON_TRUE, &v)));
}

int audit_parse_say(struct audit *a, struct span object, const char *name, uint64_t line,
                    struct audit_say *say, struct stance_err *err)
{
    struct auditjson r = {.a = a, .name = name, .line = line, .err = err};
    struct span who = auditjson_text(&r, object, "annotator");
    struct json_value v;
    int status = -1;

    if (who.p == NULL)
        auditjson_refuse(&r, "an annotation by nobody");
    else {
        *say = audit_say_empty(a, audit_add_annotator(a, who),
                               auditjson_get(object, "decides", JSON_TRUE, &v));
        status = read_say(&r, object, say);
    }
    buf_release(&r.decoded);
    return status;
}

static int keep_like(struct auditjson *r)
{
    MEM_GROW(r->like, r->like_cap, r->a->n_rows);
    r->like[r->a->n_rows - 1] = auditjson_text(r, r->text, "like");
    return 0;
}

int auditrows_read(struct auditjson *r)
{
    struct audit_row *row = audit_add_row(r->a);
    uint32_t at = (uint32_t)r->a->n_rows - 1;

    row->line = r->line;
    if (read_comment(r, row) < 0 || read_drawing(r, row) < 0)
        return -1;
    if (*keymap_add(&r->ids, hash_span(row->comment.id), at) != at)
        return err_at(r->err, STANCE_DATA, r->name, r->line, 0, "comment '%s' is there twice",
                      row->comment.id.p);
    return auditjson_each(r, r->text, "annotations", take_say, row) < 0 ? -1 : keep_like(r);
}
