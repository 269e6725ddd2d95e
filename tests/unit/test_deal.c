/* SPDX-License-Identifier: MIT */
/* deal: every fold gets its share of every label, as far as whole groups allow. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/rng.h"
#include "corpus/deal.h"
#include "corpus/load.h"
#include "corpus/split.h"

/* Two folds; A has 3 favor, B 3 against, C 2 favor, D 2 against: totals 10, 5 and 5.
 *   A: all folds cost the same, so the first.
 *   B: beside A 3·3/10, in the empty one nothing: the second.
 *   C: beside A 2·3/10 + 2·3/5 = 1.8, beside B 2·3/10 = 0.6: the second.
 *   D: beside A 2·3/10 = 0.6, beside B and C 2·5/10 + 2·3/5 = 2.2: the first.
 * By size alone C would go to A, the first of equals, and each fold have one label. */
static void worked_by_hand(void **state)
{
    const struct deal_part part[] = {{0, 3}, {1, 3}, {0, 3}, {2, 3},
                                     {0, 2}, {1, 2}, {0, 2}, {2, 2}};
    const uint32_t total[] = {10, 5, 5};
    struct deal_whole whole[] = {
        {.hash = 4, .name = SPAN("D"), .size = 2, .part = 6, .n_parts = 2},
        {.hash = 3, .name = SPAN("C"), .size = 2, .part = 4, .n_parts = 2},
        {.hash = 2, .name = SPAN("B"), .size = 3, .part = 2, .n_parts = 2},
        {.hash = 1, .name = SPAN("A"), .size = 3, .part = 0, .n_parts = 2},
    };

    (void)state;
    deal(whole, 4, part, total, 3, 2);
    for (int i = 0; i < 4; i++)
        assert_int_equal(whole[i].name.p[0], "ABCD"[i]);
    assert_int_equal(whole[0].fold, 0);
    assert_int_equal(whole[1].fold, 1);
    assert_int_equal(whole[2].fold, 1);
    assert_int_equal(whole[3].fold, 0);
}

enum { WHOLES = 12, STRATA = 4, FOLDS = 3 };

struct table {
    struct deal_whole whole[WHOLES];
    struct deal_part part[WHOLES * STRATA];
    uint32_t total[STRATA];
};

/* Sizes 1 to 20, each comment with one of the labels 1 to 3. */
static void any_table(struct table *t, struct rng *r)
{
    static const char name[] = "abcdefghijkl";

    *t = (struct table){0};
    for (size_t w = 0; w < WHOLES; w++) {
        struct deal_whole *to = &t->whole[w];
        uint32_t n[STRATA] = {0};
        *to = (struct deal_whole){.hash = rng_below(r, 5), .name = {name + w, 1}};
        to->size = n[0] = 1 + (uint32_t)rng_below(r, 20);
        to->part = w * STRATA;
        for (uint32_t i = 0; i < n[0]; i++)
            n[1 + rng_below(r, rng_below(r, 3) + 1)]++;
        for (uint32_t s = 0; s < STRATA; s++) {
            t->total[s] += n[s];
            if (n[s] != 0)
                t->part[to->part + to->n_parts++] = (struct deal_part){s, n[s]};
        }
    }
    for (uint32_t s = 0; s < STRATA; s++)
        if (t->total[s] == 0)
            t->total[s] = 1;
}

static double cost(const struct table *t)
{
    uint32_t load[STRATA][FOLDS] = {{0}};
    double sum = 0;

    for (size_t w = 0; w < WHOLES; w++)
        for (size_t p = 0; p < t->whole[w].n_parts; p++) {
            const struct deal_part *part = &t->part[t->whole[w].part + p];
            load[part->stratum][t->whole[w].fold] += part->n;
        }
    for (size_t s = 0; s < STRATA; s++)
        for (size_t f = 0; f < FOLDS; f++)
            sum += (double)load[s][f] * load[s][f] / t->total[s];
    return sum;
}

