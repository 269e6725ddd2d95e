/* SPDX-License-Identifier: MIT */
/* more: see more.h. */
#include "report/more.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "report/bounds.h"
#include "report/layout.h"
#include "report/risk.h"

enum { NAME = 24, N = 8, GROUPS = 8 };

void more_humans(const struct evaluation *e, struct buf *out)
{
    const struct evaluation_humans *c = &e->humans;
    struct buf line = {0};

    if (c->n_annotators == 0)
        return;
    buf_add_str(&line, "human agreement: one annotator judged by another reaches macro-F1 ");
    bounds_inline(&line, (struct figure){c->value, c->low, c->high});
    buf_addf(&line, ": %u annotators, ", c->n_annotators);
    layout_counted(&line, c->n_rows, "label");
    buf_add_str(&line, " given by two or more");
    buf_add_char(out, '\n');
    layout_paragraph(out, "", buf_span(&line));
    buf_release(&line);
}

/* ---- lines of views ---- */

/* The first baseline that is a majority per target, or SIZE_MAX. */
static size_t find_majority(const struct evaluation *e)
{
    for (size_t s = 1; s < e->n_systems; s++)
        if (span_eq(e->system[s].name, SPAN("majority per target")))
            return s;
    return SIZE_MAX;
}

static void add_view_head(const char *what, size_t majority, struct buf *out)
{
    buf_add_char(out, '\n');
    layout_left(out, span_of(what), NAME);
    layout_right(out, SPAN("labels"), N);
    layout_right(out, SPAN("groups"), GROUPS);
    layout_right(out, SPAN("macro-F1"), BOUNDS_WIDTH);
    layout_right(out, SPAN("accuracy"), 10);
    if (majority != SIZE_MAX)
        layout_right(out, SPAN("majority's"), 11);
    buf_add_char(out, '\n');
}

static void add_view(const struct summary *s, const struct view *v, struct span name,
                     size_t majority, struct buf *out)
{
    layout_name(out, name, NAME - 2);
    layout_count(out, v->n_rows, N);
    layout_count(out, v->n_groups, GROUPS);
    bounds_text(out, v->cell[0].figure[METRIC_MACRO_F1], BOUNDS_WIDTH, s->n_resamples != 0);
    layout_figure(out, v->cell[0].figure[METRIC_ACCURACY].value, 3, 10);
    if (majority != SIZE_MAX)
        layout_figure(out, v->cell[majority].figure[METRIC_MACRO_F1].value, 3, 11);
    buf_add_char(out, '\n');
}

void more_targets(const struct summary *s, struct buf *out)
{
    size_t majority = find_majority(s->e);

    add_view_head("per target", majority, out);
    for (uint32_t t = 0; t < s->e->n_targets; t++)
        add_view(s, summary_target(s, t), s->e->target[t], majority, out);
}

void more_slices(const struct summary *s, struct buf *out)
{
    size_t majority = find_majority(s->e);
    struct span field = {NULL, 0};
    struct buf what = {0};
    bool few = false;

    for (size_t i = 0; i < s->n_views; i++) {
        const struct view *v = &s->view[i];
        if (v->field.p == NULL || v->target != EVALUATION_NONE)
            continue;
        if (field.p == NULL || !span_eq(field, v->field)) {
            field = v->field;
            buf_reset(&what);
            buf_add_str(&what, "by ");
            buf_add_span(&what, field);
            add_view_head(buf_str(&what), majority, out);
        }
        add_view(s, v, v->value, majority, out);
        few = few || v->n_groups < SUMMARY_FEW_GROUPS;
    }
    if (few && s->n_resamples != 0)
        buf_addf(out, "  (intervals are rough below %d groups)\n", SUMMARY_FEW_GROUPS);
    buf_release(&what);
}

/* ---- abstaining ---- */

static const struct risk_point *first_covering(const struct risk_point *p, size_t n, double share)
{
    for (size_t i = 0; i < n; i++)
        if (p[i].coverage >= share - 1e-9)
            return &p[i];
    return NULL;
}

