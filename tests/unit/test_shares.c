/* SPDX-License-Identifier: MIT */
/* shares: of a dump whose truth is known. */
#include "crowd.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "prevalence/labelled.h"

struct told {
    struct crowd crowd;
    struct census census;
    struct golds golds;
    struct shares shares;
    struct shares_source source;
};

/* Every row is labelled by its truth. */
static void tell(struct told *t, const struct crowd_plan *plan, enum shares_among among,
                 bool per_author, uint32_t level)
{
    static const struct span target[] = {{"ban", 3}, {"topic", 5}};
    struct golds_spec spec = {.audit = &t->crowd.audit,
                              .target = target,
                              .n_targets = CROWD_TARGETS,
                              .n_labels = CROWD_LABELS};
    struct stance_err err = {0};

    crowd_make(&t->crowd, plan);
    crowd_label(&t->crowd);
    spec.label = t->crowd.spec.label;
    t->crowd.spec.per_author = per_author;
    t->crowd.spec.n_levels = level + 1;
    crowd_census(&t->census, &t->crowd, 0, plan->n, 1);
    assert_int_equal(census_check(&t->census, &err), 0);
    assert_int_equal(golds_find(&t->golds, &spec, &err), 0);
    crowd_shares(&t->shares, among);
    t->shares.per_author = per_author;
    t->source = (struct shares_source){.census = &t->census,
                                       .audit = &t->crowd.audit,
                                       .golds = &t->golds,
                                       .may = t->crowd.may,
                                       .min_labels = 2,
                                       .seed = 1};
    corrected_shares(&t->shares, &t->source);
}

static void release(struct told *t)
{
    shares_release(&t->shares);
    golds_release(&t->golds);
    census_release(&t->census);
    crowd_release(&t->crowd);
}

static double weight(const struct crowd *c, uint32_t i)
{
    uint32_t n = 0;

    if (!c->spec.per_author || crowd_author(i) == UINT32_MAX)
        return c->spec.per_author ? 0 : 1;
    for (uint32_t k = 0; k < c->plan.n; k++)
        n += crowd_author(k) == crowd_author(i);
    return 1.0 / n;
}

/* In a source, or (2) in all of the dump. */
static double true_share(const struct crowd *c, enum shares_among among, uint32_t source,
                         uint32_t target, uint32_t label)
{
    double y = 0, z = 0;

    for (uint32_t i = 0; i < c->plan.n; i++) {
        const uint32_t *truth = c->truth + i * CROWD_TARGETS;
        if ((source < 2 && c->source[i] != source) ||
            (among == SHARES_ON_TOPIC && truth[1] != CROWD_ON) ||
            (among == SHARES_TAKING_SIDES && truth[target] == CROWD_NONE))
            continue;
        z += weight(c, i);
        y += truth[target] == label ? weight(c, i) : 0;
    }
    return y / z;
}

/* Every comment drawn and labelled: each share is the truth, and nothing is uncertain, however
 * wrong the model. */
static void test_all_labelled(void **state)
{
    static const enum crowd_model models[] = {CROWD_GOOD, CROWD_NOISE, CROWD_CONSTANT};

    (void)state;
    for (uint32_t k = 0; k < 3 * 3 * 2 * 2 * 2; k++) {
        struct crowd_plan plan = {.n = 300,
                                  .every = 1,
                                  .says = models[k % 3],
                                  .by_source = k / 9 % 2 != 0,
                                  .threads = k / 18 % 2 != 0};
        enum shares_among among = (enum shares_among)(k / 3 % 3);
        struct told t;
        if (plan.threads && plan.by_source)
            continue; /* no such drawing */
        tell(&t, &plan, among, k / 36 % 2 != 0, 1);
        assert_int_equal(t.shares.n_groups, 3);
        for (uint32_t g = 0; g < 3; g++)
            for (uint32_t l = 0; l < CROWD_LABELS; l++) {
                uint32_t target = l >= CROWD_OFF;
                const struct share *s = &t.shares.target[target].share[g * CROWD_LABELS + l];
                if (among == SHARES_TAKING_SIDES && (l == CROWD_NONE || target == 1)) {
                    assert_non_null(s->refused);
                    continue;
                }
                assert_null(s->refused);
                /* groups by name: forum, presse */
                crowd_near(s->value, true_share(&t.crowd, among, (g + 2) % 3, target, l), 1e-9);
                crowd_near(s->se, 0, 1e-9);
                crowd_near(s->low, s->value, 1e-6);
                crowd_near(s->high, s->value, 1e-6);
            }
        release(&t);
    }
}

