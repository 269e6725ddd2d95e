/* SPDX-License-Identifier: MIT */
/*
 * fields: names are looked for in a `names`: the columns of a header, or the first record
 * itself, where a name is a path. A column taken by the user for one role is no candidate
 * for another. Collectors append their columns to those of their input file, so that of a
 * name that stands twice the last is meant, and said so.
 */
#include "corpus/fields.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "corpus/csv.h"
#include "corpus/json.h"
#include "corpus/utf8.h"

enum { LISTED = 300 }; /* bytes of column names in a message */

struct names {
    const struct schema *schema;
    struct span first; /* the first record of NDJSON */
};

bool fields_same_name(struct span a, const char *b)
{
    size_t i = 0;

    for (; i < a.len && b[i] != '\0'; i++) {
        char x = a.p[i], y = b[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x | 0x20) : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y | 0x20) : y;
        if (x != y)
            return false;
    }
    return i == a.len && b[i] == '\0';
}

bool fields_is_generic(enum role role, struct span name)
{
    for (const char *const *g = dialect_generic(role); *g != NULL; g++)
        if (fields_same_name(name, *g))
            return true;
    return false;
}

bool schema_has_column(const struct schema *s, struct span name)
{
    for (size_t i = 0; i < s->n_columns; i++)
        if (span_eq(s->column[i], name))
            return true;
    return false;
}

void schema_release(struct schema *s)
{
    if (s == NULL)
        return;
    for (int r = 0; r < N_ROLES; r++)
        free(s->role[r].name);
    for (size_t i = 0; i < s->n_columns; i++)
        free((char *)(uintptr_t)s->column[i].p);
    free(s->column);
    *s = (struct schema){0};
}

static bool has(const struct names *n, const char *name)
{
    struct json_value value;

    if (n->schema->form != FORM_NDJSON)
        return schema_has_column(n->schema, span_of(name));
    return json_find(n->first, span_of(name), &value);
}

/* Gives the role to a column (the last of its name) or path. */
static void take(struct schema *s, enum role role, struct span name)
{
    struct field *f = &s->role[role];

    free(f->name);
    *f = (struct field){.kind = FIELD_NAMED, .name = mem_copy(name.p, name.len)};
    for (size_t i = 0; i < s->n_columns; i++)
        if (span_eq(s->column[i], name)) {
            f->column = i;
            f->n_named++;
        }
}

/* The names there are, cut to a line's length. */
static void list(const struct names *n, struct buf *out)
{
    struct json_walk walk;
    struct json_member member;
    struct json_error error;

    for (size_t i = 0; i < n->schema->n_columns && out->len < LISTED; i++) {
        buf_add_str(out, i == 0 ? "" : ", ");
        buf_add_span(out, n->schema->column[i]);
    }
    if (n->schema->form == FORM_NDJSON && json_walk_begin(&walk, n->first, &error) == 0) {
        while (out->len < LISTED && json_walk_next(&walk, &member, &error) == 1) {
            buf_add_str(out, walk.n == 1 ? "" : ", ");
            buf_add_span(out, member.key);
        }
        json_walk_release(&walk);
    }
    if (out->len >= LISTED)
        buf_add_str(out, ", …");
}

static int missing(const struct names *n, enum role role, const char *name, struct stance_err *err)
{
    const struct schema *s = n->schema;
    const char *what = s->form == FORM_NDJSON ? "key" : "column";
    struct buf there = {0};

    list(n, &there);
    if (name != NULL)
        err_at(err, STANCE_DATA, s->file, s->line, 0, "no %s \"%s\" for the %s; there are: %s",
               what, name, role_name(role), buf_str(&there));
    else
        err_at(err, STANCE_DATA, s->file, s->line, 0,
               "no %s is known to hold the comment's text, expected one named by --text-field; "
               "there are: %s",
               what, buf_str(&there));
    buf_release(&there);
    return -1;
}

/* "name:2": the second column called "name". */
static bool take_numbered(struct schema *s, enum role role, const char *wanted)
{
    const char *colon = strrchr(wanted, ':');
    struct span name = {wanted, colon != NULL ? (size_t)(colon - wanted) : 0};
    uint64_t which, seen = 0;

    if (colon == NULL || !num_u64(span_of(colon + 1), &which))
        return false;
    for (size_t i = 0; i < s->n_columns; i++)
        if (span_eq(s->column[i], name) && ++seen == which) {
            take(s, role, name);
            s->role[role].column = i;
            s->role[role].n_named = 1;
            return true;
        }
    return false;
}

