/* SPDX-License-Identifier: MIT */
/* summary: figures by hand, intervals against resamples scored row by row. */
#include "evals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "metrics/bootstrap.h"
#include "report/report.h"

enum { THREADS = 40, EACH = 10, ROWS = THREADS * EACH };

/* 40 threads of ten comments about `ban` or (every fourth thread) `spying`, gold favor and against
 * by turns. System 0 is wrong in every fifth thread and nowhere else; system 1 says `favor`; system
 * 2 is a point of a learning curve. */
static void clustered(struct evaluation *e, struct corpus *gold, const char *group)
{
    const struct evaluation_options options = {.group = span_of(group)};
    char id[16], thread[16];

    *gold = (struct corpus){0};
    for (int i = 0; i < ROWS; i++) {
        snprintf(id, sizeof id, "c%03d", i);
        snprintf(thread, sizeof thread, "t%02d", i / EACH);
        add_comment(gold, id, thread, NULL, "oui", i / EACH % 4 == 3 ? "spying" : "ban",
                    i % 2 != 0 ? "against" : "favor");
    }
    assert_int_equal(corpus_seal(gold, NULL), 0);
    assert_int_equal(evaluation_open(e, EVALUATION_CROSSVAL, gold, NULL, 0, &options, NULL), 0);
    evaluation_add(e, EVALUATION_JUDGED, SPAN("judged"), "", true);
    evaluation_add(e, EVALUATION_BASELINE, SPAN("one label"), "", false);
    evaluation_add(e, EVALUATION_LEARNING, SPAN("judged"), "", false);
    for (uint32_t r = 0; r < ROWS; r++) {
        uint32_t right = e->row[r].gold, given = r / EACH % 5 == 0 ? 1 - right : right;
        double p = 0.5 + (double)(r % 7) / 20, probs[2] = {1 - p, 1 - p};
        probs[given] = p;
        evaluation_set(e, 0, r, given, probs);
        evaluation_set(e, 1, r, 1, NULL);
        evaluation_set(e, 2, r, right, NULL);
    }
}

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-12))
        fail_msg("%.17g, expected %.17g", got, expected);
}

/* 8 threads of 40 are wrong, so 320 of 400 rows are right, as many of either label: of each 160
 * right, 40 missed, 40 false alarms, F1 320/400. The baseline has all 200 `favor`, 200 false
 * alarms: F1 400/600 and 0. */
