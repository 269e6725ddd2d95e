/* SPDX-License-Identifier: MIT */
/*
 * text: the report for people. First what was compared, then the figure that counts with
 * its baselines beside it, then the details; words that a newcomer cannot know are
 * explained at the foot, once.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "report/bounds.h"
#include "report/figures.h"
#include "report/layout.h"
#include "report/more.h"
#include "report/report.h"

enum { SYSTEM = 21 };

/* Ends what was gathered in `line` as a paragraph. */
static void add_line(struct buf *out, struct buf *line)
{
    layout_paragraph(out, "", buf_span(line));
    buf_release(line);
}

static void add_method(const struct evaluation *e, struct buf *out)
{
    static const char *const of[] = {"a model against gold labels", "nested cross-validation",
                                     "predictions against gold labels"};
    struct buf line = {0};

    buf_addf(out, "%s\n", of[e->method]);
    layout_subject(out, e->n_comments, e->n_rows, "gold label", e->n_groups, e->grouped_by);
    if (e->n_folds == 0)
        return;
    buf_addf(&line, "%u folds; C chosen inside each:", e->n_folds);
    for (uint32_t f = 0; f < e->n_folds; f++) {
        buf_add_char(&line, ' ');
        num_add_f64(&line, e->fold[f].c);
    }
    add_line(out, &line);
}

static void add_head(const struct summary *s, struct buf *out)
{
    const struct evaluation *e = s->e;
    struct buf line = {0};

    add_method(e, out);
    if (s->n_resamples != 0) {
        buf_addf(&line,
                 "behind each figure: its 95 %% interval, from %u bootstrap resamples of groups "
                 "(seed %llu)",
                 s->n_resamples, (unsigned long long)s->seed);
        add_line(out, &line);
    }
    for (size_t i = 0; i < e->n_notes; i++)
        layout_paragraph(out, "- ", e->note[i]);
    if (s->n_resamples != 0 && e->n_groups < SUMMARY_FEW_GROUPS) {
        buf_add_str(out, "- only ");
        layout_counted(out, e->n_groups, "group");
        buf_addf(out, ": intervals are rough below %d\n", SUMMARY_FEW_GROUPS);
    }
}

/* ---- one view ---- */

static bool has_f_avg(const struct view *v)
{
    return !isnan(v->cell[0].figure[METRIC_F_AVG].value);
}

static void add_system_head(const struct view *v, struct buf *out)
{
    buf_add_str(out, "  ");
    layout_left(out, SPAN(""), SYSTEM);
    for (int m = METRIC_MACRO_F1; m <= METRIC_ACCURACY; m++)
        if (m != METRIC_F_AVG || has_f_avg(v))
            layout_right(out, span_of(metric_info[m].name), BOUNDS_WIDTH);
    buf_add_char(out, '\n');
}

static void add_system(const struct summary *s, const struct view *v, size_t system,
                       struct buf *out)
{
    const struct evaluation *e = s->e;

    buf_add_str(out, "  ");
    layout_left(out, e->system[system].name, SYSTEM);
    for (int m = METRIC_MACRO_F1; m <= METRIC_ACCURACY; m++)
        if (m != METRIC_F_AVG || has_f_avg(v))
            bounds_text(out, v->cell[system].figure[m], BOUNDS_WIDTH, s->n_resamples != 0);
    layout_end(out);
}

/* How far ahead of the strongest baseline, by the same resamples. */
static void add_lead(const struct evaluation *e, const struct view *v, struct buf *out)
{
    size_t best = 0;

    for (size_t s = 1; s < e->n_systems; s++) {
        double f = v->cell[s].figure[METRIC_MACRO_F1].value;
        if (e->system[s].kind == EVALUATION_BASELINE && !isnan(f) &&
            (best == 0 || f > v->cell[best].figure[METRIC_MACRO_F1].value))
            best = s;
    }
    if (best == 0 || isnan(v->cell[best].lead[METRIC_MACRO_F1].value))
        return;
    buf_add_str(out, "  macro-F1 ahead of ");
    layout_clean(out, e->system[best].name);
    buf_add_str(out, ": ");
    bounds_inline(out, v->cell[best].lead[METRIC_MACRO_F1]);
    buf_add_char(out, '\n');
}

