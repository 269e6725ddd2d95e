/* SPDX-License-Identifier: MIT */
/*
 * auditread: line by line. The check of a line comes first: where it holds the line is as the
 * program wrote it, and what else can be wrong is a file put together from several.
 */
#include <math.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "base/err.h"
#include "base/infile.h"
#include "base/keymap.h"
#include "base/num.h"
#include "corpus/frame.h"
#include "corpus/json.h"
#include "corpus/utf8.h"

enum { LONGEST_LINE = 16 << 20 };

struct reading {
    struct audit *a;
    const char *name;
    uint64_t line, announced; /* rows that the manifest speaks of */
    struct span text;         /* the line at hand, an object */
    struct keymap ids;
    struct span *like; /* per row: the id it is like */
    size_t like_cap;
    struct buf decoded;
    struct stance_err *err;
};

static int refuse(const struct reading *r, const char *what)
{
    return err_at(r->err, STANCE_DATA, r->name, r->line, 0, "%s", what);
}

/* ---- values ---- */

static bool get(struct span object, const char *key, enum json_type type, struct json_value *v)
{
    return json_find(object, span_of(key), v) && v->type == type;
}

static struct span copy_string(struct reading *r, const struct json_value *v)
{
    buf_reset(&r->decoded);
    json_string_decode(v->raw, &r->decoded);
    return arena_copy(&r->a->arena, buf_span(&r->decoded));
}

/* p NULL where the member is not there or no string. */
static struct span get_text(struct reading *r, struct span object, const char *key)
{
    struct json_value v;

    return get(object, key, JSON_STRING, &v) ? copy_string(r, &v) : (struct span){0};
}

static bool get_count(struct span object, const char *key, uint64_t *n)
{
    struct json_value v;

    return get(object, key, JSON_NUMBER, &v) && num_u64(v.raw, n);
}

static bool get_hex(struct reading *r, struct span object, const char *key, uint64_t *n)
{
    struct json_value v;

    if (!get(object, key, JSON_STRING, &v))
        return false;
    buf_reset(&r->decoded);
    json_string_decode(v.raw, &r->decoded);
    return num_hex64(buf_span(&r->decoded), n);
}

/* Each element or member of the value of a key, if it is there; -1 as soon as take() says so. */
static int each(struct reading *r, struct span object, const char *key,
                int (*take)(struct reading *r, const struct json_member *m, void *arg), void *arg)
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

static int count_one(struct reading *r, const struct json_member *m, void *arg)
{
    (void)r;
    (void)m;
    ++*(size_t *)arg;
    return 0;
}

static size_t how_many(struct reading *r, struct span object, const char *key)
{
    size_t n = 0;

    each(r, object, key, count_one, &n);
    return n;
}

/* ---- targets ---- */

static int take_label(struct reading *r, const struct json_member *m, void *arg)
{
    struct audit_target *t = arg;
    struct target_label *l = &t->label[t->n_labels];

    l->label = arena_copy(&r->a->arena, m->key);
    if (m->value.type != JSON_OBJECT)
        return -1;
    l->fr = get_text(r, m->value.raw, "fr");
    l->en = get_text(r, m->value.raw, "en");
    t->n_labels++;
    return 0;
}

static int take_code(struct reading *r, const struct json_member *m, void *arg)
{
    struct audit_target *t = arg;
    struct audit_code *c = &t->code[t->n_codes];

    c->code = arena_copy(&r->a->arena, m->key);
    if (m->value.type != JSON_OBJECT)
        return -1;
    c->label = get_text(r, m->value.raw, "label");
    c->fr = get_text(r, m->value.raw, "fr");
    c->en = get_text(r, m->value.raw, "en");
    t->n_codes++;
    return 0;
}

static bool read_target(struct reading *r, struct span object, struct audit_target *t)
{
    *t = (struct audit_target){0};
    t->label = arena_alloc(&r->a->arena, how_many(r, object, "labels") * sizeof *t->label + 1);
    t->code = arena_alloc(&r->a->arena, how_many(r, object, "codes") * sizeof *t->code + 1);
    t->id = get_text(r, object, "id");
    t->statement = get_text(r, object, "statement");
    t->definition = get_text(r, object, "definition");
    return each(r, object, "labels", take_label, t) == 0 &&
           each(r, object, "codes", take_code, t) == 0 && t->id.p != NULL && t->n_labels != 0;
}

