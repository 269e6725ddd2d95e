/* SPDX-License-Identifier: MIT */
/*
 * page: line by line. What counts is the form of a line alone: a comment header, the
 * announcement of the comments, or text. The one exception is the first header, which
 * browsers glue to the end of the button before it ("Abonnez-vous").
 */
#include "corpus/page.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "corpus/utf8.h"

struct line {
    struct span text; /* trimmed */
    const char *start;
    uint64_t number;
};

struct lines {
    const char *p, *end;
    uint64_t number;
};

/* *text may be NULL, and is "" then: nothing is added to a null pointer. */
static struct lines lines_of(struct span *text)
{
    if (text->p == NULL)
        *text = SPAN("");
    return (struct lines){text->p, text->p + text->len, 0};
}

static bool next_line(struct lines *l, struct line *out)
{
    const char *q;
    size_t left = (size_t)(l->end - l->p);

    if (left == 0)
        return false;
    q = memchr(l->p, '\n', left);
    out->start = l->p;
    out->number = ++l->number;
    out->text = utf8_trim((struct span){l->p, q != NULL ? (size_t)(q - l->p) : left});
    l->p = q != NULL ? q + 1 : l->end;
    return true;
}

static bool begins(struct span s, struct span prefix)
{
    return s.len >= prefix.len && memcmp(s.p, prefix.p, prefix.len) == 0;
}

static bool drop(struct span *s, struct span prefix)
{
    if (!begins(*s, prefix))
        return false;
    *s = (struct span){s->p + prefix.len, s->len - prefix.len};
    return true;
}

/* Exactly n digits off the front. */
static bool digits(struct span *s, size_t n, unsigned *value)
{
    *value = 0;
    if (s->len < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        *value = *value * 10 + (unsigned)(s->p[i] - '0');
    }
    *s = (struct span){s->p + n, s->len - n};
    return true;
}

static unsigned days_in(unsigned month, unsigned year)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/* "Le DD/MM/YYYY à HHhMM", the "à" composed or not, and a date that exists. */
static bool is_header(struct span s, char date[PAGE_DATE])
{
    unsigned day, month, year, hour, minute;

    if (!drop(&s, SPAN("Le ")) || !digits(&s, 2, &day) || !drop(&s, SPAN("/")) ||
        !digits(&s, 2, &month) || !drop(&s, SPAN("/")) || !digits(&s, 4, &year))
        return false;
    if (!drop(&s, SPAN(" \xC3\xA0 ")) && !drop(&s, SPAN(" a\xCC\x80 ")))
        return false;
    if (!digits(&s, 2, &hour) || !drop(&s, SPAN("h")) || !digits(&s, 2, &minute) || s.len != 0)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_in(month, year) || hour > 23 ||
        minute > 59 || year == 0)
        return false;
    snprintf(date, PAGE_DATE, "%04u-%02u-%02uT%02u:%02u", year % 10000, month % 100, day % 100,
             hour % 100, minute % 100);
    return true;
}

/* A header at the end of a line whose beginning ends in "Abonnez-vous". */
static bool is_glued(struct span s, char date[PAGE_DATE])
{
    static const struct span button = {"Abonnez-vous", 12};

    for (size_t i = 0; i + button.len < s.len; i++) {
        struct span rest = {s.p + i, s.len - i};
        if (drop(&rest, button) && is_header(utf8_trim(rest), date))
            return true;
    }
    return false;
}

/* "Commentaires (57)" */
static bool is_announcement(struct span s, uint64_t *n)
{
    if (!drop(&s, SPAN("Commentaires (")) || s.len < 2 || s.p[s.len - 1] != ')')
        return false;
    s.len--;
    return num_u64(s, n);
}

/* "Le 03 août 2020 à 09h55": the article's own date, which ends its title. */
static bool is_article_date(struct span s)
{
    unsigned day;
    return drop(&s, SPAN("Le ")) && (digits(&s, 2, &day) || digits(&s, 1, &day)) &&
           begins(s, SPAN(" ")) && s.len > 10 && s.len < 40 && s.p[s.len - 3] == 'h';
}

static struct span between(const char *from, const char *to)
{
    return utf8_trim((struct span){from, (size_t)(to - from)});
}

/* The title and where it ends; what stands before `end`. */
static const char *find_title(struct span text, const char *end, struct page *page)
{
    enum { TITLE_LINES = 4 };
    struct lines l = {text.p, end, 0};
    struct line line;
    const char *first = NULL, *after = text.p;

    page->title = (struct span){text.p, 0};
    for (int n = 0; n < TITLE_LINES && next_line(&l, &line);) {
        if (line.text.len == 0)
            continue;
        if (first != NULL && is_article_date(line.text)) {
            page->title = between(first, line.start);
            return line.start;
        }
        if (n++ == 0) {
            first = line.start;
            after = l.p;
            page->title = line.text;
        }
    }
    return after;
}

static void add(struct page *page, const char *date, const struct line *line)
{
    struct page_comment *c;

    MEM_GROW(page->comment, page->cap, page->n + 1);
    c = &page->comment[page->n++];
    *c = (struct page_comment){.index = page->n, .line = line->number};
    memcpy(c->date, date, PAGE_DATE);
}

static void find_comments(struct lines l, struct page *page, const char **article_end)
{
    char date[PAGE_DATE];
    struct line line;
    const char *from = l.p;

    while (next_line(&l, &line)) {
        bool header = is_header(line.text, date) || (page->n == 0 && is_glued(line.text, date));
        if (!header)
            continue;
        if (page->n != 0)
            page->comment[page->n - 1].text = between(from, line.start);
        else if (*article_end == NULL)
            *article_end = line.start;
        add(page, date, &line);
        from = l.p;
    }
    if (page->n != 0)
        page->comment[page->n - 1].text = between(from, l.end);
}

int page_parse(struct span text, struct page *page, struct stance_err *err)
{
    struct lines l = lines_of(&text), after = l;
    size_t good = utf8_valid(text);
    const char *article_end = NULL, *article;
    struct line line;

    *page = (struct page){0};
    if (good < text.len)
        return err_set(err, STANCE_DATA, "not UTF-8 (byte 0x%02X at offset %zu)",
                       (unsigned char)text.p[good], good);
    while (!page->announces && next_line(&l, &line))
        if (is_announcement(line.text, &page->announced)) {
            page->announces = true;
            article_end = line.start;
            after = l;
        }
    find_comments(after, page, &article_end);
    if (page->n == 0)
        return err_set(err, STANCE_DATA,
                       "no comments found: expected headers of the form "
                       "\"Le 03/08/2020 \xC3\xA0 10h19\"");
    article = find_title(text, article_end, page);
    page->article = between(article, article_end);
    return 0;
}

void page_release(struct page *page)
{
    if (page == NULL)
        return;
    free(page->comment);
    *page = (struct page){0};
}

bool page_looks_like(struct span start)
{
    struct lines l = lines_of(&start);
    struct line line;
    char date[PAGE_DATE];
    uint64_t n;
    int signs = 0;

    l.end = start.p + utf8_valid(start); /* the block may end in half a character */
    while (signs < 2 && next_line(&l, &line))
        signs += is_header(line.text, date) || is_glued(line.text, date) ||
                 is_announcement(line.text, &n);
    return signs >= 2;
}