/* The cost counted afresh: no whole moved, no two exchanged would make it less. */
static void nothing_left_to_gain(void **state)
{
    struct rng r = {7};

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct table t;
        double least;
        size_t n_wholes[FOLDS] = {0};
        any_table(&t, &r);
        deal(t.whole, WHOLES, t.part, t.total, STRATA, FOLDS);
        least = cost(&t) - 1e-6;
        for (size_t v = 0; v < WHOLES; v++) {
            uint32_t fold = t.whole[v].fold;
            n_wholes[fold]++;
            for (t.whole[v].fold = 0; t.whole[v].fold < FOLDS; t.whole[v].fold++)
                assert_true(cost(&t) > least);
            for (size_t w = 0; w < v; w++) {
                t.whole[v].fold = t.whole[w].fold;
                t.whole[w].fold = fold;
                assert_true(cost(&t) > least);
                t.whole[w].fold = t.whole[v].fold;
            }
            t.whole[v].fold = fold;
        }
        for (size_t f = 0; f < FOLDS; f++)
            assert_true(n_wholes[f] > 0);
    }
}

/* As it was before strata: largest first to the emptiest, for comparison. Groups are threads
 * here, at most 200. */
struct old_group {
    struct span name;
    uint32_t size, fold;
};

static int old_order(const void *a, const void *b)
{
    const struct old_group *x = a, *y = b;
    uint64_t p = hash_span(x->name), q = hash_span(y->name);
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (p > q) - (p < q);
}

static uint32_t *by_size_alone(const struct corpus *c, uint32_t n_folds)
{
    uint32_t *fold = malloc(c->n_comments * sizeof *fold);
    struct old_group g[200] = {{{0}, 0, 0}};
    size_t n = 0, k, load[10] = {0};

    for (size_t i = 0; i < c->n_comments; i++) {
        for (k = 0; k < n && !span_eq(g[k].name, c->comment[i].thread);)
            k++;
        n += k == n;
        g[k].name = c->comment[i].thread;
        g[k].size++;
    }
    qsort(g, n, sizeof *g, old_order);
    for (k = 0; k < n; k++) {
        for (uint32_t f = 1; f < n_folds; f++)
            if (load[f] < load[g[k].fold])
                g[k].fold = f;
        load[g[k].fold] += g[k].size;
    }
    for (size_t i = 0; i < c->n_comments; i++)
        for (k = 0; k < n; k++)
            if (span_eq(g[k].name, c->comment[i].thread))
                fold[i] = g[k].fold;
    return fold;
}

/* Between folds: the widest difference of a label's share. */
static double spread(const struct corpus *c, const uint32_t *fold, uint32_t n_folds)
{
    double widest = 0;

    for (uint32_t l = 0; l < c->n_labels; l++) {
        double low = 1, high = 0;
        for (uint32_t f = 0; f < n_folds; f++) {
            double n = 0, of_label = 0;
            for (size_t i = 0; i < c->n_marks; i++) {
                n += fold[c->mark[i].comment] == f;
                of_label += fold[c->mark[i].comment] == f && c->mark[i].label == l;
            }
            assert_true(n > 0);
            low = of_label / n < low ? of_label / n : low;
            high = of_label / n > high ? of_label / n : high;
        }
        widest = high - low > widest ? high - low : widest;
    }
    return widest;
}

static double new_spread(const struct corpus *c, const char *field, uint32_t n_folds)
{
    struct split s;
    double d;

    assert_int_equal(split_folds(&s, c, NULL, span_of(field), n_folds, 1, NULL), 0);
    d = spread(c, s.fold, n_folds);
    split_release(&s);
    return d;
}

