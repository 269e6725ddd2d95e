/* SPDX-License-Identifier: MIT */
/* figures: slices, probabilities, the learning curve: a plot and its numbers each. */
#include "html/pieces.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "html/markup.h"
#include "report/risk.h"

/* ---- Slices ---- */

static bool is_slice(const struct view *v, struct span field)
{
    return v->field.p != NULL && v->target == EVALUATION_NONE && span_eq(v->field, field);
}

static void plot_slices(struct html_page *p, struct span field)
{
    struct plot_dot *dot = mem_array(p->s->n_views, sizeof *dot);
    struct plot_line all = {"all", p->s->view[0].cell[0].figure[METRIC_MACRO_F1]};
    struct buf title = {0};
    size_t n = 0;
    const char *id;

    all.figure.low = all.figure.high = NAN;
    for (size_t i = 0; i < p->s->n_views; i++) {
        const struct view *v = &p->s->view[i];
        if (is_slice(v, field) && html_measured(v) != 0)
            dot[n++] = (struct plot_dot){v->value, html_measured(v),
                                         v->cell[0].figure[METRIC_MACRO_F1], true};
    }
    id = html_figure(p, n > PLOT_PART);
    buf_add_str(&title, "macro-F1 by ");
    buf_add_span(&title, field);
    plot_dots(p->out, (struct plot_id){id, buf_str(&title)}, "macro-F1", dot, n, &all);
    html_caption(p);
    html_add(p, "macro-F1 of the comments with each value of <i>");
    html_name(p, field);
    html_add(p, "</i>, with the number of labels. Dashed: all of them. The more slices there are, "
                "the more of them are far from it by chance; and where a slice lacks a label, its "
                "mean is of fewer labels. A slice of one group has no interval. All figures of "
                "slices, and of each target within them, "
                "are in figures.tsv.</figcaption></figure>\n");
    free(dot);
    buf_release(&title);
}

void html_slices(struct html_page *p)
{
    bool open = false;

    for (size_t i = 0; i < p->s->n_views; i++) {
        const struct view *v = &p->s->view[i];
        if (v->field.p == NULL ||
            (p->s->view[i - 1].field.p != NULL && span_eq(v->field, p->s->view[i - 1].field)))
            continue;
        if (!open)
            html_section(p, "slices", "Parts of the comments");
        open = true;
        html_add(p, "<h3>By ");
        html_name(p, v->field);
        html_add(p, "</h3>\n");
        plot_slices(p, v->field);
    }
    if (open)
        html_end(p, "section");
}

/* ---- Probabilities ---- */

