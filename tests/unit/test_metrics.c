/* SPDX-License-Identifier: MIT */
/* metrics: tests/data/metrics.tsv, small tables with the figures that scikit-learn gives. */
#include "helpers.h"

#include "../tools/table.h"

/* metric_find() of a name that is not NUL-terminated. */
static enum metric metric_of(struct span key)
{
    struct buf name = {0};
    int m;

    buf_add_span(&name, key);
    m = metric_find(buf_str(&name));
    if (m < 0)
        fail_msg("no metric %s", buf_str(&name));
    buf_release(&name);
    return (enum metric)m;
}

static void check_figure(const struct table *t, const struct csv_row *row)
{
    bool undefined = span_eq(row->field[2], SPAN("undefined"));
    double got = score_metric(&t->score, metric_of(row->field[1])), expected = NAN;

    assert_true(undefined || num_f64(row->field[2], &expected));
    if (undefined ? !isnan(got) : !(fabs(got - expected) <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("%.*s: %.*s is %.17g, scikit-learn's %.*s", (int)t->name.len, t->name.p,
                 (int)row->field[1].len, row->field[1].p, got, (int)row->field[2].len,
                 row->field[2].p);
}

static void stored(void **state)
{
    struct buf file = slurp(test_path("data/metrics.tsv"));
    struct span text = buf_span(&file);
    struct csv_row row = {0};
    struct table t = {0};
    size_t n_tables = 0, n_figures = 0;

    (void)state;
    while (table_line(&text, &row)) {
        if (span_eq(row.field[0], SPAN("table"))) {
            assert_true(table_begin(&t, &row));
            n_tables++;
        } else if (span_eq(row.field[0], SPAN("row"))) {
            assert_true(table_row(&t, &row));
        } else {
            assert_true(span_eq(row.field[0], SPAN("figure")) && row.n == 3);
            check_figure(&t, &row);
            n_figures++;
        }
    }
    assert_true(n_tables >= 12);
    assert_int_equal(n_figures, n_tables * N_METRICS);
    table_release(&t);
    csv_row_release(&row);
    buf_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stored)};
    return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
