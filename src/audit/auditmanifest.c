/* SPDX-License-Identifier: MIT */
/* auditmanifest: the first line of an audit, and definitions of targets. */
#include <stdlib.h>

#include "audit/auditjson.h"
#include "base/err.h"
#include "base/num.h"

/* ---- targets ---- */

static int take_label(struct auditjson *r, const struct json_member *m, void *arg)
{
    struct audit_target *t = arg;
    struct target_label *l = &t->label[t->n_labels];

    l->label = arena_copy(&r->a->arena, m->key);
    if (m->value.type != JSON_OBJECT)
        return -1;
    l->fr = auditjson_text(r, m->value.raw, "fr");
    l->en = auditjson_text(r, m->value.raw, "en");
    t->n_labels++;
    return 0;
}

static int take_code(struct auditjson *r, const struct json_member *m, void *arg)
{
    struct audit_target *t = arg;
    struct audit_code *c = &t->code[t->n_codes];

    c->code = arena_copy(&r->a->arena, m->key);
    if (m->value.type != JSON_OBJECT)
        return -1;
    c->label = auditjson_text(r, m->value.raw, "label");
    c->fr = auditjson_text(r, m->value.raw, "fr");
    c->en = auditjson_text(r, m->value.raw, "en");
    t->n_codes++;
    return 0;
}

bool auditmanifest_target(struct auditjson *r, struct span object, struct audit_target *t)
{
    *t = (struct audit_target){0};
    t->label =
        arena_alloc(&r->a->arena, auditjson_many(r, object, "labels") * sizeof *t->label + 1);
    t->code = arena_alloc(&r->a->arena, auditjson_many(r, object, "codes") * sizeof *t->code + 1);
    t->id = auditjson_text(r, object, "id");
    t->statement = auditjson_text(r, object, "statement");
    t->definition = auditjson_text(r, object, "definition");
    return auditjson_each(r, object, "labels", take_label, t) == 0 &&
           auditjson_each(r, object, "codes", take_code, t) == 0 && t->id.p != NULL &&
           t->n_labels != 0;
}

bool audit_read_target(struct audit *a, struct span object, struct audit_target *target)
{
    struct auditjson r = {.a = a};
    bool good = auditmanifest_target(&r, object, target);

    buf_release(&r.decoded);
    return good;
}

static int take_target(struct auditjson *r, const struct json_member *m, void *arg)
{
    size_t *n = arg;

    if (m->value.type != JSON_OBJECT || !auditmanifest_target(r, m->value.raw, &r->a->target[*n]) ||
        audit_find_target(r->a, r->a->target[*n].id) != AUDIT_NONE)
        return auditjson_refuse(
            r, "a target of the manifest is none: expected an id and labels, each once");
    r->a->n_targets = ++*n;
    return 0;
}

/* ---- the manifest ---- */

static int take_by(struct auditjson *r, const struct json_member *m, void *arg)
{
    (void)arg;
    if (r->a->n_by == AUDIT_MAX_BY || m->value.type != JSON_STRING)
        return auditjson_refuse(r, "the manifest's \"by\" is no list of fields");
    r->a->by[r->a->n_by++] = auditjson_copy(r, &m->value);
    return 0;
}

static int take_stratum(struct auditjson *r, const struct json_member *m, void *arg)
{
    struct audit_stratum *s = &r->a->stratum[r->a->n_strata];

    (void)arg;
    if (m->value.type != JSON_OBJECT)
        return auditjson_refuse(r, "a stratum of the manifest is none");
    s->name = auditjson_text(r, m->value.raw, "stratum");
    if (s->name.p == NULL || !auditjson_count(m->value.raw, "population", &s->population) ||
        !auditjson_count(m->value.raw, "drawn", &s->drawn) || s->drawn > s->population)
        return auditjson_refuse(
            r, "a stratum of the manifest is none: expected \"stratum\", \"population\" "
               "and no more \"drawn\" than that");
    r->a->n_strata++;
    return 0;
}

