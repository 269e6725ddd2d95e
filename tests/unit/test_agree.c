/* SPDX-License-Identifier: MIT */
/* agree: figures of small tables worked by hand, and that order and threads change none. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/rng.h"
#include "agree/agree.h"
#include "report/agreereport.h"
#include "report/layout.h"

static void near(double got, double expected)
{
    if (!(fabs(got - expected) < 1e-12))
        fail_msg("got %.17g, expected %.17g", got, expected);
}

static const struct agree_settings usual = {.n_resamples = 200, .seed = 1, .n_jobs = 1};

static int run_text(struct agreement *g, struct span csv, const struct agree_settings *set,
                    struct stance_err *err)
{
    char *path = temp_file(csv);
    struct stance_input input = {0};
    const struct annotation_files files = {
        .path = (const char *const *)&path, .n_paths = 1, .input = &input, .group = set->group};
    int status;

    *g = (struct agreement){0};
    status = annotations_read(&g->annotations, &files, NULL, err);
    if (status == 0)
        status = agree_run(g, set, NULL, err);
    remove_temp(path);
    return status;
}

static void run(struct agreement *g, const char *csv, const struct agree_settings *set)
{
    struct stance_err err = {0};

    if (run_text(g, span_of(csv), set, &err) < 0)
        fail_msg("%s:%d %s", err.file, (int)err.line, err.message);
}

static const char small[] = "id,thread,annotator,target,label\n"
                            "1,t,a,ban,f\n1,t,b,ban,f\n1,t,c,ban,g\n"
                            "2,t,a,ban,g\n2,t,b,ban,g\n"
                            "3,u,a,ban,f\n3,u,b,ban,g\n"
                            "4,u,a,ban,g\n"
                            "1,t,a,spying,f\n1,t,b,spying,f\n";

/* ban. a and b on 1, 2, 3: ff, gg, fg: p_o = 2/3, rows f 2, g 1, columns f 1, g 2:
 *   p_e = (2·1 + 1·2)/9 = 4/9, kappa = (2/9)/(5/9) = 0.4
 * a and c on 1: fg: p_o = 0, p_e = 0: kappa = 0; b and c the same.
 * mean kappa, weighted by their 3, 1 and 1 units: 1.2/5. Macro-F1 of a and b: f 2/3, g 2/3; of
 * the others 0: mean 2/5.
 * agreement: (1/3 + 1 + 0)/3 = 4/9.
 * alpha: o_ff = 2/2 = 1, o_gg = 2, o_fg = 4/2/2 + 1 = 2; n_f = 3, n_g = 4, n = 7:
 *   1 - 6·4/(2·12) = 0 */
static void by_hand(void **state)
{
    struct agreement g;
    const struct agree_section *ban;

    (void)state;
    run(&g, small, &usual);
    assert_int_equal(g.n_sections, 3);
    ban = &g.section[1];
    assert_true(span_eq(ban->target, SPAN("ban")));
    assert_int_equal(ban->n_units, 4);
    assert_int_equal(ban->n_shared, 3);
    assert_int_equal(ban->n_comments, 4);
    assert_int_equal(ban->n_pairs, 3);
    assert_int_equal(ban->n_kappas, 3);
    assert_int_equal(ban->n_annotators, 3);
    assert_int_equal(ban->n_groups, 2);
    near(ban->observed.value, 4.0 / 9);
    near(ban->kappa.value, 1.2 / 5);
    near(ban->pair[0].kappa.value, 0.4);
    near(ban->pair[0].macro_f1.value, 2.0 / 3);
    near(ban->macro_f1.value, 2.0 / 5);
    near(ban->alpha.value, 0);
    near(ban->alpha_of[0].value, 0); /* of two labels, one against the rest is all */
    assert_int_equal(ban->given[0 * 2 + 0], 2);
    assert_int_equal(ban->given[0 * 2 + 1], 2);
    assert_int_equal(ban->given[2 * 2 + 1], 1);
    assert_int_equal(ban->pair[0].table.count[0 * 2 + 1], 1);
    /* one label, always: nothing to be seen */
    assert_true(isnan(g.section[2].alpha.value));
    assert_true(isnan(g.section[2].kappa.value));
    near(g.section[2].observed.value, 1);
    near(g.section[2].macro_f1.value, 1);
    /* all: one more unit ff */
    assert_int_equal(g.section[0].n_units, 5);
    assert_int_equal(g.section[0].n_comments, 4);
    near(g.section[0].observed.value, (4.0 / 3 + 1) / 4);
    assert_true(span_eq(g.grouped_by, SPAN("thread")));
    agreement_release(&g);
}