bool audit_read_target(struct audit *a, struct span object, struct audit_target *target)
{
    struct reading r = {.a = a};
    bool good = read_target(&r, object, target);

    buf_release(&r.decoded);
    return good;
}

static int take_target(struct reading *r, const struct json_member *m, void *arg)
{
    size_t *n = arg;

    if (m->value.type != JSON_OBJECT || !read_target(r, m->value.raw, &r->a->target[*n]) ||
        audit_find_target(r->a, r->a->target[*n].id) != AUDIT_NONE)
        return refuse(r, "a target of the manifest is none: expected an id and labels, each once");
    r->a->n_targets = ++*n;
    return 0;
}

/* ---- the manifest ---- */

static int take_by(struct reading *r, const struct json_member *m, void *arg)
{
    (void)arg;
    if (r->a->n_by == AUDIT_MAX_BY || m->value.type != JSON_STRING)
        return refuse(r, "the manifest's \"by\" is no list of fields");
    r->a->by[r->a->n_by++] = copy_string(r, &m->value);
    return 0;
}

static int take_stratum(struct reading *r, const struct json_member *m, void *arg)
{
    struct audit_stratum *s = &r->a->stratum[r->a->n_strata];

    (void)arg;
    if (m->value.type != JSON_OBJECT)
        return refuse(r, "a stratum of the manifest is none");
    s->name = get_text(r, m->value.raw, "stratum");
    if (s->name.p == NULL || !get_count(m->value.raw, "population", &s->population) ||
        !get_count(m->value.raw, "drawn", &s->drawn) || s->drawn > s->population)
        return refuse(r, "a stratum of the manifest is none: expected \"stratum\", \"population\" "
                         "and no more \"drawn\" than that");
    r->a->n_strata++;
    return 0;
}

static int take_annotator(struct reading *r, const struct json_member *m, void *arg)
{
    (void)arg;
    if (m->value.type != JSON_STRING)
        return refuse(r, "the manifest's \"annotators\" are no names");
    audit_add_annotator(r->a, copy_string(r, &m->value));
    return 0;
}

static int read_dump(struct reading *r)
{
    struct json_value v;
    struct audit *a = r->a;

    if (!get(r->text, "dump", JSON_OBJECT, &v) || !get_count(v.raw, "records", &a->dump.records) ||
        !get_count(v.raw, "population", &a->dump.population) ||
        !get_hex(r, v.raw, "sum", &a->dump.sum))
        return refuse(r, "the manifest does not say of which dump the audit is");
    if (get(r->text, "fields", JSON_OBJECT, &v))
        for (int i = 0; i < N_ROLES; i++)
            a->field[i] = get_text(r, v.raw, role_name((enum role)i));
    a->lossy = get(r->text, "lossy", JSON_TRUE, &v);
    return 0;
}

static int read_unit(struct reading *r)
{
    struct span unit = get_text(r, r->text, "unit");
    struct json_value v;

    if (span_eq(unit, SPAN("comments")))
        return 0;
    r->a->unit = AUDIT_THREADS;
    if (!span_eq(unit, SPAN("threads")) || !get(r->text, "threads_prob", JSON_NUMBER, &v) ||
        !num_f64(v.raw, &r->a->threads_tau) || !(r->a->threads_tau > 0) || r->a->threads_tau > 1)
        return refuse(r, "the manifest does not say what was drawn, comments or threads, and with "
                         "which probability");
    return 0;
}

static int read_model(struct reading *r)
{
    struct span model = get_text(r, r->text, "model");
    char *end = NULL;

    if (model.p == NULL)
        return 0;
    r->a->model = (uint32_t)strtoul(model.p, &end, 16);
    return *end == '\0' && model.len == 8 ? 0
                                          : refuse(r, "the manifest's \"model\" is no checksum");
}

