/* SPDX-License-Identifier: MIT */
/* ceiling: what people reach on the rows of an evaluation. */
#include "helpers.h"

#include <math.h>

#include "eval/humans.h"

/* Four comments in two threads, and what annotators said of them: "f" favor, "n" none, "-"
 * nothing. */
static const struct row {
    const char *what, *a, *b, *c;
    double value; /* mean macro-F1 of the pairs; NAN: an error */
    uint64_t n_rows;
    bool bounded; /* rows shared in one thread alone say nothing of others */
} rows[] = {
    {"all agree", "fnfn", "fnfn", "----", 1, 4, true},
    /* favor: 2·1/(2+1) = 2/3; none: 2·2/(2+3) = 4/5; mean 11/15 */
    {"one differs", "fnfn", "fnnn", "----", 11.0 / 15, 4, true},
    /* rows of one annotator alone say nothing: f against f, n against n, in one thread */
    {"some not labelled by both", "fnf-", "fn-f", "----", 1, 2, false},
    /* a and b on three rows: favor 0, none 4/5, mean 2/5; a and c 1 on their one row (favor alone
     * occurs); b and c have none: (3·2/5 + 1·1)/4 */
    {"a third reads one", "fnfn", "-nnn", "f---", 2.2 / 4, 4, true},
    {"nobody reads the same", "ff--", "--nn", "----", NAN, 0, false},
};

static void add_labels(struct corpus *c, const char *given)
{
    static const char *const id[] = {"1", "2", "3", "4"}, *const thread[] = {"x", "x", "y", "y"};

    for (size_t i = 0; i < 4; i++) {
        struct comment k = {.id = span_of(id[i]), .thread = span_of(thread[i]), .text = SPAN("t")};
        size_t at = corpus_add(c, &k, SPAN("file"));
        corpus_label(c, at, SPAN("ban"), given[i] == 'f' ? SPAN("favor") : SPAN("none"));
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

/* A table of annotations by hand: labels favor 0, none 1. */
static void annotate(struct annotations *a, const struct row *row)
{
    static struct annotated comment[4];
    static struct annotation given[12];
    static struct span target[] = {{"ban", 3}}, label[] = {{"favor", 5}, {"none", 4}};
    static struct span annotator[] = {{"a", 1}, {"b", 1}, {"c", 1}};
    const char *of[] = {row->a, row->b, row->c};

    *a = (struct annotations){.comment = comment,
                              .n_comments = 4,
                              .row = given,
                              .target = target,
                              .label = label,
                              .annotator = annotator,
                              .n_targets = 1,
                              .n_labels = 2,
                              .n_annotators = 3};
    for (uint32_t i = 0; i < 4; i++) {
        static const char *const id[] = {"1", "2", "3", "4"};
        comment[i].id = span_of(id[i]);
        for (uint32_t k = 0; k < 3; k++)
            if (of[k][i] != '-')
                given[a->n_rows++] = (struct annotation){
                    .comment = i, .annotator = k, .label = of[k][i] == 'f' ? 0 : 1};
    }
}

static void by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct corpus c = {0};
        struct evaluation e;
        struct annotations a;
        struct stance_err err = {0};
        int status;
        add_labels(&c, "fnfn");
        annotate(&a, &rows[i]);
        assert_int_equal(evaluation_open(&e, EVALUATION_PREDICTIONS, &c, NULL, 0, NULL, NULL), 0);
        status = humans_find(&e, &c, &a, 200, 1, 1, &err);
        if (isnan(rows[i].value)) {
            assert_int_equal(err.code, STANCE_DATA);
        } else {
            assert_int_equal(status, 0);
            if (fabs(e.humans.value - rows[i].value) > 1e-12)
                fail_msg("%s: %.17g, expected %.17g", rows[i].what, e.humans.value, rows[i].value);
            if (rows[i].bounded)
                assert_true(e.humans.low <= e.humans.value && e.humans.value <= e.humans.high);
            else
                assert_true(isnan(e.humans.low) && isnan(e.humans.high));
            assert_int_equal(e.humans.n_annotators, 3);
        }
        assert_int_equal(e.humans.n_rows, rows[i].n_rows);
        evaluation_release(&e);
        corpus_release(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
