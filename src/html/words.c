/* SPDX-License-Identifier: MIT */
/* words: the errors to read, how figures are read, how the page was made. */
#include "html/pieces.h"

#include <math.h>

#include "html/markup.h"

/* ---- Errors ---- */

static void add_reasons(struct html_page *p, const struct evaluation_error *x)
{
    enum { MOST = 12 };

    if (x->n_reasons == 0)
        return;
    html_add(p, "<p class=\"why\">Decided by ");
    for (uint32_t i = 0; i < x->n_reasons && i < MOST; i++) {
        html_add(p, i != 0 ? ", <q>" : "<q>");
        html_name(p, x->reason[i].ngram);
        html_add(p, "</q>&nbsp;");
        markup_figure(p->out, x->reason[i].product, 2);
    }
    html_add(p, "</p>\n");
}

static void add_error(struct html_page *p, const struct evaluation_error *x)
{
    const struct evaluation_row *r = &p->e->row[x->row];
    uint32_t given = p->e->system[0].label[x->row];

    html_add(p, "<li><p><b>");
    html_name(p, p->e->id[r->comment]);
    html_add(p, "</b> · ");
    html_name(p, p->e->target[r->target]);
    html_add(p, "<br>gold <b>");
    html_name(p, p->e->label[r->gold]);
    html_add(p, "</b>, given <b>");
    if (given < p->e->n_labels)
        html_name(p, p->e->label[given]);
    html_add(p, "</b>, p = ");
    markup_figure(p->out, p->e->system[0].p[x->row], 3);
    html_add(p, "</p>\n");
    if (p->e->text != NULL && p->e->text[r->comment].p != NULL) {
        html_add(p, "<blockquote>");
        markup_lines(p->out, p->e->text[r->comment]);
        html_add(p, "</blockquote>\n");
    }
    add_reasons(p, x);
    html_add(p, "</li>\n");
}

void html_errors(struct html_page *p)
{
    if (p->e->n_errors == 0)
        return;
    html_section(p, "errors", "Errors worth reading");
    html_add(p, "<p>The labels that are wrong and were given with the highest probability, and "
                "the n-grams that spoke most for the label given against the gold one: what each "
                "added to the margin between the two. <q>c:</q> begins a run of characters, in "
                "which <q>_</q> is the boundary of a word. Some of these may be errors of the "
                "gold.</p>\n<ol class=\"errors\">\n");
    for (size_t i = 0; i < p->e->n_errors; i++)
        add_error(p, &p->e->error[i]);
    html_end(p, "ol");
    html_end(p, "section");
}

/* ---- Glossary ---- */

static void explain(struct html_page *p, const char *word, const char *text)
{
    buf_addf(p->out, "<dt>%s</dt><dd>%s</dd>\n", word, text);
}

static void add_metrics(struct html_page *p)
{
    for (int m = 0; m < N_METRICS; m++) {
        if (!html_has_metric(p, &p->s->view[0], (enum metric)m))
            continue;
        html_add(p, "<dt>");
        markup_text(p->out, span_of(metric_info[m].name));
        html_add(p, "</dt><dd>");
        markup_text(p->out, span_of(metric_info[m].about));
        html_add(p, metric_info[m].lower_is_better ? "; lower is better</dd>\n" : "</dd>\n");
    }
}

static void add_interval_words(struct html_page *p)
{
    if (p->s->n_resamples == 0)
        return;
    html_add(p, "<dt>interval</dt><dd>Groups of comments are drawn again and again, with "
                "replacement, and the figure is computed on each draw; between its bounds lie the "
                "middle ");
    markup_percent(p->out, p->s->level, 0);
    html_add(p, ", widened where groups are few. It says how the figure would vary with other "
                "groups of the same kind. It does not say how it would vary with another training "
                "corpus, other annotators or comments of another kind; and it is not the range in "
                "which single comments lie.</dd>\n");
    explain(p, "lead",
            "The figure of what is judged minus that of another system, on the same comments. Its "
            "interval is of that difference: two intervals that overlap do not yet mean that a "
            "difference is by chance.");
}

void html_glossary(struct html_page *p)
{
    html_section(p, "glossary", "How to read the figures");
    html_add(p, "<dl class=\"facts\">\n");
    add_metrics(p);
    explain(p, "precision", "Of the comments given a label, the share for which it is right.");
    explain(p, "recall", "Of the comments with a gold label, the share that was given it.");
    explain(p, "F1", "Harmonic mean of precision and recall (van Rijsbergen 1979).");
    add_interval_words(p);
    if (p->s->n_resamples != 0 && html_has_metric(p, &p->s->view[0], METRIC_ECE))
        explain(p, "no interval of the ECE",
                "Distances only add up: on resamples it is larger than on the rows themselves, so "
                "their middle would not be an interval of it.");
    if (p->has_dash)
        explain(p, "–",
                "Undefined: there was nothing to divide by, such as the precision of a label that "
                "was never given. In a mean it counts as 0 where the label is in the gold or was "
                "given; a label that is neither does not count at all. Where a figure stands "
                "without an interval, there was one group only, or too few of the resamples had "
                "one.");
    html_add(p, "</dl>\n");
    html_end(p, "section");
}

/* ---- How it was made ---- */

void html_making(struct html_page *p)
{
    html_section(p, "making", "How this page was made");
    html_add(p, "<p>By stance " STANCE_VERSION ", from ");
    markup_plural(p->out, p->e->n_rows, "gold label");
    html_add(p, " of ");
    markup_plural(p->out, p->e->n_comments, "comment");
    html_add(p, ", groups by ");
    html_name(p, p->e->grouped_by);
    if (p->e->n_folds != 0) {
        html_add(p, ", ");
        markup_plural(p->out, p->e->n_folds, "fold");
    }
    if (p->s->n_resamples != 0) {
        html_add(p, ", ");
        markup_plural(p->out, p->s->n_resamples, "resample");
        buf_addf(p->out, ", seed %llu", (unsigned long long)p->s->seed);
    }
    html_add(p, ". ");
    html_add(p, "The same version, input and options give the same page, byte for byte; hence no "
                "date. Beside it, figures.tsv has every figure, one per line, and figures.json "
                "the whole evaluation, both with all their digits. Colours are those of Okabe and "
                "Ito (2008); nothing is told by colour alone.</p>\n");
    html_end(p, "section");
}