/* 40 comments in 8 threads, 3 annotators, some labels missing, as rows of CSV. */
static size_t many_rows(struct buf *row, size_t cap)
{
    static const char *const label[] = {"favor", "against", "none"};
    struct rng rng = {11};
    size_t n = 0;

    for (int id = 0; id < 40; id++)
        for (int target = 0; target < 2; target++) {
            uint64_t most = rng_below(&rng, 3);
            for (int who = 0; who < 3; who++) {
                uint64_t given = rng_below(&rng, 10) < 7 ? most : rng_below(&rng, 3);
                if (rng_below(&rng, 10) == 0)
                    continue;
                assert_true(n < cap);
                row[n] = (struct buf){0};
                buf_addf(&row[n++], "%d,t%d,%c,target %d,%s\n", id, id % 8, 'a' + who, target,
                         label[given]);
            }
        }
    return n;
}

static struct buf json_of(const char *csv, const struct agree_settings *set)
{
    struct agreement g;
    struct buf out = {0};

    run(&g, csv, set);
    agreereport_json(&g, 5, &out);
    agreement_release(&g);
    return out;
}

/* The same bytes for any order of rows and any number of threads; another seed moves the
 * intervals only. */
static void order_and_jobs(void **state)
{
    struct buf row[240], forth = {0}, back = {0}, a, b, c;
    struct agree_settings jobs = usual, seed = usual;
    size_t n = many_rows(row, 240);

    (void)state;
    buf_add_str(&forth, "id,thread,annotator,target,label\n");
    buf_add_str(&back, "id,thread,annotator,target,label\n");
    for (size_t i = 0; i < n; i++) {
        buf_add_span(&forth, buf_span(&row[i]));
        buf_add_span(&back, buf_span(&row[n - 1 - i]));
    }
    jobs.n_jobs = 3;
    seed.seed = 2;
    a = json_of(buf_str(&forth), &usual);
    b = json_of(buf_str(&back), &jobs);
    c = json_of(buf_str(&forth), &seed);
    assert_true(span_eq(buf_span(&a), buf_span(&b)));
    assert_false(span_eq(buf_span(&a), buf_span(&c)));
    for (size_t i = 0; i < n; i++)
        buf_release(&row[i]);
    buf_release(&a);
    buf_release(&b);
    buf_release(&c);
    buf_release(&forth);
    buf_release(&back);
}

static double member(const json_t *root, const char *figure, const char *key)
{
    const json_t *f = json_object_get(json_object_get(root, "pooled"), figure);
    return json_number_value(json_object_get(f, key));
}

/* The interval is bootstrap.h's, of alphas of data in which each thread stands as often as it
 * was drawn. */
static void intervals(void **state)
{
    enum { THREADS = 8, RESAMPLES = 50 };
    struct buf row[240], whole = {0};
    size_t n = many_rows(row, 240);
    uint32_t times[THREADS];
    double alpha[RESAMPLES];
    struct agree_settings set = {.n_resamples = RESAMPLES, .seed = 5, .n_jobs = 2};
    struct agree_settings none = {.seed = 5};
    struct interval expected;
    struct agreement g;

    (void)state;
    buf_add_str(&whole, "id,thread,annotator,target,label\n");
    for (size_t i = 0; i < n; i++)
        buf_add_span(&whole, buf_span(&row[i]));
    for (uint32_t r = 0; r < RESAMPLES; r++) {
        struct buf drawn = {0};
        bootstrap_draw(times, THREADS, set.seed, r);
        buf_add_str(&drawn, "id,thread,annotator,target,label\n");
        for (size_t i = 0; i < n; i++) {
            const char *thread = strchr(buf_str(&row[i]), 't') + 1;
            for (uint32_t k = 0; k < times[thread[0] - '0']; k++)
                buf_addf(&drawn, "%u-%s", k, buf_str(&row[i]));
        }
        run(&g, buf_str(&drawn), &none);
        alpha[r] = g.section[0].alpha.value;
        assert_true(isnan(g.section[0].alpha.interval.low));
        agreement_release(&g);
        buf_release(&drawn);
    }
    expected = bootstrap_interval(alpha, RESAMPLES, 0.95, THREADS);
    run(&g, buf_str(&whole), &set);
    near(g.section[0].alpha.interval.low, expected.low);
    near(g.section[0].alpha.interval.high, expected.high);
    assert_true(expected.low < g.section[0].alpha.value);
    assert_true(expected.high > g.section[0].alpha.value);
    assert_int_equal(g.n_notes, 1); /* 8 groups are few */
    agreement_release(&g);
    buf_release(&whole);
    for (size_t i = 0; i < n; i++)
        buf_release(&row[i]);
}

