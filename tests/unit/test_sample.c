/* SPDX-License-Identifier: MIT */
/* sample: how many of each stratum, which comments, and that neither the order of a dump nor the
 * number of threads matters; what a larger sample keeps of a smaller one. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "base/mem.h"
#include "base/rng.h"
#include "sample/draw.h"
#include "sample/plan.h"
#include "sample/sample.h"
#include "sample/uncertain.h"

enum { STRATA = 4 };

/* population, low, high (0: the population) of each; n, equal; what each gets; the sum of the lows
 */
static const struct {
    uint64_t population[STRATA], low[STRATA], high[STRATA], n;
    bool equal;
    uint64_t take[STRATA], least;
} deals[] = {
    {{100, 100, 100, 100}, {0}, {0}, 40, false, {10, 10, 10, 10}, 0},
    {{700, 200, 60, 40}, {0}, {0}, 10, false, {7, 2, 1, 0}, 0},
    {{530, 240, 230}, {0}, {0}, 10, false, {5, 3, 2}, 0}, /* of equal remainders the first */
    {{970, 10, 10, 10}, {2, 2, 2, 2}, {0}, 20, false, {14, 2, 2, 2}, 8},
    {{1000, 1, 1, 1}, {1, 1, 1, 1}, {0}, 100, false, {97, 1, 1, 1}, 4},
    {{1000, 1000, 10, 10}, {2, 2, 2, 2}, {0}, 100, true, {40, 40, 10, 10}, 8},
    {{500, 500}, {0}, {20, 500}, 100, false, {20, 80}, 0},  /* repeats: few different ones */
    {{500, 500}, {30, 2}, {0}, 40, false, {30, 10}, 32},    /* what is there stays */
    {{5, 5}, {0}, {0}, 100, false, {5, 5}, 0},              /* all there are */
    {{50, 50, 50}, {2, 2, 2}, {0}, 4, false, {2, 2, 2}, 6}, /* too few: the caller refuses */
    {{7}, {0}, {0}, 0, false, {0}, 0},
    {{1, 999999999}, {1, 0}, {0}, 1000, false, {1, 999}, 1},
};

static void allocations(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof deals / sizeof *deals; i++) {
        struct draw_share s[STRATA] = {{0}};
        size_t n = 0;
        for (; n < STRATA && deals[i].population[n] != 0; n++) {
            uint64_t high = deals[i].high[n] != 0 ? deals[i].high[n] : deals[i].population[n];
            s[n] = (struct draw_share){deals[i].population[n], deals[i].low[n], high, 0};
        }
        assert_int_equal(draw_allocate(s, n, deals[i].n, deals[i].equal), deals[i].least);
        for (size_t h = 0; h < n; h++)
            if (s[h].take != deals[i].take[h])
                fail_msg("deal %zu: stratum %zu gets %d", i, h, (int)s[h].take);
    }
}

/* Any strata: exactly n, within bounds. */
static void allocations_add_up(void **state)
{
    struct rng r = {1};

    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct draw_share s[30] = {{0}};
        size_t n_strata = 1 + rng_below(&r, 30);
        uint64_t low = 0, high = 0, given = 0, n;
        for (size_t h = 0; h < n_strata; h++) {
            s[h].population = 1 + rng_below(&r, rng_below(&r, 2) != 0 ? 5 : 1000000);
            s[h].high = 1 + rng_below(&r, s[h].population);
            s[h].low = rng_below(&r, (s[h].high < 9 ? s[h].high : 9) + 1);
            low += s[h].low;
            high += s[h].high;
        }
        n = low + rng_below(&r, high - low < 5000 ? high - low + 1 : 5000);
        assert_int_equal(draw_allocate(s, n_strata, n, i % 2 == 0), low);
        for (size_t h = 0; h < n_strata; h++) {
            assert_true(s[h].take >= s[h].low && s[h].take <= s[h].high);
            given += s[h].take;
        }
        assert_int_equal(given, n);
    }
}

static uint64_t key_of(uint64_t i)
{
    return audit_key((struct span){(const char *)&i, sizeof i}, SPAN("oui"));
}

