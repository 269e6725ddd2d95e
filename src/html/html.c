/* SPDX-License-Identifier: MIT */
/* html: the page from its title to what was compared; the sections are in html_*.c. */
#include "html/html.h"

#include <math.h>

#include "base/num.h"
#include "html/pieces.h"
#include "html/markup.h"

/* ---- The sentence at the top ---- */

/* The best of the others by macro-F1: what the judged one has to be ahead of. 0: none. */
static size_t strongest(const struct html_page *p)
{
    const struct view *v = &p->s->view[0];
    size_t best = 0;

    for (size_t s = 1; s < p->e->n_systems; s++) {
        double value = v->cell[s].figure[METRIC_MACRO_F1].value;
        if (!html_shown(p, v, s) || !isfinite(value))
            continue;
        if (best == 0 || value > v->cell[best].figure[METRIC_MACRO_F1].value)
            best = s;
    }
    return best;
}

static void add_subject(struct html_page *p)
{
    if (p->e->method == EVALUATION_PREDICTIONS) {
        html_add(p, "the predictions “");
        html_name(p, p->e->system[0].name);
        html_add(p, "” reach");
    } else {
        html_add(p, "the model reaches");
    }
}

/* One that always says the same is explained, others are named. */
static void add_majority(struct html_page *p)
{
    for (size_t s = 1; s < p->e->n_systems; s++) {
        if (p->e->system[s].kind != EVALUATION_BASELINE ||
            !span_eq(p->e->system[s].name, SPAN("majority")))
            continue;
        html_add(p, "; always answering the most frequent label gives ");
        markup_figure(p->out, p->s->view[0].cell[s].figure[METRIC_MACRO_F1].value, 2);
        return;
    }
}

/* How a lead is read: an interval with 0 in it is no lead that one can count on. */
static void add_verdict(struct html_page *p, const struct figure *lead)
{
    if (!isfinite(lead->low) || !isfinite(lead->high))
        html_add(p, ".");
    else if (lead->low > 0)
        html_add(p, ": all of it above 0.");
    else if (lead->high < 0)
        html_add(p, ": all of it below 0.");
    else
        html_add(p, ": the order of the two is not settled.");
}

static void add_strongest(struct html_page *p)
{
    size_t s = strongest(p);
    const struct figure *lead;

    if (s == 0)
        return;
    lead = &p->s->view[0].cell[s].lead[METRIC_MACRO_F1];
    if (!isfinite(lead->value))
        return;
    html_add(p, "<p>The strongest of what it is compared with, <i>");
    html_name(p, p->e->system[s].name);
    html_add(p, "</i>, has ");
    markup_figure(p->out, p->s->view[0].cell[s].figure[METRIC_MACRO_F1].value, 2);
    html_add(p, ". The difference is ");
    html_say(p, lead);
    add_verdict(p, lead);
    html_add(p, "</p>\n");
}

static void add_lead(struct html_page *p)
{
    const struct figure *f = &p->s->view[0].cell[0].figure[METRIC_MACRO_F1];

    html_add(p, "<p class=\"lead\">On ");
    markup_plural(p->out, p->e->n_comments, "comment");
    html_add(p, " (");
    markup_plural(p->out, p->e->n_rows, "label");
    html_add(p, ", ");
    if (span_eq(p->e->grouped_by, SPAN("thread"))) {
        markup_plural(p->out, p->e->n_groups, "thread");
    } else {
        markup_plural(p->out, p->e->n_groups, "group");
        html_add(p, " by ");
        html_name(p, p->e->grouped_by);
    }
    html_add(p, ") ");
    add_subject(p);
    html_add(p, " a macro-F1 of <b>");
    html_say(p, f);
    html_add(p, "</b>");
    add_majority(p);
    html_add(p, ".</p>\n");
    add_strongest(p);
}

/* ---- What was compared ---- */