/* A model that says the same of every comment leaves what the labels alone say. */
static void test_useless_model(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 6; k++) {
        struct crowd_plan plan = {
            .n = 600, .every = 4, .says = CROWD_CONSTANT, .by_source = k % 2 != 0};
        struct told t;
        tell(&t, &plan, (enum shares_among)(k / 2), false, 1);
        for (uint32_t i = 0; i < 3 * CROWD_LABELS; i++) {
            const struct share *s = &t.shares.target[0].share[i];
            if (s->refused != NULL)
                continue;
            crowd_near(s->value, s->alone, 1e-9);
            crowd_near(s->low, s->alone_low, 1e-9);
            crowd_near(s->high, s->alone_high, 1e-9);
            crowd_near(s->lambda, 0, 0);
        }
        release(&t);
    }
}

/* A good one narrows the interval, which holds the truth here as it does there. */
static void test_good_model(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 4; k++) {
        struct crowd_plan plan = {.n = 1500, .every = 6, .by_source = k == 1, .threads = k == 2};
        struct told t;
        tell(&t, &plan, SHARES_ALL, k == 3, 0);
        for (uint32_t l = 0; l < CROWD_OFF; l++) {
            const struct share *s = &t.shares.target[0].share[l];
            assert_true(s->high - s->low < s->alone_high - s->alone_low);
            crowd_near(s->value, true_share(&t.crowd, SHARES_ALL, 2, 0, l), 4 * s->se);
            assert_true(s->lambda > .5);
        }
        release(&t);
    }
}

/* ---- weights ---- */

/* Of whole threads, those that are labelled in part count as whole ones. */
static void test_thread_weights(void **state)
{
    struct told t;
    struct labelled m;
    double of_thread[256] = {0}, all = 0;
    uint32_t n_drawn[256] = {0}, n_threads = 0, n_labelled = 0, n_first = 0;

    (void)state;
    tell(&t, &(struct crowd_plan){.n = 300, .every = 4, .threads = true}, SHARES_ALL, false, 0);
    /* the labels of all but the first row of each of the first threads are taken away, and all of
     * some others */
    for (size_t r = 0; r < t.golds.n_rows; r++) {
        uint32_t i = (uint32_t)strtoul(t.crowd.audit.row[r].comment.id.p + 1, NULL, 10);
        uint32_t thread = crowd_thread(i);
        bool first = n_drawn[thread]++ == 0;
        n_threads += first;
        if (!first && thread < 40)
            t.golds.label[r] = GOLDS_NONE;
        else if (thread >= 80)
            t.golds.label[r] = GOLDS_NONE;
        n_labelled += first && thread < 80;
    }
    labelled_make(&m, &t.shares, &t.source, 0);
    for (size_t i = 0; i < m.n; i++) {
        uint32_t c = (uint32_t)strtoul(t.crowd.audit.row[m.row[i]].comment.id.p + 1, NULL, 10);
        of_thread[crowd_thread(c)] += m.weight[i];
        all += m.weight[i];
        n_first += crowd_thread(c) < 40;
    }
    assert_int_equal(m.design.n_units, n_labelled);
    assert_int_equal(n_first, 10);
    for (uint32_t k = 0; k < 80; k += 4)
        crowd_near(of_thread[k], 4.0 * n_drawn[k] * n_threads / n_labelled, 1e-9);
    crowd_near(m.fraction[0], .25 * n_labelled / n_threads, 1e-12);
    assert_true(all > 250 && all < 350);
    labelled_release(&m);
    release(&t);
}

/* Of comments, each stands for as many as its stratum has for each that is labelled; one that
 * repeats for as many more. */
static void test_comment_weights(void **state)
{
    struct told t;
    struct labelled m;
    double sum[2] = {0};

    (void)state;
    tell(&t, &(struct crowd_plan){.n = 300, .every = 4, .by_source = true}, SHARES_ALL, false, 0);
    t.crowd.audit.row[0].repeats = 3;
    for (size_t r = 10; r < t.golds.n_rows; r += 3)
        t.golds.label[r] = GOLDS_NONE;
    labelled_make(&m, &t.shares, &t.source, 0);
    for (size_t i = 0; i < m.n; i++)
        sum[m.stratum[i]] += m.weight[i];
    for (int h = 0; h < 2; h++)
        crowd_near(sum[h], (double)t.crowd.audit.stratum[h].population, 1e-9);
    for (size_t i = 1; i < m.n; i++)
        if (m.stratum[i] == m.stratum[0])
            crowd_near(m.weight[0], 3 * m.weight[i], 1e-9);
    labelled_release(&m);
    release(&t);
}

/* ---- groups ---- */

