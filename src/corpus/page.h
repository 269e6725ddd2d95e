/* SPDX-License-Identifier: MIT */
/*
 * page: the text of an article's page with its comment thread, as saved from a browser:
 *
 *     Title
 *     ...
 *     Article text
 *     Commentaires (2)
 *     Abonnez-vousLe 03/08/2020 à 10h19      (the first header may stand glued to this)
 *     A comment, over as many lines as it takes
 *     Le 03/08/2020 à 09h02                  (not in the order of time; may be empty)
 *     Another
 */
#ifndef CORPUS_PAGE_H
#define CORPUS_PAGE_H

#include "base/buf.h"
#include "base/err.h"

enum { PAGE_DATE = sizeof "2020-08-03T10:19" };

struct page_comment {
    size_t index;         /* from 1, in the order of the page */
    char date[PAGE_DATE]; /* "YYYY-MM-DDTHH:MM", NUL-terminated; local time of the site */
    struct span text;     /* trimmed; may be empty */
    uint64_t line;        /* of the header, from 1 */
};

/* Spans lie in the text parsed. {0} is a valid empty page. */
struct page {
    struct span title;   /* the first line that is not empty, with those that follow it up to
                            the article's date line, where that stands near the top */
    struct span article; /* what follows, up to "Commentaires (N)" or the first header */
    struct page_comment *comment;
    size_t n, cap;
    bool announces;     /* the page says "Commentaires (N)" … */
    uint64_t announced; /* … and this is N; where it is not n, tell the reader */
};

/* Comments begin after "Commentaires (N)" where the page has it. A header is a line of its
 * own, blanks aside, with a date that exists; anything like it is text. -1 with STANCE_DATA
 * where the text is not UTF-8 or holds no header. err->file is left empty. Release the page
 * in any case. */
int page_parse(struct span text, struct page *page, struct stance_err *err);
void page_release(struct page *page); /* NULL is fine */

/* Whether a text that starts like this holds two comment headers, or one and the line
 * "Commentaires (N)". */
bool page_looks_like(struct span start);

#endif