/* Once no annotator has the name of another's: with names turned round, nothing but the order
 * of the pairs changes. */
static void names_change_nothing(void **state)
{
    struct buf row[240], forth = {0}, turned = {0};
    size_t n = many_rows(row, 240);
    struct agreement g, h;

    (void)state;
    buf_add_str(&forth, "id,thread,annotator,target,label\n");
    buf_add_str(&turned, "id,thread,annotator,target,label\n");
    for (size_t i = 0; i < n; i++) {
        char *name = strchr(strchr(row[i].p, ',') + 1, ',') + 1;
        buf_add_span(&forth, buf_span(&row[i]));
        *name = (char)('a' + 'c' - *name);
        buf_add_span(&turned, buf_span(&row[i]));
        buf_release(&row[i]);
    }
    run(&g, buf_str(&forth), &usual);
    run(&h, buf_str(&turned), &usual);
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(g.section[i].alpha.value == h.section[i].alpha.value);
        assert_true(g.section[i].alpha.interval.low == h.section[i].alpha.interval.low);
        near(g.section[i].kappa.value, h.section[i].kappa.value);
        near(g.section[i].kappa.interval.high, h.section[i].kappa.interval.high);
        near(g.section[i].macro_f1.value, h.section[i].macro_f1.value);
        near(g.section[i].pair[0].kappa.value, h.section[i].pair[2].kappa.value);
    }
    agreement_release(&g);
    agreement_release(&h);
    buf_release(&forth);
    buf_release(&turned);
}

static void groups(void **state)
{
    static const char csv[] = "id,author,page,annotator,target,label\n"
                              "1,m,p,a,ban,f\n1,m,p,b,ban,f\n2,m,,a,ban,g\n2,m,,b,ban,g\n"
                              "3,n,p,a,ban,g\n3,n,p,b,ban,f\n";
    static const char bare[] = "id,annotator,target,label\n1,a,ban,f\n1,b,ban,f\n2,a,ban,g\n";
    struct agree_settings set = usual;
    struct stance_err err = {0};
    struct agreement g;

    (void)state;
    run(&g, csv, &set);
    assert_true(span_eq(g.grouped_by, SPAN("author")));
    assert_int_equal(g.n_groups, 2);
    assert_non_null(strstr(g.note[0].p, "no threads are known, so intervals resample authors"));
    agreement_release(&g);
    set.group = "page";
    run(&g, csv, &set);
    assert_int_equal(g.n_groups, 2);
    assert_non_null(strstr(g.note[0].p, "comments without page, each a group of its own: 1 of 3"));
    agreement_release(&g);
    set.group = "nothing";
    assert_int_equal(run_text(&g, SPAN(csv), &set, &err), -1);
    assert_non_null(strstr(err.message, "no comment has a field 'nothing'"));
    agreement_release(&g);
    run(&g, bare, &usual);
    assert_true(span_eq(g.grouped_by, SPAN("id")));
    assert_true(isnan(g.section[0].alpha.interval.low)); /* one unit in one group */
    agreement_release(&g);
}

static void one_annotator(void **state)
{
    struct stance_err err = {0};
    struct agreement g;

    (void)state;
    assert_int_equal(
        run_text(&g, SPAN("id,annotator,target,label\n1,a,ban,f\n2,b,ban,f\n"), &usual, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "2 annotators, and no comment that two labelled"));
    agreement_release(&g);
}

/* 1 ban: 2 of 3 pairs differ; 3 ban: all of 1; 5: all of 3, so first. */
static void disputed(void **state)
{
    struct buf csv = {0};
    struct agreement g;
    size_t n, *row;

    (void)state;
    buf_add_str(&csv, small);
    buf_add_str(&csv, "5,t,a,ban,f\n5,t,b,ban,g\n5,t,c,ban,h\n");
    run(&g, buf_str(&csv), &usual);
    row = agree_disputed(&g.annotations, &n);
    assert_int_equal(n, 3);
    assert_string_equal(g.annotations.comment[g.annotations.row[row[0]].comment].id.p, "5");
    assert_string_equal(g.annotations.comment[g.annotations.row[row[1]].comment].id.p, "3");
    assert_string_equal(g.annotations.comment[g.annotations.row[row[2]].comment].id.p, "1");
    near(agree_dispute(&g.annotations, row[2]), 2.0 / 3);
    free(row);
    agreement_release(&g);
    buf_release(&csv);
}

