/* SPDX-License-Identifier: MIT */
/*
 * shape: names first, then values in the same order, each through one walk over the
 * columns, so that header and rows cannot disagree.
 */
#include "classify/shape.h"

#include <math.h>

#include "base/intern.h"
#include "base/num.h"

enum { P_DECIMALS = 4 };

/* ---- one walk over the columns that are added ---- */

enum column_kind { COLUMN_LABEL, COLUMN_P, COLUMN_PROB, COLUMN_STATUS };

struct column {
    enum column_kind kind;
    size_t target, label; /* label: of COLUMN_PROB */
};

typedef void column_visit(void *arg, const struct shape *s, struct column c);

/* Inline: a visit of a row is a few bytes, less than a call through a pointer costs. */
static inline void each_column(const struct shape *s, column_visit *visit, void *arg)
{
    size_t n = s->own_target ? 1 : s->n_targets;

    for (size_t t = 0; t < n; t++) {
        visit(arg, s, (struct column){COLUMN_LABEL, t, 0});
        visit(arg, s, (struct column){COLUMN_P, t, 0});
        for (size_t l = 0; s->probs && l < s->n_labels; l++)
            if (s->own_target || s->may[t * s->n_labels + l] != 0)
                visit(arg, s, (struct column){COLUMN_PROB, t, l});
    }
    visit(arg, s, (struct column){COLUMN_STATUS, 0, 0});
}

static void add_name(const struct shape *s, struct column c, struct buf *out)
{
    buf_add_span(out, s->prefix);
    if (c.kind == COLUMN_STATUS) {
        buf_add_str(out, "stance_status");
        return;
    }
    buf_add_span(out, s->own_target ? SPAN("stance") : s->target[c.target]);
    if (c.kind == COLUMN_P)
        buf_add_str(out, "_p");
    if (c.kind == COLUMN_PROB) {
        buf_add_char(out, '_');
        buf_add_span(out, s->label[c.label]);
    }
}

static void add_p(struct buf *out, double p)
{
    if (!isnan(p))
        num_add_fixed(out, p, P_DECIMALS);
}

/* ---- fields of CSV and TSV ---- */

static void add_field(const struct shape *s, struct span field, struct buf *out)
{
    if (s->form == FORM_TSV)
        csv_add_tsv_field(out, field.p != NULL ? field : SPAN(""));
    else
        csv_add_field(out, field, s->delimiter);
}

struct walk {
    const struct shaped *r; /* NULL where names are written */
    struct buf *out, *scratch;
    bool first;
};

static void visit_title(void *arg, const struct shape *s, struct column c)
{
    struct walk *w = arg;

    if (!w->first)
        buf_add_char(w->out, s->delimiter);
    w->first = false;
    buf_reset(w->scratch);
    add_name(s, c, w->scratch);
    add_field(s, buf_span(w->scratch), w->out);
}

/* Figures and statuses hold nothing that a field would be quoted for. */
static void visit_field(void *arg, const struct shape *s, struct column c)
{
    struct walk *w = arg;
    const struct shaped *r = w->r;
    const struct stance_prediction *p = &r->prediction[c.target];

    if (!w->first)
        buf_add_char(w->out, s->delimiter);
    w->first = false;
    if (c.kind == COLUMN_STATUS)
        buf_add_str(w->out, stance_status_name(r->status));
    else if (c.target >= r->n)
        return;
    else if (c.kind == COLUMN_LABEL)
        add_field(s, span_of(p->label), w->out);
    else if (c.kind == COLUMN_P)
        add_p(w->out, p->p);
    else if (!isnan(p->p))
        add_p(w->out, p->probs[c.label]);
}

static struct span role_of(const struct shaped *r, enum role role)
{
    const struct parsed_field *f = &r->parsed->role[role];
    return f->has ? f->text : (struct span){NULL, 0};
}

static const enum role kept[] = {ROLE_ID, ROLE_THREAD, ROLE_DATE};

