/* SPDX-License-Identifier: MIT */
/*
 * labels: see labels.h. The columns of NDJSON are found in its first record, where "stance"
 * may be an object; a flat "label" further down is one all the same.
 */
#include "corpus/labels.h"

void labels_note_missing(const struct span *label, uint32_t n, const struct stance_talk *talk)
{
    static const struct span missing[] = {{"NA", 2},  {"N/A", 3},  {"NaN", 3},
                                          {"nan", 3}, {"NULL", 4}, {"null", 4}};
    struct buf line = {0};

    for (size_t i = 0; talk != NULL && talk->note != NULL && i < n; i++) {
        for (size_t k = 0; k < sizeof missing / sizeof *missing; k++) {
            if (!span_eq(label[i], missing[k]))
                continue;
            buf_reset(&line);
            buf_addf(&line,
                     "'%.*s' is taken for a label like any other; where it is to say that none "
                     "was given, leave the field empty",
                     (int)label[i].len, label[i].p);
            talk->note(talk->arg, buf_str(&line));
        }
    }
    buf_release(&line);
}

struct span labels_scalar(const struct json_value *v, struct buf *out)
{
    if (v->type == JSON_NULL || v->type == JSON_OBJECT || v->type == JSON_ARRAY)
        return (struct span){NULL, 0};
    if (v->type != JSON_STRING)
        return v->raw;
    buf_reset(out);
    buf_room(out, 1); /* an empty string is not NULL */
    json_string_decode(v->raw, out);
    return buf_span(out);
}

static int bad(struct labels *l, const char *place, const char *what)
{
    l->place = place;
    l->what = what;
    return -1;
}

/* A name goes out as a C string and as a column: with a NUL two of them would look alike. */
static int give(struct labels *l, struct span target, struct span label)
{
    if (target.len == 0)
        return bad(l, NULL, "a target without a name");
    if (memchr(target.p, '\0', target.len) != NULL || memchr(label.p, '\0', label.len) != NULL)
        return bad(l, NULL, "a NUL in the name of a target or label");
    l->take(l->arg, target, label);
    return 0;
}

static int read_object(struct labels *l, const struct json_value *object)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    int got = json_walk_begin(&walk, object->raw, &e);

    while (got == 0 && (got = json_walk_next(&walk, &m, &e)) > 0) {
        struct span label = labels_scalar(&m.value, &l->value);
        got = 0;
        if (m.value.type != JSON_STRING && m.value.type != JSON_NULL)
            got = bad(l, m.value.raw.p, "a label must be a string: {\"stance\": {TARGET: LABEL}}");
        else if (label.p != NULL && label.len > 0)
            got = give(l, m.key, label);
        if (got < 0)
            break;
    }
    json_walk_release(&walk);
    return got;
}

/* "stance" written more than once counts each time: a label given twice is found later. */
static int read_objects(struct labels *l, const struct parsed *p)
{
    for (size_t i = 0; i < p->n_members; i++) {
        const struct json_member *m = &p->member[i];
        if (span_eq(m->key, SPAN("stance")) && m->value.type == JSON_OBJECT &&
            read_object(l, &m->value) < 0)
            return -1;
    }
    return 0;
}

static int read_columns(struct labels *l, const struct parsed *p)
{
    static const struct span prefix = {"stance.", 7};

    for (size_t i = 0; i < l->schema->n_columns && i < p->row.n; i++) {
        struct span name = l->schema->column[i], value = p->row.field[i];
        if (value.p == NULL || value.len == 0 || name.len <= prefix.len ||
            memcmp(name.p, prefix.p, prefix.len) != 0)
            continue;
        name = (struct span){name.p + prefix.len, name.len - prefix.len};
        if (give(l, name, value) < 0)
            return -1;
    }
    return 0;
}

static struct span field(const struct parsed *p, enum role role)
{
    return p->role[role].has ? p->role[role].text : (struct span){NULL, 0};
}

/* p NULL where there is none. */
static struct span flat_label(struct labels *l, const struct parsed *p)
{
    const struct json_value *v =
        l->schema->form == FORM_NDJSON && !l->label_named ? parsed_member(p, SPAN("label")) : NULL;
    struct span label =
        v != NULL && v->type == JSON_STRING ? labels_scalar(v, &l->value) : SPAN("");

    return label.len > 0 ? label : (struct span){NULL, 0};
}

/* A "label" beside a "stance" object may be anything; without one it is a label. */
static bool are_nested(const struct labels *l, const struct parsed *p)
{
    const struct json_value *v =
        l->schema->form == FORM_NDJSON ? parsed_member(p, SPAN("stance")) : NULL;

    return v != NULL && v->type == JSON_OBJECT;
}

int labels_read(struct labels *l, const struct parsed *p)
{
    struct span label = field(p, ROLE_LABEL), target = field(p, ROLE_TARGET);

    if (label.p == NULL && target.p != NULL)
        label = flat_label(l, p);
    if (label.p != NULL && target.p == NULL && !are_nested(l, p))
        return bad(l, NULL, "a label without a target");
    if (label.p != NULL && target.p != NULL && give(l, target, label) < 0)
        return -1;
    return l->schema->form == FORM_NDJSON ? read_objects(l, p) : read_columns(l, p);
}

void labels_release(struct labels *l)
{
    if (l != NULL)
        buf_release(&l->value);
}
