/* SPDX-License-Identifier: MIT */
/* sharespage: the page from its title to its foot; shares, groups and drawings are elsewhere. */
#include "html/sharespage.h"

#include <math.h>

#include "base/num.h"
#include "html/markup.h"
#include "html/sharespieces.h"
#include "html/sharesplots.h"
#include "report/sharesfacts.h"
#include "report/sharesreport.h"

static void add_banner(struct sharespage *p)
{
    if (p->s->banner.p == NULL)
        return;
    html_add(&p->page, "<p class=\"warn\" role=\"note\"><b>");
    markup_text(p->page.out, p->s->banner);
    html_add(&p->page, "</b></p>\n");
}

static void add_level(struct sharespage *p)
{
    num_add_f64(p->page.out, p->s->level * 100);
    html_add(&p->page, "\xE2\x80\xAF%");
}

static void add_lead(struct sharespage *p)
{
    const struct shares *s = p->s;

    html_add(&p->page, "<p class=\"lead\">Among ");
    markup_plural(p->page.out, s->population, "comment");
    html_add(&p->page, s->among == SHARES_ALL ? "" : ", of those that ");
    html_add(&p->page, s->among == SHARES_ON_TOPIC       ? "speak of it"
                       : s->among == SHARES_TAKING_SIDES ? "take a side"
                                                         : "");
    if (shareswords_audited(s)) {
        html_add(&p->page, ": estimated from ");
        markup_count(p->page.out, s->n_labelled);
        html_add(&p->page, " that people labelled");
        html_add(&p->page, s->method == SHARES_DIFFERENCE ? ", and what a model says of all" : "");
    } else {
        html_add(&p->page, ": from what a model says of them, without any label of this dump");
    }
    if (s->method != SHARES_COUNT) {
        html_add(&p->page, ". Intervals are at ");
        add_level(p);
    }
    html_add(&p->page, ".</p>\n");
}

