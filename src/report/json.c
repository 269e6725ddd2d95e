/* SPDX-License-Identifier: MIT */
/*
 * json: the same evaluation for programs (the form is in report.h). Keys are always
 * there, in one order; what was not measured is null.
 */
#include "report/report.h"

#include <math.h>

#include "corpus/json.h"
#include "report/figures.h"
#include "report/layout.h"

static void add_count(struct buf *out, struct span key, uint64_t n)
{
    layout_key(out, key);
    buf_addf(out, "%llu", (unsigned long long)n);
}

static void add_strings(struct buf *out, struct span key, const struct span *s, size_t n)
{
    layout_key(out, key);
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        layout_comma(out);
        json_add_string(out, s[i]);
    }
    buf_add_char(out, ']');
}

static void add_number(struct buf *out, struct span key, double value)
{
    layout_key(out, key);
    layout_json_f64(out, value);
}

static void add_systems(const struct evaluation *e, const struct confusion *table, struct buf *out)
{
    static const struct span key[] = {
        {"model", 5}, {"majority_per_target", 19}, {"majority", 8}, {"target_blind", 12}};

    layout_key(out, SPAN("systems"));
    buf_add_char(out, '{');
    for (int s = 0; s < EVALUATION_SYSTEMS; s++) {
        layout_key(out, key[s]);
        if (e->table[s] == NULL) {
            buf_add_str(out, "null");
            continue;
        }
        buf_add_char(out, '{');
        figures_json(out, e->label, &table[s]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_confidence(const struct evaluation_confidence *c, struct buf *out)
{
    double n = (double)c->n;

    layout_key(out, SPAN("confidence"));
    if (c->n == 0) {
        buf_add_str(out, "null");
        return;
    }
    buf_add_char(out, '{');
    add_count(out, SPAN("n"), c->n);
    add_number(out, SPAN("mean_p"), c->p / n);
    add_number(out, SPAN("right"), (double)c->right / n);
    add_number(out, SPAN("brier"), c->brier / n);
    add_number(out, SPAN("log_loss"), c->loss / n);
    buf_add_char(out, '}');
}

static void add_pooled(const struct evaluation *e, struct buf *out)
{
    struct confusion table[EVALUATION_SYSTEMS];
    struct evaluation_confidence confidence = evaluation_confidence_pooled(e);

    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        table[s] = evaluation_pooled(e, (enum evaluation_system)s);
    layout_key(out, SPAN("pooled"));
    buf_add_char(out, '{');
    add_systems(e, table, out);
    add_confidence(&confidence, out);
    buf_add_char(out, '}');
    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        confusion_release(&table[s]);
}

static void add_target(const struct evaluation *e, uint32_t t, struct buf *out)
{
    struct confusion table[EVALUATION_SYSTEMS] = {{0}};

    for (int s = 0; s < EVALUATION_SYSTEMS; s++)
        if (e->table[s] != NULL)
            table[s] = e->table[s][t];
    layout_comma(out);
    buf_add_char(out, '{');
    layout_key(out, SPAN("target"));
    json_add_string(out, e->target[t]);
    add_systems(e, table, out);
    add_confidence(&e->confidence[t], out);
    buf_add_char(out, '}');
}

static void add_folds(const struct evaluation *e, struct buf *out)
{
    layout_key(out, SPAN("folds"));
    buf_add_char(out, '[');
    for (uint32_t f = 0; f < e->n_folds; f++) {
        layout_comma(out);
        buf_add_char(out, '{');
        add_number(out, SPAN("c"), e->fold[f].c);
        add_count(out, SPAN("train_rows"), e->fold[f].n_train);
        add_count(out, SPAN("test_rows"), e->fold[f].n_test);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

void report_json(const struct evaluation *e, struct buf *out)
{
    static const char *const method[] = {"model", "cross-validation", "predictions"};

    buf_add_char(out, '{');
    layout_key(out, SPAN("method"));
    json_add_string(out, span_of(method[e->method]));
    add_count(out, SPAN("comments"), e->n_comments);
    add_count(out, SPAN("rows"), e->n_rows);
    add_count(out, SPAN("groups"), e->n_groups);
    layout_key(out, SPAN("grouped_by"));
    json_add_string(out, e->grouped_by);
    add_strings(out, SPAN("targets"), e->target, e->n_targets);
    add_strings(out, SPAN("labels"), e->label, e->n_labels);
    layout_key(out, SPAN("baselines_from"));
    json_add_string(out, span_of(e->baselines_from));
    add_strings(out, SPAN("notes"), e->note, e->n_notes);
    add_folds(e, out);
    add_pooled(e, out);
    layout_key(out, SPAN("per_target"));
    buf_add_char(out, '[');
    for (uint32_t t = 0; t < e->n_targets; t++)
        add_target(e, t, out);
    buf_add_str(out, "]}\n");
}
