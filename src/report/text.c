/* SPDX-License-Identifier: MIT */
/*
 * text: the text for people. First what was compared, then the figure that counts with
 * its baselines beside it, then the details; words that a newcomer cannot know are
 * explained at the foot, once.
 */
#include "report/report.h"

#include "report/figures.h"
#include "report/layout.h"

#include "base/num.h"

enum { SYSTEM = 22, FIGURE = 11 };

static const char *system_name(const struct evaluation *e, int s)
{
    static const char *const name[] = {"model", "majority per target", "majority", "target-blind"};
    return s == EVALUATION_MODEL && e->method == EVALUATION_PREDICTIONS ? "predictions" : name[s];
}

static const char *title(const struct evaluation *e)
{
    static const char *const of[] = {"a model against gold labels", "nested cross-validation",
                                     "predictions against gold labels"};
    return of[e->method];
}

static const char *plural(uint64_t n)
{
    return n != 1 ? "s" : "";
}

static void add_head(const struct evaluation *e, struct buf *out)
{
    buf_addf(out, "%s\n", title(e));
    buf_addf(out, "%llu comment%s, %llu gold label%s, %llu group%s by ",
             (unsigned long long)e->n_comments, plural(e->n_comments),
             (unsigned long long)e->n_rows, plural(e->n_rows), (unsigned long long)e->n_groups,
             plural(e->n_groups));
    layout_clean(out, e->grouped_by);
    buf_add_char(out, '\n');
    if (e->n_folds != 0) {
        buf_addf(out, "%u folds; C chosen inside each:", e->n_folds);
        for (uint32_t f = 0; f < e->n_folds; f++) {
            buf_add_char(out, ' ');
            num_add_f64(out, e->fold[f].c);
        }
        buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < e->n_notes; i++)
        layout_paragraph(out, "- ", e->note[i]);
}

static bool has_f_avg(const struct evaluation *e)
{
    uint32_t favor, against;
    return confusion_stance_labels(e->label, e->n_labels, &favor, &against);
}

static void add_system(const struct evaluation *e, const char *name, const struct confusion *c,
                       struct buf *out)
{
    buf_add_str(out, "  ");
    layout_left(out, span_of(name), SYSTEM);
    layout_figure(out, confusion_accuracy(c), 3, FIGURE);
    layout_figure(out, confusion_macro_f1(c), 3, FIGURE);
    if (has_f_avg(e))
        layout_figure(out, figures_f_avg(e->label, c), 3, FIGURE);
    buf_add_char(out, '\n');
}

static void add_confidence(const struct evaluation_confidence *c, struct buf *out)
{
    double n = (double)c->n;

    if (c->n == 0)
        return;
    buf_add_str(out, "  probability of the label: mean ");
    num_add_fixed(out, c->p / n, 3);
    buf_add_str(out, ", right ");
    num_add_fixed(out, (double)c->right / n, 3);
    buf_add_str(out, "; Brier ");
    num_add_fixed(out, c->brier / n, 3);
    buf_add_str(out, ", log loss ");
    num_add_fixed(out, c->loss / n, 3);
    buf_add_char(out, '\n');
}

/* One target, or all of them together. */
static void add_section(const struct evaluation *e, const struct confusion *table,
                        const struct evaluation_confidence *confidence, struct buf *out)
{
    buf_addf(out, ": %llu gold label%s\n", (unsigned long long)confusion_total(table),
             plural(confusion_total(table)));
    buf_add_str(out, "  ");
    layout_left(out, SPAN(""), SYSTEM);
    layout_right(out, SPAN("accuracy"), FIGURE);
    layout_right(out, SPAN("macro-F1"), FIGURE);
    if (has_f_avg(e))
        layout_right(out, SPAN("F_avg"), FIGURE);
    buf_add_char(out, '\n');
    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        if (e->table[s] != NULL)
            add_system(e, system_name(e, s), &table[s], out);
    buf_add_char(out, '\n');
    figures_labels(out, e->label, &table[EVALUATION_MODEL]);
    buf_add_char(out, '\n');
    figures_confusion(out, e->label, &table[EVALUATION_MODEL], system_name(e, EVALUATION_MODEL));
    add_confidence(confidence, out);
}

static void add_pooled(const struct evaluation *e, struct buf *out)
{
    struct confusion table[EVALUATION_SYSTEMS];
    struct evaluation_confidence confidence = evaluation_confidence_pooled(e);

    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        table[s] = evaluation_pooled(e, (enum evaluation_system)s);
    buf_add_char(out, '\n');
    if (e->n_targets == 1)
        layout_clean(out, e->target[0]);
    else
        buf_addf(out, "all %u targets together", e->n_targets);
    add_section(e, table, &confidence, out);
    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        confusion_release(&table[s]);
}

static void add_target(const struct evaluation *e, uint32_t t, struct buf *out)
{
    struct confusion table[EVALUATION_SYSTEMS] = {{0}};

    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        if (e->table[s] != NULL)
            table[s] = e->table[s][t];
    buf_add_char(out, '\n');
    if (layout_width(e->target[t]) > 60)
        layout_left(out, e->target[t], 60);
    else
        layout_clean(out, e->target[t]);
    add_section(e, table, &e->confidence[t], out);
}

static void add_target_lines(const struct evaluation *e, struct buf *out)
{
    enum { NAME = 38, N = 7, ONE = 11 };

    buf_add_char(out, '\n');
    layout_left(out, SPAN("per target"), NAME);
    layout_right(out, SPAN("labels"), N);
    layout_right(out, SPAN("accuracy"), ONE);
    layout_right(out, SPAN("macro-F1"), ONE);
    layout_right(out, SPAN("majority's"), ONE);
    buf_add_char(out, '\n');
    for (uint32_t t = 0; t < e->n_targets; t++) {
        const struct confusion *c = &e->table[EVALUATION_MODEL][t];
        layout_left(out, e->target[t], NAME);
        layout_count(out, confusion_total(c), N);
        layout_figure(out, confusion_accuracy(c), 3, ONE);
        layout_figure(out, confusion_macro_f1(c), 3, ONE);
        layout_figure(out, confusion_macro_f1(&e->table[EVALUATION_MAJORITY_PER_TARGET][t]), 3,
                      ONE);
        buf_add_char(out, '\n');
    }
}

static void explain(struct buf *out, const char *word, const char *text)
{
    struct buf lead = {0};

    layout_left(&lead, span_of(word), SYSTEM);
    layout_paragraph(out, buf_str(&lead), span_of(text));
    buf_release(&lead);
}

static void add_foot(const struct evaluation *e, struct buf *out)
{
    struct buf from = {0};

    buf_add_char(out, '\n');
    explain(out, "macro-F1", "the mean of the labels' F1, on the counts of all targets together");
    if (has_f_avg(e))
        explain(out, "F_avg", "the mean F1 of favor and against (SemEval-2016 task 6)");
    explain(out, "majority per target", "always the target's most frequent label");
    buf_addf(&from, "always the most frequent label; both are counted on %s", e->baselines_from);
    explain(out, "majority", buf_str(&from));
    if (e->table[EVALUATION_BLIND] != NULL)
        explain(out, "target-blind", "the same machine, trained without knowing the target");
    figures_footnote(out);
    buf_release(&from);
}

void report_text(const struct evaluation *e, struct buf *out)
{
    add_head(e, out);
    add_pooled(e, out);
    if (e->n_targets > REPORT_MANY_TARGETS)
        add_target_lines(e, out);
    else if (e->n_targets > 1)
        for (uint32_t t = 0; t < e->n_targets; t++)
            add_target(e, t, out);
    add_foot(e, out);
}
