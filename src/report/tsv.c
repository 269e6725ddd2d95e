/* SPDX-License-Identifier: MIT */
/* tsv: all figures in one long table, and the rows themselves (the forms are in report.h). */
#include <math.h>

#include "base/num.h"
#include "corpus/csv.h"
#include "report/report.h"

/* ---- figures ---- */

struct table {
    const struct summary *s;
    const struct view *v;
    size_t system;
    struct buf *out;
};

static void add_cell(struct buf *out, struct span s)
{
    if (s.p != NULL)
        csv_add_tsv_field(out, s);
    buf_add_char(out, '\t');
}

static void add_number(struct buf *out, double value, char end)
{
    if (!isnan(value))
        num_add_f64(out, value);
    buf_add_char(out, end);
}

static void add_line(const struct table *t, const char *prefix, const char *metric,
                     struct span label, struct figure f)
{
    const struct evaluation_system *system = &t->s->e->system[t->system];
    uint32_t target = t->v->target;

    add_cell(t->out, t->v->field);
    add_cell(t->out, t->v->value);
    add_cell(t->out, target != EVALUATION_NONE ? t->s->e->target[target] : SPAN(""));
    add_cell(t->out, system->name);
    add_cell(t->out, system->kind == EVALUATION_JUDGED ? SPAN("judged") : SPAN("baseline"));
    buf_addf(t->out, "%s%s\t", prefix, metric);
    add_cell(t->out, label);
    buf_addf(t->out, "%zu\t%u\t", t->v->n_rows, t->v->n_groups);
    add_number(t->out, f.value, '\t');
    add_number(t->out, f.low, '\t');
    add_number(t->out, f.high, '\n');
}

static void add_system(const struct table *t)
{
    const struct evaluation *e = t->s->e;
    const struct cell *c = &t->v->cell[t->system];

    for (int m = 0; m < N_METRICS; m++) {
        add_line(t, "", metric_info[m].key, SPAN(""), c->figure[m]);
        if (t->system != 0)
            add_line(t, "lead_", metric_info[m].key, SPAN(""), c->lead[m]);
    }
    for (uint32_t l = 0; l < e->n_labels; l++) {
        add_line(t, "", "precision", e->label[l], c->label[l].precision);
        add_line(t, "", "recall", e->label[l], c->label[l].recall);
        add_line(t, "", "f1", e->label[l], c->label[l].f1);
    }
}

void report_tsv(const struct summary *s, struct buf *out)
{
    struct table t = {.s = s, .out = out};

    buf_add_str(out, "field\tvalue\ttarget\tsystem\tkind\tmetric\tlabel\trows\tgroups\tfigure\t"
                     "low\thigh\n");
    for (size_t v = 0; v < s->n_views; v++) {
        t.v = &s->view[v];
        for (t.system = 0; t.system < s->e->n_systems; t.system++)
            if (s->e->system[t.system].kind != EVALUATION_LEARNING)
                add_system(&t);
    }
}

/* ---- rows ---- */

static void add_prediction(const struct evaluation *e, size_t r, struct buf *out)
{
    const struct evaluation_system *s = &e->system[0];

    add_cell(out, e->id[e->row[r].comment]);
    add_cell(out, e->target[e->row[r].target]);
    add_cell(out, e->label[e->row[r].gold]);
    add_cell(out, e->label[s->label[r]]);
    add_number(out, s->p[r], '\t');
    for (uint32_t l = 0; l < e->n_labels; l++)
        add_number(out, s->probs != NULL ? s->probs[r * e->n_labels + l] : NAN, '\t');
    if (e->row_fold != NULL)
        buf_addf(out, "%u", e->row_fold[r]);
    buf_add_char(out, '\n');
}

void report_predictions(const struct evaluation *e, struct buf *out)
{
    buf_add_str(out, "id\ttarget\tgold\tlabel\tp\t");
    for (uint32_t l = 0; l < e->n_labels; l++) {
        buf_add_str(out, "p_");
        add_cell(out, e->label[l]);
    }
    buf_add_str(out, "fold\n");
    for (size_t r = 0; r < e->n_rows; r++)
        add_prediction(e, r, out);
}
