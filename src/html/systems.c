/* SPDX-License-Identifier: MIT */
/*
 * systems: the judged system beside what it is compared with. Leads are shown with
 * intervals of their own: those of two figures may overlap where the difference is sure,
 * because both are measured on the same comments.
 */
#include "html/pieces.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "html/markup.h"

static struct plot_line line_of_humans(const struct evaluation *e, enum metric m)
{
    const struct evaluation_humans *c = &e->humans;

    if (m != METRIC_MACRO_F1 || c->n_annotators < 2)
        return (struct plot_line){0};
    return (struct plot_line){"human agreement", {c->value, c->low, c->high}};
}

static void plot_metric(struct html_page *p, const char *id, enum metric m)
{
    const struct view *v = &p->s->view[0];
    struct plot_dot *dot = mem_array(p->e->n_systems, sizeof *dot);
    struct plot_line line = line_of_humans(p->e, m);
    struct buf title = {0};
    size_t n = 0;

    for (size_t s = 0; s < p->e->n_systems; s++)
        if (html_shown(p, v, s))
            dot[n++] = (struct plot_dot){p->e->system[s].name, 0, v->cell[s].figure[m], s == 0};
    buf_addf(&title, "%s of each system", metric_info[m].name);
    plot_dots(p->out, (struct plot_id){id, buf_str(&title)}, metric_info[m].name, dot, n, &line);
    free(dot);
    buf_release(&title);
}

static void add_figure(struct html_page *p, bool alone)
{
    const char *id = html_figure(p, false);
    struct buf second = {0};

    buf_addf(&second, "%s-f-avg", id);
    plot_metric(p, id, METRIC_MACRO_F1);
    if (html_has_metric(p, &p->s->view[0], METRIC_F_AVG))
        plot_metric(p, buf_str(&second), METRIC_F_AVG);
    html_caption(p);
    html_add(p, alone ? "How good the labels are: the filled dot"
                      : "How good the labels are, beside what needs no machine or less of one. "
                        "Filled dot: what is judged; hollow diamonds: what it is compared with");
    if (p->s->n_resamples != 0) {
        html_add(p, "; lines: ");
        markup_percent(p->out, p->s->level, 0);
        html_add(p, " intervals");
    }
    html_add(p, p->e->n_targets > 1 ? ". All labels of all targets are counted together." : ".");
    if (p->e->humans.n_annotators >= 2)
        html_add(p, " Dashed: how well one annotator’s labels agree with another’s; a machine "
                    "that is told what one of them said cannot be expected to be much above it.");
    html_add(p, "</figcaption></figure>\n");
    buf_release(&second);
}

static void add_columns(struct html_page *p, const struct view *v)
{
    for (size_t s = 0; s < p->e->n_systems; s++) {
        if (!html_shown(p, v, s))
            continue;
        html_add(p, "<th scope=\"col\">");
        html_name(p, p->e->system[s].name);
        html_add(p, "</th>");
    }
}

static void add_metrics(struct html_page *p)
{
    const struct view *v = &p->s->view[0];

    html_table(p, "figures");
    html_add(p, "Every figure of every system");
    html_add(p, p->s->n_resamples != 0 ? ", its interval below it." : ".");
    html_add(p, " Higher is better");
    if (html_has_metric(p, v, METRIC_ECE) || html_has_metric(p, v, METRIC_BRIER))
        html_add(p, ", but for those marked ↓");
    html_add(p, ". What they mean is said at the end.");
    html_table_head(p);
    html_column(p, "figure");
    add_columns(p, v);
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (int m = 0; m < N_METRICS; m++) {
        if (!html_has_metric(p, v, (enum metric)m))
            continue;
        buf_addf(p->out, "<tr><th scope=\"row\">%s%s</th>", metric_info[m].name,
                 metric_info[m].lower_is_better ? " ↓" : "");
        for (size_t s = 0; s < p->e->n_systems; s++)
            if (html_shown(p, v, s))
                html_cell_figure(p, &v->cell[s].figure[m], 3);
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

static void add_leads(struct html_page *p)
{
    static const enum metric of[] = {METRIC_MACRO_F1, METRIC_F_AVG, METRIC_ACCURACY};
    enum { N = sizeof of / sizeof of[0] };
    const struct view *v = &p->s->view[0];

    html_table(p, "figures");
    html_add(p, "How far <i>");
    html_name(p, p->e->system[0].name);
    html_add(p, "</i> is ahead of each. The intervals are of the difference itself, both measured "
                "on the same resamples: where 0 is inside, the order is not settled.");
    html_table_head(p);
    html_column(p, "ahead of");
    for (int k = 0; k < N; k++)
        if (html_has_metric(p, v, of[k]))
            html_column(p, metric_info[of[k]].name);
    html_add(p, "</tr></thead>\n<tbody>\n");
    for (size_t s = 1; s < p->e->n_systems; s++) {
        if (!html_shown(p, v, s))
            continue;
        html_row(p, p->e->system[s].name);
        for (int k = 0; k < N; k++)
            if (html_has_metric(p, v, of[k]))
                html_cell_figure(p, &v->cell[s].lead[of[k]], 3);
        html_add(p, "</tr>\n");
    }
    html_table_end(p);
}

void html_systems(struct html_page *p)
{
    size_t n = 0;

    for (size_t s = 0; s < p->e->n_systems; s++)
        n += html_shown(p, &p->s->view[0], s);
    html_section(p, "systems", "The figures, and what they are held against");
    if (n > 1 || p->s->n_resamples != 0 || p->e->humans.n_annotators >= 2)
        add_figure(p, n == 1);
    add_metrics(p);
    if (n > 1)
        add_leads(p);
    html_end(p, "section");
}