static const char *method(const struct evaluation *e)
{
    static const char *const of[] = {
        [EVALUATION_HOLDOUT] = "a trained model against gold labels",
        [EVALUATION_CROSSVAL] = "nested cross-validation: each comment is labelled by a machine "
                                "that was trained, and its settings chosen, without its group",
        [EVALUATION_PREDICTIONS] = "predictions of any program against gold labels",
    };
    return of[e->method];
}

static void add_fact(struct html_page *p, const char *name)
{
    buf_addf(p->out, "<dt>%s</dt><dd>", name);
}

static void add_names(struct html_page *p, const char *what, const struct span *name, uint32_t n)
{
    enum { MOST = 16 };

    add_fact(p, what);
    if (n > MOST) {
        markup_count(p->out, n);
    } else {
        for (uint32_t i = 0; i < n; i++) {
            html_add(p, i != 0 ? ", " : "");
            html_name(p, name[i]);
        }
    }
    html_add(p, "</dd>\n");
}

static void add_systems(struct html_page *p)
{
    for (size_t s = 0; s < p->e->n_systems; s++) {
        const struct evaluation_system *y = &p->e->system[s];
        if (y->kind == EVALUATION_LEARNING || (s != 0 && y->about.len == 0))
            continue;
        html_add(p, "<dt>");
        html_name(p, y->name);
        html_add(p, "</dt><dd>");
        if (s == 0)
            html_add(p, "what this page is about");
        html_add(p, s == 0 && y->about.len != 0 ? ": " : "");
        markup_text(p->out, y->about);
        html_add(p, "</dd>\n");
    }
}

static uint64_t least(const struct evaluation *e, bool train)
{
    uint64_t n = UINT64_MAX;
    for (uint32_t f = 0; f < e->n_folds; f++) {
        uint64_t of = train ? e->fold[f].n_train : e->fold[f].n_test;
        n = of < n ? of : n;
    }
    return n;
}

static uint64_t most(const struct evaluation *e, bool train)
{
    uint64_t n = 0;
    for (uint32_t f = 0; f < e->n_folds; f++) {
        uint64_t of = train ? e->fold[f].n_train : e->fold[f].n_test;
        n = of > n ? of : n;
    }
    return n;
}

static void add_range(struct html_page *p, uint64_t from, uint64_t to)
{
    markup_count(p->out, from);
    if (from != to) {
        html_add(p, "–");
        markup_count(p->out, to);
    }
}

/* "0.5 in 1 fold, 1 in 4 folds", by rising C. */
static void add_chosen(struct html_page *p)
{
    const struct evaluation *e = p->e;
    double before = -INFINITY;

    for (uint32_t done = 0; done < e->n_folds;) {
        double c = INFINITY;
        uint32_t n = 0;
        for (uint32_t f = 0; f < e->n_folds; f++)
            if (e->fold[f].c > before && e->fold[f].c < c)
                c = e->fold[f].c;
        for (uint32_t f = 0; f < e->n_folds; f++)
            n += e->fold[f].c == c;
        if (n == 0)
            return; /* a C that is no number */
        html_add(p, done != 0 ? ", " : "");
        num_add_f64(p->out, c);
        html_add(p, " in ");
        markup_plural(p->out, n, "fold");
        done += n;
        before = c;
    }
}

static void add_folds(struct html_page *p)
{
    if (p->e->n_folds == 0)
        return;
    add_fact(p, "Folds");
    markup_count(p->out, p->e->n_folds);
    html_add(p, ", groups kept whole; each trains on ");
    add_range(p, least(p->e, true), most(p->e, true));
    html_add(p, " labels and judges ");
    add_range(p, least(p->e, false), most(p->e, false));
    html_add(p, "</dd>\n");
    add_fact(p, "C chosen inside the folds");
    add_chosen(p);
    html_add(p, "</dd>\n");
}