static void add_bins(struct html_page *p, const struct score_bin *bin)
{
    html_table(p, "figures");
    html_add(p, "The same in numbers.");
    html_table_head(p);
    html_column(p, "probability");
    html_column(p, "labels");
    html_column(p, "its mean");
    html_column(p, "right");
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (int k = 0; k < SCORE_BINS; k++) {
        struct figure right = plot_wilson(bin[k].right, bin[k].n);
        if (bin[k].n == 0)
            continue;
        html_add(p, "<tr><th scope=\"row\">");
        markup_interval(p->out, (double)k / SCORE_BINS, (double)(k + 1) / SCORE_BINS, 1);
        html_add(p, "</th>");
        html_cell_count(p, bin[k].n);
        html_cell_figure(p, &(struct figure){bin[k].p / (double)bin[k].n, NAN, NAN}, 3);
        html_cell_figure(p, &right, 3);
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

static void add_reliability(struct html_page *p)
{
    const struct cell *c = &p->s->view[0].cell[0];
    const char *id;

    html_add(p, "<div class=\"pair\">\n");
    id = html_figure(p, false);
    plot_reliability(p->out, (struct plot_id){id, "Reliability of the probabilities"},
                     c->score.bin);
    html_caption(p);
    html_add(p, "Is a label that comes with a probability of 0.8 right 8 times in 10? On the "
                "dashed line it is; points below are too sure, points above too modest. Dots: the "
                "share right of each bin at its mean probability; bars below: how many labels. "
                "The mean distance, weighted by labels, is the ECE: ");
    html_say(p, &c->figure[METRIC_ECE]);
    html_add(p, ". Lines are Wilson’s intervals, 95 %, which take each label as independent of "
                "the others: with few groups they are too short.</figcaption></figure>\n");
    add_bins(p, c->score.bin);
    html_add(p, "</div>\n");
}

static void add_marks(struct html_page *p, const struct risk_point *mark, size_t n, uint64_t n_rows)
{
    html_table(p, "figures");
    html_add(p, "The points marked: who keeps labels of at least this probability keeps so many "
                "of them, and so many of those are right.");
    html_table_head(p);
    html_column(p, "kept");
    html_column(p, "labels");
    html_column(p, "from p");
    html_column(p, "accuracy");
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < n; i++) {
        html_add(p, "<tr><th scope=\"row\">");
        markup_percent(p->out, mark[i].coverage, 0);
        html_add(p, "</th>");
        html_cell_count(p, (uint64_t)llround(mark[i].coverage * (double)n_rows));
        html_cell_figure(p, &(struct figure){mark[i].threshold, NAN, NAN}, 3);
        html_cell_figure(p, &(struct figure){mark[i].accuracy, NAN, NAN}, 3);
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

/* The first points that cover 100, 80 and 50 %; of equal ones one. How many. */
static size_t find_marks(const struct risk_point *point, size_t n, struct risk_point *mark)
{
    static const double share[] = {1, .8, .5};
    double before = INFINITY;
    size_t n_marks = 0;

    for (int k = 0; k < 3; k++) {
        size_t i = 0;
        while (i + 1 < n && point[i].coverage < share[k] - 1e-9)
            i++;
        if (point[i].coverage < before)
            mark[n_marks++] = point[i];
        before = point[i].coverage;
    }
    return n_marks;
}

static void add_risk(struct html_page *p, uint64_t n_rows)
{
    enum { FEWEST = 20, POINTS = 200 };
    size_t n, first = 0, n_marks;
    struct risk_point *point = risk_points(p->e, &n), mark[3];
    const char *id;

    n_marks = n != 0 ? find_marks(point, n, mark) : 0;
    n = riskcurve_thin(point, n, POINTS);
    while (first + 1 < n && point[first].coverage * (double)n_rows < FEWEST)
        first++;
    if (n - first > 1) {
        html_add(p, "<div class=\"pair\">\n");
        id = html_figure(p, false);
        plot_risk(p->out, (struct plot_id){id, "Accuracy of the labels kept"}, point + first,
                  n - first, mark, n_marks);
        html_caption(p);
        buf_addf(p->out,
                 "What is gained by keeping only the labels that the machine is surest of: from "
                 "right to left fewer are kept, and more of them are right, as far as its "
                 "probabilities can tell right from wrong. Fewer than %d labels are not drawn.",
                 FEWEST);
        html_add(p, "</figcaption></figure>\n");
        add_marks(p, mark, n_marks, n_rows);
        html_add(p, "</div>\n");
    }
    free(point);
}

void html_probabilities(struct html_page *p)
{
    const struct score_bin *bin = p->s->view[0].cell[0].score.bin;
    uint64_t n = 0;

    for (int k = 0; k < SCORE_BINS; k++)
        n += bin[k].n;
    if (n == 0)
        return;
    html_section(p, "probabilities", "The probabilities");
    add_reliability(p);
    add_risk(p, n);
    html_end(p, "section");
}

/* ---- Learning ---- */

static int by_training(const void *a, const void *b)
{
    const struct plot_learning *x = a, *y = b;
    return (x->n_train > y->n_train) - (x->n_train < y->n_train);
}

/* Mean training labels of the judged system itself, 0 where it is not known. */
static double trained_on(const struct evaluation *e)
{
    double sum = 0;

    for (uint32_t f = 0; f < e->n_folds; f++)
        sum += (double)e->fold[f].n_train;
    return e->n_folds != 0 ? sum / e->n_folds : 0;
}

static struct plot_learning *learning_points(const struct html_page *p, size_t *n)
{
    struct plot_learning *point = mem_array(p->e->n_systems + 1, sizeof *point);
    const struct cell *cell = p->s->view[0].cell;

    *n = 0;
    for (size_t s = 0; s < p->e->n_systems; s++) {
        const struct evaluation_system *y = &p->e->system[s];
        if (y->kind == EVALUATION_LEARNING && cell[s].measured && y->n_train != 0 &&
            isfinite(cell[s].figure[METRIC_MACRO_F1].value))
            point[(*n)++] =
                (struct plot_learning){(double)y->n_train, cell[s].figure[METRIC_MACRO_F1]};
    }
    if (*n != 0 && trained_on(p->e) > 0 && isfinite(cell[0].figure[METRIC_MACRO_F1].value))
        point[(*n)++] = (struct plot_learning){trained_on(p->e), cell[0].figure[METRIC_MACRO_F1]};
    qsort(point, *n, sizeof *point, by_training);
    return point;
}

static void add_learning_table(struct html_page *p, const struct plot_learning *point, size_t n)
{
    html_table(p, "figures");
    html_add(p, "The same in numbers.");
    html_table_head(p);
    html_column(p, "training labels");
    html_column(p, "macro-F1");
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < n; i++) {
        html_add(p, "<tr><th scope=\"row\">");
        markup_count(p->out, (uint64_t)llround(point[i].n_train));
        html_add(p, "</th>");
        html_cell_figure(p, &point[i].figure, 3);
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

void html_learning(struct html_page *p)
{
    size_t n;
    struct plot_learning *point = learning_points(p, &n);
    const char *id;

    if (n > 1) {
        html_section(p, "learning", "Would more training comments help?");
        html_add(p, "<div class=\"pair\">\n");
        id = html_figure(p, false);
        plot_learning(p->out, (struct plot_id){id, "Learning curve"}, "macro-F1", point, n);
        html_caption(p);
        html_add(p, "The same machine trained on a part of each fold’s training groups, and judged "
                    "on the same comments as the whole. A curve that still rises at its right "
                    "end promises more from more labelled comments; one that has gone flat does "
                    "not.</figcaption></figure>\n");
        add_learning_table(p, point, n);
        html_add(p, "</div>\n");
        html_end(p, "section");
    }
    free(point);
}
