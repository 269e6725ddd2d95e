/* SPDX-License-Identifier: MIT */
/*
 * html: what a page has, and what it never has. `test_html --page PLAN` prints a page of
 * fakereport.h instead of testing, for those who look at it.
 */
#include "fakereport.h"
#include "helpers.h"
#include "pages.h"

#include <math.h>
#include <stdio.h>

#include "html/html.h"
#include "html/markup.h"
#include "html/plots.h"

static struct buf page_of(const char *plan)
{
    struct fake f;
    struct buf out = {0};

    fake_make(&f, plan);
    report_html(&f.summary, &out);
    page_spaces(&out);
    fake_release(&f);
    return out;
}

/* ---- Pieces ---- */

static void escaped(void **state)
{
    const struct {
        struct span in;
        const char *out;
    } row[] = {
        {SPAN("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;"},
        {SPAN("\t\n\x1b\x7f\0z"), "?????z"},
        {SPAN("caf\xC3\xA9 \xF0\x9F\x98\x80"), "caf\xC3\xA9 \xF0\x9F\x98\x80"},
        {SPAN("\xC2\x85x"), "?x"}, /* C1: next line */
        {SPAN("a\xE2\x80\xAE"
              "b"),
         "a?b"}, /* U+202E turns the direction */
        {SPAN("a\xE2\x81\xA6"
              "b"),
         "a?b"},                                    /* U+2066 isolates */
        {SPAN("a\xE2\x80\xAF%"), "a\xE2\x80\xAF%"}, /* U+202F is a space */
        {SPAN(""), ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf out = {0};
        markup_text(&out, row[i].in);
        assert_string_equal(buf_str(&out), row[i].out);
        buf_release(&out);
    }
}

static void lines_stay(void **state)
{
    struct buf out = {0};

    (void)state;
    markup_lines(&out, SPAN("un <\n\n\tdeux\r\n\r"));
    assert_string_equal(buf_str(&out), "un &lt;\n\n\tdeux\n?");
    buf_release(&out);
}

static void numbers(void **state)
{
    struct buf out = {0};

    (void)state;
    markup_count(&out, 1002003);
    buf_add_char(&out, '|');
    markup_count(&out, 999);
    buf_add_char(&out, '|');
    markup_figure(&out, NAN, 2);
    buf_add_char(&out, '|');
    markup_figure(&out, -0.004, 2); /* no minus before zeros */
    buf_add_char(&out, '|');
    markup_figure(&out, -0.25, 2);
    buf_add_char(&out, '|');
    markup_interval(&out, -0.1, 0.2, 1);
    buf_add_char(&out, '|');
    markup_interval(&out, 0.1, 0.2, 1);
    buf_add_char(&out, '|');
    markup_interval(&out, NAN, 0.2, 1);
    assert_string_equal(buf_str(&out), "1\xE2\x80\xAF"
                                       "002\xE2\x80\xAF"
                                       "003|999|–|0.00|−0.25|−0.1 to 0.2|0.1–0.2|");
    buf_release(&out);
}

static void names_cut(void **state)
{
    struct buf out = {0};

    (void)state;
    markup_name(&out, SPAN("été<1>"), 6);
    markup_name(&out, SPAN("été<1>"), 5);
    assert_string_equal(buf_str(&out),
                        "<span class=\"name\">été&lt;1&gt;</span>"
                        "<span class=\"name\" title=\"été&lt;1&gt;\">été&lt;…</span>");
    buf_release(&out);
}

/* low, high, least apart, floor, ceiling, ticks: ends and step. */
static void axes(void **state)
{
    static const double row[][9] = {
        {.22, .68, .2, 0, 1, 5, .2, .7, .1},
        {.61, .62, .2, 0, 1, 5, .5, .75, .05}, /* .515 to .715, widened */
        {.97, .99, .2, 0, 1, 5, .8, 1, .05},   /* pushed down from the ceiling */
        {.00, .01, .2, 0, 1, 5, 0, .2, .05},
        {0, 1182, 5, 0, INFINITY, 5, 0, 1500, 500},
        {.5, .5, .2, 0, 1, 5, .4, .6, .05},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const double *r = row[i];
        struct svg_axis a = {.from = 100, .to = 300};
        svg_axis_round(&a, r[0], r[1], r[2], r[3], r[4], (int)r[5]);
        if (fabs(a.low - r[6]) > 1e-9 || fabs(a.high - r[7]) > 1e-9 || fabs(a.step - r[8]) > 1e-9)
            fail_msg("row %zu: %g to %g by %g", i, a.low, a.high, a.step);
        assert_true(fabs(svg_at(&a, a.low) - 100) < 1e-9);
        assert_true(fabs(svg_at(&a, 1e9) - 300) < 1e-9); /* beyond: at the end */
    }
}

/* Wilson (1927) with z = 1.96, as statsmodels' proportion_confint(.., method='wilson'):
 * 8 of 10: .4902 to .9433; 0 of 10: 0 to .2775. */
static void wilson(void **state)
{
    struct figure f = plot_wilson(8, 10);

    (void)state;
    assert_true(fabs(f.value - .8) < 1e-12);
    assert_true(fabs(f.low - .4902) < 5e-5);
    assert_true(fabs(f.high - .9433) < 5e-5);
    f = plot_wilson(0, 10);
    assert_true(f.low == 0);
    assert_true(fabs(f.high - .2775) < 5e-5);
    assert_true(isnan(plot_wilson(0, 0).value));
}

/* ---- Pages ---- */

static const char *const sections[] = {"compared",      "systems",  "labels", "targets",  "slices",
                                       "probabilities", "learning", "errors", "glossary", "making"};
enum { N_SECTIONS = sizeof sections / sizeof sections[0] };

/* Which of the sections a page has, in the order above: "xx-". */
static void check_sections(const char *plan, const char *expected)
{
    struct buf page = page_of(plan);
    char got[N_SECTIONS + 1] = {0};
    const char *at = page.p;

    for (int i = 0; i < N_SECTIONS; i++) {
        char heading[64];
        const char *found;
        snprintf(heading, sizeof heading, "<h2 id=\"%s\">", sections[i]);
        found = strstr(at, heading);
        got[i] = found != NULL ? 'x' : '-';
        at = found != NULL ? found : at;
    }
    assert_string_equal(got, expected);
    assert_int_equal(page_count(page.p, "<h1>"), 1);
    buf_release(&page);
}

static void absent_sections(void **state)
{
    (void)state;
    check_sections("plain", "xxxxxxxxxx");
    check_sections("bare", "xxx-----xx");
    check_sections("many", "xxxx-x--xx");
}

static void sentence(void **state)
{
    struct buf page = page_of("plain");

    (void)state;
    page_has(&page, "On 741 comments (1 482 labels, 30 threads) the model reaches a macro-F1 of "
                    "<b>0.71 (95 % interval 0.6");
    page_has(&page, "; always answering the most frequent label gives 0.25.</p>");
    page_has(&page, "0.5 in 1 fold, 1 in 4 folds");
    page_lacks(&page, "Few groups");
    buf_release(&page);
    page = page_of("bare");
    page_has(&page,
             "On 40 comments (40 labels, 6 threads) the model reaches a macro-F1 of <b>0.89</b>.");
    page_lacks(&page, "interval");
    page_lacks(&page, "<figure"); /* one dot is no plot */
    buf_release(&page);
}

static void structure(void **state)
{
    (void)state;
    for (size_t i = 0; fake_plans[i].name != NULL; i++) {
        struct buf page = page_of(fake_plans[i].name);
        size_t figures = page_count(page.p, "<figure");
        page_well_formed(&page, fake_plans[i].name);
        assert_int_equal(strncmp(page.p, "<!DOCTYPE html>\n<html lang=\"en\">", 32), 0);
        assert_int_equal(page_count(page.p, "<figcaption><b>Figure "), figures);
        assert_int_equal(page_count(page.p, "<svg role=\"img\""), page_count(page.p, "<desc id="));
        assert_int_equal(page_count(page.p, "<table"), page_count(page.p, "<caption><b>Table "));
        assert_int_equal(page_count(page.p, "<th"),
                         page_count(page.p, "<th scope=\"") + page_count(page.p, "<thead"));
        /* nothing that is fetched or run */
        page_lacks(&page, "<script");
        page_lacks(&page, "http");
        page_lacks(&page, "url(");
        page_lacks(&page, "@import");
        page_lacks(&page, "<img");
        page_lacks(&page, "<link");
        buf_release(&page);
    }
}

static void evil_names_are_text(void **state)
{
    struct buf page = page_of("evil");

    (void)state;
    page_has(&page, "&lt;script&gt;alert(1)&lt;/script&gt;");
    page_has(&page, "a &amp; b &quot;quoted&quot; &#39;twice&#39;");
    page_has(&page, "]]&gt;&lt;/style&gt;&lt;b&gt;");
    page_has(&page, "tab?here??"); /* a tab, U+0001, DEL */
    page_has(&page, "a note with &lt;b&gt;markup&lt;/b&gt; &amp; &quot;quotes&quot;");
    page_has(&page, "&lt;i&gt;&amp;?</span>");                        /* ids */
    page_has(&page, "Franchement, &lt;b&gt;non");                     /* texts */
    page_has(&page, "<q><span class=\"name\">&lt;q&gt;?</span></q>"); /* n-grams */
    page_has(&page, "Few groups");
    assert_int_equal(page_count(page.p, "</style>"), 1);
    for (size_t i = 0; i < page.len; i++)
        if ((unsigned char)page.p[i] < 0x20 && page.p[i] != '\n')
            fail_msg("control character %d", page.p[i]);
    buf_release(&page);
}

/* Sixty targets: no section of their own, one table with all and a plot of forty. */
static void many_targets(void **state)
{
    struct buf page = page_of("many");

    (void)state;
    assert_int_equal(page_count(page.p, "<h3>"), 1); /* the systems */
    page_has(&page, "only the 40 of 60 that have the most labels");
    assert_int_equal(page_count(page.p, "<th scope=\"row\"><span class=\"name\">Faut-il"), 60);
    assert_int_equal(page_count(page.p, "<text class=\"t halo\" x=\"0\""), 40 + 2);
    page_has(&page, "class=\"confusion dense\"");
    buf_release(&page);
}

/* Majority's MCC, figures of labels never given, bounds where there are no resamples. */
static void undefined_is_a_dash(void **state)
{
    struct buf page;

    (void)state;
    for (size_t i = 0; fake_plans[i].name != NULL; i++) {
        page = page_of(fake_plans[i].name);
        page_lacks(&page, "nan");
        page_lacks(&page, "inf\"");
        page_lacks(&page, "-0\"");
        buf_release(&page);
    }
    page = page_of("plain");
    page_has(&page, "<td>–</td>");
    page_has(&page, "<dt>–</dt><dd>Undefined");
    buf_release(&page);
    page = page_of("bare");
    page_lacks(&page, "<dt>–</dt>");
    buf_release(&page);
}

/* A system that gave no label at all, which no figure is defined for. */
static void nothing_given(void **state)
{
    struct fake f;
    struct buf page = {0};
    size_t n_errors;

    (void)state;
    fake_make(&f, "plain");
    n_errors = f.evaluation.n_errors;
    summary_release(&f.summary);
    for (size_t r = 0; r < f.evaluation.n_rows; r++) {
        f.evaluation.system[0].label[r] = EVALUATION_NONE;
        f.evaluation.system[0].p[r] = NAN;
        for (uint32_t l = 0; l < f.evaluation.n_labels; l++)
            f.evaluation.system[0].probs[r * f.evaluation.n_labels + l] = NAN;
    }
    f.evaluation.n_errors = 0;
    summary_make(&f.summary, &f.evaluation, 20, 1, 1, NULL);
    report_html(&f.summary, &page);
    page_spaces(&page);
    page_lacks(&page, "nan");
    page_has(&page, "1 482 of 1 482 gold labels got no label");
    page_has(&page, "<td>–</td>");
    assert_int_equal(page_count(page.p, "<h2 id=\"labels\">"), 0);
    assert_int_equal(page_count(page.p, "<h2 id=\"probabilities\">"), 0);
    f.evaluation.n_errors = n_errors; /* to be released */
    fake_release(&f);
    buf_release(&page);
}

static int print_page(const char *plan)
{
    struct fake f;
    struct buf page = {0};
    bool whole;

    fake_make(&f, plan);
    report_html(&f.summary, &page);
    whole = fwrite(page.p, 1, page.len, stdout) == page.len;
    fake_release(&f);
    buf_release(&page);
    return whole ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escaped),
        cmocka_unit_test(lines_stay),
        cmocka_unit_test(numbers),
        cmocka_unit_test(names_cut),
        cmocka_unit_test(axes),
        cmocka_unit_test(wilson),
        cmocka_unit_test(absent_sections),
        cmocka_unit_test(sentence),
        cmocka_unit_test(structure),
        cmocka_unit_test(evil_names_are_text),
        cmocka_unit_test(many_targets),
        cmocka_unit_test(undefined_is_a_dash),
        cmocka_unit_test(nothing_given),
    };

    if (argc == 3 && strcmp(argv[1], "--page") == 0)
        return print_page(argv[2]);
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
