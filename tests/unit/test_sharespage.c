/* SPDX-License-Identifier: MIT */
/*
 * sharespage: what a page of shares has, and what it never has. `test_sharespage --page PLAN`
 * prints a page of fakeshares.h instead of testing, for those who look at it.
 */
#include "fakeshares.h"
#include "helpers.h"
#include "pages.h"

#include <stdio.h>

#include "html/sharespage.h"
#include "html/sharestime.h"

static struct buf page_of(const char *plan)
{
    struct shares s;
    struct buf out = {0};

    fakeshares_make(&s, plan);
    sharespage_html(&s, &out);
    page_spaces(&out);
    fakeshares_release(&s);
    return out;
}

static void periods(void **state)
{
    static const struct {
        enum period period;
        const char *a, *b;
        int64_t apart; /* -1: b is no such period */
    } row[] = {
        {PERIOD_DAY, "2024-02-28", "2024-03-01", 2},
        {PERIOD_DAY, "2023-12-31", "2024-01-01", 1},
        {PERIOD_DAY, "2024-01-01", "2025-01-01", 366},
        {PERIOD_DAY, "2024-01-01", "2024-01", -1},
        {PERIOD_WEEK, "2020-W53", "2021-W01", 1},
        {PERIOD_WEEK, "2024-W52", "2025-W01", 1},
        {PERIOD_WEEK, "2024-W01", "2024-W52", 51},
        {PERIOD_WEEK, "2024-W01", "2024-X02", -1},
        {PERIOD_MONTH, "2024-12", "2025-01", 1},
        {PERIOD_MONTH, "2024-01", "(none)", -1},
        {PERIOD_YEAR, "1999", "2002", 3},
        {PERIOD_YEAR, "1999", "20x2", -1},
        {PERIOD_YEAR, "1999", "", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        int64_t a, b;
        assert_true(sharestime_index(row[i].period, span_of(row[i].a), &a));
        assert_int_equal(sharestime_index(row[i].period, span_of(row[i].b), &b), row[i].apart >= 0);
        if (row[i].apart >= 0)
            assert_int_equal(b - a, row[i].apart);
    }
}

static void structure(void **state)
{
    (void)state;
    for (size_t i = 0; fakeshares_plans[i].name != NULL; i++) {
        struct buf page = page_of(fakeshares_plans[i].name);
        struct buf again = page_of(fakeshares_plans[i].name);
        assert_string_equal(page.p, again.p);
        page_well_formed(&page, fakeshares_plans[i].name);
        assert_int_equal(page_count(page.p, "<h1>"), 1);
        assert_int_equal(page_count(page.p, "<figcaption><b>Figure "),
                         page_count(page.p, "<figure"));
        assert_int_equal(page_count(page.p, "<svg role=\"img\""), page_count(page.p, "<desc id="));
        assert_int_equal(page_count(page.p, "<table"), page_count(page.p, "<caption><b>Table "));
        assert_int_equal(page_count(page.p, "</style>"), 1);
        page_lacks(&page, "<script");
        page_lacks(&page, "http");
        page_lacks(&page, "url(");
        page_lacks(&page, "@import");
        page_lacks(&page, "<img");
        page_lacks(&page, "<link");
        page_lacks(&page, "nan");
        page_lacks(&page, "inf\"");
        page_lacks(&page, "-0\"");
        for (size_t k = 0; k < page.len; k++)
            if ((unsigned char)page.p[k] < 0x20 && page.p[k] != '\n')
                fail_msg("control character %d", page.p[k]);
        buf_release(&page);
        buf_release(&again);
    }
}

static void says(void **state)
{
    static const struct {
        const char *plan, *words;
    } row[] = {
        {"weeks", "<title>Shares of stances among 12 000 comments</title>"},
        {"weeks",
         "estimated from 398 that people labelled, and what a model says of all. Intervals "
         "are at 95 %.</p>"},
        {"weeks", "<p class=\"statement\"><q>TikTok doit être interdit, bloqué ou vendu de force, "
                  "partout ou pour certains appareils, territoires ou publics.</q></p>"},
        {"weeks", "<p>In percent: share of all comments. Labelled: 398 comments. Of 100 labelled "
                  "twice or more, annotators agree on 87 %; Krippendorff’s alpha 0.71.</p>"},
        {"weeks",
         "pour (favor)</span></th><td>18 %<br><small>15–21</small></td><td>15–23 %</td><td "
         "class=\"biased\">23 %</td><td>71 of 398</td>"},
        {"weeks", "2024-W47</span></th><td>750</td><td>24</td><td class=\"refused\" "
                  "colspan=\"3\">not enough labels</td>"},
        {"weeks", "2024-W48</span><br><small>pooled</small></th>"},
        {"weeks", "2025-W09</span><br><small>few threads</small></th>"},
        {"weeks", "errs alike in all groups: p = 0.010. It does not seem so"},
        {"weeks", "<td>−0.4<br><small>−0.8 to 0.0</small></td><td>&lt;0.001</td>"},
        {"weeks", "<h3 lang=\"fr\">Méthode</h3>"},
        {"bare", "Labelled: 398 comments in 132 threads."},
        {"sources", "of those that take a side: estimated"},
        {"sources", "Shares of one label by group"},
        {"count", "share (biased)"},
        {"adjusted", "without any label of this dump"},
        {"evil", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"evil", "tab?here??"},
        {"evil", "By <span class=\"name\">&lt;b&gt;champ&lt;/b&gt;</span></h2>"},
        {"nothing", "<dt>–</dt><dd>Not told"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf page = page_of(row[i].plan);
        page_has(&page, row[i].words);
        buf_release(&page);
    }
}

/* At the top, before any figure, and at the foot. */
static void banner(void **state)
{
    static const char *const plans[] = {"adjusted", "sld", "count", "evil"};

    (void)state;
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        struct buf page = page_of(plans[i]);
        const char *first = strstr(page.p, "<p class=\"warn\"");
        assert_non_null(first);
        assert_true(first < strstr(page.p, "<h2"));
        assert_int_equal(page_count(strstr(page.p, "<footer>"), "<p class=\"warn\""), 1);
        buf_release(&page);
    }
    struct buf page = page_of("weeks");
    page_lacks(&page, "<p class=\"warn\"");
    buf_release(&page);
}

/* Sixteen weeks, of which the third is refused, the sixth missing: three runs of each of three
 * labels, one cross. */
static void gaps(void **state)
{
    struct buf page = page_of("weeks");

    (void)state;
    assert_int_equal(page_count(page.p, "<polyline class=\"c0 run\""), 2 * 3);
    assert_int_equal(page_count(page.p, "<polygon class=\"c2 area\""), 2 * 3);
    assert_int_equal(page_count(page.p, "<path class=\"gone\""), 2);
    assert_int_equal(page_count(page.p, "class=\"t word c1\""), 2);
    buf_release(&page);
    page = page_of("sources");
    page_lacks(&page, "<polyline");
    page_lacks(&page, "(none)</span></th><td>18");
    buf_release(&page);
}

static int print_page(const char *plan)
{
    struct shares s;
    struct buf page = {0};
    bool whole;

    fakeshares_make(&s, plan);
    sharespage_html(&s, &page);
    whole = fwrite(page.p, 1, page.len, stdout) == page.len;
    fakeshares_release(&s);
    buf_release(&page);
    return whole ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods), cmocka_unit_test(structure), cmocka_unit_test(says),
        cmocka_unit_test(banner),  cmocka_unit_test(gaps),
    };

    if (argc == 3 && strcmp(argv[1], "--page") == 0)
        return print_page(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