/* A row that cannot be told apart into columns is replaced by one of empty columns. */
static bool row_is_whole(const struct shaped *r)
{
    return r->frame->status == FRAME_OK && r->parsed->status != PARSE_UNPARSABLE &&
           r->parsed->row.n == r->schema->n_columns;
}

static void csv_record(const struct shape *s, const struct shaped *r, struct buf *out)
{
    struct walk w = {r, out, r->scratch, true};

    if (s->append) {
        if (row_is_whole(r))
            buf_add_span(out, r->frame->record);
        else
            for (size_t i = 1; i < r->schema->n_columns; i++)
                buf_add_char(out, s->delimiter);
        w.first = false;
    } else {
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
            if (i > 0)
                buf_add_char(out, s->delimiter);
            add_field(s, role_of(r, kept[i]), out);
        }
        w.first = false;
    }
    each_column(s, visit_field, &w);
}

/* ---- members of NDJSON ---- */

static void add_key(const struct shape *s, const struct shaped *r, const char *key, struct buf *out)
{
    buf_reset(r->scratch);
    buf_add_span(r->scratch, s->prefix);
    buf_add_str(r->scratch, key);
    json_add_string(out, buf_span(r->scratch));
    buf_add_char(out, ':');
}

static void add_text(struct buf *out, struct span text)
{
    if (text.p == NULL)
        buf_add_str(out, "null");
    else
        json_add_string(out, text);
}

static void json_p(struct buf *out, double p)
{
    if (isnan(p))
        buf_add_str(out, "null");
    else
        add_p(out, p);
}

static void visit_member(void *arg, const struct shape *s, struct column c)
{
    struct walk *w = arg;
    const struct stance_prediction *p = c.target < w->r->n ? &w->r->prediction[c.target] : NULL;

    if (!w->first)
        buf_add_char(w->out, ',');
    w->first = false;
    buf_reset(w->scratch);
    add_name(s, c, w->scratch);
    json_add_string(w->out, buf_span(w->scratch));
    buf_add_char(w->out, ':');
    if (c.kind == COLUMN_STATUS)
        json_add_string(w->out, span_of(stance_status_name(w->r->status)));
    else if (p == NULL)
        buf_add_str(w->out, "null");
    else if (c.kind == COLUMN_LABEL)
        json_add_string(w->out, span_of(p->label));
    else
        json_p(w->out, c.kind == COLUMN_P || isnan(p->p) ? p->p : p->probs[c.label]);
}

/* Of the labels that the target had: the others have exactly 0. */
static void json_probs(const struct shape *s, const struct stance_prediction *p, struct buf *out)
{
    bool first = true;

    if (!s->probs || isnan(p->p))
        return;
    buf_add_str(out, ",\"probs\":{");
    for (size_t l = 0; l < s->n_labels; l++) {
        if (p->probs[l] == 0)
            continue;
        if (!first)
            buf_add_char(out, ',');
        first = false;
        json_add_string(out, s->label[l]);
        buf_add_char(out, ':');
        add_p(out, p->probs[l]);
    }
    buf_add_char(out, '}');
}

static void add_prediction(const struct shape *s, const struct shaped *r, size_t i, struct buf *out)
{
    const struct stance_prediction *p = &r->prediction[i];

    json_add_string(out, s->own_target ? r->own_target : span_of(p->target));
    buf_add_str(out, ":{\"label\":");
    json_add_string(out, span_of(p->label));
    buf_add_str(out, ",\"p\":");
    json_p(out, p->p);
    json_probs(s, p, out);
    buf_add_char(out, '}');
}