static void add_intervals(struct html_page *p)
{
    add_fact(p, "Intervals");
    if (p->s->n_resamples == 0) {
        html_add(p, "none were asked for</dd>\n");
        return;
    }
    markup_percent(p->out, p->s->level, 0);
    html_add(p, ", from ");
    markup_count(p->out, p->s->n_resamples);
    html_add(p, " bootstrap resamples of whole groups (");
    html_name(p, p->e->grouped_by);
    html_add(p, "), seed ");
    buf_addf(p->out, "%llu</dd>\n", (unsigned long long)p->s->seed);
}

static void add_notes(struct html_page *p)
{
    uint64_t n = html_measured(&p->s->view[0]);

    if (p->e->n_groups < SUMMARY_FEW_GROUPS && p->s->n_resamples != 0)
        buf_addf(p->out,
                 "<p class=\"warn\"><b>Few groups.</b> With fewer than %d groups (here %u) "
                 "intervals are rough: take them as a hint, not as a measure.</p>\n",
                 SUMMARY_FEW_GROUPS, p->e->n_groups);
    if (n < p->e->n_rows) {
        html_add(p, "<p class=\"warn\"><b>Labels missing.</b> ");
        markup_count(p->out, p->e->n_rows - n);
        html_add(p, " of ");
        markup_plural(p->out, p->e->n_rows, "gold label");
        html_add(p, " got no label to compare with; figures are of the others.</p>\n");
    }
    if (p->e->n_notes == 0)
        return;
    html_add(p, "<ul class=\"notes\">\n");
    for (size_t i = 0; i < p->e->n_notes; i++) {
        html_add(p, "<li>");
        markup_text(p->out, p->e->note[i]);
        html_add(p, "</li>\n");
    }
    html_add(p, "</ul>\n");
}

static void add_humans(struct html_page *p)
{
    const struct evaluation_humans *c = &p->e->humans;

    if (c->n_annotators < 2)
        return;
    add_fact(p, "Human agreement");
    html_add(p, "macro-F1 of ");
    html_say(p, &(struct figure){c->value, c->low, c->high});
    html_add(p, " between ");
    markup_plural(p->out, c->n_annotators, "annotator");
    html_add(p, ", on ");
    markup_plural(p->out, c->n_rows, "label");
    html_add(p, " that two or more of them gave</dd>\n");
}

static void add_compared(struct html_page *p)
{
    html_section(p, "compared", "What was compared, and how");
    html_add(p, "<dl class=\"facts\">\n");
    add_fact(p, "Method");
    html_add(p, method(p->e));
    html_add(p, "</dd>\n");
    add_names(p, p->e->n_targets == 1 ? "Target" : "Targets", p->e->target, p->e->n_targets);
    add_names(p, "Labels", p->e->label, p->e->n_labels);
    add_folds(p);
    add_intervals(p);
    add_humans(p);
    html_add(p, "</dl>\n");
    html_add(p, "<h3>The systems</h3>\n<dl class=\"facts\">\n");
    add_systems(p);
    html_add(p, "</dl>\n");
    add_notes(p);
    html_end(p, "section");
}

static void add_head(struct html_page *p)
{
    html_add(p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<title>Evaluation: macro-F1 ");
    markup_figure(p->out, p->s->view[0].cell[0].figure[METRIC_MACRO_F1].value, 2);
    html_add(p, " on ");
    markup_plural(p->out, p->e->n_comments, "comment");
    html_add(p, "</title>\n<style>\n");
    for (int i = 0; html_style[i] != NULL; i++)
        html_add(p, html_style[i]);
    html_add(p, "</style>\n</head>\n<body>\n<main>\n<header>\n"
                "<h1>Evaluation of stance labels</h1>\n");
    add_lead(p);
    html_add(p, "</header>\n");
}

void report_html(const struct summary *s, struct buf *out)
{
    struct html_page page = {.s = s, .e = s->e, .out = out};

    add_head(&page);
    add_compared(&page);
    html_systems(&page);
    html_labels(&page);
    html_targets(&page);
    html_slices(&page);
    html_probabilities(&page);
    html_learning(&page);
    html_errors(&page);
    html_glossary(&page);
    html_making(&page);
    html_add(&page, "</main>\n</body>\n</html>\n");
}
