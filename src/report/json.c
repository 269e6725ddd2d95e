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
#include "report/report.h"
#include "report/risk.h"

static void add_count(struct buf *out, const char *key, uint64_t n)
{
    layout_key(out, span_of(key));
    buf_addf(out, "%llu", (unsigned long long)n);
}

static void add_number(struct buf *out, const char *key, double value)
{
    layout_key(out, span_of(key));
    layout_json_f64(out, value);
}

static void add_string(struct buf *out, const char *key, struct span s)
{
    layout_key(out, span_of(key));
    if (s.p != NULL)
        json_add_string(out, s);
    else
        buf_add_str(out, "null");
}

/* Opens "key": [ or {, or the next object of an array (key NULL). */
static void open_with(struct buf *out, const char *key, char bracket)
{
    if (key != NULL)
        layout_key(out, span_of(key));
    else
        layout_comma(out);
    buf_add_char(out, bracket);
}

static void add_strings(struct buf *out, const char *key, const struct span *s, size_t n)
{
    open_with(out, key, '[');
    for (size_t i = 0; i < n; i++) {
        layout_comma(out);
        json_add_string(out, s[i]);
    }
    buf_add_char(out, ']');
}

/* ---- one system on one view ---- */

static void add_figures(const struct cell *c, bool judged, struct buf *out)
{
    open_with(out, "figures", '{');
    for (int m = 0; m < N_METRICS; m++) {
        open_with(out, metric_info[m].key, '{');
        bounds_json(out, "", c->figure[m]);
        if (!judged)
            bounds_json(out, "lead", c->lead[m]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_bounded(struct buf *out, const char *key, struct figure f)
{
    open_with(out, key, '{');
    bounds_json(out, "", f);
    buf_add_char(out, '}');
}

static void add_labels(const struct evaluation *e, const struct cell *c, struct buf *out)
{
    open_with(out, "labels", '{');
    for (uint32_t l = 0; l < e->n_labels; l++) {
        layout_key(out, e->label[l]);
        buf_add_char(out, '{');
        add_count(out, "gold", confusion_gold(&c->score.confusion, l));
        add_count(out, "predicted", confusion_predicted(&c->score.confusion, l));
        add_bounded(out, "precision", c->label[l].precision);
        add_bounded(out, "recall", c->label[l].recall);
        add_bounded(out, "f1", c->label[l].f1);
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_confusion(const struct confusion *c, struct buf *out)
{
    open_with(out, "confusion", '[');
    for (uint32_t i = 0; i < c->n_labels; i++) {
        open_with(out, NULL, '[');
        for (uint32_t j = 0; j < c->n_labels; j++) {
            layout_comma(out);
            buf_addf(out, "%llu", (unsigned long long)c->count[(size_t)i * c->n_labels + j]);
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, ']');
}

static void add_reliability(const struct score *s, struct buf *out)
{
    open_with(out, "reliability", '[');
    for (int b = 0; b < SCORE_BINS; b++) {
        open_with(out, NULL, '{');
        add_count(out, "n", s->bin[b].n);
        add_count(out, "right", s->bin[b].right);
        add_number(out, "p", s->bin[b].p);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_view(const struct evaluation *e, const struct view *v, struct buf *out)
{
    open_with(out, NULL, '{');
    add_string(out, "target",
               v->target != EVALUATION_NONE ? e->target[v->target] : (struct span){NULL, 0});
    add_string(out, "field", v->field);
    add_string(out, "value", v->value);
    add_count(out, "rows", v->n_rows);
    add_count(out, "groups", v->n_groups);
    open_with(out, "systems", '[');
    for (size_t s = 0; s < e->n_systems; s++) {
        if (e->system[s].kind == EVALUATION_LEARNING)
            continue;
        open_with(out, NULL, '{');
        add_string(out, "name", e->system[s].name);
        add_string(out, "kind",
                   e->system[s].kind == EVALUATION_JUDGED ? SPAN("judged") : SPAN("baseline"));
        add_figures(&v->cell[s], s == 0, out);
        add_labels(e, &v->cell[s], out);
        add_confusion(&v->cell[s].score.confusion, out);
        add_reliability(&v->cell[s].score, out);
        buf_add_char(out, '}');
    }
    buf_add_str(out, "]}");
}

/* ---- the rest ---- */

static void add_folds(const struct evaluation *e, struct buf *out)
{
    open_with(out, "folds", '[');
    for (uint32_t f = 0; f < e->n_folds; f++) {
        open_with(out, NULL, '{');
        add_number(out, "c", e->fold[f].c);
        add_count(out, "train_rows", e->fold[f].n_train);
        add_count(out, "test_rows", e->fold[f].n_test);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_ceiling(const struct evaluation_ceiling *c, struct buf *out)
{
    layout_key(out, SPAN("ceiling"));
    if (c->n_annotators == 0) {
        buf_add_str(out, "null");
        return;
    }
    buf_add_char(out, '{');
    bounds_json(out, "", (struct figure){c->value, c->low, c->high});
    add_count(out, "annotators", c->n_annotators);
    add_count(out, "rows", c->n_rows);
    buf_add_char(out, '}');
}

static void add_learning(const struct summary *s, struct buf *out)
{
    open_with(out, "learning_curve", '[');
    for (size_t i = 1; i < s->e->n_systems; i++) {
        if (s->e->system[i].kind != EVALUATION_LEARNING)
            continue;
        open_with(out, NULL, '{');
        add_number(out, "part", s->e->system[i].share);
        add_count(out, "train_rows", s->e->system[i].n_train);
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

    add_number(out, "aurc", riskcurve_aurc(p, n));
    n = riskcurve_thin(p, n, POINTS);
    open_with(out, "risk_coverage", '[');
    for (size_t i = 0; i < n; i++) {
        open_with(out, NULL, '{');
        add_number(out, "coverage", p[i].coverage);
        add_number(out, "accuracy", p[i].accuracy);
        add_number(out, "threshold", p[i].threshold);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    free(p);
}

static void add_error(const struct evaluation *e, const struct evaluation_error *error,
                      struct buf *out)
{
    const struct evaluation_row *row = &e->row[error->row];

    open_with(out, NULL, '{');
    add_string(out, "id", e->id[row->comment]);
    add_string(out, "target", e->target[row->target]);
    add_string(out, "gold", e->label[row->gold]);
    add_string(out, "label", e->label[e->system[0].label[error->row]]);
    add_number(out, "p", e->system[0].p[error->row]);
    open_with(out, "ngrams", '[');
    for (uint32_t i = 0; i < error->n_reasons; i++) {
        open_with(out, NULL, '{');
        add_string(out, "ngram", error->reason[i].ngram);
        add_number(out, "product", error->reason[i].product);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    if (e->text[row->comment].p != NULL)
        add_string(out, "text", e->text[row->comment]);
    buf_add_char(out, '}');
}

void report_json(const struct summary *s, struct buf *out)
{
    static const char *const method[] = {"model", "cross-validation", "predictions"};
    const struct evaluation *e = s->e;

    buf_add_char(out, '{');
    add_string(out, "method", span_of(method[e->method]));
    add_count(out, "comments", e->n_comments);
    add_count(out, "rows", e->n_rows);
    add_count(out, "groups", e->n_groups);
    add_string(out, "grouped_by", e->grouped_by);
    add_count(out, "resamples", s->n_resamples);
    add_count(out, "seed", s->seed);
    add_number(out, "level", s->level);
    add_strings(out, "targets", e->target, e->n_targets);
    add_strings(out, "labels", e->label, e->n_labels);
    add_strings(out, "notes", e->note, e->n_notes);
    add_folds(e, out);
    add_ceiling(&e->ceiling, out);
    open_with(out, "views", '[');
    for (size_t v = 0; v < s->n_views; v++)
        add_view(e, &s->view[v], out);
    buf_add_char(out, ']');
    add_learning(s, out);
    add_risk(e, out);
    open_with(out, "errors", '[');
    for (size_t i = 0; i < e->n_errors; i++)
        add_error(e, &e->error[i], out);
    buf_add_str(out, "]}\n");
}