static void add(struct draw *d, uint64_t i)
{
    uint64_t rank = draw_rank(7, key_of(i));
    struct span stratum = i % 3 == 0 ? SPAN("three") : SPAN("others");
    bool kept = rank <= draw_bound(d, stratum);

    draw_add(d, stratum, rank, key_of(i), kept ? (const char *)&i : NULL, sizeof i);
}

static void check_stratum(const struct draw_stratum *s, uint64_t n, size_t most)
{
    uint64_t first, smaller = 0, i;

    assert_int_equal(s->n, most);
    memcpy(&first, s->heap[0].bytes, sizeof first);
    for (size_t k = 0; k < s->n; k++) {
        memcpy(&i, s->heap[k].bytes, sizeof i);
        assert_true(s->heap[k].key == key_of(i));
        assert_int_equal(i % 3 == 0, first % 3 == 0);
        assert_int_equal(s->heap[k].repeats, i % 5 == 0 ? 2 : 1);
        assert_true(k == 0 || s->heap[k - 1].rank < s->heap[k].rank);
    }
    for (i = 0; i < n; i++)
        smaller +=
            (i % 3 == 0) == (first % 3 == 0) && draw_rank(7, key_of(i)) <= s->heap[most - 1].rank;
    assert_int_equal(smaller, most);
}

/* The smallest ranks in their order, and how often they were given, whatever the order. */
static void smallest_ranks(void **state)
{
    enum { N = 999, MOST = 20 };

    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        struct draw d;
        draw_init(&d, MOST);
        for (uint64_t i = 0; i < N; i++) /* all once, one way or another; multiples of 5 twice */
            add(&d, turn == 0 ? i : turn == 1 ? N - 1 - i : i * 500 % N);
        for (uint64_t i = 0; i < N; i += 5)
            add(&d, i);
        draw_end(&d);
        assert_int_equal(d.names.n, 2);
        assert_int_equal(d.population, N + 200);
        check_stratum(&d.stratum[0], N, MOST);
        check_stratum(&d.stratum[1], N, MOST);
        draw_release(&d);
    }
}

/* Each key is drawn about as often as another. */
static void uniform(void **state)
{
    enum { N = 50, MOST = 10, SEEDS = 4000 };
    unsigned count[N] = {0};
    double chi = 0, expected = (double)SEEDS * MOST / N;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t rank[N];
        for (uint64_t k = 0; k < N; k++)
            rank[k] = draw_rank(seed, key_of(k));
        for (int k = 0; k < N; k++) {
            int before = 0;
            for (int j = 0; j < N; j++)
                before += rank[j] < rank[k];
            count[k] += before < MOST;
        }
    }
    for (int k = 0; k < N; k++)
        chi += (count[k] - expected) * (count[k] - expected) / expected;
    assert_true(chi < 90); /* 49 degrees of freedom, less what drawing without replacement saves */
}

/* ---- margins ---- */

static void margins(void **state)
{
    static const double p[3][3] = {{.5, .3, .2}, {.1, .1, .8}, {.45, .45, .1}};
    static const bool second[] = {false, true, false}, none[] = {false, false, false};
    struct stance_prediction k[3];

    (void)state;
    for (int t = 0; t < 3; t++)
        k[t] = (struct stance_prediction){.p = .5, .probs = p[t]};
    assert_true(fabs(uncertain_margin(k, 1, 3, NULL) - .2) < 1e-12);
    assert_true(fabs(uncertain_margin(k, 2, 3, NULL) - .2) < 1e-12);
    assert_true(fabs(uncertain_margin(k, 3, 3, NULL)) < 1e-12);
    assert_true(fabs(uncertain_margin(k, 3, 3, second) - .7) < 1e-12);
    assert_true(uncertain_margin(k, 3, 3, none) == 1);
    k[0].p = NAN; /* a target that the model never saw */
    assert_true(uncertain_margin(k, 1, 3, NULL) == 1);
}