static int take_wanted(struct schema *s, const struct names *n, const struct fields_wanted *wanted,
                       struct stance_err *err)
{
    for (int r = 0; r < N_ROLES; r++) {
        const char *name = wanted != NULL ? wanted->name[r] : NULL;
        bool needed = s->form != FORM_NDJSON || r == ROLE_TEXT || r == ROLE_ID;
        if (name == NULL || name[0] == '\0')
            continue;
        if (has(n, name) || !needed) {
            take(s, (enum role)r, span_of(name));
            s->role[r].not_in_first = !has(n, name);
        } else if (!take_numbered(s, (enum role)r, name)) {
            return missing(n, (enum role)r, name, err);
        }
        s->role[r].by_user = true;
    }
    return 0;
}

static const struct dialect *find_dialect(const struct names *n)
{
    for (const struct dialect *d = dialects; d->name != NULL; d++) {
        size_t i = 0;
        while (i < DIALECT_MAX_KEYS && d->key[i] != NULL && has(n, d->key[i]))
            i++;
        if (i == DIALECT_MAX_KEYS || d->key[i] == NULL)
            return d;
    }
    return NULL;
}

/* Left to be found: neither named by the user nor refused with "". */
static bool is_left(const struct schema *s, const struct fields_wanted *wanted, int role)
{
    return s->role[role].kind == FIELD_NONE && (wanted == NULL || wanted->name[role] == NULL);
}

static void take_dialect(struct schema *s, const struct names *n, const struct dialect *d,
                         const struct fields_wanted *wanted)
{
    s->dialect = d->name;
    s->top = d->top;
    s->html = d->html && is_left(s, wanted, ROLE_TEXT);
    for (int r = 0; r < N_ROLES; r++) {
        bool there = d->role[r] != NULL && has(n, d->role[r]);
        if (d->role[r] == NULL || !is_left(s, wanted, r) || (!there && s->form != FORM_NDJSON))
            continue;
        take(s, (enum role)r, span_of(d->role[r]));
        s->role[r].not_in_first = !there;
    }
}

static bool is_taken(const struct schema *s, struct span name)
{
    for (int r = 0; r < N_ROLES; r++)
        if (s->role[r].kind == FIELD_NAMED && span_eq(span_of(s->role[r].name), name))
            return true;
    return false;
}

/* One more name seen: the role's, or a second candidate, which is an error. */
static int offer(struct schema *s, enum role role, struct span name, struct stance_err *err)
{
    const struct field *f = &s->role[role];

    if (!fields_is_generic(role, name) || (f->kind == FIELD_NONE && is_taken(s, name)))
        return 0;
    if (f->kind == FIELD_NAMED && !span_eq(span_of(f->name), name) && !is_taken(s, name))
        return err_at(err, STANCE_DATA, s->file, s->line, 0,
                      "both \"%s\" and \"%.*s\" may be the %s: choose with --%s-field", f->name,
                      (int)name.len, name.p, role_name(role), role_name(role));
    if (f->kind == FIELD_NONE)
        take(s, role, name);
    return 0;
}

static int take_generic_role(struct schema *s, const struct names *n, enum role role,
                             struct stance_err *err)
{
    struct json_walk walk;
    struct json_member member;
    struct json_error error;
    int r = 0;

    for (size_t i = 0; i < s->n_columns; i++)
        if (offer(s, role, s->column[i], err) < 0)
            return -1;
    if (s->form != FORM_NDJSON || json_walk_begin(&walk, n->first, &error) < 0)
        return 0;
    while (r == 0 && json_walk_next(&walk, &member, &error) == 1)
        r = offer(s, role, member.key, err);
    json_walk_release(&walk);
    if (s->role[role].kind == FIELD_NONE && role != ROLE_TEXT && role != ROLE_ID)
        s->role[role].kind = FIELD_OPEN;
    return r;
}

