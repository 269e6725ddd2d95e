/* SPDX-License-Identifier: MIT */
/*
 * targets: label by label, for all targets together and for each. Shares in a table of
 * confusion are of its rows: what became of the comments that people gave one label.
 */
#include "html/pieces.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "html/html.h"
#include "html/markup.h"

enum {
    COLUMN = 14, /* characters of a label above a column */
    MANY = 7     /* labels from which a table of confusion is set close */
};

/* ---- One view, label by label ---- */

static void add_label_rows(struct html_page *p, const struct view *v)
{
    const struct cell *c = &v->cell[0];
    const struct confusion *k = &c->score.confusion;
    uint32_t *use = mem_array(k->n_labels, sizeof *use), n = confusion_occurring(k, use);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t l = use[i];
        html_row(p, p->e->label[l]);
        html_cell_count(p, confusion_gold(k, l));
        html_cell_count(p, confusion_predicted(k, l));
        html_cell_figure(p, &c->label[l].precision, 3);
        html_cell_figure(p, &c->label[l].recall, 3);
        html_cell_figure(p, &c->label[l].f1, 3);
        html_add(p, "</tr>\n");
    }
    free(use);
}

/* Of what a table is: "all targets together", or the name of one. */
static void add_of(struct html_page *p, const struct view *v)
{
    if (v->target == EVALUATION_NONE && p->e->n_targets > 1)
        html_add(p, ", all targets together");
    else if (v->target != EVALUATION_NONE) {
        html_add(p, ", ");
        html_name(p, p->e->target[v->target]);
    }
}

static void add_labels(struct html_page *p, const struct view *v)
{
    html_table(p, "figures");
    html_add(p, "Label by label");
    add_of(p, v);
    html_add(p, ".");
    html_table_head(p);
    html_column(p, "label");
    html_column(p, "gold");
    html_column(p, "given");
    html_column(p, "precision");
    html_column(p, "recall");
    html_column(p, "F1");
    html_add(p, "</tr></thead>\n<tbody>\n");
    add_label_rows(p, v);
    html_table_end(p);
}

/* The count, the share of its row, a shade in tenths. */
static void add_count(struct html_page *p, uint64_t n, uint64_t of, bool right)
{
    double share = of != 0 ? (double)n / (double)of : NAN;

    buf_addf(p->out, "<td class=\"w%d%s\">", of != 0 ? (int)(share * 10) : 0, right ? " hit" : "");
    markup_count(p->out, n);
    html_add(p, "<br><small>");
    markup_percent(p->out, share, 0);
    html_add(p, "</small></td>");
    p->has_dash |= of == 0;
}

static void add_confusion(struct html_page *p, const struct view *v)
{
    const struct confusion *k = &v->cell[0].score.confusion;
    uint32_t *use = mem_array(k->n_labels, sizeof *use), n = confusion_occurring(k, use);

    html_table(p, n > MANY ? "confusion dense" : "confusion");
    html_add(p, "Rows: the gold label; columns: the label given");
    add_of(p, v);
    html_add(p, ". Counts and shares of their row; darker is more; framed: right.");
    html_table_head(p);
    html_column(p, "gold");
    for (uint32_t i = 0; i < n; i++) {
        html_add(p, "<th scope=\"col\">");
        markup_name(p->out, p->e->label[use[i]], COLUMN);
        html_add(p, "</th>");
    }
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_row(p, p->e->label[use[i]]);
        for (uint32_t j = 0; j < n; j++)
            add_count(p, k->count[(size_t)use[i] * k->n_labels + use[j]], confusion_gold(k, use[i]),
                      i == j);
        html_add(p, "</tr>\n");
    }
    free(use);
    html_table_end(p);
}

void html_labels(struct html_page *p)
{
    if (html_measured(&p->s->view[0]) == 0)
        return;
    html_section(p, "labels",
                 p->e->n_targets > 1 ? "Label by label, all targets together" : "Label by label");
    add_labels(p, &p->s->view[0]);
    add_confusion(p, &p->s->view[0]);
    html_end(p, "section");
}

/* ---- One plot of targets ---- */

static bool is_target(const struct view *v)
{
    return v->field.p == NULL && v->target != EVALUATION_NONE;
}

