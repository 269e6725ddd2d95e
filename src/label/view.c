/* SPDX-License-Identifier: MIT */
/* view: nothing is kept from row to row but the targets; a row is small. */
#include "label/view.h"

#include <math.h>

#include "corpus/json.h"
#include "label/shown.h"

/* ---- texts ---- */

static const char *keep(struct arena *a, struct buf *text)
{
    struct span s = arena_copy(a, text->p != NULL ? buf_span(text) : SPAN(""));

    buf_release(text);
    return s.p;
}

static const char *line_of(struct arena *a, struct span s)
{
    struct buf text = {0};

    if (s.p != NULL)
        shown_add_line(&text, s);
    return keep(a, &text);
}

static const char *text_of(struct arena *a, struct span s)
{
    struct buf text = {0};

    if (s.p != NULL)
        shown_add(&text, s);
    return keep(a, &text);
}

/* A string of the context, by its path. */
static const char *context(struct arena *a, const struct audit_row *row, const char *path,
                           bool one_line)
{
    struct json_value v;
    struct buf text = {0};
    const char *shown = "";

    if (row->context.p != NULL && json_find(row->context, span_of(path), &v) &&
        v.type == JSON_STRING && json_string_decode(v.raw, &text) == 0)
        shown = one_line ? line_of(a, buf_span(&text)) : text_of(a, buf_span(&text));
    buf_release(&text);
    return shown;
}

/* ---- targets ---- */

static struct stance_choice choice(struct arena *a, struct span name, struct span fr,
                                   struct span en)
{
    struct span first = fr.p != NULL ? fr : en.p != NULL ? en : name;

    return (struct stance_choice){.name = line_of(a, name),
                                  .fr = line_of(a, first),
                                  .en = line_of(a, en.p != NULL ? en : first),
                                  .label = STANCE_NOTHING};
}

static void fill_target(struct arena *a, const struct audit_target *t,
                        struct stance_labelled_target *out)
{
    struct stance_choice *label = arena_alloc(a, t->n_labels * sizeof *label + 1);
    struct stance_choice *code = arena_alloc(a, t->n_codes * sizeof *code + 1);

    for (size_t i = 0; i < t->n_labels; i++)
        label[i] = choice(a, t->label[i].label, t->label[i].fr, t->label[i].en);
    for (size_t i = 0; i < t->n_codes; i++) {
        uint32_t own =
            t->code[i].label.p != NULL ? audit_find_label(t, t->code[i].label) : AUDIT_NONE;
        code[i] = choice(a, t->code[i].code, t->code[i].fr, t->code[i].en);
        code[i].label = own != AUDIT_NONE ? own : STANCE_NOTHING;
    }
    *out = (struct stance_labelled_target){.id = line_of(a, t->id),
                                           .statement = line_of(a, t->statement),
                                           .definition = line_of(a, t->definition),
                                           .label = label,
                                           .code = code,
                                           .n_labels = t->n_labels,
                                           .n_codes = t->n_codes};
}

void view_init(struct view *v, const struct audit *a, bool names)
{
    *v = (struct view){.n = a->n_targets, .names = names};
    v->target = arena_alloc(&v->lasting, a->n_targets * sizeof *v->target + 1);
    for (size_t t = 0; t < a->n_targets; t++)
        fill_target(&v->lasting, &a->target[t], &v->target[t]);
}

void view_release(struct view *v)
{
    arena_release(&v->lasting);
    arena_release(&v->arena);
    *v = (struct view){0};
}

/* ---- the row ---- */

static const size_t *numbers(struct view *v, const uint32_t *value)
{
    size_t *out = arena_alloc(&v->arena, v->n * sizeof *out + 1);

    for (size_t t = 0; t < v->n; t++)
        out[t] = value[t] == AUDIT_NONE ? STANCE_NOTHING : value[t];
    return out;
}

/* "A" to "Z", then "A1" …: the order of the audit's annotators, the same in every row. */
static const char *alias(struct view *v, uint32_t annotator)
{
    struct buf text = {0};

    buf_add_char(&text, (char)('A' + annotator % 26));
    if (annotator >= 26)
        buf_addf(&text, "%u", annotator / 26);
    return keep(&v->arena, &text);
}

static void add_said(struct view *v, const struct session *s, const struct audit_row *row)
{
    struct stance_said *said = arena_alloc(&v->arena, row->n_says * sizeof *said + 1);
    const struct audit *a = &s->file.audit;
    size_t n = 0;

    for (size_t i = 0; i < row->n_says; i++) {
        const struct audit_say *x = &row->say[i];
        if ((x->decides && x->annotator == s->annotator) || !audit_says_something(a, x))
            continue;
        said[n++] = (struct stance_said){.who = v->names || x->decides
                                                    ? line_of(&v->arena, a->annotator[x->annotator])
                                                    : alias(v, x->annotator),
                                         .note = line_of(&v->arena, x->note),
                                         .label = numbers(v, x->label),
                                         .code = numbers(v, x->code),
                                         .decides = x->decides,
                                         .suggested = x->suggested,
                                         .skipped = x->skipped};
    }
    v->row.said = said;
    v->row.n_said = n;
}

static void add_suggested(struct view *v, const struct session *s, const struct audit_row *row)
{
    uint32_t label[AUDIT_MAX_TARGETS];
    double *p = arena_alloc(&v->arena, v->n * sizeof *p + 1);

    for (size_t t = 0; t < v->n; t++) {
        label[t] = AUDIT_NONE;
        p[t] = NAN;
    }
    if (s->suggest != NULL)
        s->suggest(s->suggest_arg, row, label, p);
    v->row.suggested = numbers(v, label);
    v->row.p = p;
}

static void add_own(struct view *v, struct session *s)
{
    struct audit_say say = session_say(s);
    bool *asked = arena_alloc(&v->arena, v->n * sizeof *asked + 1);

    for (uint32_t t = 0; t < v->n; t++)
        asked[t] = session_asks(s, s->queue[s->at], t);
    v->row.asked = asked;
    v->row.label = numbers(v, say.label);
    v->row.code = numbers(v, say.code);
    v->row.note = line_of(&v->arena, say.note);
}

static void add_texts(struct view *v, const struct audit_row *row)
{
    struct arena *a = &v->arena;
    const struct comment *c = &row->comment;

    v->row.id = line_of(a, c->id);
    v->row.author = line_of(a, c->author);
    v->row.date = line_of(a, c->date);
    v->row.text = text_of(a, c->text);
    v->row.article = context(a, row, "article.title", true);
    v->row.summary = context(a, row, "article.summary", false);
    v->row.parent_author = context(a, row, "parent.author", true);
    v->row.parent = context(a, row, "parent.text", false);
}

const struct stance_labelled_row *view_row(struct view *v, struct session *s)
{
    const struct audit_row *row = session_row(s);

    arena_release(&v->arena);
    if (row == NULL)
        return NULL;
    v->row = (struct stance_labelled_row){.at = s->at,
                                          .state = (enum stance_row_state)session_state(s, s->at)};
    add_texts(v, row);
    add_own(v, s);
    add_suggested(v, s, row);
    if (s->decides)
        add_said(v, s, row);
    for (size_t i = 0; i < s->file.audit.n_rows; i++)
        v->row.copies += s->file.audit.row[i].like == s->queue[s->at];
    return &v->row;
}