/* The header's cells, trimmed. */
static int read_header(struct schema *s, struct span header, struct stance_err *err)
{
    struct csv_row row = {0};
    size_t at;

    if (s->form == FORM_TSV) {
        csv_split_tsv(header, &row);
    } else if (csv_split(header, s->delimiter, &row, &at) < 0) {
        csv_row_release(&row);
        return err_at(err, STANCE_DATA, s->file, s->line, at + 1,
                      "quote in the header line is not closed");
    }
    s->column = mem_array(row.n, sizeof *s->column);
    for (size_t i = 0; i < row.n; i++) {
        struct span name = utf8_trim(row.field[i]);
        s->column[i] = (struct span){mem_copy(name.p, name.len), name.len};
    }
    s->n_columns = row.n;
    csv_row_release(&row);
    return 0;
}

static int check_object(const struct schema *s, struct span first, struct stance_err *err)
{
    struct json_walk walk;
    struct json_member member;
    struct json_error error;
    int r = json_walk_begin(&walk, first, &error);

    if (r == 0 && walk.array) {
        json_walk_release(&walk);
        return err_at(err, STANCE_DATA, s->file, s->line, 1,
                      "this is a JSON array, expected one object per line (as jq -c '.[]' gives)");
    }
    while (r == 0 && (r = json_walk_next(&walk, &member, &error)) == 1)
        r = 0;
    json_walk_release(&walk);
    return r == 0 ? 0
                  : err_at(err, STANCE_DATA, s->file, s->line, error.at + 1,
                           "bad JSON: %s (one whole object per line is expected)", error.message);
}

static int check_utf8(const struct schema *s, struct span *first, struct buf *repaired,
                      struct stance_err *err)
{
    size_t good = utf8_valid(*first);

    if (good == first->len)
        return 0;
    if (!s->lossy)
        return err_at(err, STANCE_DATA, s->file, s->line, good + 1, UTF8_REFUSED,
                      (unsigned char)first->p[good]);
    utf8_repair(*first, repaired);
    *first = buf_span(repaired);
    return 0;
}

static int find_roles(struct schema *s, struct span first, const struct fields_wanted *wanted,
                      struct stance_err *err)
{
    struct names n = {s, first};
    const struct dialect *d;

    if (take_wanted(s, &n, wanted, err) < 0)
        return -1;
    d = find_dialect(&n);
    if (d != NULL)
        take_dialect(s, &n, d, wanted);
    for (int r = 0; r < N_ROLES && d == NULL; r++)
        if (is_left(s, wanted, r) && take_generic_role(s, &n, (enum role)r, err) < 0)
            return -1;
    return s->textless || s->role[ROLE_TEXT].kind == FIELD_NAMED
               ? 0
               : missing(&n, ROLE_TEXT, NULL, err);
}

static void note_keys(struct schema *s)
{
    for (int r = 0; r < N_ROLES; r++) {
        const char *const *g = dialect_generic((enum role)r);
        if (s->role[r].kind == FIELD_NAMED)
            keyroles_add(&s->keys, (enum role)r, span_of(s->role[r].name), false);
        for (; s->role[r].kind == FIELD_OPEN && *g != NULL; g++)
            keyroles_add(&s->keys, (enum role)r, span_of(*g), true);
    }
}

int schema_find(struct schema *s, struct span first, const struct fields_wanted *wanted,
                struct stance_err *err)
{
    struct buf repaired = {0};
    int r = check_utf8(s, &first, &repaired, err);

    if (r == 0)
        r = s->form == FORM_NDJSON ? check_object(s, first, err) : read_header(s, first, err);
    if (r == 0)
        r = find_roles(s, first, wanted, err);
    if (r == 0 && s->form == FORM_NDJSON)
        note_keys(s);
    buf_release(&repaired);
    return r;
}

void schema_describe(const struct schema *s, struct buf *out)
{
    buf_add_str(out, s->dialect != NULL ? s->dialect : form_name(s->form));
    buf_add_char(out, ':');
    for (int r = 0; r < N_ROLES; r++)
        if (s->role[r].kind == FIELD_NAMED && (!s->role[r].not_in_first || s->role[r].by_user))
            buf_addf(out, " %s=%s", role_name((enum role)r), s->role[r].name);
    for (int r = 0; r < N_ROLES; r++) {
        const struct field *f = &s->role[r];
        if (f->n_named > 1)
            buf_addf(out, " (%s: the last of %zu columns of that name)", role_name((enum role)r),
                     f->n_named);
        if (f->not_in_first && f->by_user)
            buf_addf(out, " (%s: not in the first record)", role_name((enum role)r));
    }
    if (s->html)
        buf_add_str(out, " (the text is HTML)");
}
