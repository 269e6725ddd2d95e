/* SPDX-License-Identifier: MIT */
/*
 * sharesgroups: a curve where groups are periods, else a plot of groups per label; below it a
 * table of all groups. Of very many groups that are no periods the plot has the first.
 */
#include <math.h>
#include <stdlib.h>

#include "audit/design.h"
#include "base/mem.h"
#include "html/html.h"
#include "html/markup.h"
#include "html/sharespieces.h"
#include "html/sharesplots.h"
#include "html/sharestime.h"
#include "report/shareswords.h"

/* ---- Curves ---- */

struct curve {
    struct sharesplots_time *time;
    size_t *group; /* of each */
    size_t n;
};

static int by_index(const void *a, const void *b)
{
    const struct sharesplots_time *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

/* The groups that are periods, in their order in time; n is 0 where groups are something else. */
static struct curve curve_of(const struct shares *s)
{
    struct curve c = {0};
    int period = s->by.p != NULL ? period_named(design_field(s->by)) : -1;

    c.time = mem_array(s->n_groups, sizeof *c.time);
    c.group = mem_array(s->n_groups, sizeof *c.group);
    for (size_t g = 1; g < s->n_groups && period >= 0; g++) {
        int64_t index;
        if (sharestime_index((enum period)period, s->group[g].name, &index))
            c.time[c.n++] = (struct sharesplots_time){s->group[g].name, index};
    }
    qsort(c.time, c.n, sizeof *c.time, by_index);
    for (size_t i = 0; i < c.n; i++)
        for (size_t g = 1; g < s->n_groups; g++)
            if (span_eq(c.time[i].name, s->group[g].name))
                c.group[i] = g;
    return c;
}

static void curve_release(struct curve *c)
{
    free(c->time);
    free(c->group);
}

static struct sharesplots_point point_of(const struct share *share)
{
    if (share->refused != NULL)
        return (struct sharesplots_point){NAN, NAN, NAN};
    return (struct sharesplots_point){share->value, share->low, share->high};
}

/* Some of the labels, as many as one drawing may have. */
static void plot_some(struct sharespage *p, const struct share_target *t, const struct curve *c,
                      const size_t *label, size_t n)
{
    struct sharesplots_point *point = mem_array(n * c->n, sizeof *point);
    struct sharesplots_series series[SHARESPLOTS_SERIES];
    const char *id = html_figure(&p->page, false);

    for (size_t k = 0; k < n; k++) {
        bool fr = t->fr != NULL && t->fr[label[k]].p != NULL;
        series[k].name = fr ? t->fr[label[k]] : t->label[label[k]];
        series[k].point = &point[k * c->n];
        for (size_t i = 0; i < c->n; i++)
            point[k * c->n + i] = point_of(shareswords_share(t, c->group[i], label[k]));
    }
    sharesplots_curve(p->page.out, (struct plot_id){id, "Shares over time"},
                      shareswords_denominator(p->s), c->time, c->n, series, n);
    free(point);
    html_caption(&p->page);
    html_name(&p->page, t->id);
    html_add(&p->page, p->s->method == SHARES_COUNT
                           ? ", predicted labels counted: biased.</figcaption></figure>\n"
                           : ": each share with its interval as a band. A line is broken where a "
                             "share is not told, or a period has no comments; × on the axis: "
                             "nothing is told. Bands are of each period by itself.</figcaption>"
                             "</figure>\n");
}

/* ---- Plots of groups that are no periods ---- */

static void plot_label(struct sharespage *p, const struct share_target *t, size_t label)
{
    size_t n = p->s->n_groups - 1, shown = n < HTML_PLOT_ROWS ? n : HTML_PLOT_ROWS;
    struct sharesplots_dot *dot = mem_array(shown, sizeof *dot);
    const char *id = html_figure(&p->page, shown > PLOT_PART);
    struct buf name = {0};

    for (size_t i = 0; i < shown; i++) {
        const struct share *share = shareswords_share(t, i + 1, label);
        dot[i] = (struct sharesplots_dot){
            p->s->group[i + 1].name, share->value,   share->low, share->high,
            share->refused,          (unsigned)label};
    }
    sharesplots_dots(p->page.out, (struct plot_id){id, "Shares of one label by group"},
                     shareswords_denominator(p->s), dot, shown);
    html_caption(&p->page);
    html_name(&p->page, t->id);
    html_add(&p->page, ", ");
    shareswords_label(&name, t, label);
    html_name(&p->page, buf_span(&name));
    buf_release(&name);
    if (shown < n)
        buf_addf(p->page.out, "; only the first %zu of %zu groups", shown, n);
    html_add(&p->page, ".</figcaption></figure>\n");
    free(dot);
}

static void plot(struct sharespage *p, const struct share_target *t, const struct curve *c)
{
    size_t *label = mem_array(t->n_labels, sizeof *label), n = 0;

    for (size_t l = 0; l < t->n_labels; l++)
        if (!shareswords_outside(p->s, t, l))
            label[n++] = l;
    for (size_t from = 0; from < n && c->n > 1; from += SHARESPLOTS_SERIES)
        plot_some(p, t, c, label + from,
                  n - from < SHARESPLOTS_SERIES ? n - from : SHARESPLOTS_SERIES);
    for (size_t l = 0; l < n && c->n <= 1; l++)
        plot_label(p, t, label[l]);
    free(label);
}

/* ---- The table ---- */

/* The name, and below it what holds for all labels. */
static void add_name(struct sharespage *p, const struct share_group *g, const char *doubt)
{
    html_add(&p->page, "<tr><th scope=\"row\">");
    html_name(&p->page, g->name);
    if (g->pooled || doubt != NULL) {
        html_add(&p->page, g->pooled ? "<br><small>pooled" : "<br><small>");
        html_add(&p->page, g->pooled && doubt != NULL ? ", " : "");
        markup_text(p->page.out, span_of(doubt != NULL ? doubt : ""));
        html_add(&p->page, "</small>");
    }
    html_add(&p->page, "</th>");
}

static size_t n_shown(const struct shares *s, const struct share_target *t)
{
    size_t n = 0;

    for (size_t l = 0; l < t->n_labels; l++)
        n += !shareswords_outside(s, t, l);
    return n;
}

static void add_group(struct sharespage *p, const struct share_target *t, size_t g)
{
    const char *refused = shareswords_refused(p->s, t, g);
    const char *doubt = refused == NULL ? shareswords_doubt(p->s, t, g) : NULL;

    add_name(p, &p->s->group[g], doubt);
    html_cell_count(&p->page, p->s->group[g].population);
    if (shareswords_audited(p->s))
        html_cell_count(&p->page, t->n_labels != 0 ? shareswords_share(t, g, 0)->n_labelled : 0);
    if (refused != NULL) {
        buf_addf(p->page.out, "<td class=\"refused\" colspan=\"%zu\">", n_shown(p->s, t));
        markup_text(p->page.out, span_of(refused));
        html_add(&p->page, "</td>");
    }
    for (size_t l = 0; l < t->n_labels && refused == NULL; l++)
        if (!shareswords_outside(p->s, t, l))
            sharespieces_share(p, shareswords_share(t, g, l),
                               doubt == NULL ? shareswords_share(t, g, l)->doubt : NULL);
    html_add(&p->page, "</tr>\n");
}

static void add_table(struct sharespage *p, const struct share_target *t, bool periods)
{
    html_table(&p->page, periods ? "figures long periods" : "figures long");
    html_name(&p->page, t->id);
    html_add(&p->page, " by ");
    html_name(&p->page, shareswords_by(p->s->by));
    html_add(&p->page, ": ");
    html_add(&p->page, shareswords_denominator(p->s));
    html_add(&p->page, " of the group.");
    html_table_head(&p->page);
    html_column(&p->page, "group");
    html_column(&p->page, "comments");
    if (shareswords_audited(p->s))
        html_column(&p->page, "labelled");
    for (size_t l = 0; l < t->n_labels; l++) {
        struct buf name = {0};
        if (shareswords_outside(p->s, t, l))
            continue;
        shareswords_label(&name, t, l);
        html_add(&p->page, "<th scope=\"col\">");
        markup_name(p->page.out, buf_span(&name), 28);
        html_add(&p->page, "</th>");
        buf_release(&name);
    }
    html_add(&p->page, "</tr></thead>\n<tbody>\n");
    for (size_t g = 1; g < p->s->n_groups; g++)
        add_group(p, t, g);
    html_table_end(&p->page);
}

static void add_test(struct sharespage *p, const struct share_target *t)
{
    struct buf number = {0};

    if (isnan(t->homogeneity_p))
        return;
    shareswords_p(&number, t->homogeneity_p, true);
    html_add(&p->page, "<p>Test that the model errs alike in all groups: ");
    markup_text(p->page.out, buf_span(&number));
    html_add(&p->page, t->homogeneity_p < 0.05
                           ? ". It does not seem so: shares that are pooled may be wrong.</p>\n"
                           : ".</p>\n");
    buf_release(&number);
}

void sharespieces_groups(struct sharespage *p)
{
    struct curve c;

    if (p->s->n_groups < 2 || p->s->by.p == NULL)
        return;
    c = curve_of(p->s);
    html_add(&p->page, "<section aria-labelledby=\"groups\">\n<h2 id=\"groups\">By ");
    html_name(&p->page, shareswords_by(p->s->by));
    html_add(&p->page, "</h2>\n");
    for (size_t t = 0; t < p->s->n_targets; t++) {
        sharespieces_heading(p, &p->s->target[t]);
        plot(p, &p->s->target[t], &c);
        add_test(p, &p->s->target[t]);
        add_table(p, &p->s->target[t], c.n > 1);
    }
    sharespieces_differences(p);
    html_end(&p->page, "section");
    curve_release(&c);
}