static int take_annotator(struct auditjson *r, const struct json_member *m, void *arg)
{
    (void)arg;
    if (m->value.type != JSON_STRING)
        return auditjson_refuse(r, "the manifest's \"annotators\" are no names");
    audit_add_annotator(r->a, auditjson_copy(r, &m->value));
    return 0;
}

static int read_dump(struct auditjson *r)
{
    struct json_value v;
    struct audit *a = r->a;

    if (!auditjson_get(r->text, "dump", JSON_OBJECT, &v) ||
        !auditjson_count(v.raw, "records", &a->dump.records) ||
        !auditjson_count(v.raw, "population", &a->dump.population) ||
        !auditjson_hex(r, v.raw, "sum", &a->dump.sum))
        return auditjson_refuse(r, "the manifest does not say of which dump the audit is");
    if (auditjson_get(r->text, "fields", JSON_OBJECT, &v))
        for (int i = 0; i < N_ROLES; i++)
            a->field[i] = auditjson_text(r, v.raw, role_name((enum role)i));
    a->lossy = auditjson_get(r->text, "lossy", JSON_TRUE, &v);
    return 0;
}

static int read_unit(struct auditjson *r)
{
    struct span unit = auditjson_text(r, r->text, "unit");
    struct json_value v;

    if (span_eq(unit, SPAN("comments")))
        return 0;
    r->a->unit = AUDIT_THREADS;
    if (!span_eq(unit, SPAN("threads")) ||
        !auditjson_get(r->text, "threads_prob", JSON_NUMBER, &v) ||
        !num_f64(v.raw, &r->a->threads_tau) || !(r->a->threads_tau > 0) || r->a->threads_tau > 1)
        return auditjson_refuse(
            r, "the manifest does not say what was drawn, comments or threads, and with "
               "which probability");
    return 0;
}

static int read_model(struct auditjson *r)
{
    struct span model = auditjson_text(r, r->text, "model");
    char *end = NULL;

    if (model.p == NULL)
        return 0;
    r->a->model = (uint32_t)strtoul(model.p, &end, 16);
    return *end == '\0' && model.len == 8
               ? 0
               : auditjson_refuse(r, "the manifest's \"model\" is no checksum");
}

int auditmanifest_read(struct auditjson *r)
{
    struct audit *a = r->a;
    uint64_t version;
    size_t n = 0, n_targets = auditjson_many(r, r->text, "targets");

    if (!auditjson_count(r->text, AUDIT_KEY, &version))
        return auditjson_refuse(
            r, "no audit: expected the file that `stance sample` writes (its first line "
               "says how the comments were drawn; without their probabilities labels "
               "tell no share)");
    if (version != 1)
        return auditjson_refuse(r, "this audit is of a newer format than the program knows (1)");
    if (n_targets == 0 || n_targets > AUDIT_MAX_TARGETS)
        return auditjson_refuse(r, "the manifest names no target, or too many");
    a->target = arena_alloc(&a->arena, n_targets * sizeof *a->target);
    a->stratum =
        arena_alloc(&a->arena, auditjson_many(r, r->text, "strata") * sizeof *a->stratum + 1);
    if (!auditjson_hex(r, r->text, "audit", &a->id) ||
        !auditjson_count(r->text, "seed", &a->seed) ||
        !auditjson_count(r->text, "rows", &r->announced))
        return auditjson_refuse(r, "the manifest lacks \"audit\", \"seed\" or \"rows\"");
    if (read_unit(r) < 0 || read_dump(r) < 0 || read_model(r) < 0)
        return -1;
    if (auditjson_each(r, r->text, "by", take_by, NULL) < 0 ||
        auditjson_each(r, r->text, "strata", take_stratum, NULL) < 0 ||
        auditjson_each(r, r->text, "targets", take_target, &n) < 0 ||
        auditjson_each(r, r->text, "annotators", take_annotator, NULL) < 0)
        return -1;
    return 0;
}