static void test_choose(void **state)
{
    /* of 480 comments a third is drawn; months have 40 comments each, sources many */
    static const struct {
        uint32_t n_levels, min_labels, expected;
    } cases[] = {{1, 2, 0}, {2, 2, 1}, {3, 2, 1}, {3, 40, 1}, {3, 1000, 1}, {2, 1000, 1}};
    struct crowd c;
    uint8_t labelled[512];

    (void)state;
    crowd_make(&c, &(struct crowd_plan){.n = 480, .every = 3});
    for (size_t r = 0; r < 512; r++)
        labelled[r] = 1;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct census census;
        c.spec.n_levels = cases[k].n_levels;
        crowd_census(&census, &c, 0, 480, 1);
        assert_int_equal(groups_choose(&census, labelled, cases[k].min_labels), cases[k].expected);
        census_release(&census);
    }
    crowd_release(&c);
}

/* From fine to coarse: months have 13 labels or so each, sources more. */
static void test_coarsen(void **state)
{
    static const struct span levels[] = {{NULL, 0}, {"date:month", 10}, {"source", 6}};
    static const struct {
        uint32_t min_labels, first, expected; /* rows before the first are not labelled */
    } cases[] = {{2, 0, 1},  {13, 0, 1}, {15, 0, 2}, {110, 0, 1},
                 {40, 0, 2}, {2, 39, 1}, {2, 53, 2}, {300, 0, 1}};
    struct crowd c;
    struct census census;

    (void)state;
    crowd_make(&c, &(struct crowd_plan){.n = 480, .every = 3});
    c.spec.level = levels;
    crowd_census(&census, &c, 0, 480, 1);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        uint8_t labelled[512];
        uint32_t got;
        for (size_t r = 0; r < 512; r++)
            labelled[r] = r >= cases[k].first;
        got = groups_choose(&census, labelled, cases[k].min_labels);
        if (got != cases[k].expected)
            fail_msg("%u labels, from row %u: level %u", cases[k].min_labels, cases[k].first, got);
    }
    census_release(&census);
    crowd_release(&c);
}

static void test_names(void **state)
{
    struct told t;
    uint32_t *number;
    struct intern_view view;

    (void)state;
    tell(&t, &(struct crowd_plan){.n = 480, .every = 3}, SHARES_ALL, false, 2);
    number = groups_of_level(&t.shares, &t.census, 2);
    view = intern_frozen(&t.census.group[2]);
    assert_int_equal(t.shares.n_groups, 13);
    assert_int_equal(t.shares.group[0].population, 480);
    for (uint32_t g = 1; g < 13; g++) {
        char month[16];
        snprintf(month, sizeof month, "2024-%02u", g);
        assert_true(span_eq(t.shares.group[g].name, span_of(month)));
        assert_true(span_eq(intern_text(&view, number[g]), span_of(month)));
        assert_int_equal(t.shares.group[g].population, 40);
    }
    free(number);
    release(&t);
}

/* ---- labels that a target cannot have ---- */

static void test_keep_labels(void **state)
{
    struct told t;
    double was[3][CROWD_LABELS];
    size_t n_differences;

    (void)state;
    tell(&t, &(struct crowd_plan){.n = 480, .every = 3}, SHARES_ALL, false, 1);
    for (size_t g = 0; g < 3; g++)
        for (size_t l = 0; l < CROWD_LABELS; l++)
            was[g][l] = t.shares.target[l >= CROWD_OFF].share[g * CROWD_LABELS + l].value;
    assert_non_null(t.shares.target[0].share[CROWD_ON].refused);
    n_differences = t.shares.n_differences;
    assert_int_equal(n_differences, 5); /* presse less forum */
    shares_keep_labels(&t.shares, t.crowd.may);
    assert_int_equal(t.shares.target[0].n_labels, 3);
    assert_int_equal(t.shares.target[1].n_labels, 2);
    for (size_t g = 0; g < 3; g++)
        for (size_t l = 0; l < CROWD_LABELS; l++) {
            size_t target = l >= CROWD_OFF, n = target ? 2 : 3, at = target ? l - CROWD_OFF : l;
            assert_true(span_eq(t.shares.target[target].label[at], t.crowd.spec.label[l]));
            crowd_near(t.shares.target[target].share[g * n + at].value, was[g][l], 0);
        }
    for (size_t i = 0; i < n_differences; i++) {
        const struct share_difference *d = &t.shares.difference[i];
        const struct share_target *of = &t.shares.target[d->target];
        assert_true(d->label < of->n_labels);
        crowd_near(d->value,
                   of->share[d->b * of->n_labels + d->label].value -
                       of->share[d->a * of->n_labels + d->label].value,
                   1e-12);
    }
    release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_labelled),    cmocka_unit_test(test_useless_model),
        cmocka_unit_test(test_good_model),      cmocka_unit_test(test_thread_weights),
        cmocka_unit_test(test_comment_weights), cmocka_unit_test(test_choose),
        cmocka_unit_test(test_coarsen),         cmocka_unit_test(test_names),
        cmocka_unit_test(test_keep_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