static void add_members(const struct shape *s, const struct shaped *r, struct buf *out)
{
    struct walk w = {r, out, r->scratch, true};

    if (s->flat) {
        each_column(s, visit_member, &w);
        return;
    }
    add_key(s, r, "predicted", out);
    if (r->n == 0) {
        buf_add_str(out, "null");
    } else {
        buf_add_char(out, '{');
        for (size_t i = 0; i < r->n; i++) {
            if (i > 0)
                buf_add_char(out, ',');
            add_prediction(s, r, i, out);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, ',');
    add_key(s, r, "stance_status", out);
    json_add_string(out, span_of(stance_status_name(r->status)));
}

/* A line that is no object has nothing to add to: its number stands for it. */
static void json_record(const struct shape *s, const struct shaped *r, struct buf *out)
{
    const struct parsed *p = r->parsed;
    bool whole = r->frame->status == FRAME_OK && p->status != PARSE_UNPARSABLE &&
                 p->status != PARSE_UNDECODABLE && p->record.len > 0;

    if (s->append && whole) {
        buf_add(out, p->record.p, p->close);
        if (!p->empty_object)
            buf_add_char(out, ',');
        add_members(s, r, out);
        buf_add(out, p->record.p + p->close, p->record.len - p->close);
        return;
    }
    buf_add_char(out, '{');
    if (!s->append && whole) {
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
            json_add_string(out, span_of(role_name(kept[i])));
            buf_add_char(out, ':');
            add_text(out, role_of(r, kept[i]));
            buf_add_char(out, ',');
        }
    } else {
        buf_addf(out, "\"line\":%llu,", (unsigned long long)r->frame->line);
    }
    add_members(s, r, out);
    buf_add_char(out, '}');
}

/* ---- long form ---- */

/* Whether some target of the run can get the label. */
static bool is_possible(const struct shape *s, size_t label)
{
    bool any = s->own_target;

    for (size_t t = 0; t < s->n_targets && !any; t++)
        any = s->may[t * s->n_labels + label] != 0;
    return any;
}

static void long_object(const struct shape *s, struct span id, struct span target,
                        const struct stance_prediction *p, const char *status, struct buf *out)
{
    buf_add_str(out, "{\"id\":");
    add_text(out, id);
    buf_add_str(out, ",\"target\":");
    add_text(out, target);
    buf_add_str(out, ",\"label\":");
    add_text(out, p != NULL ? span_of(p->label) : (struct span){NULL, 0});
    buf_add_str(out, ",\"p\":");
    json_p(out, p != NULL ? p->p : NAN);
    if (p != NULL)
        json_probs(s, p, out);
    buf_add_str(out, ",\"status\":");
    json_add_string(out, span_of(status));
    buf_add_str(out, "}\n");
}

/* One cell per label that some target has, empty for those that this one has not. */
static void long_probs(const struct shape *s, const struct stance_prediction *p, struct buf *out)
{
    for (size_t l = 0; s->probs && l < s->n_labels; l++) {
        if (!is_possible(s, l))
            continue;
        if (p != NULL && !isnan(p->p) && p->probs[l] != 0)
            add_p(out, p->probs[l]);
        buf_add_char(out, s->delimiter);
    }
}

static void long_row(const struct shape *s, struct span id, struct span target,
                     const struct stance_prediction *p, const char *status, struct buf *out)
{
    add_field(s, id, out);
    buf_add_char(out, s->delimiter);
    add_field(s, target, out);
    buf_add_char(out, s->delimiter);
    if (p != NULL)
        add_field(s, span_of(p->label), out);
    buf_add_char(out, s->delimiter);
    if (p != NULL)
        add_p(out, p->p);
    buf_add_char(out, s->delimiter);
    long_probs(s, p, out);
    buf_add_str(out, status);
    buf_add_char(out, '\n');
}

static void long_line(const struct shape *s, const struct shaped *r, size_t i, struct buf *out)
{
    const struct stance_prediction *p = i < r->n ? &r->prediction[i] : NULL;
    struct span id = role_of(r, ROLE_ID), target = s->own_target ? r->own_target : s->target[i];
    const char *status = stance_status_name(p != NULL ? r->each[i] : r->status);

    (s->form == FORM_NDJSON ? long_object : long_row)(s, id, target, p, status, out);
}