/* Cochran, Sampling Techniques (1977), 4.4 and 4.5: the number of a proportion. */
static void plans(void **state)
{
    static const struct {
        double comments, s2, h, labels;
    } cases[] = {{1e12, .25, .03, 1068}, {1e12, .25, .05, 385}, {1000, .25, .05, 278},
                 {4000, .25, .05, 351},  {1e12, .09, .03, 385}, {10, .25, .01, 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double labels = plan_labels(cases[i].comments, cases[i].s2, cases[i].h);
        if (labels != cases[i].labels)
            fail_msg("%g labels of %g", labels, cases[i].comments);
        assert_true(plan_half(cases[i].comments, cases[i].s2, labels) <= cases[i].h * 1.001);
    }
    assert_true(fabs(100 * plan_half(1e12, .25, 400) - 4.9) < .01);
    assert_true(plan_half(8, .25, 8) == 0);
}

/* ---- a dump to an audit ---- */

enum { RECORDS = 1000 };

/* Threads of ten; every seventh comment has no text. */
static void add_record(struct buf *out, int i)
{
    buf_addf(out,
             "{\"id\":\"c%d\",\"thread\":\"t%d\",\"parent\":\"c%d\",\"author\":\"u%d\",\"date\":"
             "\"2024-0%d-11T10:00\",\"site\":\"s%d\",\"text\":\"%s%d\"}\n",
             i, i / 10, i - 1, i % 17, 1 + i % 3, i % 2, i % 7 == 6 ? "" : "commentaire ", i);
    if (i % 7 == 6) { /* the number was no text either */
        while (out->p[out->len - 1] != ':')
            out->len--;
        buf_add_str(out, "\"\"}\n");
    }
}

static char *dump_file(bool backwards, int more)
{
    struct buf out = {0};
    char *path;

    for (int i = 0; i < RECORDS; i++)
        add_record(&out, backwards ? RECORDS - 1 - i : i);
    for (int i = 0; i < more; i++)
        add_record(&out, RECORDS + i);
    path = temp_file(buf_span(&out));
    buf_release(&out);
    return path;
}

static const char definition[] =
    "{\"id\":\"ban\",\"labels\":{\"favor\":{},\"against\":{},\"none\":{}}}\n";

static int sample(const struct stance_sample_options *o, const char *dump, const char *extend,
                  const char *path, struct stance_err *err)
{
    return stance_sample(NULL, &dump, 1, o, extend, path, NULL, err);
}

static void draw_to(struct audit *a, const struct stance_sample_options *o, const char *dump,
                    const char *extend, const char *path)
{
    struct stance_err err = {0};

    if (sample(o, dump, extend, path, &err) < 0 || audit_read(a, path, &err) < 0)
        fail_msg("%s", err.message);
}

static void same_files(const char *a, const char *b)
{
    struct buf x = slurp(a), y = slurp(b);

    assert_true(span_eq(buf_span(&x), buf_span(&y)));
    buf_release(&x);
    buf_release(&y);
}

/* By no stratum, two fields, and threads: the rows are the same from a dump that is turned round
 * (threads: in another order), and by any number of jobs. */
static void order_and_jobs(void **state)
{
    static const char *const by[] = {"site", "month"};
    char *forth = dump_file(false, 0), *back = dump_file(true, 0), *targets, *a, *b;

    (void)state;
    targets = temp_file(span_of(definition));
    a = temp_file(SPAN(""));
    b = temp_file(SPAN(""));
    for (size_t n_by = 0; n_by <= 2; n_by++) {
        struct stance_sample_options o = {
            .n = 60, .by = by, .n_by = n_by, .targets = targets, .n_jobs = 1};
        struct audit x, y;
        draw_to(&x, &o, forth, NULL, a);
        o.n_jobs = 3;
        draw_to(&y, &o, back, NULL, b);
        same_files(a, b);
        assert_int_equal(x.n_rows, 60);
        assert_int_equal(x.n_strata, n_by == 0 ? 1 : n_by == 1 ? 2 : 6);
        assert_int_equal(x.dump.records, RECORDS);
        assert_int_equal(x.dump.population, RECORDS - RECORDS / 7);
        for (size_t i = 0; i < x.n_rows; i++) {
            const struct audit_row *row = &x.row[i];
            const struct audit_stratum *s = &x.stratum[row->stratum];
            assert_true(row->sample_prob == (double)s->drawn / (double)s->population);
            assert_true(row->key == audit_key(row->comment.id, row->comment.text));
            assert_true(span_eq(row->cluster, row->comment.thread));
        }
        audit_release(&x);
        audit_release(&y);
    }
    remove_temp(forth);
    remove_temp(back);
    remove_temp(targets);
    remove_temp(a);
    remove_temp(b);
}

static bool has(const struct audit *a, const struct audit_row *row)
{
    uint32_t at = audit_find_row(a, row->comment.id);

    return at != AUDIT_NONE && a->row[at].key == row->key && a->row[at].stratum == row->stratum &&
           a->row[at].training == row->training;
}

/* A sample drawn in two steps has the comments of one drawn at once, and their probabilities;
 * labels stay. Another dump is refused, and the file is as it was. */
static void extended(void **state)
{
    static const char *const by[] = {"site"};
    char *dump = dump_file(false, 0), *other = dump_file(false, 2), *targets, *a, *b;
    struct stance_sample_options whole = {.n = 90, .by = by, .n_by = 1}, more = {.n = 50};
    struct stance_err err = {0};
    struct audit x, y, z;

    (void)state;
    targets = temp_file(span_of(definition));
    a = temp_file(SPAN(""));
    b = temp_file(SPAN(""));
    whole.targets = targets;
    draw_to(&x, &whole, dump, NULL, a);
    whole.n = 40;
    draw_to(&y, &whole, dump, NULL, b);
    audit_say_of(&y, &y.row[3], audit_add_annotator(&y, SPAN("a")), false)->label[0] = 1;
    assert_int_equal(audit_write(&y, b, &err), 0);
    draw_to(&z, &more, dump, b, b);
    assert_int_equal(z.n_rows, 90);
    assert_true(z.id == x.id);
    assert_int_equal(audit_gold(&z, &z.row[3], 0, NULL), 1);
    for (size_t i = 0; i < z.n_rows; i++) {
        assert_true(has(&x, &z.row[i]));
        assert_int_equal(z.row[i].batch, i < 40 ? 1 : 2);
        assert_true(z.row[i].sample_prob ==
                    x.row[audit_find_row(&x, z.row[i].comment.id)].sample_prob);
    }
    assert_int_equal(sample(&more, other, b, b, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "another dump"));
    audit_release(&x);
    assert_int_equal(audit_read(&x, b, &err), 0);
    audit_release(&x);
    audit_release(&y);
    audit_release(&z);
    remove_temp(dump);
    remove_temp(other);
    remove_temp(targets);
    remove_temp(a);
    remove_temp(b);
}

/* All the comments of each thread that is there, about as many as were asked for; tau is the part
 * that drawn threads are of all, nearly. */
static void threads(void **state)
{
    char *dump = dump_file(false, 0), *targets = temp_file(span_of(definition)), *a, *b;
    struct stance_sample_options o = {.n = 100, .threads = true, .targets = targets, .n_jobs = 1};
    struct audit x, y;

    (void)state;
    a = temp_file(SPAN(""));
    b = temp_file(SPAN(""));
    draw_to(&x, &o, dump, NULL, a);
    assert_true(x.n_rows > 80 && x.n_rows < 125);
    for (size_t i = 0; i < x.n_rows; i++) {
        int of_thread = 0, expected = 0, t = atoi(x.row[i].cluster.p + 1);
        for (size_t k = 0; k < x.n_rows; k++)
            of_thread += span_eq(x.row[k].cluster, x.row[i].cluster);
        for (int k = 10 * t; k < 10 * t + 10; k++)
            expected += k % 7 != 6;
        assert_int_equal(of_thread, expected);
        assert_true(x.row[i].sample_prob == x.threads_tau);
    }
    assert_true(x.threads_tau > .06 && x.threads_tau < .2);
    o.n_jobs = 3;
    draw_to(&y, &o, dump, NULL, b);
    same_files(a, b);
    audit_release(&y);
    draw_to(&y, &(struct stance_sample_options){.n = 50}, dump, a, b);
    assert_true(y.n_rows > x.n_rows + 30 && y.threads_tau > x.threads_tau);
    for (size_t i = 0; i < x.n_rows; i++)
        assert_true(has(&y, &x.row[i]));
    audit_release(&x);
    audit_release(&y);
    remove_temp(dump);
    remove_temp(targets);
    remove_temp(a);
    remove_temp(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocations),    cmocka_unit_test(allocations_add_up),
        cmocka_unit_test(smallest_ranks), cmocka_unit_test(uniform),
        cmocka_unit_test(margins),        cmocka_unit_test(plans),
        cmocka_unit_test(order_and_jobs), cmocka_unit_test(extended),
        cmocka_unit_test(threads),
    };
    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
