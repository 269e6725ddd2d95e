/* SPDX-License-Identifier: MIT */
/* pieces: see pieces.h. */
#include "html/pieces.h"

#include <math.h>
#include <stdio.h>

#include "html/markup.h"

void html_add(struct html_page *p, const char *s)
{
    buf_add_str(p->out, s);
}

void html_name(struct html_page *p, struct span s)
{
    markup_name(p->out, s, HTML_NAME);
}

void html_section(struct html_page *p, const char *id, const char *title)
{
    buf_addf(p->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, title);
}

void html_end(struct html_page *p, const char *tag)
{
    buf_addf(p->out, "</%s>\n", tag);
}

const char *html_figure(struct html_page *p, bool breaks)
{
    snprintf(p->id, sizeof p->id, "figure-%u", ++p->n_figures);
    buf_addf(p->out, "<figure id=\"%s\"%s>\n", p->id, breaks ? " class=\"long\"" : "");
    snprintf(p->id, sizeof p->id, "plot-%u", p->n_figures);
    return p->id;
}

void html_caption(struct html_page *p)
{
    buf_addf(p->out, "<figcaption><b>Figure %u.</b> ", p->n_figures);
}

void html_table(struct html_page *p, const char *class)
{
    buf_addf(
        p->out,
        "<div class=\"scroll\" tabindex=\"0\"><table class=\"%s\">\n<caption><b>Table %u.</b> ",
        class, ++p->n_tables);
}

void html_table_head(struct html_page *p)
{
    html_add(p, "</caption>\n<thead><tr>");
}

void html_table_end(struct html_page *p)
{
    html_add(p, "</tbody></table></div>\n");
}

void html_column(struct html_page *p, const char *title)
{
    buf_addf(p->out, "<th scope=\"col\">%s</th>", title);
}

void html_row(struct html_page *p, struct span name)
{
    html_add(p, "<tr><th scope=\"row\">");
    html_name(p, name);
    html_add(p, "</th>");
}

void html_cell_count(struct html_page *p, uint64_t n)
{
    html_add(p, "<td>");
    markup_count(p->out, n);
    html_add(p, "</td>");
}

void html_cell_figure(struct html_page *p, const struct figure *f, int decimals)
{
    html_add(p, "<td>");
    markup_figure(p->out, f->value, decimals);
    if (isfinite(f->low) && isfinite(f->high)) {
        html_add(p, "<br><small>");
        markup_interval(p->out, f->low, f->high, decimals);
        html_add(p, "</small>");
    }
    html_add(p, "</td>");
    p->has_dash |= !isfinite(f->value);
}

void html_say(struct html_page *p, const struct figure *f)
{
    markup_figure(p->out, f->value, 2);
    if (!isfinite(f->low) || !isfinite(f->high))
        return;
    html_add(p, " (");
    markup_percent(p->out, p->s->level, 0);
    html_add(p, " interval ");
    markup_interval(p->out, f->low, f->high, 2);
    html_add(p, ")");
}

bool html_shown(const struct html_page *p, const struct view *v, size_t system)
{
    return p->e->system[system].kind != EVALUATION_LEARNING && v->cell[system].measured;
}

bool html_has_metric(const struct html_page *p, const struct view *v, enum metric m)
{
    for (size_t s = 0; s < p->e->n_systems; s++)
        if (html_shown(p, v, s) && isfinite(v->cell[s].figure[m].value))
            return true;
    return false;
}

uint64_t html_measured(const struct view *v)
{
    return confusion_total(&v->cell[0].score.confusion);
}