static void add_head(struct sharespage *p)
{
    html_add(&p->page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>Shares of stances among ");
    markup_plural(p->page.out, p->s->population, "comment");
    html_add(&p->page, "</title>\n<style>\n");
    for (int i = 0; html_style[i] != NULL; i++)
        html_add(&p->page, html_style[i]);
    html_add(&p->page, sharesplots_style);
    html_add(&p->page, "</style>\n</head>\n<body>\n<main>\n<header>\n"
                       "<h1>Shares of stances</h1>\n");
    add_banner(p);
    add_lead(p);
    html_add(&p->page, "</header>\n");
}

/* ---- What it rests on ---- */

static void add_facts(struct sharespage *p)
{
    html_add(&p->page, "<dl class=\"facts\">\n");
    for (int i = 0; i < SHARESFACTS; i++) {
        struct buf line = {0};
        const char *name = sharesfacts_add(p->s, i, &line);
        if (name != NULL) {
            buf_addf(p->page.out, "<dt>%s</dt><dd>", name);
            markup_text(p->page.out, buf_span(&line));
            html_add(&p->page, "</dd>\n");
        }
        buf_release(&line);
    }
    html_add(&p->page, "</dl>\n");
}

static void add_rests(struct sharespage *p)
{
    html_section(&p->page, "rests", "What the shares rest on");
    add_facts(p);
    if (p->s->n_notes != 0)
        html_add(&p->page, "<ul class=\"notes\">\n");
    for (size_t i = 0; i < p->s->n_notes; i++) {
        html_add(&p->page, "<li>");
        markup_text(p->page.out, p->s->note[i]);
        html_add(&p->page, "</li>\n");
    }
    if (p->s->n_notes != 0)
        html_add(&p->page, "</ul>\n");
    html_end(&p->page, "section");
}

/* ---- How to read it ---- */

static void explain(struct sharespage *p, const char *word, const char *text)
{
    buf_addf(p->page.out, "<dt>%s</dt><dd>%s</dd>\n", word, text);
}

static void explain_audit(struct sharespage *p)
{
    explain(p, "interval",
            "What share people would have found by labelling every comment in the denominator lies "
            "in it, so far as chance in the drawing goes, in as many of all such drawings as its "
            "level says. It does not say how sure a label is, nor what another dump would give. "
            "Intervals of two groups that overlap do not mean that the groups do not differ: that "
            "is what differences are for.");
    if (p->s->method == SHARES_DIFFERENCE)
        explain(p, "interval by labels alone",
                "What the same labelled comments say without predictions: how much the model adds "
                "is seen from the two widths.");
    explain(p, "labelled so",
            "Labelled comments with this label, of all that are in the "
            "denominator, as they were counted: strata that were drawn more "
            "densely are not weighted down here.");
}

static void explain_groups(struct sharespage *p)
{
    bool pooled = false;

    for (size_t g = 1; g < p->s->n_groups; g++)
        pooled |= p->s->group[g].pooled;
    if (pooled)
        explain(p, "pooled",
                "The group has too few labels of its own: its predictions are corrected by the "
                "error rate of all groups together, which is right if the model errs there as "
                "elsewhere.");
    if (p->s->n_groups > 1 && shareswords_audited(p->s))
        explain(p, "words below a share or a group",
                "Why an interval may not hold there, or why no share is told.");
}

static void add_reading(struct sharespage *p)
{
    html_section(&p->page, "reading", "How to read it");
    html_add(&p->page, "<dl class=\"facts\">\n<dt>share</dt><dd>A ");
    html_add(&p->page, shareswords_denominator(p->s));
    html_add(&p->page, p->s->per_author ? ", in which each author counts once" : "");
    html_add(&p->page, ", not of people: who does not write is not in it. Decimals are as many as "
                       "the width of the interval allows.</dd>\n");
    if (shareswords_audited(p->s))
        explain_audit(p);
    else if (p->s->method != SHARES_COUNT)
        explain(p, "interval",
                "It tells of the number of comments counted, not of how far what is assumed holds: "
                "if that does not, the true share may lie anywhere.");
    if (shareswords_counted(p->s))
        explain(p, "counted (biased)",
                "What counting predicted labels would have said. It is here to be seen, not to be "
                "used: a model’s errors toward one label do not make up for those toward another.");
    explain_groups(p);
    if (p->page.has_dash)
        explain(p, "–", "Not told, for the reason that stands with it, or undefined.");
    html_add(&p->page, "</dl>\n");
    html_end(&p->page, "section");
}

/* ---- Methods ---- */

/* The paragraph, then the references: lines of plain text. */
static void add_methods(struct sharespage *p, bool french)
{
    struct buf text = {0};
    bool works = false;

    sharesreport_methods(p->s, french, &text);
    html_add(&p->page, french ? "<h3 lang=\"fr\">Méthode</h3>\n<div class=\"paste\" lang=\"fr\">\n"
                              : "<h3>In English</h3>\n<div class=\"paste\">\n");
    for (size_t from = 0, i = 0; i < text.len; i++) {
        struct span line = {text.p + from, i - from};
        if (text.p[i] != '\n')
            continue;
        from = i + 1;
        if (line.len == 0) {
            works = true;
            continue;
        }
        html_add(&p->page, works ? "<p class=\"works\">" : "<p>");
        markup_text(p->page.out, line);
        html_add(&p->page, "</p>\n");
    }
    html_add(&p->page, "</div>\n");
    buf_release(&text);
}

void sharespage_html(const struct shares *s, struct buf *out)
{
    struct sharespage p = {.s = s, .page = {.out = out}};

    add_head(&p);
    sharespieces_targets(&p);
    sharespieces_groups(&p);
    add_rests(&p);
    add_reading(&p);
    html_section(&p.page, "methods", "Methods, ready to paste");
    add_methods(&p, true);
    add_methods(&p, false);
    html_end(&p.page, "section");
    html_add(&p.page, "<footer>\n");
    add_banner(&p);
    html_add(&p.page, "<p>stance ");
    markup_text(out, span_of(s->version != NULL ? s->version : ""));
    html_add(&p.page, "</p>\n</footer>\n</main>\n</body>\n</html>\n");
}