static void add_labels(const struct summary *s, const struct cell *c, struct buf *out)
{
    const struct evaluation *e = s->e;
    enum { NAME = 17, COUNT = 11, ONE = 11 };
    uint32_t *use = mem_array(e->n_labels, sizeof *use), n;

    buf_add_str(out, "\n  ");
    layout_left(out, SPAN("label"), NAME);
    layout_right(out, SPAN("gold"), COUNT - 3);
    layout_right(out, SPAN("predicted"), COUNT);
    layout_right(out, SPAN("precision"), ONE);
    layout_right(out, SPAN("recall"), ONE);
    layout_right(out, SPAN("F1"), BOUNDS_WIDTH + 1);
    buf_add_char(out, '\n');
    n = confusion_occurring(&c->score.confusion, use);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t l = use[i];
        layout_name(out, e->label[l], NAME);
        layout_count(out, confusion_gold(&c->score.confusion, l), COUNT - 3);
        layout_count(out, confusion_predicted(&c->score.confusion, l), COUNT);
        layout_figure(out, c->label[l].precision.value, 3, ONE);
        layout_figure(out, c->label[l].recall.value, 3, ONE);
        bounds_text(out, c->label[l].f1, BOUNDS_WIDTH + 1, s->n_resamples != 0);
        layout_end(out);
    }
    free(use);
}

/* Figures of the judged system that baselines are not asked for. */
static void add_others(const struct cell *c, struct buf *out)
{
    buf_add_char(out, '\n');
    for (int m = METRIC_BALANCED_ACCURACY; m < N_METRICS; m++) {
        if (isnan(c->figure[m].value) && m >= METRIC_LOG_LOSS)
            continue; /* came without probabilities */
        buf_add_str(out, "  ");
        layout_left(out, span_of(metric_info[m].name), SYSTEM);
        bounds_last(out, c->figure[m]);
        layout_end(out);
    }
}

static void add_view(const struct summary *s, const struct view *v, struct span name,
                     struct buf *out)
{
    const struct evaluation *e = s->e;
    struct buf line = {0};

    buf_add_char(out, '\n');
    buf_add_span(&line, name);
    buf_add_str(&line, ": ");
    layout_counted(&line, v->n_rows, "gold label");
    buf_add_str(&line, " in ");
    layout_counted(&line, v->n_groups, "group");
    add_line(out, &line);
    add_system_head(v, out);
    for (size_t i = 0; i < e->n_systems; i++)
        if (e->system[i].kind != EVALUATION_LEARNING)
            add_system(s, v, i, out);
    add_lead(e, v, out);
    add_labels(s, &v->cell[0], out);
    buf_add_char(out, '\n');
    figures_confusion(out, e->label, &v->cell[0].score.confusion, "given");
    add_others(&v->cell[0], out);
}

static void add_all(const struct summary *s, struct buf *out)
{
    struct buf name = {0};

    if (s->e->n_targets == 1)
        buf_add_span(&name, s->e->target[0]);
    else
        buf_addf(&name, "all %u targets together", s->e->n_targets);
    add_view(s, &s->view[0], buf_span(&name), out);
    buf_release(&name);
}

/* ---- the foot ---- */

static void explain(struct buf *out, const char *word, const char *text)
{
    struct buf lead = {0};

    layout_left(&lead, span_of(word), SYSTEM);
    layout_paragraph(out, buf_str(&lead), span_of(text));
    buf_release(&lead);
}

static void add_foot(const struct summary *s, struct buf *out)
{
    const struct evaluation *e = s->e;

    buf_add_char(out, '\n');
    for (int m = 0; m < N_METRICS; m++)
        if (m != METRIC_MICRO_F1 && !isnan(s->view[0].cell[0].figure[m].value))
            explain(out, metric_info[m].name, metric_info[m].about);
    for (size_t i = 1; i < e->n_systems; i++) {
        struct buf name = {0}, about = {0};
        buf_add_span(&name, e->system[i].name);
        buf_add_span(&about, e->system[i].about);
        if (about.len != 0)
            explain(out, buf_str(&name), buf_str(&about));
        buf_release(&name);
        buf_release(&about);
    }
    figures_footnote(out);
}

void report_text(const struct summary *s, struct buf *out)
{
    const struct evaluation *e = s->e;

    add_head(s, out);
    add_all(s, out);
    more_humans(e, out);
    if (e->n_targets > REPORT_MANY_TARGETS)
        more_targets(s, out);
    else if (e->n_targets > 1)
        for (uint32_t t = 0; t < e->n_targets; t++)
            add_view(s, summary_target(s, t), e->target[t], out);
    more_slices(s, out);
    more_coverage(e, out);
    more_learning(s, out);
    more_errors(e, out);
    add_foot(s, out);
}
