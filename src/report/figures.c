/* SPDX-License-Identifier: MIT */
/* figures: see figures.h. Undefined is NAN in the metrics, "–" in text, null in JSON. */
#include "report/figures.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/layout.h"

enum { NAME = 18, COLUMN = 10, BLOCK = (LAYOUT_WIDTH - 2 - NAME) / COLUMN };

void figures_labels(struct buf *out, const struct span *label, const struct confusion *c)
{
    static const char *const head[] = {"gold", "predicted", "precision", "recall", "F1"};
    uint32_t *use = mem_array(c->n_labels, sizeof *use), n;

    buf_add_str(out, "  ");
    layout_left(out, SPAN("label"), NAME);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        layout_right(out, span_of(head[i]), COLUMN + 1);
    buf_add_char(out, '\n');
    n = confusion_occurring(c, use);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t l = use[i];
        buf_add_str(out, "  ");
        layout_left(out, label[l], NAME);
        layout_count(out, confusion_gold(c, l), COLUMN + 1);
        layout_count(out, confusion_predicted(c, l), COLUMN + 1);
        layout_figure(out, confusion_precision(c, l), 3, COLUMN + 1);
        layout_figure(out, confusion_recall(c, l), 3, COLUMN + 1);
        layout_figure(out, confusion_f1(c, l), 3, COLUMN + 1);
        buf_add_char(out, '\n');
    }
    free(use);
}

/* Rows of all `n` labels of `use`, columns from `from` on, as many as fit. */
static void confusion_block(struct buf *out, const struct span *label, const struct confusion *c,
                            const uint32_t *use, uint32_t n, uint32_t from)
{
    uint32_t to = n - from < BLOCK ? n : from + BLOCK;

    buf_add_str(out, "  ");
    layout_left(out, SPAN(""), NAME);
    for (uint32_t j = from; j < to; j++) {
        buf_add_char(out, ' ');
        layout_right(out, label[use[j]], COLUMN - 1);
    }
    buf_add_char(out, '\n');
    for (uint32_t i = 0; i < n; i++) {
        buf_add_str(out, "  ");
        layout_left(out, label[use[i]], NAME);
        for (uint32_t j = from; j < to; j++)
            layout_count(out, c->count[(size_t)use[i] * c->n_labels + use[j]], COLUMN);
        buf_add_char(out, '\n');
    }
}

void figures_confusion(struct buf *out, const struct span *label, const struct confusion *c,
                       const char *columns)
{
    uint32_t *use = mem_array(c->n_labels, sizeof *use), n = confusion_occurring(c, use);

    buf_addf(out, "  counts (rows: gold, columns: %s)\n", columns);
    for (uint32_t from = 0; from < n; from += BLOCK)
        confusion_block(out, label, c, use, n, from);
    free(use);
}

/* Between the digits of an interval the same sign says "to". */
static bool has_undefined(const char *text)
{
    static const char sign[] = "–";
    const char *at = text;

    for (; (at = strstr(at, sign)) != NULL; at += sizeof sign - 1)
        if (at != text && at[-1] == ' ')
            return true;
    return false;
}

void figures_footnote(struct buf *out)
{
    if (!has_undefined(buf_str(out)))
        return;
    layout_paragraph(out, "–  ",
                     SPAN("undefined, counted as 0 in means; a label that is neither in the gold "
                          "nor predicted is left out of macro-F1"));
}

double figures_f_avg(const struct span *label, const struct confusion *c)
{
    uint32_t favor, against;

    if (!confusion_stance_labels(label, c->n_labels, &favor, &against))
        return NAN;
    return confusion_f_avg(c, favor, against);
}

static void number(struct buf *out, const char *key, double value)
{
    layout_key(out, span_of(key));
    layout_json_f64(out, value);
}

static void count(struct buf *out, const char *key, uint64_t value)
{
    layout_key(out, span_of(key));
    buf_addf(out, "%llu", (unsigned long long)value);
}

void figures_json(struct buf *out, const struct span *label, const struct confusion *c)
{
    count(out, "n", confusion_total(c));
    number(out, "accuracy", confusion_accuracy(c));
    number(out, "macro_f1", confusion_macro_f1(c));
    number(out, "f_avg", figures_f_avg(label, c));
    layout_key(out, SPAN("labels"));
    buf_add_char(out, '{');
    for (uint32_t l = 0; l < c->n_labels; l++) {
        layout_key(out, label[l]);
        buf_add_char(out, '{');
        count(out, "gold", confusion_gold(c, l));
        count(out, "predicted", confusion_predicted(c, l));
        number(out, "precision", confusion_precision(c, l));
        number(out, "recall", confusion_recall(c, l));
        number(out, "f1", confusion_f1(c, l));
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
    layout_key(out, SPAN("confusion"));
    for (size_t i = 0; i < (size_t)c->n_labels * c->n_labels; i++)
        buf_addf(out, "%s%s%llu", i == 0 ? "[" : "",
                 i % c->n_labels != 0 ? ", "
                 : i == 0             ? "["
                                      : "], [",
                 (unsigned long long)c->count[i]);
    buf_add_str(out, c->n_labels != 0 ? "]]" : "[]");
}
