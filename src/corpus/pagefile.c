/* SPDX-License-Identifier: MIT */
/* pagefile: see pagefile.h. A page is small, so it is read whole. */
#include "corpus/pagefile.h"

#include <stdio.h>

#include "base/err.h"
#include "corpus/page.h"

int pagefile_read(struct infile *in, struct buf *text, struct stance_err *err)
{
    char block[65536];
    ssize_t n;

    while ((n = infile_read(in, block, sizeof block, err)) > 0) {
        if (text->len + (size_t)n > SOURCE_MAX_PAGE)
            return err_at(err, STANCE_DATA, infile_name(in), 0, 0,
                          "longer than a page may be (%d MiB)", SOURCE_MAX_PAGE >> 20);
        buf_add(text, block, (size_t)n);
    }
    return n < 0 ? -1 : 0;
}

/* "dir/page.txt.gz" is "page". */
static struct span page_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct span name = span_of(slash != NULL ? slash + 1 : path);
    const char *dot = memchr(name.p, '.', name.len);

    if (span_eq(name, SPAN("-")) || span_eq(name, SPAN("<stdin>")))
        return SPAN("page");
    if (dot != NULL && dot != name.p)
        name.len = (size_t)(dot - name.p);
    return name;
}

static void add_member(struct buf *out, const char *key, struct span value)
{
    buf_addf(out, ",\"%s\":", key);
    json_add_string(out, value);
}

static void add_comment(struct buf *out, struct span name, const struct page_comment *c,
                        const struct page *page)
{
    struct buf id = {0};

    buf_add_span(&id, name);
    buf_addf(&id, "-%02zu", c->index);
    buf_add_str(out, "{\"id\":");
    json_add_string(out, buf_span(&id));
    buf_release(&id);
    add_member(out, "thread", name);
    buf_addf(out, ",\"index\":%zu", c->index);
    add_member(out, "date", span_of(c->date));
    add_member(out, "text", c->text);
    if (c->text.len == 0)
        buf_add_str(out, ",\"empty\":true");
    if (c->index == 1) {
        buf_add_str(out, ",\"article\":{\"title\":");
        json_add_string(out, page->title);
        add_member(out, "text", page->article);
        buf_add_char(out, '}');
    }
    buf_add_str(out, "}\n");
}

static void tell(const struct page *page, const char *path, const struct stance_talk *talk)
{
    char line[512];

    if (talk == NULL || talk->note == NULL || !page->announces || page->announced == page->n)
        return;
    snprintf(line, sizeof line, "%.200s: the page announces %llu comments, %zu were found", path,
             (unsigned long long)page->announced, page->n);
    talk->note(talk->arg, line);
}

int pagefile_records(struct span text, const char *path, struct buf *out,
                     const struct stance_talk *talk, struct stance_err *err)
{
    struct page page = {0};
    struct span name = page_name(path);
    int status = page_parse(text, &page, err);

    if (status < 0)
        snprintf(err->file, sizeof err->file, "%s", path);
    for (size_t i = 0; i < page.n && status == 0; i++)
        add_comment(out, name, &page.comment[i], &page);
    if (status == 0)
        tell(&page, path, talk);
    page_release(&page);
    return status;
}