static int read_manifest(struct reading *r)
{
    struct audit *a = r->a;
    uint64_t version;
    size_t n = 0, n_targets = how_many(r, r->text, "targets");

    if (!get_count(r->text, AUDIT_KEY, &version))
        return refuse(r, "no audit: expected the file that `stance sample` writes (its first line "
                         "says how the comments were drawn; without their probabilities labels "
                         "tell no share)");
    if (version != 1)
        return refuse(r, "this audit is of a newer format than the program knows (1)");
    if (n_targets == 0 || n_targets > AUDIT_MAX_TARGETS)
        return refuse(r, "the manifest names no target, or too many");
    a->target = arena_alloc(&a->arena, n_targets * sizeof *a->target);
    a->stratum = arena_alloc(&a->arena, how_many(r, r->text, "strata") * sizeof *a->stratum + 1);
    if (!get_hex(r, r->text, "audit", &a->id) || !get_count(r->text, "seed", &a->seed) ||
        !get_count(r->text, "rows", &r->announced))
        return refuse(r, "the manifest lacks \"audit\", \"seed\" or \"rows\"");
    if (read_unit(r) < 0 || read_dump(r) < 0 || read_model(r) < 0)
        return -1;
    if (each(r, r->text, "by", take_by, NULL) < 0 ||
        each(r, r->text, "strata", take_stratum, NULL) < 0 ||
        each(r, r->text, "targets", take_target, &n) < 0 ||
        each(r, r->text, "annotators", take_annotator, NULL) < 0)
        return -1;
    return 0;
}

/* ---- rows ---- */

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
static void read_extra(struct reading *r, struct audit_row *row)
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
                                   .value = copy_string(r, &m.value)};
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

static int read_comment(struct reading *r, struct audit_row *row)
{
    struct comment *c = &row->comment;
    struct json_value v;

    c->id = get_text(r, r->text, "id");
    c->text = get_text(r, r->text, "text");
    if (c->id.p == NULL || c->text.p == NULL)
        return refuse(r, "a row without \"id\" or \"text\"");
    c->thread = get_text(r, r->text, "thread");
    c->parent = get_text(r, r->text, "parent");
    c->author = get_text(r, r->text, "author");
    c->date = get_text(r, r->text, "date");
    if (get(r->text, "context", JSON_OBJECT, &v))
        row->context = arena_copy(&r->a->arena, v.raw);
    read_extra(r, row);
    return 0;
}

static int read_drawing(struct reading *r, struct audit_row *row)
{
    struct span purpose = get_text(r, r->text, "purpose");
    uint64_t audit, batch, repeats = 1;
    struct json_value v;

    if (!get_hex(r, r->text, "audit", &audit) || audit != r->a->id)
        return refuse(r, "this row is of another audit than the first line");
    if (!get_hex(r, r->text, "key", &row->key) || !get_count(r->text, "batch", &batch) ||
        batch == 0 || batch > 1000000)
        return refuse(r, "a row without \"key\" or \"batch\"");
    get_count(r->text, "repeats", &repeats);
    row->batch = (uint32_t)batch;
    row->repeats = repeats > 0 && repeats < UINT32_MAX ? (uint32_t)repeats : 1;
    row->training = span_eq(purpose, SPAN("train"));
    if (row->training)
        return 0;
    if (!span_eq(purpose, SPAN("estimate")))
        return refuse(r, "a row's \"purpose\" is neither \"estimate\" nor \"train\"");
    row->stratum = stratum_of(r->a, get_text(r, r->text, "stratum"));
    row->cluster = get_text(r, r->text, "cluster");
    if (row->stratum == AUDIT_NONE || row->cluster.p == NULL)
        return refuse(r, "a row without \"cluster\", or with a \"stratum\" that the first line "
                         "does not have");
    if (!get(r->text, "sample_prob", JSON_NUMBER, &v) || !num_f64(v.raw, &row->sample_prob) ||
        !(row->sample_prob > 0) || row->sample_prob > 1)
        return refuse(r, "a row without the probability it was drawn with (\"sample_prob\", above "
                         "0 and at most 1): no share can be estimated from it");
    return 0;
}

struct saying {
    uint32_t *value;
    bool codes;
};

