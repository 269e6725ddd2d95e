/* SPDX-License-Identifier: MIT */
/*
 * parse: validate UTF-8, cut into fields, give the roles their values. An NDJSON record is
 * walked once; members whose key is a role's, or begins its path, are remembered, and only
 * they are decoded. Every buffer gets its room at once from the record's length (decoded is
 * never longer than raw), so that spans into it stay good.
 */
#include "corpus/parse.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "corpus/utf8.h"

const char *parse_status_name(enum parse_status status)
{
    static const char *const name[] = {"ok",          "blank",      "deleted",
                                       "undecodable", "unparsable", "no_text"};
    return name[status];
}

void parsed_release(struct parsed *p)
{
    if (p == NULL)
        return;
    csv_row_release(&p->row);
    buf_release(&p->fixed);
    buf_release(&p->keys);
    buf_release(&p->scratch);
    for (int r = 0; r < N_ROLES; r++)
        buf_release(&p->text[r]);
    free(p->member);
    json_memory_release(&p->memory);
    *p = (struct parsed){0};
}

const struct json_value *parsed_member(const struct parsed *p, struct span key)
{
    for (size_t i = p->n_members; i-- > 0;)
        if (span_eq(p->member[i].key, key))
            return &p->member[i].value;
    return NULL;
}

static enum parse_status refuse(struct parsed *out, enum parse_status status, size_t at)
{
    out->status = status;
    out->at = at;
    out->n_members = 0;
    memset(out->role, 0, sizeof out->role);
    return status;
}

/* What a role's path has met so far in this record. */
struct found {
    struct json_value value;
    size_t rank; /* the lower the better; SIZE_MAX: nothing yet */
};

/* The rank of an open role's usual name: its place in the table, SIZE_MAX for no such. */
static size_t open_rank(enum role role, struct span key)
{
    const char *const *g = dialect_generic(role);

    for (size_t i = 0; key.len != 0 && g[i] != NULL; i++)
        if (((key.p[0] ^ g[i][0]) & ~0x20) == 0 && fields_same_name(key, g[i]))
            return i;
    return SIZE_MAX;
}

/* The whole key goes before a path into it, as in json_find. */
static void meet_named(const struct json_member *m, struct span name, struct found *f)
{
    struct json_value value;
    size_t n = m->key.len;

    if (span_eq(m->key, name)) {
        *f = (struct found){m->value, 0};
    } else if (f->rank != 0 && n < name.len && name.p[n] == '.' &&
               memcmp(m->key.p, name.p, n) == 0 && m->value.type == JSON_OBJECT &&
               json_find(m->value.raw, (struct span){name.p + n + 1, name.len - n - 1}, &value)) {
        *f = (struct found){value, 1};
    }
}

static void meet(const struct schema *s, const struct json_member *m, struct found *found)
{
    unsigned left = keyroles_of(&s->keys, m->key);

    for (; left != 0; left &= left - 1) {
        int r = __builtin_ctz(left);
        if (s->role[r].kind == FIELD_NAMED) {
            meet_named(m, span_of(s->role[r].name), &found[r]);
        } else if (s->role[r].kind == FIELD_OPEN) {
            size_t rank = open_rank((enum role)r, m->key);
            if (rank != SIZE_MAX && rank <= found[r].rank)
                found[r] = (struct found){m->value, rank};
        }
    }
}

/* Text in pieces, as Telegram writes it: ["plain ", {"type": "bold", "text": "bold"}]. */
static void join_pieces(struct span array, struct buf *out)
{
    struct json_walk walk;
    struct json_member m;
    struct json_error error;
    struct json_value v;

    json_walk_begin(&walk, array, &error);
    while (json_walk_next(&walk, &m, &error) == 1) {
        v = m.value;
        if (v.type == JSON_OBJECT && !json_find(m.value.raw, SPAN("text"), &v))
            continue;
        if (v.type == JSON_STRING)
            json_string_decode(v.raw, out);
    }
    json_walk_release(&walk);
}

static struct parsed_field decode(struct json_value v, bool is_text, struct buf *out)
{
    buf_reset(out);
    switch (v.type) {
    case JSON_STRING:
        if (!v.escaped)
            return (struct parsed_field){true, {v.raw.p + 1, v.raw.len - 2}};
        json_string_decode(v.raw, out);
        return (struct parsed_field){true, buf_span(out)};
    case JSON_NUMBER:
    case JSON_TRUE:
    case JSON_FALSE:
        return (struct parsed_field){true, v.raw};
    case JSON_ARRAY:
        if (!is_text)
            break;
        buf_room(out, 1); /* no text is not NULL */
        join_pieces(v.raw, out);
        return (struct parsed_field){true, buf_span(out)};
    case JSON_OBJECT:
    case JSON_NULL:
        break;
    }
    return (struct parsed_field){0};
}

/* Members with their keys, and what the roles meet. */
static int walk_members(const struct schema *s, struct parsed *out, struct found *found,
                        struct json_walk *walk, struct json_error *error)
{
    struct json_member m;
    int r;

