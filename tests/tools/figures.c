/* SPDX-License-Identifier: MIT */
/*
 * figures: every figure of src/metrics/score.h for tables on standard input (see table.h), as
 * the lines "table NAME" and "figure KEY VALUE", tabs between. tests/sklearn/metrics.py holds
 * them against scikit-learn's.
 */
#include "table.h"

static void print_figures(const struct table *t)
{
    printf("table\t%.*s\n", (int)t->name.len, t->name.p);
    for (int m = 0; m < N_METRICS; m++) {
        double v = score_metric(&t->score, (enum metric)m);
        if (isnan(v))
            printf("figure\t%s\tundefined\n", metric_info[m].key);
        else
            printf("figure\t%s\t%.17g\n", metric_info[m].key, v);
    }
}

static int read_all(struct span text)
{
    struct table t = {0};
    struct csv_row row = {0};
    bool ok = true;

    while (ok && table_line(&text, &row)) {
        if (span_eq(row.field[0], SPAN("table"))) {
            if (t.name.len != 0)
                print_figures(&t);
            ok = table_begin(&t, &row);
        } else if (span_eq(row.field[0], SPAN("row"))) {
            ok = table_row(&t, &row);
        }
    }
    if (ok && t.name.len != 0)
        print_figures(&t);
    if (!ok)
        fprintf(stderr, "figures: cannot read a line after table %s\n", buf_str(&t.name));
    table_release(&t);
    csv_row_release(&row);
    return ok ? 0 : 1;
}

int main(void)
{
    struct buf text = {0};
    char block[4096];
    size_t n;
    int status;

    while ((n = fread(block, 1, sizeof block, stdin)) > 0)
        buf_add(&text, block, n);
    status = read_all(buf_span(&text));
    buf_release(&text);
    return status;
}
