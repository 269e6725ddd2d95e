/* SPDX-License-Identifier: MIT */
/* context: what threads and authors change, worked out by hand. */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>

#include "model/context.h"

enum { LABELS = 2, MOST = 4 };

struct said {
    uint32_t target;
    const char *thread, *author; /* NULL: none */
    double p, expected;          /* of the first label */
};

/* π is ½, ½ of target 0 and ¼, ¾ of target 1. */
static const double prior[] = {0.5, 0.5, 0.25, 0.75};

/* With π = ½ and others saying q1 … qn: mean (Σq + ½)/(n + 1), and p' ∝ p·(mean/½)^e. */
static const struct {
    struct context_rule rule;
    size_t n;
    struct said said[MOST];
} cases[] = {
    /* mean of .9 and π: .7 and .3; .6·.7/(.6·.7 + .4·.3) = .7778; the other way .9·.55 to .1·.45 */
    {{1, 0}, 2, {{0, "t", NULL, .6, .42 / .54}, {0, "t", NULL, .9, .495 / .54}}},
    /* an exponent of ½ takes the root */
    {{.5, 0}, 2, {{0, "t", NULL, .5, .60435608}, {0, "t", NULL, .9, .9}}},
    /* other threads, targets, or none: nothing changes */
    {{1, 1},
     4,
     {{0, "t", "a", .6, .6}, {0, "u", "a", .9, .9}, {1, "t", "a", .9, .9}, {0, NULL, "a", .9, .9}}},
    /* the author counts within the thread alone; who has none has nobody */
    {{0, 1},
     4,
     {{0, "t", "a", .6, .42 / .54},
      {0, "t", "a", .9, .495 / .54},
      {0, "t", "b", .1, .1},
      {0, "t", NULL, .2, .2}}},
    /* both multiply: thread mean (.9 + ½)/2 = .7 twice */
    {{1, 1}, 2, {{0, "t", "a", .5, .49 / .58}, {0, "t", "a", .9, .9 * .25 / .25}}},
    /* π = ¼: a company that says ¼ changes nothing; one that says 1: (1 + ¼)/2/¼ = 2.5, ½ */
    {{1, 0}, 2, {{1, "t", NULL, .25, .625}, {1, "t", NULL, 1, 1}}},
    {{1, 0}, 2, {{1, "t", NULL, .25, .25}, {1, "t", NULL, .25, .25}}},
    /* certainty stays */
    {{1, 1}, 2, {{0, "t", "a", 1, 1}, {0, "t", "a", 0, 0}}},
    {{0, 0}, 2, {{0, "t", "a", .6, .6}, {0, "t", "a", .9, .9}}},
};

static struct span named(const char *name)
{
    return name != NULL ? span_of(name) : (struct span){NULL, 0};
}

/* The p of the first label after all, said in their order or the other way round. */
static void judge(const struct said *said, size_t n, const struct context_rule *rule, bool back,
                  double p[MOST][LABELS])
{
    struct context c = {0};

    for (size_t k = 0; k < n; k++) {
        size_t i = back ? n - 1 - k : k;
        p[i][0] = said[i].p;
        p[i][1] = 1 - said[i].p;
        context_add(&c, said[i].target, named(said[i].thread), named(said[i].author), p[i]);
    }
    context_apply(&c, rule, prior, LABELS);
    context_release(&c);
}

static void tables(void **state)
{
    double p[MOST][LABELS];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int back = 0; back < 2; back++) {
            judge(cases[i].said, cases[i].n, &cases[i].rule, back, p);
            for (size_t k = 0; k < cases[i].n; k++)
                if (fabs(p[k][0] - cases[i].said[k].expected) > 1e-6 ||
                    fabs(p[k][0] + p[k][1] - 1) > 1e-12)
                    fail_msg("case %zu, comment %zu: %g", i, k, p[k][0]);
        }
}

static void names_do_not_run_together(void **state)
{
    const struct said said[] = {{0, "ab", "c", .6, 0}, {0, "a", "bc", .9, 0}};
    struct context_rule rule = {0, 1};
    double p[MOST][LABELS];

    (void)state;
    judge(said, 2, &rule, false, p);
    assert_true(p[0][0] == .6 && p[1][0] == .9);
}

static void a_reset_forgets(void **state)
{
    struct context c = {0};
    struct context_rule rule = {1, 1};
    double first[] = {.9, .1}, second[] = {.6, .4};

    (void)state;
    context_add(&c, 0, SPAN("t"), SPAN("a"), first);
    context_reset(&c);
    context_add(&c, 0, SPAN("t"), SPAN("a"), second);
    context_apply(&c, &rule, prior, LABELS);
    assert_true(first[0] == .9 && second[0] == .6);
    context_release(&c);
    context_release(NULL);
}

static void priors(void **state)
{
    static const uint64_t seen[] = {3, 0, 0, 0};
    double got[4];

    (void)state;
    context_prior(seen, 2, LABELS, got);
    assert_true(got[0] == .8 && got[1] == .2); /* one more of each */
    assert_true(got[2] == .5 && got[3] == .5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables),
                                       cmocka_unit_test(names_do_not_run_together),
                                       cmocka_unit_test(a_reset_forgets), cmocka_unit_test(priors)};
    return cmocka_run_group_tests_name("context", tests, NULL, NULL);
}
