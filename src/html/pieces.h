/* SPDX-License-Identifier: MIT */
/*
 * pieces: what the parts of a page share: its buffer, the numbers of its figures and
 * tables, and the pieces that many sections are made of. Private to html*.c.
 */
#ifndef HTML_PIECES_H
#define HTML_PIECES_H

#include "eval/summary.h"
#include "html/plots.h"

struct html_page {
    const struct summary *s;
    const struct evaluation *e;
    struct buf *out;
    unsigned n_figures, n_tables;
    bool has_dash; /* something on the page is undefined */
    char id[16];   /* of the figure that is open */
};

extern const char *const html_style[]; /* parts of one style sheet, NULL at the end */

enum { HTML_NAME = 100 }; /* characters of a name in running text and headings */

/* Sections, in the order of the page; each writes nothing where it has nothing to show. */
void html_systems(struct html_page *p); /* systems.c */
void html_labels(struct html_page *p);  /* targets.c */
void html_targets(struct html_page *p);
void html_slices(struct html_page *p); /* figures.c */
void html_probabilities(struct html_page *p);
void html_learning(struct html_page *p);
void html_errors(struct html_page *p); /* words.c */
void html_glossary(struct html_page *p);
void html_making(struct html_page *p);

/* ---- Pieces (html_pieces.c) ---- */

void html_section(struct html_page *p, const char *id, const char *title); /* until </section> */
void html_end(struct html_page *p, const char *tag);                       /* </tag> */
void html_add(struct html_page *p, const char *s);                         /* markup as it is */
void html_name(struct html_page *p, struct span s);                        /* escaped, cut */

/* <figure>: plots between open and caption; text of the caption follows, then end. Returns
 * the id for the plot, good until the next figure. `breaks`: over pages, between its plots. */
const char *html_figure(struct html_page *p, bool breaks);
void html_caption(struct html_page *p); /* "Figure 3." */

/* A table that scrolls sideways where the page is narrow, its caption begun: "Table 2." The
 * caption is ended by html_table_head(), the table by html_table_end(). */
void html_table(struct html_page *p, const char *class);
void html_table_head(struct html_page *p); /* </caption><thead><tr> */
void html_table_end(struct html_page *p);

void html_column(struct html_page *p, const char *title); /* <th scope=col> */
void html_row(struct html_page *p, struct span name);     /* <tr><th scope=row> */

/* Cells. */
void html_cell_count(struct html_page *p, uint64_t n);
void html_cell_figure(struct html_page *p, const struct figure *f, int decimals);

/* "0.64, 95 % interval 0.60–0.68", the interval only where there is one. */
void html_say(struct html_page *p, const struct figure *f);

/* Whether any system of the view has this figure. */
bool html_has_metric(const struct html_page *p, const struct view *v, enum metric m);

/* Systems that stand beside each other: all but points of the learning curve. */
bool html_shown(const struct html_page *p, const struct view *v, size_t system);

/* Labels of the view that the judged system was measured on. */
uint64_t html_measured(const struct view *v);

#endif
