/* SPDX-License-Identifier: MIT */
/* page: the fixture of tests/data/page.txt, then what is nearly a page. */
#include "helpers.h"

#include <stdlib.h>

#include "base/rng.h"
#include "corpus/page.h"

static void fixture(void **state)
{
    static const char *const date[] = {"2021-03-13T07:12", "2021-03-13T07:45", "2021-03-13T08:03",
                                       "2021-03-12T09:15", "2021-03-12T09:31", "2021-03-12T10:00",
                                       "2021-03-12T10:22", "2021-03-12T23:59", "2021-03-14T00:00",
                                       "2020-02-29T12:12"};
    struct buf text = slurp(test_path("data/page.txt"));
    struct page page;
    struct stance_err err;
    size_t n_empty = 0;

    (void)state;
    assert_true(page_looks_like(buf_span(&text)));
    assert_int_equal(page_parse(buf_span(&text), &page, &err), 0);
    assert_int_equal(page.n, 10);
    assert_true(page.announces && page.announced == 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(page.comment[i].index, i + 1);
        assert_string_equal(page.comment[i].date, date[i]);
        n_empty += page.comment[i].text.len == 0;
    }
    assert_int_equal(n_empty, 2);
    assert_int_equal(page.comment[0].line, 13);
    assert_true(span_eq(page.comment[3].text, SPAN("premier !")));
    assert_true(span_eq(page.comment[6].text,
                        SPAN("Un rendez-vous pour rire :\nLe 31/04/2021 \xC3\xA0 25h61\n"
                             "devant le guichet ferm\xC3\xA9.")));
    assert_true(span_eq(page.title, SPAN("La gare de Vaubresson remplace ses guichets par des "
                                         "bornes\nLe dernier train du contact humain")));
    assert_memory_equal(page.article.p, "Le 12 mars 2021", 15);
    assert_memory_equal(page.article.p + page.article.len - 9, "un agent.", 9);
    page_release(&page);
    page_release(NULL);
    buf_release(&text);
}

/* n comments, and the dates joined by spaces; -1 where refused. */
static int count(struct span text, char *dates, struct page *page)
{
    struct stance_err err = {0};
    char *copy = exact(text);
    int n = page_parse((struct span){copy, text.len}, page, &err) == 0 ? (int)page->n : -1;

    if (n < 0)
        assert_int_equal(err.code, STANCE_DATA);
    dates[0] = '\0';
    for (size_t i = 0; i < page->n && i < 3; i++)
        strcat(strcat(dates, page->comment[i].date), " ");
    page_release(page);
    free(copy);
    return n;
}

static void nearly(void **state)
{
    struct page page;
    char dates[64];
    struct stance_err err = {0};

    (void)state;
    assert_int_equal(count(SPAN(""), dates, &page), -1);
    assert_int_equal(count(SPAN("Titre\ntexte\n"), dates, &page), -1);
    assert_int_equal(count(SPAN("Le 03/08/2020 \xC3\xA0 10h19"), dates, &page), 1);
    assert_int_equal(count(SPAN(" Le 03/08/2020 \xC3\xA0 10h19\xC2\xA0\r\nx\r\n"), dates, &page),
                     1);
    assert_int_equal(count(SPAN("Le 03/08/2020 a\xCC\x80 10h19"), dates, &page), 1);
    assert_int_equal(count(SPAN("Le 29/02/2021 \xC3\xA0 10h19"), dates, &page), -1);
    assert_int_equal(count(SPAN("Le 29/02/2000 \xC3\xA0 10h19"), dates, &page), 1);
    assert_int_equal(count(SPAN("Le 01/01/2020 \xC3\xA0 24h00"), dates, &page), -1);
    assert_int_equal(count(SPAN("Le 1/01/2020 \xC3\xA0 10h00"), dates, &page), -1);
    assert_int_equal(count(SPAN("vu Le 01/01/2020 \xC3\xA0 10h00"), dates, &page), -1);
    assert_int_equal(page_parse(SPAN("Le 01/01/2020 \xFF"), &page, &err), -1);
    assert_non_null(strstr(err.message, "UTF-8"));
    page_release(&page);
    assert_int_equal(page_parse(SPAN("rien"), &page, &err), -1);
    assert_non_null(strstr(err.message, "\"Le 03/08/2020 \xC3\xA0 10h19\""));
    page_release(&page);
}

/* Only the first header may be glued; headers before the announcement are article. */
static void headers(void **state)
{
    struct page page;
    struct stance_err err;
    char dates[64];
    struct span text = SPAN("T\nLe 01/01/2020 \xC3\xA0 10h00\nCommentaires (3)\n"
                            "Abonnez-vous Le 02/01/2020 \xC3\xA0 10h00\nx\n"
                            "Abonnez-vousLe 03/01/2020 \xC3\xA0 10h00\n"
                            "Le 04/01/2020 \xC3\xA0 10h00");

    (void)state;
    assert_int_equal(count(text, dates, &page), 2);
    assert_string_equal(dates, "2020-01-02T10:00 2020-01-04T10:00 ");
    assert_int_equal(page_parse(text, &page, &err), 0);
    assert_int_equal(page.announced, 3);
    assert_true(span_eq(page.title, SPAN("T")));
    assert_true(span_eq(page.article, SPAN("Le 01/01/2020 \xC3\xA0 10h00")));
    page_release(&page);
}

/* Whatever is cut off the end, the comments that stay are the same but for the last. */
static void truncated(void **state)
{
    struct buf text = slurp(test_path("data/page.txt"));
    struct page whole, part;
    struct stance_err err;

    (void)state;
    assert_int_equal(page_parse(buf_span(&text), &whole, &err), 0);
    for (size_t n = 0; n < text.len; n++) {
        char *copy = exact((struct span){text.p, n});
        page_looks_like((struct span){copy, n});
        if (page_parse((struct span){copy, n}, &part, &err) == 0)
            for (size_t i = 0; i + 1 < part.n; i++)
                assert_true(span_eq(part.comment[i].text, whole.comment[i].text));
        page_release(&part);
        free(copy);
    }
    page_release(&whole);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixture),
        cmocka_unit_test(nearly),
        cmocka_unit_test(headers),
        cmocka_unit_test(truncated),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
