/* SPDX-License-Identifier: MIT */
/* sharestargets: the shares of the whole dump, and differences between groups. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "html/markup.h"
#include "html/sharespieces.h"
#include "html/sharesplots.h"
#include "report/shareswords.h"

void sharespieces_percent(struct sharespage *p, double part, int decimals)
{
    shareswords_percent(p->page.out, part, decimals);
    if (isfinite(part))
        html_add(&p->page, "\xE2\x80\xAF%");
    p->page.has_dash |= !isfinite(part);
}

static void add_small(struct sharespage *p, const char *text)
{
    html_add(&p->page, "<br><small>");
    markup_text(p->page.out, span_of(text));
    html_add(&p->page, "</small>");
}

void sharespieces_share(struct sharespage *p, const struct share *share, const char *doubt)
{
    int decimals = shareswords_decimals(share->value, share->low, share->high);

    html_add(&p->page, "<td>");
    sharespieces_percent(p, share->refused != NULL ? NAN : share->value, decimals);
    if (share->refused != NULL) {
        add_small(p, share->refused);
    } else if (isfinite(share->low) && isfinite(share->high)) {
        html_add(&p->page, "<br><small>");
        shareswords_interval(p->page.out, share->low, share->high, decimals);
        html_add(&p->page, "</small>");
    }
    if (doubt != NULL)
        add_small(p, doubt);
    html_add(&p->page, "</td>");
}

void sharespieces_heading(struct sharespage *p, const struct share_target *t)
{
    html_add(&p->page, "<h3>");
    html_name(&p->page, t->id);
    html_add(&p->page, "</h3>\n");
    if (t->statement.p == NULL)
        return;
    html_add(&p->page, "<p class=\"statement\"><q>");
    markup_text(p->page.out, t->statement);
    html_add(&p->page, "</q></p>\n");
}

/* ---- One target, the whole dump ---- */

static void add_of(struct sharespage *p, const struct share_target *t)
{
    const struct share *first = &t->share[0];

    html_add(&p->page, "<p>In percent: ");
    html_add(&p->page, shareswords_denominator(p->s));
    if (p->s->per_author)
        html_add(&p->page, ", each author counted once");
    html_add(&p->page, ".");
    if (shareswords_audited(p->s) && t->n_labels != 0) {
        html_add(&p->page, " Labelled: ");
        markup_plural(p->page.out, first->n_labelled, "comment");
        if (span_eq(span_of(shareswords_units(p->s)), SPAN("threads"))) {
            html_add(&p->page, " in ");
            markup_plural(p->page.out, first->n_units, "thread");
        }
        html_add(&p->page, ".");
    }
    if (t->n_twice != 0) {
        html_add(&p->page, " Of ");
        markup_count(p->page.out, t->n_twice);
        html_add(&p->page, " labelled twice or more, annotators agree on ");
        sharespieces_percent(p, t->percent, 0);
        html_add(&p->page, "; Krippendorff’s alpha ");
        markup_figure(p->page.out, t->alpha, 2);
        html_add(&p->page, ".");
    }
    html_add(&p->page, "</p>\n");
}

static void plot_labels(struct sharespage *p, const struct share_target *t)
{
    struct sharesplots_dot *dot = mem_array(t->n_labels, sizeof *dot);
    struct buf *name = mem_zalloc(t->n_labels, sizeof *name);
    size_t n = 0;

    for (size_t l = 0; l < t->n_labels; l++) {
        const struct share *share = shareswords_share(t, 0, l);
        if (shareswords_outside(p->s, t, l))
            continue;
        shareswords_label(&name[l], t, l);
        dot[n++] = (struct sharesplots_dot){buf_span(&name[l]), share->value,   share->low,
                                            share->high,        share->refused, (unsigned)l};
    }
    if (n != 0) {
        const char *id = html_figure(&p->page, n > PLOT_PART);
        sharesplots_dots(p->page.out, (struct plot_id){id, "Shares of labels"},
                         shareswords_denominator(p->s), dot, n);
        html_caption(&p->page);
        html_add(&p->page, p->s->method == SHARES_COUNT
                               ? "Predicted labels counted: biased, and no interval tells by how "
                                 "much.</figcaption></figure>\n"
                               : "Each share with its interval.</figcaption></figure>\n");
    }
    for (size_t l = 0; l < t->n_labels; l++)
        buf_release(&name[l]);
    free(name);
    free(dot);
}

static void add_bounds(struct sharespage *p, double low, double high, int decimals)
{
    html_add(&p->page, "<td>");
    if (isfinite(low) && isfinite(high)) {
        shareswords_interval(p->page.out, low, high, decimals);
        html_add(&p->page, "\xE2\x80\xAF%");
    } else {
        sharespieces_percent(p, NAN, 0);
    }
    html_add(&p->page, "</td>");
}