/* Sixty threads of 1 to 30 comments, each leaning to one of three labels. */
static void leaning_threads(struct corpus *c)
{
    static const char *const label[] = {"against", "favor", "none"};
    struct rng r = {3};
    char id[16], thread[16];
    int n = 0;

    *c = (struct corpus){0};
    for (int t = 0; t < 60; t++) {
        int size = 1 + (int)rng_below(&r, 30), leaning = (int)rng_below(&r, 3);
        snprintf(thread, sizeof thread, "t%d", t);
        for (int i = 0; i < size; i++) {
            int l = rng_below(&r, 4) != 0 ? leaning : (int)rng_below(&r, 3);
            snprintf(id, sizeof id, "c%04d", n++);
            add_comment(c, id, thread, NULL, "oui", rng_below(&r, 3) == 0 ? "ban" : "spying",
                        label[l]);
        }
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static void threads_of_one_mind(void **state)
{
    struct corpus c;
    uint32_t *old;

    (void)state;
    leaning_threads(&c);
    old = by_size_alone(&c, 5);
    assert_true(spread(&c, old, 5) > 0.1);
    assert_true(new_spread(&c, "thread", 5) < 0.02);
    free(old);
    corpus_release(&c);
}

/* Each comment alone: every stratum is dealt out one by one. */
static void comments_alone(void **state)
{
    struct corpus c;
    struct split s;

    (void)state;
    leaning_threads(&c);
    assert_int_equal(split_folds(&s, &c, NULL, SPAN("id"), 5, 1, NULL), 0);
    for (uint32_t t = 0; t < c.n_targets; t++)
        for (uint32_t l = 0; l < c.n_labels; l++) {
            size_t n[5] = {0}, total = 0;
            for (size_t i = 0; i < c.n_marks; i++)
                if (c.mark[i].target == t && c.mark[i].label == l) {
                    n[s.fold[c.mark[i].comment]]++;
                    total++;
                }
            for (size_t f = 0; f < 5; f++)
                assert_in_range(n[f], total / 5, total / 5 + 1);
        }
    assert_true(spread(&c, s.fold, 5) < 0.006); /* one or two of some 190 */
    split_release(&s);
    corpus_release(&c);
}

/* A target per thread, as where each article has its own question: no (target, label) can be
 * shared out, but the labels of all targets together can. */
static void targets_of_their_own(void **state)
{
    struct rng r = {9};
    struct corpus c = {0};
    char id[16], thread[16];
    uint32_t *old;
    int n = 0;

    (void)state;
    for (int t = 0; t < 100; t++) {
        int size = 3 + (int)rng_below(&r, 6), in_favor = (int)rng_below(&r, 10);
        snprintf(thread, sizeof thread, "t%d", t);
        for (int i = 0; i < size; i++) {
            snprintf(id, sizeof id, "c%04d", n++);
            add_comment(&c, id, thread, NULL, "oui", thread,
                        (int)rng_below(&r, 10) < in_favor ? "favor" : "against");
        }
    }
    assert_int_equal(corpus_seal(&c, NULL), 0);
    old = by_size_alone(&c, 5);
    assert_true(spread(&c, old, 5) > 0.05);
    assert_true(new_spread(&c, "thread", 5) < 0.02);
    free(old);
    corpus_release(&c);
}

static void our_corpus(void **state)
{
    const char *path = test_path("../corpus/gold/dev.ndjson");
    const struct stance_input input = {0};
    struct corpus c = {0};
    uint32_t *old;

    (void)state;
    assert_int_equal(corpus_load(&c, &path, 1, &input, NULL, NULL), 0);
    old = by_size_alone(&c, 5);
    assert_true(new_spread(&c, "thread", 5) < spread(&c, old, 5) / 4);
    free(old);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_by_hand),       cmocka_unit_test(nothing_left_to_gain),
        cmocka_unit_test(threads_of_one_mind),  cmocka_unit_test(comments_alone),
        cmocka_unit_test(targets_of_their_own), cmocka_unit_test(our_corpus),
    };
    return cmocka_run_group_tests_name("deal", tests, NULL, NULL);
}
