/* SPDX-License-Identifier: MIT */
/* strata: which shares are looked after, and of which targets none. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "corpus/strata.h"

/* n comments with one label each toward `target`, every other one favor. */
static void add(struct corpus *c, const char *target, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char id[32];
        struct comment k = {.text = SPAN("t")};
        snprintf(id, sizeof id, "%s-%zu", target, i);
        k.id = span_of(id);
        corpus_label(c, corpus_add(c, &k, SPAN("file")), span_of(target),
                     i % 2 == 0 ? SPAN("favor") : SPAN("against"));
    }
}

static bool has_pair(const struct strata *s, uint32_t target)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->code[i] >> 32 == target + 1)
            return true;
    return false;
}

/* A handful of labels is not dealt out evenly: the training side would tell what is held out. */
static void small_targets(void **state)
{
    static const struct {
        size_t n;
        bool pairs;
    } row[] = {{2, false},
               {20, false},
               {STRATA_TARGET - 1, false},
               {STRATA_TARGET, true},
               {3 * STRATA_TARGET, true}};

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct corpus c = {0};
        struct strata s;
        struct deal_whole *whole;
        uint32_t *whole_of;
        add(&c, "a", row[i].n);
        add(&c, "b", 2 * STRATA_TARGET);
        assert_int_equal(corpus_seal(&c, NULL), 0);
        whole = calloc(c.n_comments, sizeof *whole);
        whole_of = calloc(c.n_comments, sizeof *whole_of);
        for (uint32_t k = 0; k < c.n_comments; k++)
            whole_of[k] = k;
        strata_make(&s, &c, NULL, whole, whole_of);
        assert_int_equal(has_pair(&s, 0), row[i].pairs);
        assert_true(has_pair(&s, 1));
        /* all comments, two labels, two pairs of b and perhaps of a */
        assert_int_equal(s.n, 1 + 2 + 2 + (row[i].pairs ? 2 : 0));
        strata_release(&s);
        free(whole);
        free(whole_of);
        corpus_release(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(small_targets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