static void add_label(struct sharespage *p, const struct share_target *t, size_t label)
{
    const struct share *share = shareswords_share(t, 0, label);
    struct buf name = {0};

    shareswords_label(&name, t, label);
    html_row(&p->page, buf_span(&name));
    buf_release(&name);
    sharespieces_share(p, share, share->doubt);
    if (p->s->method == SHARES_DIFFERENCE)
        add_bounds(p, share->alone_low, share->alone_high,
                   shareswords_decimals(share->alone, share->alone_low, share->alone_high));
    if (shareswords_counted(p->s)) {
        html_add(&p->page, "<td class=\"biased\">");
        sharespieces_percent(p, share->counted,
                             shareswords_decimals(share->value, share->low, share->high));
        html_add(&p->page, "</td>");
    }
    if (shareswords_audited(p->s)) {
        html_add(&p->page, "<td>");
        markup_count(p->page.out, share->n_yes);
        html_add(&p->page, " of ");
        markup_count(p->page.out, share->n_labelled);
        html_add(&p->page, "</td>");
    }
    html_add(&p->page, "</tr>\n");
}

static void add_target(struct sharespage *p, const struct share_target *t)
{
    sharespieces_heading(p, t);
    add_of(p, t);
    plot_labels(p, t);
    html_table(&p->page, "figures");
    html_add(&p->page, "Shares in the whole dump, ");
    html_name(&p->page, t->id);
    html_add(&p->page, ": ");
    html_add(&p->page, shareswords_denominator(p->s));
    html_add(&p->page, ".");
    html_table_head(&p->page);
    html_column(&p->page, "label");
    html_column(&p->page, p->s->method != SHARES_COUNT ? "share<br><small>interval</small>"
                                                       : "share (biased)");
    if (p->s->method == SHARES_DIFFERENCE)
        html_column(&p->page, "interval by labels alone");
    if (shareswords_counted(p->s))
        html_column(&p->page, "counted (biased)");
    if (shareswords_audited(p->s))
        html_column(&p->page, "labelled so");
    html_add(&p->page, "</tr></thead>\n<tbody>\n");
    for (size_t l = 0; l < t->n_labels; l++)
        if (!shareswords_outside(p->s, t, l))
            add_label(p, t, l);
    html_table_end(&p->page);
}

void sharespieces_targets(struct sharespage *p)
{
    html_section(&p->page, "shares", "Shares in the whole dump");
    for (size_t t = 0; t < p->s->n_targets; t++)
        add_target(p, &p->s->target[t]);
    html_end(&p->page, "section");
}

/* ---- Differences ---- */

static void add_points(struct sharespage *p, double part, int decimals)
{
    shareswords_points(p->page.out, part, decimals);
    p->page.has_dash |= !isfinite(part);
}

static void add_difference(struct sharespage *p, const struct share_difference *d)
{
    const struct share_target *t = &p->s->target[d->target];
    int decimals = shareswords_decimals(NAN, d->low, d->high);
    struct buf number = {0};

    html_row(&p->page, t->label[d->label]);
    if (p->s->n_targets > 1) {
        html_add(&p->page, "<td>");
        html_name(&p->page, t->id);
        html_add(&p->page, "</td>");
    }
    html_add(&p->page, "<td>");
    markup_name(p->page.out, p->s->group[d->b].name, 40);
    html_add(&p->page, " less ");
    markup_name(p->page.out, p->s->group[d->a].name, 40);
    html_add(&p->page, "</td><td>");
    add_points(p, d->value, decimals);
    if (isfinite(d->low) && isfinite(d->high)) {
        html_add(&p->page, "<br><small>");
        add_points(p, d->low, decimals);
        html_add(&p->page, " to ");
        add_points(p, d->high, decimals);
        html_add(&p->page, "</small>");
    }
    html_add(&p->page, "</td><td>");
    shareswords_p(&number, d->p, false);
    markup_text(p->page.out, buf_span(&number));
    html_add(&p->page, "</td></tr>\n");
    buf_release(&number);
}

void sharespieces_differences(struct sharespage *p)
{
    if (p->s->n_differences == 0)
        return;
    html_table(&p->page, "figures long");
    html_add(&p->page, "Differences between groups, in points, each with its interval and the "
                       "probability of one as large where there is none. Each p stands for itself: "
                       "of twenty true nothings one is below 0.05.");
    html_table_head(&p->page);
    html_column(&p->page, "label");
    if (p->s->n_targets > 1)
        html_column(&p->page, "target");
    html_column(&p->page, "groups");
    html_column(&p->page, "points<br><small>interval</small>");
    html_column(&p->page, "p");
    html_add(&p->page, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < p->s->n_differences; i++)
        add_difference(p, &p->s->difference[i]);
    html_table_end(&p->page);
}