static int take_value(struct reading *r, const struct json_member *m, void *arg)
{
    struct saying *s = arg;
    uint32_t t = audit_find_target(r->a, m->key), value;
    struct span name = m->value.type == JSON_STRING ? copy_string(r, &m->value) : (struct span){0};

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
static int read_say(struct reading *r, struct span object, struct audit_say *say)
{
    struct saying labels = {say->label, false}, codes = {say->code, true};
    struct json_value v;

    say->suggested = get(object, "suggested", JSON_TRUE, &v);
    say->skipped = get(object, "skipped", JSON_TRUE, &v);
    say->note = get_text(r, object, "note");
    if (each(r, object, "stance", take_value, &labels) < 0)
        return -1;
    return each(r, object, "codes", take_value, &codes);
}

static int take_say(struct reading *r, const struct json_member *m, void *arg)
{
    struct audit_row *row = arg;
    struct span name;
    struct json_value v;
    uint32_t annotator;

    if (m->value.type != JSON_OBJECT)
        return refuse(r, "an annotation is none");
    name = get_text(r, m->value.raw, "annotator");
    annotator = name.p != NULL ? audit_find_annotator(r->a, name) : AUDIT_NONE;
    if (annotator == AUDIT_NONE)
        return refuse(r, "an annotation by nobody that the first line names");
    return read_say(
        r, m->value.raw,
        audit_say_of(r->a, row, annotator, get(m->value.raw, "decides", JSON_TRUE, &v)));
}

int audit_parse_say(struct audit *a, struct span object, const char *name, uint64_t line,
                    struct audit_say *say, struct stance_err *err)
{
    struct reading r = {.a = a, .name = name, .line = line, .err = err};
    struct span who = get_text(&r, object, "annotator");
    struct json_value v;
    int status = -1;

    if (who.p == NULL)
        refuse(&r, "an annotation by nobody");
    else {
        *say =
            audit_say_empty(a, audit_add_annotator(a, who), get(object, "decides", JSON_TRUE, &v));
        status = read_say(&r, object, say);
    }
    buf_release(&r.decoded);
    return status;
}

static int keep_like(struct reading *r)
{
    MEM_GROW(r->like, r->like_cap, r->a->n_rows);
    r->like[r->a->n_rows - 1] = get_text(r, r->text, "like");
    return 0;
}

static int read_row(struct reading *r)
{
    struct audit_row *row = audit_add_row(r->a);
    uint32_t at = (uint32_t)r->a->n_rows - 1;

    row->line = r->line;
    if (read_comment(r, row) < 0 || read_drawing(r, row) < 0)
        return -1;
    if (*keymap_add(&r->ids, hash_span(row->comment.id), at) != at)
        return err_at(r->err, STANCE_DATA, r->name, r->line, 0, "comment '%s' is there twice",
                      row->comment.id.p);
    return each(r, r->text, "annotations", take_say, row) < 0 ? -1 : keep_like(r);
}

/* ---- lines ---- */

static bool is_object(struct span line)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    int got = json_walk_begin(&walk, line, &e);

    while (got >= 0 && (got = json_walk_next(&walk, &m, &e)) > 0)
        ;
    json_walk_release(&walk);
    return got == 0 && !walk.array;
}

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

static int check_line(const struct reading *r)
{
    struct span t = r->text;

    if (t.len >= 11 && r->line == 1 && memcmp(t.p, "{\"" AUDIT_KEY, sizeof AUDIT_KEY) != 0)
        return 0; /* no audit at all: read_manifest says so */
    if (!audit_line_is_whole(t))
        return refuse(r, "this line was edited or is cut: it does not end in the \"check\" of its "
                         "bytes. Labels are corrected with `stance label`, and brought from "
                         "elsewhere with its --import");
    return 0;
}

static int read_line(struct reading *r, const struct frame *frame)
{
    r->line = frame->line;
    r->text = frame->record;
    if (frame->status == FRAME_OVERLONG)
        return refuse(r, "the line is longer than 16 MiB");
    if (check_line(r) < 0)
        return -1;
    if (utf8_valid(r->text) != r->text.len || !is_object(r->text))
        return r->line == 1 ? refuse(r, "no audit: expected the file that `stance sample` writes")
                            : refuse(r, "no JSON object");
    return r->line == 1 ? read_manifest(r) : read_row(r);
}

/* What can be seen when all rows are there. */
static int close_rows(struct reading *r)
{
    struct audit *a = r->a;

    if (r->line == 0)
        return refuse(r, "the file is empty, expected an audit");
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
            return refuse(r, "a row is like one that does not stand before it");
        a->row[i].like = *at;
    }
    return 0;
}

static int read_lines(struct reading *r, struct framer *framer)
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
    struct reading r = {.a = a, .name = name, .err = err};
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
    struct reading r = {.a = a, .name = path, .err = err};
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
            !is_object(frame.record) || a->n_targets == AUDIT_MAX_TARGETS ||
            !read_target(&r, frame.record, &a->target[a->n_targets])) {
            got = refuse(&r, "no definition of a target: expected {\"id\", \"labels\": {LABEL: "
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