static void figures(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct summary s;
    const struct cell *c;

    (void)state;
    clustered(&e, &gold, "thread");
    summary_make(&s, &e, 200, 1, 1, NULL);
    assert_int_equal(s.n_views, 3);
    c = s.view[0].cell;
    near(c[0].figure[METRIC_ACCURACY].value, 0.8);
    near(c[0].figure[METRIC_MACRO_F1].value, 0.8);
    near(c[0].figure[METRIC_F_AVG].value, 0.8);
    near(c[0].figure[METRIC_MCC].value, 0.6);
    near(c[0].label[1].precision.value, 0.8);
    near(c[1].figure[METRIC_ACCURACY].value, 0.5);
    near(c[1].figure[METRIC_MACRO_F1].value, (2.0 / 3 + 0) / 2);
    near(c[1].lead[METRIC_ACCURACY].value, 0.3);
    near(c[0].lead[METRIC_ACCURACY].value, 0);
    assert_true(isnan(c[1].figure[METRIC_BRIER].value) && isnan(c[1].lead[METRIC_BRIER].value));
    near(c[2].figure[METRIC_ACCURACY].value, 1);
    for (size_t v = 0; v < s.n_views; v++)
        for (size_t i = 0; i < e.n_systems; i++)
            assert_int_equal(s.view[v].cell[i].measured, v == 0 || i != 2);
    assert_ptr_equal(summary_target(&s, 0), &s.view[1]);
    assert_ptr_equal(summary_target(&s, 1), &s.view[2]);
    assert_int_equal(s.view[2].n_rows, ROWS / 4);
    assert_int_equal(s.view[2].n_groups, THREADS / 4);
    for (int m = 0; m < N_METRICS; m++)
        near(c[0].figure[m].value, score_metric(&c[0].score, (enum metric)m));
    summary_release(&s);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* The resampled figures of a system on a view, each row looked at. */
static void naively(const struct summary *s, size_t view, size_t system, enum metric m, double *out)
{
    const struct evaluation *e = s->e;
    const struct view *v = &s->view[view];
    uint32_t *times = malloc(e->n_groups * sizeof *times);
    struct score score;

    score_init(&score, e->label, e->n_labels);
    for (uint32_t k = 0; k < s->n_resamples; k++) {
        bootstrap_draw(times, e->n_groups, s->seed, k);
        score_reset(&score);
        for (size_t i = 0; i < v->n_rows; i++) {
            uint32_t r = v->row[i];
            const struct evaluation_system *y = &e->system[system];
            struct score_row row = {e->row[r].gold, y->label[r], y->p[r], NAN, NAN};
            if (y->probs != NULL)
                score_row_probs(&row, y->probs + (size_t)r * e->n_labels, e->n_labels);
            score_add(&score, &row, times[e->group[e->row[r].comment]]);
        }
        out[k] = score_metric(&score, m);
    }
    score_release(&score);
    free(times);
}

static void expect_interval(struct figure got, double *value, uint32_t n, uint32_t n_groups)
{
    struct interval i = bootstrap_interval(value, n, 0.95, n_groups);

    near(got.low, i.low);
    near(got.high, i.high);
    assert_true(got.low <= got.value && got.value <= got.high);
}

static void intervals(void **state)
{
    static const enum metric metric[] = {METRIC_MACRO_F1, METRIC_ACCURACY, METRIC_MCC, METRIC_BRIER,
                                         METRIC_LOG_LOSS};

    double judged[300], other[300];
    struct corpus gold;
    struct evaluation e;
    struct summary s;

    (void)state;
    clustered(&e, &gold, "thread");
    summary_make(&s, &e, 300, 7, 2, NULL);
    for (size_t v = 0; v < s.n_views; v++) {
        const struct view *at = &s.view[v];
        for (size_t i = 0; i < sizeof metric / sizeof *metric; i++) {
            naively(&s, v, 0, metric[i], judged);
            expect_interval(at->cell[0].figure[metric[i]], judged, 300, at->n_groups);
        }
        naively(&s, v, 0, METRIC_MACRO_F1, judged);
        naively(&s, v, 1, METRIC_MACRO_F1, other);
        for (int k = 0; k < 300; k++)
            judged[k] -= other[k];
        expect_interval(at->cell[1].lead[METRIC_MACRO_F1], judged, 300, at->n_groups);
        assert_true(!isnan(at->cell[0].label[0].recall.low));
        assert_true(!isnan(at->cell[0].figure[METRIC_ECE].value));
        assert_true(isnan(at->cell[0].figure[METRIC_ECE].low));
        assert_true(isnan(at->cell[1].figure[METRIC_BRIER].low));
    }
    summary_release(&s);
    evaluation_release(&e);
    corpus_release(&gold);
}

static double width(const char *group)
{
    struct corpus gold;
    struct evaluation e;
    struct summary s;
    struct figure f;

    clustered(&e, &gold, group);
    summary_make(&s, &e, 1000, 1, 1, NULL);
    f = s.view[0].cell[0].figure[METRIC_ACCURACY];
    summary_release(&s);
    evaluation_release(&e);
    corpus_release(&gold);
    return f.high - f.low;
}

/* Rows of a thread are right or wrong together: ten of them tell no more than one, and an interval
 * from single rows is too short by the root of ten. */
static void whole_groups(void **state)
{
    double ratio = width("thread") / width("id");

    (void)state;
    if (!(ratio > 2.5 && ratio < 4))
        fail_msg("ratio %g, expected about 3.2", ratio);
}

static void jobs_and_seeds(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct summary a, b;
    struct buf one, many;

    (void)state;
    clustered(&e, &gold, "thread");
    one = report_of(&e, report_json, 100, 1);
    many = report_of(&e, report_json, 100, 5);
    assert_string_equal(one.p, many.p);
    summary_make(&a, &e, 100, 1, 1, NULL);
    summary_make(&b, &e, 100, 2, 1, NULL);
    assert_true(a.view[0].cell[0].figure[METRIC_BRIER].low !=
                b.view[0].cell[0].figure[METRIC_BRIER].low);
    summary_release(&a);
    summary_release(&b);
    buf_release(&one);
    buf_release(&many);
    evaluation_release(&e);
    corpus_release(&gold);
}

static void without_intervals(void **state)
{
    struct corpus gold;
    struct evaluation e;
    struct summary s;

    (void)state;
    clustered(&e, &gold, "thread");
    summary_make(&s, &e, 0, 1, 1, NULL);
    for (size_t v = 0; v < s.n_views; v++)
        for (int m = 0; m < N_METRICS; m++) {
            const struct cell *c = s.view[v].cell;
            assert_true(!isnan(c[0].figure[m].value));
            assert_true(isnan(c[0].figure[m].low) && isnan(c[0].figure[m].high));
            assert_true(isnan(c[1].lead[m].low) && isnan(c[0].label[0].f1.low));
        }
    summary_release(&s);
    summary_release(NULL);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* One group alone says nothing of others; nor does a system that gave no label of any figure. */
static void nothing_to_resample(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct summary s;

    (void)state;
    add_comment(&gold, "a", "t", NULL, "un", "ban", "favor");
    add_comment(&gold, "b", "t", NULL, "deux", "ban", "against");
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_HOLDOUT, &gold, NULL, 0, NULL, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("judged"), "", false);
    evaluation_add(&e, EVALUATION_BASELINE, SPAN("silent"), "", false);
    evaluation_set(&e, 0, 0, 1, NULL);
    evaluation_set(&e, 0, 1, 1, NULL);
    summary_make(&s, &e, 50, 1, 1, NULL);
    near(s.view[0].cell[0].figure[METRIC_ACCURACY].value, 0.5);
    assert_true(isnan(s.view[0].cell[0].figure[METRIC_ACCURACY].low));
    for (int m = 0; m < N_METRICS; m++)
        assert_true(isnan(s.view[0].cell[1].figure[m].value) &&
                    isnan(s.view[0].cell[1].figure[m].low));
    summary_release(&s);
    evaluation_release(&e);
    corpus_release(&gold);
}

struct heard {
    uint64_t last, total;
};

static void hear(void *arg, const char *what, uint64_t done, uint64_t total)
{
    struct heard *h = arg;

    assert_string_equal(what, "resamples");
    assert_true(done >= h->last && done <= total);
    *h = (struct heard){done, total};
}

static void progress(void **state)
{
    struct heard h = {0, 0};
    const struct stance_talk talk = {.arg = &h, .progress = hear};
    struct corpus gold;
    struct evaluation e;
    struct summary s;

    (void)state;
    clustered(&e, &gold, "thread");
    summary_make(&s, &e, 100, 1, 1, &talk);
    assert_int_equal(h.total, 300); /* of three views */
    assert_true(h.last > 0);
    summary_release(&s);
    evaluation_release(&e);
    corpus_release(&gold);
}

/* A label of one row: in a third of the resamples it is not drawn. Macro-F1 must not turn into
 * that of two labels there: favor and against are right, none is not, so it is 2/3 at most. */
static void rare_label(void **state)
{
    struct corpus gold = {0};
    struct evaluation e;
    struct summary s;
    char id[16];

    (void)state;
    for (int i = 0; i < 100; i++) {
        snprintf(id, sizeof id, "c%03d", i);
        add_comment(&gold, id, NULL, NULL, "oui", "ban",
                    i == 0       ? "none"
                    : i % 2 != 0 ? "against"
                                 : "favor");
    }
    assert_int_equal(corpus_seal(&gold, NULL), 0);
    assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &gold, NULL, 0, NULL, NULL), 0);
    evaluation_add(&e, EVALUATION_JUDGED, SPAN("judged"), "", false);
    for (uint32_t r = 0; r < e.n_rows; r++)
        evaluation_set(&e, 0, r, r == 0 ? 0 : e.row[r].gold, NULL);
    summary_make(&s, &e, 400, 1, 1, NULL);
    assert_true(s.view[0].cell[0].figure[METRIC_MACRO_F1].value < 2.0 / 3);
    assert_true(s.view[0].cell[0].figure[METRIC_MACRO_F1].high <= 2.0 / 3 + 1e-12);
    assert_true(s.view[0].cell[0].figure[METRIC_BALANCED_ACCURACY].high <= 2.0 / 3 + 1e-12);
    summary_release(&s);
    evaluation_release(&e);
    corpus_release(&gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rare_label),          cmocka_unit_test(figures),
        cmocka_unit_test(intervals),           cmocka_unit_test(whole_groups),
        cmocka_unit_test(jobs_and_seeds),      cmocka_unit_test(without_intervals),
        cmocka_unit_test(nothing_to_resample), cmocka_unit_test(progress),
    };
    return cmocka_run_group_tests_name("summary", tests, NULL, NULL);
}
