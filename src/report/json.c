/* SPDX-License-Identifier: MIT */
/*
 * json: the same evaluation for programs (the form is in report.h). Keys are always there, in
 * one order; what was not measured is null.
 */
#include <math.h>
#include <stdlib.h>

#include "corpus/json.h"
#include "report/bounds.h"
#include "report/layout.h"
#include "report/members.h"
#include "report/report.h"
#include "report/risk.h"

/* ---- one system on one view ---- */

static void add_figures(const struct cell *c, bool judged, struct buf *out)
{
    members_open(out, "figures", '{');
    for (int m = 0; m < N_METRICS; m++) {
        members_open(out, metric_info[m].key, '{');
        bounds_json(out, "", c->figure[m]);
        if (!judged)
            bounds_json(out, "lead", c->lead[m]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_bounded(struct buf *out, const char *key, struct figure f)
{
    members_open(out, key, '{');
    bounds_json(out, "", f);
    buf_add_char(out, '}');
}

static void add_labels(const struct evaluation *e, const struct cell *c, struct buf *out)
{
    members_open(out, "labels", '{');
    for (uint32_t l = 0; l < e->n_labels; l++) {
        layout_key(out, e->label[l]);
        buf_add_char(out, '{');
        members_count(out, "gold", confusion_gold(&c->score.confusion, l));
        members_count(out, "predicted", confusion_predicted(&c->score.confusion, l));
        add_bounded(out, "precision", c->label[l].precision);
        add_bounded(out, "recall", c->label[l].recall);
        add_bounded(out, "f1", c->label[l].f1);
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_reliability(const struct score *s, struct buf *out)
{
    members_open(out, "reliability", '[');
    for (int b = 0; b < SCORE_BINS; b++) {
        members_open(out, NULL, '{');
        members_count(out, "n", s->bin[b].n);
        members_count(out, "right", s->bin[b].right);
        members_number(out, "p", s->bin[b].p);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_view(const struct evaluation *e, const struct view *v, struct buf *out)
{
    members_open(out, NULL, '{');
    members_string(out, "target",
                   v->target != EVALUATION_NONE ? e->target[v->target] : (struct span){NULL, 0});
    members_string(out, "field", v->field);
    members_string(out, "value", v->value);
    members_count(out, "rows", v->n_rows);
    members_count(out, "groups", v->n_groups);
    members_open(out, "systems", '[');
    for (size_t s = 0; s < e->n_systems; s++) {
        if (e->system[s].kind == EVALUATION_LEARNING)
            continue;
        members_open(out, NULL, '{');
        members_string(out, "name", e->system[s].name);
        members_string(out, "kind",
                       e->system[s].kind == EVALUATION_JUDGED ? SPAN("judged") : SPAN("baseline"));
        add_figures(&v->cell[s], s == 0, out);
        add_labels(e, &v->cell[s], out);
        members_confusion(out, &v->cell[s].score.confusion);
        add_reliability(&v->cell[s].score, out);
        buf_add_char(out, '}');
    }
    buf_add_str(out, "]}");
}

/* ---- the rest ---- */

static void add_folds(const struct evaluation *e, struct buf *out)
{
    members_open(out, "folds", '[');
    for (uint32_t f = 0; f < e->n_folds; f++) {
        members_open(out, NULL, '{');
        members_number(out, "c", e->fold[f].c);
        members_count(out, "train_rows", e->fold[f].n_train);
        members_count(out, "test_rows", e->fold[f].n_test);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_humans(const struct evaluation_humans *c, struct buf *out)
{
    layout_key(out, SPAN("humans"));
    if (c->n_annotators == 0) {
        buf_add_str(out, "null");
        return;
    }
    buf_add_char(out, '{');
    bounds_json(out, "", (struct figure){c->value, c->low, c->high});
    members_count(out, "annotators", c->n_annotators);
    members_count(out, "rows", c->n_rows);
    buf_add_char(out, '}');
}

static void add_learning(const struct summary *s, struct buf *out)
{
    members_open(out, "learning_curve", '[');
    for (size_t i = 1; i < s->e->n_systems; i++) {
        if (s->e->system[i].kind != EVALUATION_LEARNING)
            continue;
        members_open(out, NULL, '{');
        members_number(out, "part", s->e->system[i].share);
        members_count(out, "train_rows", s->e->system[i].n_train);
        add_bounded(out, "macro_f1", s->view[0].cell[i].figure[METRIC_MACRO_F1]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_risk(const struct evaluation *e, struct buf *out)
{
    enum { POINTS = 100 };
    size_t n;
    struct risk_point *p = risk_points(e, &n);

    members_number(out, "aurc", riskcurve_aurc(p, n));
    n = riskcurve_thin(p, n, POINTS);
    members_open(out, "risk_coverage", '[');
    for (size_t i = 0; i < n; i++) {
        members_open(out, NULL, '{');
        members_number(out, "coverage", p[i].coverage);
        members_number(out, "accuracy", p[i].accuracy);
        members_number(out, "threshold", p[i].threshold);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    free(p);
}

static void add_error(const struct evaluation *e, const struct evaluation_error *error,
                      struct buf *out)
{
    const struct evaluation_row *row = &e->row[error->row];

    members_open(out, NULL, '{');
    members_string(out, "id", e->id[row->comment]);
    members_string(out, "target", e->target[row->target]);
    members_string(out, "gold", e->label[row->gold]);
    members_string(out, "label", e->label[e->system[0].label[error->row]]);
    members_number(out, "p", e->system[0].p[error->row]);
    members_open(out, "ngrams", '[');
    for (uint32_t i = 0; i < error->n_reasons; i++) {
        members_open(out, NULL, '{');
        members_string(out, "ngram", error->reason[i].ngram);
        members_number(out, "product", error->reason[i].product);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    if (e->text[row->comment].p != NULL)
        members_string(out, "text", e->text[row->comment]);
    buf_add_char(out, '}');
}

void report_json(const struct summary *s, struct buf *out)
{
    static const char *const method[] = {"model", "cross-validation", "predictions"};
    const struct evaluation *e = s->e;

    buf_add_char(out, '{');
    members_string(out, "method", span_of(method[e->method]));
    members_count(out, "comments", e->n_comments);
    members_count(out, "rows", e->n_rows);
    members_count(out, "groups", e->n_groups);
    members_string(out, "grouped_by", e->grouped_by);
    members_count(out, "resamples", s->n_resamples);
    members_count(out, "seed", s->seed);
    members_number(out, "level", s->level);
    members_strings(out, "targets", e->target, e->n_targets);
    members_strings(out, "labels", e->label, e->n_labels);
    members_strings(out, "notes", e->note, e->n_notes);
    add_folds(e, out);
    add_humans(&e->humans, out);
    members_open(out, "views", '[');
    for (size_t v = 0; v < s->n_views; v++)
        add_view(e, &s->view[v], out);
    buf_add_char(out, ']');
    add_learning(s, out);
    add_risk(e, out);
    members_open(out, "errors", '[');
    for (size_t i = 0; i < e->n_errors; i++)
        add_error(e, &e->error[i], out);
    buf_add_str(out, "]}\n");
}