static int by_labels(const void *a, const void *b)
{
    const struct view *x = *(const struct view *const *)a, *y = *(const struct view *const *)b;
    if (x->n_rows != y->n_rows)
        return x->n_rows > y->n_rows ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

/* Falling figures; undefined ones last. */
static int by_figure(const void *a, const void *b)
{
    const struct view *x = *(const struct view *const *)a, *y = *(const struct view *const *)b;
    double fx = x->cell[0].figure[METRIC_MACRO_F1].value;
    double fy = y->cell[0].figure[METRIC_MACRO_F1].value;
    if (isnan(fx) != isnan(fy))
        return isnan(fx) ? 1 : -1;
    if (!isnan(fx) && fx != fy)
        return fx > fy ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

/* Views of targets that have figures; owned by the caller. */
static const struct view **target_views(const struct html_page *p, size_t *n)
{
    const struct view **v = mem_array(p->s->n_views, sizeof *v);

    *n = 0;
    for (size_t i = 0; i < p->s->n_views; i++)
        if (is_target(&p->s->view[i]) && html_measured(&p->s->view[i]) != 0)
            v[(*n)++] = &p->s->view[i];
    return v;
}

static void plot_targets(struct html_page *p, const struct view **v, size_t n)
{
    size_t shown = n < HTML_PLOT_ROWS ? n : HTML_PLOT_ROWS;
    struct plot_dot *dot = mem_array(shown, sizeof *dot);
    struct plot_line all = {"together", p->s->view[0].cell[0].figure[METRIC_MACRO_F1]};
    const char *id = html_figure(p, shown > PLOT_PART);

    all.figure.low = all.figure.high = NAN;
    qsort(v, n, sizeof(const struct view *), by_labels);
    qsort(v, shown, sizeof(const struct view *), by_figure);
    for (size_t i = 0; i < shown; i++)
        dot[i] = (struct plot_dot){p->e->target[v[i]->target], html_measured(v[i]),
                                   v[i]->cell[0].figure[METRIC_MACRO_F1], true};
    plot_dots(p->out, (struct plot_id){id, "macro-F1 of each target"}, "macro-F1", dot, shown,
              &all);
    html_caption(p);
    html_add(p, "The targets, best first, with the number of labels of each");
    if (shown < n)
        buf_addf(p->out, "; only the %zu of %zu that have the most labels", shown, n);
    html_add(p, ". Dashed: the labels of all targets together. Where intervals are wide, "
                "differences between targets may be nothing but chance; and where a target lacks "
                "a label, its mean is of fewer labels.</figcaption></figure>\n");
    free(dot);
}

/* ---- A section per target, or a table of many ---- */

static void add_systems(struct html_page *p, const struct view *v)
{
    static const enum metric of[] = {METRIC_MACRO_F1, METRIC_F_AVG, METRIC_ACCURACY};
    enum { N = sizeof of / sizeof of[0] };

    html_table(p, "figures");
    html_add(p, "The systems");
    add_of(p, v);
    html_add(p, ".");
    html_table_head(p);
    html_column(p, "system");
    for (int k = 0; k < N; k++)
        if (html_has_metric(p, v, of[k]))
            html_column(p, metric_info[of[k]].name);
    html_column(p, "lead in macro-F1");
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (size_t s = 0; s < p->e->n_systems; s++) {
        if (!html_shown(p, v, s))
            continue;
        html_row(p, p->e->system[s].name);
        for (int k = 0; k < N; k++)
            if (html_has_metric(p, v, of[k]))
                html_cell_figure(p, &v->cell[s].figure[of[k]], 3);
        if (s != 0)
            html_cell_figure(p, &v->cell[s].lead[METRIC_MACRO_F1], 3);
        else
            html_add(p, "<td></td>");
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

static void add_target(struct html_page *p, const struct view *v)
{
    html_add(p, "<h3>");
    html_name(p, p->e->target[v->target]);
    html_add(p, "</h3>\n<p>");
    markup_plural(p->out, html_measured(v), "label");
    html_add(p, " in ");
    markup_plural(p->out, v->n_groups, "group");
    html_add(p, ".</p>\n");
    add_systems(p, v);
    add_labels(p, v);
    add_confusion(p, v);
}

/* The baseline that knows the target best, where there is one. */
static size_t baseline(const struct evaluation *e)
{
    for (size_t s = 1; s < e->n_systems; s++)
        if (e->system[s].kind == EVALUATION_BASELINE)
            return s;
    return 0;
}

static void add_many(struct html_page *p)
{
    size_t base = baseline(p->e);

    html_table(p, "figures long");
    html_add(p, "Every target, by name. Figures of the labels of each are in figures.tsv, tables "
                "of confusion in figures.json.");
    html_table_head(p);
    html_column(p, "target");
    html_column(p, "labels");
    html_column(p, "macro-F1");
    html_column(p, "accuracy");
    if (base != 0) {
        html_add(p, "<th scope=\"col\">macro-F1 of ");
        html_name(p, p->e->system[base].name);
        html_add(p, "</th>");
    }
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < p->s->n_views; i++) {
        const struct view *v = &p->s->view[i];
        if (!is_target(v))
            continue;
        html_row(p, p->e->target[v->target]);
        html_cell_count(p, html_measured(v));
        html_cell_figure(p, &v->cell[0].figure[METRIC_MACRO_F1], 3);
        html_cell_figure(p, &v->cell[0].figure[METRIC_ACCURACY], 3);
        if (base != 0)
            html_cell_figure(p, &v->cell[base].figure[METRIC_MACRO_F1], 3);
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

void html_targets(struct html_page *p)
{
    size_t n;
    const struct view **v = target_views(p, &n);

    if (n > 1) {
        html_section(p, "targets", "Target by target");
        plot_targets(p, v, n);
        if (n > HTML_MANY_TARGETS)
            add_many(p);
        else
            for (size_t i = 0; i < p->s->n_views; i++)
                if (is_target(&p->s->view[i]) && html_measured(&p->s->view[i]) != 0)
                    add_target(p, &p->s->view[i]);
        html_end(p, "section");
    }
    free(v);
}