    buf_reset(&out->keys);
    buf_room(&out->keys, out->record.len);
    while ((r = json_walk_next(walk, &m, error)) == 1) {
        if (m.key.p == walk->key.p) { /* decoded into the walk's buffer: keep a copy */
            size_t from = out->keys.len;
            buf_add_span(&out->keys, m.key);
            m.key.p = out->keys.p + from;
        }
        meet(s, &m, found);
        MEM_GROW(out->member, out->member_cap, out->n_members + 1);
        out->member[out->n_members++] = m;
    }
    return r;
}

static enum parse_status parse_json(const struct schema *s, struct parsed *out)
{
    struct found found[N_ROLES];
    struct json_walk walk;
    struct json_error error;
    int r = json_walk_begin(&walk, out->record, &error);

    if (r == 0 && walk.array) {
        error = (struct json_error){walk.at - 1, "expected an object, this is an array"};
        r = -1;
    }
    for (int i = 0; i < N_ROLES; i++)
        found[i].rank = SIZE_MAX;
    if (r == 0) {
        walk.key = out->scratch;
        walk.memory = &out->memory;
        r = walk_members(s, out, found, &walk, &error);
        out->scratch = walk.key;
    }
    if (r < 0) {
        snprintf(out->message, sizeof out->message, "bad JSON: %s", error.message);
        return refuse(out, PARSE_UNPARSABLE, error.at);
    }
    out->close = walk.at;
    out->empty_object = out->n_members == 0;
    for (int i = 0; i < N_ROLES; i++)
        if (found[i].rank != SIZE_MAX)
            out->role[i] = decode(found[i].value, i == ROLE_TEXT, &out->text[i]);
    return PARSE_OK;
}

static enum parse_status parse_row(const struct schema *s, struct parsed *out)
{
    size_t at;

    if (s->form == FORM_TSV) {
        csv_split_tsv(out->record, &out->row);
    } else if (csv_split(out->record, s->delimiter, &out->row, &at) < 0) {
        snprintf(out->message, sizeof out->message, "quote is not closed");
        return refuse(out, PARSE_UNPARSABLE, at);
    }
    if (out->row.n != s->n_columns) {
        snprintf(out->message, sizeof out->message, "expected %zu columns, found %zu", s->n_columns,
                 out->row.n);
        return refuse(out, PARSE_UNPARSABLE, 0);
    }
    for (int r = 0; r < N_ROLES; r++)
        if (s->role[r].kind == FIELD_NAMED) {
            struct span v = out->row.field[s->role[r].column];
            out->role[r] = (struct parsed_field){v.p != NULL, v};
        }
    return PARSE_OK;
}

static bool is_deleted(struct span s)
{
    static const char *const marker[] = {"[deleted]", "[removed]", "[supprimé]",
                                         "[ Removed by Reddit ]"};

    for (size_t i = 0; s.len != 0 && s.p[0] == '[' && i < sizeof marker / sizeof marker[0]; i++)
        if (fields_same_name(s, marker[i]))
            return true;
    return false;
}

/* Empty values, markers and the like are no values. */
static enum parse_status settle(const struct schema *s, struct parsed *out)
{
    struct parsed_field *f = out->role;
    struct span text;

    for (int r = 0; r < N_ROLES; r++)
        if (r != ROLE_TEXT && f[r].text.len == 0)
            f[r].has = false;
    if (f[ROLE_AUTHOR].has && is_deleted(f[ROLE_AUTHOR].text))
        f[ROLE_AUTHOR].has = false;
    if (s->top != NULL && span_eq(f[ROLE_PARENT].text, span_of(s->top)))
        f[ROLE_PARENT].has = false;
    if (!f[ROLE_TEXT].has)
        return PARSE_NO_TEXT;
    text = utf8_trim(f[ROLE_TEXT].text);
    return text.len == 0 ? PARSE_BLANK : is_deleted(text) ? PARSE_DELETED : PARSE_OK;
}

static void begin(struct parsed *out, struct span raw)
{
    out->status = PARSE_OK;
    out->at = out->close = out->n_members = 0;
    out->row.n = 0;
    out->message[0] = '\0';
    out->repaired = out->empty_object = false;
    out->record = raw;
    memset(out->role, 0, sizeof out->role);
}

enum parse_status parse_record(const struct schema *schema, struct span raw, struct parsed *out)
{
    size_t good = utf8_valid(raw);
    bool json = schema->form == FORM_NDJSON;

    begin(out, raw);
    if (good < raw.len && !schema->lossy) {
        snprintf(out->message, sizeof out->message, UTF8_REFUSED, (unsigned char)raw.p[good]);
        return refuse(out, PARSE_UNDECODABLE, good);
    }
    if (good < raw.len) {
        buf_reset(&out->fixed);
        utf8_repair(raw, &out->fixed);
        out->record = buf_span(&out->fixed);
        out->repaired = true;
    }
    if (raw.len == 0 || (json && utf8_trim(out->record).len == 0))
        return out->status = PARSE_BLANK;
    out->status = json ? parse_json(schema, out) : parse_row(schema, out);
    if (out->status == PARSE_OK)
        out->status = settle(schema, out);
    return out->status;
}
