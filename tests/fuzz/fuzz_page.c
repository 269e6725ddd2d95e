/* SPDX-License-Identifier: MIT */
/* page: comments lie in the text, in order; written as a page again they parse to the same. */
#include "corpus/page.h"
#include "fuzz.h"

static void write_page(const struct page *page, struct buf *out)
{
    buf_addf(out, "T\nCommentaires (%zu)\n", page->n);
    for (size_t i = 0; i < page->n; i++) {
        const char *d = page->comment[i].date; /* YYYY-MM-DDTHH:MM */
        buf_addf(out, "Le %.2s/%.2s/%.4s \xC3\xA0 %.2sh%.2s\n", d + 8, d + 5, d, d + 11, d + 14);
        buf_add_span(out, page->comment[i].text);
        buf_add_char(out, '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = fuzz_span(data, size);
    struct page page, again;
    struct stance_err err;
    struct buf out = {0};

    page_looks_like(text);
    if (page_parse(text, &page, &err) == 0) {
        const char *last = text.p;
        for (size_t i = 0; i < page.n; i++) {
            struct span s = page.comment[i].text;
            MUST(s.p >= last && s.p + s.len <= text.p + text.len);
            last = s.p + s.len;
        }
        MUST(page.title.p >= text.p && page.article.p + page.article.len <= last);
        write_page(&page, &out);
        MUST(page_parse(buf_span(&out), &again, &err) == 0);
        MUST(again.n == page.n && again.announced == page.n);
        for (size_t i = 0; i < page.n; i++)
            MUST(span_eq(page.comment[i].text, again.comment[i].text) &&
                 memcmp(page.comment[i].date, again.comment[i].date, PAGE_DATE) == 0);
        page_release(&again);
    }
    page_release(&page);
    buf_release(&out);
    return 0;
}