static void as_json(void **state)
{
    struct buf out = json_of(small, &usual);
    json_t *root = json_loadb(out.p, out.len, JSON_REJECT_DUPLICATES, NULL), *unit;

    (void)state;
    assert_non_null(root);
    near(member(root, "agreement", "value"), (4.0 / 3 + 1) / 4);
    assert_int_equal(json_array_size(json_object_get(root, "per_target")), 2);
    unit = json_array_get(json_object_get(json_object_get(root, "disputed"), "listed"), 0);
    assert_string_equal(json_string_value(json_object_get(unit, "id")), "3");
    assert_string_equal(json_string_value(json_object_get(json_object_get(unit, "labels"), "b")),
                        "g");
    json_decref(root);
    buf_release(&out);
}

/* Many annotators, labels and targets with long names stay within 80 columns. */
static void width(void **state)
{
    struct buf csv = {0}, out = {0};
    struct agreement g;
    struct span line;

    (void)state;
    buf_add_str(&csv, "id,annotator,target,label\n");
    for (int i = 0; i < 3000; i++)
        buf_addf(&csv, "%d,annotateur·rice numéro %d,une cible %d dont le nom est très long,%s\n",
                 i / 25, i % 25, i / 1000, i % 7 == 0 ? "plutôt d'accord" : "pas du tout d'accord");
    run(&g, buf_str(&csv), &usual);
    agreereport_text(&g, 2, &out);
    line = (struct span){out.p, 0};
    for (size_t i = 0; i < out.len; i++) {
        if (out.p[i] != '\n')
            continue;
        line.len = (size_t)(out.p + i - line.p);
        if (layout_width(line) > LAYOUT_WIDTH)
            fail_msg("%zu columns: %.*s", layout_width(line), (int)line.len, line.p);
        line.p = out.p + i + 1;
    }
    assert_non_null(strstr(buf_str(&out), "(10 of 300 pairs, of lowest kappa first"));
    assert_non_null(strstr(buf_str(&out), "(20 of 25 annotators"));
    buf_release(&out);
    buf_release(&csv);
    agreement_release(&g);
}

static int gather(void *arg, const char *p, size_t len, struct stance_err *err)
{
    (void)err;
    buf_add(arg, p, len);
    return 0;
}

/* As a user of the library sees it. */
static void library(void **state)
{
    char *path = temp_file(SPAN(small));
    const char *const paths[] = {path};
    struct stance_agree_options none = {.no_intervals = true}, bad = {.n_resamples = 1000001};
    struct stance_agreement *g;
    struct stance_err err = {0};
    struct buf text = {0}, json = {0};
    struct stance_sink sink = {&text, gather};

    (void)state;
    assert_null(stance_agree(paths, 1, NULL, &bad, NULL, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    g = stance_agree(paths, 1, NULL, NULL, NULL, &err);
    assert_non_null(g);
    assert_int_equal(stance_agreement_write(g, 0, false, &sink, &err), 0);
    assert_non_null(strstr(buf_str(&text), "1000 resamples of whole"));
    assert_null(strstr(buf_str(&text), "disagree on"));
    stance_agreement_free(g);
    g = stance_agree(paths, 1, NULL, &none, NULL, &err);
    sink.arg = &json;
    assert_int_equal(stance_agreement_write(g, 1, true, &sink, &err), 0);
    assert_non_null(strstr(buf_str(&json), "\"resamples\": 0"));
    /* ban's pairs and spying's unit ff in one table: o_ff = 1 + 2, o_gg = 2, o_fg = 2, n = 9,
     * n_f = 5, n_g = 4: 1 - 8·4/(2·20) */
    near(stance_agreement_alpha(g), 1 - 8.0 * 4 / 40);
    /* a and b: ff 2, gg 1, fg 1: p_o = 3/4, rows f 3, g 1, columns f 2, g 2: p_e = 8/16; two
     * pairs of kappa 0 with one unit each, beside the four of a and b */
    near(stance_agreement_kappa(g), 4 * 0.5 / 6);
    /* f: 2·2/(3+2), g: 2·1/(1+2) */
    near(stance_agreement_macro_f1(g), 4 * (4.0 / 5 + 2.0 / 3) / 2 / 6);
    stance_agreement_free(g);
    stance_agreement_free(NULL);
    buf_release(&text);
    buf_release(&json);
    remove_temp(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),   cmocka_unit_test(order_and_jobs),
        cmocka_unit_test(intervals), cmocka_unit_test(names_change_nothing),
        cmocka_unit_test(groups),    cmocka_unit_test(one_annotator),
        cmocka_unit_test(disputed),  cmocka_unit_test(as_json),
        cmocka_unit_test(width),     cmocka_unit_test(library)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