static void long_header(const struct shape *s, struct buf *out)
{
    static const char *const names[] = {"id", "target", "label", "p"};
    struct buf name = {0};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_add_str(out, names[i]);
        buf_add_char(out, s->delimiter);
    }
    for (size_t l = 0; s->probs && l < s->n_labels; l++) {
        if (!is_possible(s, l))
            continue;
        buf_reset(&name);
        buf_add_str(&name, "p_");
        buf_add_span(&name, s->label[l]);
        add_field(s, buf_span(&name), out);
        buf_add_char(out, s->delimiter);
    }
    buf_add_str(out, "status\n");
    buf_release(&name);
}

/* ---- the two calls ---- */

void shape_header(const struct shape *s, const struct source *source, struct buf *out)
{
    struct buf scratch = {0};
    struct walk w = {NULL, out, &scratch, true};

    if (s->form == FORM_NDJSON)
        return;
    if (s->longform) {
        long_header(s, out);
        return;
    }
    if (s->append) {
        buf_add_span(out, buf_span(&source->header));
        w.first = false;
    } else {
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
            if (i > 0)
                buf_add_char(out, s->delimiter);
            buf_add_str(out, role_name(kept[i]));
        }
        w.first = false;
    }
    each_column(s, visit_title, &w);
    buf_release(&scratch);
    if (s->append && source->header_end.len > 0)
        buf_add_span(out, buf_span(&source->header_end));
    else
        buf_add_char(out, '\n');
}

void shape_record(const struct shape *s, const struct shaped *r, struct buf *out)
{
    if (s->longform) {
        for (size_t i = 0; i < (s->own_target ? 1 : s->n_targets); i++)
            long_line(s, r, i, out);
        return;
    }
    if (s->form == FORM_NDJSON)
        json_record(s, r, out);
    else
        csv_record(s, r, out);
    if (s->append && r->frame->terminator.len > 0)
        buf_add_span(out, r->frame->terminator);
    else
        buf_add_char(out, '\n');
}

struct names {
    struct intern seen;
    struct buf *scratch;
    bool repeated;
};

/* scratch keeps the first name that came again. */
static void note_name(struct names *n)
{
    uint32_t before = n->seen.n;

    intern_string(&n->seen, buf_span(n->scratch));
    n->repeated = n->seen.n == before;
}

static void visit_once(void *arg, const struct shape *s, struct column c)
{
    struct names *n = arg;

    if (n->repeated)
        return;
    buf_reset(n->scratch);
    add_name(s, c, n->scratch);
    note_name(n);
}

bool shape_repeats(const struct shape *s, struct buf *scratch)
{
    struct names n = {.scratch = scratch};

    if (s->longform || (s->form == FORM_NDJSON && !s->flat))
        return false;
    for (size_t i = 0; !s->append && i < sizeof kept / sizeof *kept; i++) {
        buf_reset(scratch);
        buf_add_str(scratch, role_name(kept[i]));
        note_name(&n);
    }
    each_column(s, visit_once, &n);
    intern_release(&n.seen);
    return n.repeated;
}

struct search_name {
    const struct schema *schema;
    const struct parsed *parsed;
    struct buf *scratch;
    bool found;
};

static void test_name(struct search_name *n)
{
    struct span name = buf_span(n->scratch);
    n->found = n->parsed != NULL ? parsed_member(n->parsed, name) != NULL
                                 : schema_has_column(n->schema, name);
}

static void visit_name(void *arg, const struct shape *s, struct column c)
{
    struct search_name *n = arg;

    if (n->found)
        return;
    buf_reset(n->scratch);
    add_name(s, c, n->scratch);
    test_name(n);
}

bool shape_collides(const struct shape *s, const struct schema *schema, const struct parsed *p,
                    struct buf *scratch)
{
    struct search_name n = {schema, p, scratch, false};

    if (!s->append || s->longform)
        return false;
    if (p == NULL || s->flat) {
        each_column(s, visit_name, &n);
        return n.found;
    }
    buf_reset(scratch);
    buf_add_span(scratch, s->prefix);
    buf_add_str(scratch, "predicted");
    test_name(&n);
    if (n.found)
        return true;
    buf_reset(scratch);
    buf_add_span(scratch, s->prefix);
    buf_add_str(scratch, "stance_status");
    test_name(&n);
    return n.found;
}
