/* SPDX-License-Identifier: MIT */
/* agreejson: agreement as one JSON object; undefined is null. */
#include "report/agreereport.h"

#include <stdlib.h>

#include "corpus/json.h"
#include "report/layout.h"
#include "report/members.h"

static void add_figure(struct buf *out, struct span key, const struct agree_figure *f)
{
    layout_key(out, key);
    buf_add_char(out, '{');
    members_number(out, "value", f->value);
    members_number(out, "low", f->interval.low);
    members_number(out, "high", f->interval.high);
    members_count(out, "undefined", f->interval.n_undefined);
    buf_add_char(out, '}');
}

static void add_pair(struct buf *out, const struct annotations *a, const struct agree_pair *p)
{
    const struct span name[] = {a->annotator[p->a], a->annotator[p->b]};

    layout_comma(out);
    buf_add_char(out, '{');
    members_strings(out, "annotators", name, 2);
    members_count(out, "units", confusion_total(&p->table));
    add_figure(out, SPAN("agreement"), &p->observed);
    add_figure(out, SPAN("kappa"), &p->kappa);
    add_figure(out, SPAN("macro_f1"), &p->macro_f1);
    members_confusion(out, &p->table);
    buf_add_char(out, '}');
}

static void add_given(struct buf *out, const struct annotations *a, const struct agree_section *s)
{
    layout_key(out, SPAN("given"));
    buf_add_char(out, '{');
    for (uint32_t k = 0; k < a->n_annotators; k++) {
        layout_key(out, a->annotator[k]);
        buf_add_char(out, '{');
        for (uint32_t l = 0; l < a->n_labels; l++) {
            layout_key(out, a->label[l]);
            buf_addf(out, "%llu", (unsigned long long)s->given[(size_t)k * a->n_labels + l]);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

/* The members of a section, into an object that is open. */
static void add_section(struct buf *out, const struct annotations *a, const struct agree_section *s)
{
    members_count(out, "comments", s->n_comments);
    members_count(out, "units", s->n_units);
    members_count(out, "shared", s->n_shared);
    members_count(out, "groups", s->n_groups);
    add_figure(out, SPAN("agreement"), &s->observed);
    add_figure(out, SPAN("kappa"), &s->kappa);
    add_figure(out, SPAN("alpha"), &s->alpha);
    add_figure(out, SPAN("macro_f1"), &s->macro_f1);
    layout_key(out, SPAN("alpha_of"));
    buf_add_char(out, '{');
    for (uint32_t l = 0; l < a->n_labels; l++)
        add_figure(out, a->label[l], &s->alpha_of[l]);
    buf_add_char(out, '}');
    add_given(out, a, s);
    layout_key(out, SPAN("pairs"));
    buf_add_char(out, '[');
    for (uint64_t p = 0; p < s->n_pairs; p++)
        add_pair(out, a, &s->pair[p]);
    buf_add_char(out, ']');
}

static void add_sections(struct buf *out, const struct agreement *g)
{
    const struct annotations *a = &g->annotations;

    layout_key(out, SPAN("pooled"));
    buf_add_char(out, '{');
    add_section(out, a, &g->section[0]);
    buf_add_char(out, '}');
    layout_key(out, SPAN("per_target"));
    buf_add_char(out, '[');
    for (uint32_t i = g->n_sections > 1; i < g->n_sections; i++) {
        layout_comma(out);
        buf_add_char(out, '{');
        layout_key(out, SPAN("target"));
        json_add_string(out, g->section[i].target);
        add_section(out, a, &g->section[i]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_unit(struct buf *out, const struct annotations *a, size_t from)
{
    layout_comma(out);
    buf_add_char(out, '{');
    layout_key(out, SPAN("id"));
    json_add_string(out, a->comment[a->row[from].comment].id);
    layout_key(out, SPAN("target"));
    json_add_string(out, a->target[a->row[from].target]);
    members_number(out, "differing", agree_dispute(a, from));
    layout_key(out, SPAN("labels"));
    buf_add_char(out, '{');
    for (size_t i = from; i < annotations_unit_end(a, from); i++) {
        layout_key(out, a->annotator[a->row[i].annotator]);
        json_add_string(out, a->label[a->row[i].label]);
    }
    buf_add_str(out, "}}");
}

static void add_disputed(struct buf *out, const struct agreement *g, size_t n_listed)
{
    size_t n, *row = agree_disputed(&g->annotations, &n);

    layout_key(out, SPAN("disputed"));
    buf_add_char(out, '{');
    members_count(out, "n", n);
    layout_key(out, SPAN("listed"));
    buf_add_char(out, '[');
    for (size_t i = 0; i < n && i < n_listed; i++)
        add_unit(out, &g->annotations, row[i]);
    buf_add_str(out, "]}");
    free(row);
}

void agreereport_json(const struct agreement *g, size_t n_listed, struct buf *out)
{
    const struct annotations *a = &g->annotations;

    buf_add_char(out, '{');
    members_strings(out, "annotators", a->annotator, a->n_annotators);
    members_count(out, "comments", g->section[0].n_comments);
    members_count(out, "units", g->section[0].n_units);
    members_count(out, "groups", g->n_groups);
    layout_key(out, SPAN("grouped_by"));
    json_add_string(out, g->grouped_by);
    members_count(out, "resamples", g->n_resamples);
    members_count(out, "seed", g->seed);
    members_strings(out, "targets", a->target, a->n_targets);
    members_strings(out, "labels", a->label, a->n_labels);
    members_strings(out, "notes", g->note, g->n_notes);
    add_sections(out, g);
    add_disputed(out, g, n_listed);
    buf_add_str(out, "}\n");
}
