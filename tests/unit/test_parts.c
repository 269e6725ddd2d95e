/* SPDX-License-Identifier: MIT */
/* parts: nested, of whole groups, as many as asked. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "eval/parts.h"

enum { GROUPS = 10, EACH = 3, COMMENTS = GROUPS * EACH };

static void make(struct corpus *c, struct evaluation *e)
{
    for (size_t i = 0; i < COMMENTS; i++) {
        char id[16], thread[16];
        struct comment k = {.text = SPAN("t")};
        snprintf(id, sizeof id, "c%02zu", i);
        snprintf(thread, sizeof thread, "t%zu", i % GROUPS);
        k.id = span_of(id);
        k.thread = span_of(thread);
        corpus_label(c, corpus_add(c, &k, SPAN("file")), SPAN("ban"), SPAN("favor"));
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
    assert_int_equal(evaluation_open(e, EVALUATION_CROSSVAL, c, NULL, 0, NULL, NULL), 0);
}

/* Comments left of a training side without the groups below `held_out`. */
static size_t thinned(const struct parts *p, double share, size_t held_out, uint8_t *train)
{
    size_t n = 0;

    for (size_t i = 0; i < COMMENTS; i++)
        train[i] = i % GROUPS >= held_out;
    parts_thin(p, share, train);
    for (size_t i = 0; i < COMMENTS; i++) {
        assert_int_equal(train[i], train[i % GROUPS]); /* whole groups */
        n += train[i];
    }
    return n;
}

static void nested(void **state)
{
    static const struct {
        double share;
        size_t held_out, groups;
    } row[] = {{0.001, 0, 1}, {0.1, 0, 1}, {0.29, 0, 2}, {0.3, 0, 3},  {0.5, 0, 5},
               {0.7, 0, 7},   {0.5, 2, 4}, {0.5, 5, 2},  {0.999, 5, 4}};
    struct corpus c = {0};
    struct evaluation e;

    (void)state;
    make(&c, &e);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        uint8_t small[COMMENTS], large[COMMENTS];
        struct parts p;
        parts_make(&p, &e, &c, seed);
        for (size_t i = 0; i < sizeof row / sizeof *row; i++)
            assert_int_equal(thinned(&p, row[i].share, row[i].held_out, small),
                             row[i].groups * EACH);
        for (double share = 0.1; share < 0.9; share += 0.1) {
            thinned(&p, share, 2, small);
            thinned(&p, share + 0.1, 2, large);
            for (size_t i = 0; i < COMMENTS; i++)
                assert_true(large[i] >= small[i]);
        }
        parts_release(&p);
    }
    evaluation_release(&e);
    corpus_release(&c);
}

/* Another seed takes other groups, the same one the same. */
static void seeded(void **state)
{
    struct corpus c = {0};
    struct evaluation e;
    size_t n_other = 0;

    (void)state;
    make(&c, &e);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        uint8_t one[COMMENTS], again[COMMENTS], other[COMMENTS];
        struct parts p, q;
        parts_make(&p, &e, &c, seed);
        parts_make(&q, &e, &c, seed + 100);
        thinned(&p, 0.5, 0, one);
        thinned(&p, 0.5, 0, again);
        thinned(&q, 0.5, 0, other);
        assert_memory_equal(one, again, COMMENTS);
        n_other += memcmp(one, other, COMMENTS) != 0;
        parts_release(&p);
        parts_release(&q);
    }
    assert_true(n_other >= 15); /* one pair of seeds agrees with chance 1/252 */
    evaluation_release(&e);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nested), cmocka_unit_test(seeded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