void more_coverage(const struct evaluation *e, struct buf *out)
{
    static const double share[] = {1, 0.8, 0.6, 0.4, 0.2};
    size_t n;
    struct risk_point *point = risk_points(e, &n);
    const struct risk_point *last = NULL;

    if (n != 0)
        buf_add_str(out, "\nwhat abstaining buys: labels kept, the surest first\n"
                         "  share kept   accuracy of these   their probability at least\n");
    for (size_t i = 0; n != 0 && i < sizeof share / sizeof *share; i++) {
        const struct risk_point *p = first_covering(point, n, share[i]);
        if (p == last)
            continue; /* rows of one probability stay or go together */
        last = p;
        layout_figure(out, p->coverage, 3, 12);
        layout_figure(out, p->accuracy, 3, 20);
        layout_figure(out, p->threshold, 3, 29);
        buf_add_char(out, '\n');
    }
    free(point);
}

/* ---- the learning curve ---- */

static void add_point(struct buf *out, double share, uint64_t n_train, struct figure f,
                      bool intervals)
{
    layout_figure(out, share, 2, 18);
    layout_count(out, n_train, 17);
    bounds_text(out, f, BOUNDS_WIDTH + 3, intervals);
    layout_end(out);
}

void more_learning(const struct summary *s, struct buf *out)
{
    const struct evaluation *e = s->e;
    uint64_t n_train = 0;
    bool any = false;

    for (size_t i = 1; i < e->n_systems; i++) {
        const struct evaluation_system *p = &e->system[i];
        if (p->kind != EVALUATION_LEARNING)
            continue;
        if (!any)
            buf_add_str(out, "\nlearning curve\n  part of groups   training rows"
                             "               macro-F1\n");
        any = true;
        add_point(out, p->share, p->n_train, s->view[0].cell[i].figure[METRIC_MACRO_F1],
                  s->n_resamples != 0);
    }
    for (uint32_t f = 0; f < e->n_folds; f++)
        n_train += e->fold[f].n_train;
    if (any)
        add_point(out, 1, n_train / e->n_folds, s->view[0].cell[0].figure[METRIC_MACRO_F1],
                  s->n_resamples != 0);
}

/* ---- errors ---- */

static void add_reasons(const struct evaluation_error *error, struct buf *out)
{
    struct buf list = {0};

    for (uint32_t i = 0; i < error->n_reasons; i++) {
        buf_add_str(&list, i != 0 ? "  " : "");
        buf_add_span(&list, error->reason[i].ngram);
        buf_add_char(&list, ' ');
        num_add_fixed(&list, error->reason[i].product, 3);
    }
    if (list.len != 0)
        layout_paragraph(out, "      ", buf_span(&list));
    buf_release(&list);
}

static void add_error(const struct evaluation *e, const struct evaluation_error *error,
                      struct buf *out)
{
    const struct evaluation_row *row = &e->row[error->row];
    const struct evaluation_system *s = &e->system[0];
    struct buf line = {0};

    buf_add_span(&line, e->id[row->comment]);
    buf_add_str(&line, " (");
    buf_add_span(&line, e->target[row->target]);
    buf_add_str(&line, "): ");
    buf_add_span(&line, e->label[s->label[error->row]]);
    buf_add_str(&line, " for ");
    buf_add_span(&line, e->label[row->gold]);
    buf_add_str(&line, ", ");
    num_add_fixed(&line, s->p[error->row], 3);
    layout_paragraph(out, "  ", buf_span(&line));
    buf_release(&line);
    add_reasons(error, out);
    if (e->text[row->comment].p != NULL)
        layout_paragraph(out, "      > ", e->text[row->comment]);
}

void more_errors(const struct evaluation *e, struct buf *out)
{
    if (e->n_errors != 0)
        buf_add_str(out, "\nconfident and wrong: what was given for what, the probability, and "
                         "the\nn-grams that spoke most for it (c: characters, _ a word's end)\n");
    for (size_t i = 0; i < e->n_errors; i++)
        add_error(e, &e->error[i], out);
}
