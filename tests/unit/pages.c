/* SPDX-License-Identifier: MIT */
/* pages: see pages.h. */
#include "pages.h"
#include "helpers.h"

#include <stdio.h>

void page_spaces(struct buf *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->len; i++) {
        if (b->len - i >= 3 && memcmp(b->p + i, "\xE2\x80\xAF", 3) == 0) {
            b->p[n++] = ' ';
            i += 2;
        } else {
            b->p[n++] = b->p[i];
        }
    }
    b->len = n;
    buf_str(b);
}

size_t page_count(const char *text, const char *what)
{
    size_t n = 0;

    while ((text = strstr(text, what)) != NULL) {
        n++;
        text += strlen(what);
    }
    return n;
}

void page_has(const struct buf *page, const char *what)
{
    if (strstr(page->p, what) == NULL)
        fail_msg("the page lacks: %s", what);
}

void page_lacks(const struct buf *page, const char *what)
{
    const char *at = strstr(page->p, what);
    if (at != NULL)
        fail_msg("the page has: %.60s", at);
}

void page_well_formed(const struct buf *page, const char *name)
{
    static const char *const empty[] = {"!DOCTYPE", "meta", "br"};
    struct span open[64];
    size_t depth = 0;

    for (const char *p = strchr(page->p, '<'); p != NULL; p = strchr(p, '<')) {
        bool closing = *++p == '/', alone = false;
        struct span tag = {p + closing, strcspn(p + closing, " >/\n")};
        const char *end = strchr(p, '>');
        assert_non_null(end);
        for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
            alone |= span_eq(tag, span_of(empty[i]));
        if (closing) {
            if (depth == 0 || !span_eq(open[depth - 1], tag))
                fail_msg("%s: closed but not open: %.80s", name, p - 1);
            depth--;
        } else if (!alone && end[-1] != '/') {
            assert_true(depth < sizeof open / sizeof open[0]);
            open[depth++] = tag;
        }
        p = end;
    }
    assert_int_equal(depth, 0);
    for (const char *p = strstr(page->p, " id=\""); p != NULL; p = strstr(p + 1, " id=\"")) {
        char id[64];
        snprintf(id, sizeof id, "%.*s\"", (int)strcspn(p + 5, "\"") + 5, p);
        assert_int_equal(page_count(page->p, id), 1);
    }
}
